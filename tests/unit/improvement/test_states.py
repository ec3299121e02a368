"""What open, overdue and the order of a list mean for an action; the list of causes holds."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from plumbline.improvement.rules.causes import CausesMistake, choices_from
from plumbline.improvement.rules.states import (
    ACTION_MOVES,
    FINISHED,
    NEVER_LATE,
    is_open,
    is_overdue,
    may_move,
    standing,
)

DAY = date(2026, 5, 14)
BEFORE = date(2026, 5, 13)


def test_an_action_is_overdue_the_day_after_it_was_due_and_not_on_the_day() -> None:
    assert is_overdue("agreed", BEFORE, DAY)
    assert not is_overdue("agreed", DAY, DAY)


@pytest.mark.parametrize("state", sorted(NEVER_LATE))
def test_a_draft_and_what_is_done_or_over_are_never_overdue(state: str) -> None:
    assert not is_overdue(state, BEFORE, DAY)


def test_every_state_a_move_leads_to_is_a_state_of_its_own() -> None:
    assert {after for states in ACTION_MOVES.values() for after in states} <= set(ACTION_MOVES)


def test_only_what_is_done_can_be_closed() -> None:
    assert [state for state in ACTION_MOVES if may_move(state, "closed")] == ["done"]


def test_what_is_withdrawn_stays_withdrawn() -> None:
    assert ACTION_MOVES["withdrawn"] == frozenset()


def test_the_overdue_stand_first_and_the_finished_last() -> None:
    states = ("closed", "done", "agreed", "in_progress")
    placed = sorted(states, key=lambda one: standing(one, BEFORE if one == "in_progress" else DAY, DAY))
    assert placed == ["in_progress", "agreed", "done", "closed"]


def test_open_is_all_but_closed_and_withdrawn() -> None:
    assert {state for state in ACTION_MOVES if not is_open(state)} == FINISHED


def test_a_cause_that_stands_twice_is_named() -> None:
    twice = {
        "causes": [{"key": "time", "label": "Time"}, {"key": "time", "label": "Again"}],
        "routes": [{"key": "training", "label": "Training"}],
    }
    with pytest.raises(CausesMistake, match="causes: time stands there twice"):
        choices_from(twice)


def test_a_key_no_longer_listed_reads_as_itself() -> None:
    path = Path(__file__).resolve().parents[3] / "definitions" / "improvement" / "causes.yaml"
    choices = choices_from(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert choices.cause_labels(["time", "gone"]) == ["Time and workload", "gone"]
