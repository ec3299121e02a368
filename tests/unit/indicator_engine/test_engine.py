"""Counting: zeros are said, groups are those that occur, settings are used, and memory does not change a figure."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

import indicator_engine.engine
from indicator_engine import (
    Count,
    Engine,
    Extract,
    Indicator,
    load_definitions,
    load_tables,
    open_records,
    periods,
    with_settings,
)

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
TABLES = load_tables(DEFINITIONS / "record_tables")
MARCH, APRIL = periods.parse("2025-03"), periods.parse("2025-04")
pytestmark = pytest.mark.no_database_needed


@lru_cache(maxsize=1)
def shipped() -> dict[str, Indicator]:
    return load_definitions(DEFINITIONS / "indicators")


def referral(number: int, day: dt.date, child: str = "C1", team: str | None = None) -> dict[str, object]:
    return {
        "cine_referral_id": f"R{number}",
        "cine_person_id": child,
        "cine_referral_date": day,
        "cine_referral_team": team,
    }


def involvement(number: int, child: str, worker: str, role: str, team: str) -> dict[str, object]:
    return {
        "invo_involvements_id": f"I{number}",
        "invo_person_id": child,
        "invo_professional_id": worker,
        "invo_professional_role_id": role,
        "invo_professional_team": team,
        "invo_involvement_start_date": dt.date(2025, 1, 1),
    }


@pytest.fixture
def extract() -> Iterator[Extract]:
    records = {
        "ssd_cin_episodes": (
            referral(1, dt.date(2025, 3, 1), team="Front door"),
            referral(2, dt.date(2025, 3, 31), child="C2"),
            referral(3, dt.date(2025, 3, 31), child="C3"),
        ),
        "ssd_involvements": (
            involvement(1, "C1", "W1", "SOCIAL_WORKER", "North"),
            involvement(2, "C2", "W1", "SOCIAL_WORKER", "North"),
            involvement(3, "C2", "W2", "IRO", "Reviewing"),
        ),
    }
    with open_records(records, TABLES) as opened:
        yield opened


def figures(counts: list[Count]) -> dict[tuple[str, str], float]:
    return {(count.period.key, dict(count.group).get("team", "all")): count.numerator for count in counts}


def test_a_period_without_events_counts_nothing_and_says_so(extract: Extract) -> None:
    counts = Engine(extract, shipped()).counts(["referrals", "re-referrals-in-12-months"], [MARCH, APRIL])

    assert [(c.indicator, c.period.key, c.numerator, c.denominator) for c in counts] == [
        ("referrals", "2025-03", 3, None),
        ("referrals", "2025-04", 0, None),
        ("re-referrals-in-12-months", "2025-03", 0, 3),
        ("re-referrals-in-12-months", "2025-04", 0, 0),
    ]


def test_a_flow_is_shown_under_the_records_own_team_before_the_workers(extract: Extract) -> None:
    counts = Engine(extract, shipped()).counts(["referrals"], [MARCH], by=("team",))

    assert figures(counts) == {
        ("2025-03", "Front door"): 1,
        ("2025-03", "North"): 1,
        ("2025-03", "unknown"): 1,
    }


def test_a_stock_is_shown_under_the_social_workers_team_before_the_records(extract: Extract) -> None:
    counts = Engine(extract, shipped()).counts(["children-in-need"], [MARCH], by=("team",))

    assert figures(counts) == {("2025-03", "North"): 2, ("2025-03", "unknown"): 1}


def test_a_council_counts_by_its_own_limit(extract: Extract) -> None:
    key = "caseload-over-limit"
    ours = {key: with_settings(shipped()[key], {"limit": 1})}

    [by_theirs] = Engine(extract, shipped()).counts([key], [MARCH])
    [by_ours] = Engine(extract, ours).counts([key], [MARCH])

    assert [(count.numerator, count.denominator) for count in (by_theirs, by_ours)] == [(0, 1), (1, 1)]


def test_a_worker_is_no_breakdown_of_what_has_none_and_a_key_must_be_known(extract: Extract) -> None:
    engine = Engine(extract, shipped())

    with pytest.raises(ValueError, match="cannot be shown by shoe_size"):
        engine.counts(["referrals"], [MARCH], by=("shoe_size",))
    with pytest.raises(KeyError):
        engine.counts(["referral"], [MARCH])


def test_other_days_asked_for_later_are_counted_anew(extract: Extract) -> None:
    engine = Engine(extract, shipped())

    first = engine.counts(["children-in-need"], [periods.parse("2025-03-01")])
    second = engine.counts(["children-in-need"], [periods.parse("2025-03-01"), MARCH])

    assert [count.numerator for count in first + second] == [1, 1, 3]


def test_making_room_changes_no_figure(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Engine(extract, shipped())
    plenty = [kept.counts(shipped(), [MARCH, APRIL]) for _ in range(2)]
    kept.let_go()

    monkeypatch.setattr(indicator_engine.engine, "KEPT_ROWS", -1)
    monkeypatch.setattr(indicator_engine.engine, "EPISODE_DAYS", 1)
    short = Engine(extract, shipped())
    tight = [short.counts(shipped(), [MARCH, APRIL]) for _ in range(2)]

    assert plenty == tight


def test_care_leavers_are_shown_in_the_ages_that_are_published() -> None:
    born = {"C1": dt.date(2007, 3, 31), "C2": dt.date(2006, 3, 31), "C3": dt.date(2000, 1, 1)}
    records = {
        "ssd_person": tuple({"pers_person_id": child, "pers_dob": day} for child, day in born.items()),
        "ssd_care_leavers": tuple(
            {"clea_table_id": f"L{child}", "clea_person_id": child, "clea_care_leaver_in_touch": "YES"}
            for child in born
        ),
    }
    with open_records(records, TABLES) as extract:
        counts = Engine(extract, shipped()).counts(["in-touch"], [MARCH], by=("leaver_age",))

    assert [count.group[0][1] for count in counts] == ["17 to 18", "19 to 21", "22 to 25"]
