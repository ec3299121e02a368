"""When a role may be proposed, agreed and ended."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from plumbline.people.rules.grants import (
    Wish,
    against_deciding,
    against_proposing,
    has_a_place,
    is_over,
)
from plumbline.people.rules.permissions import PermissionTable, read_permissions
from plumbline.people.rules.refusals import Reason
from plumbline.people.rules.roles import EXTERNAL, Role

TODAY = date(2026, 6, 1)
TOMORROW = TODAY + timedelta(days=1)
TABLE: PermissionTable = read_permissions(Path(__file__).parents[3] / "definitions" / "permissions.csv")


def against(wish: Wish, *, own: bool = False) -> Reason | None:
    return against_proposing(wish, is_for_themselves=own, today=TODAY, table=TABLE)


def test_nobody_proposes_a_right_for_themselves() -> None:
    assert against(Wish(Role.DIRECTOR, False, TODAY), own=True) == Reason.OWN_RIGHT


@pytest.mark.parametrize("role", sorted(EXTERNAL))
def test_a_role_for_an_outsider_needs_an_end(role: Role) -> None:
    place = has_a_place(role, TABLE)
    assert against(Wish(role, place, TODAY)) == Reason.NEEDS_AN_END
    assert against(Wish(role, place, TODAY, TOMORROW)) is None


@pytest.mark.parametrize("role", sorted(Role))
def test_a_role_says_where_it_holds_exactly_when_that_limits_it(role: Role) -> None:
    end = TOMORROW if role.is_external else None
    place = has_a_place(role, TABLE)
    assert against(Wish(role, place, TODAY, end)) is None
    wrong = against(Wish(role, not place, TODAY, end))
    assert wrong == (Reason.NEEDS_A_PLACE if place else Reason.HAS_NO_PLACE)


def test_team_managers_have_a_place_and_directors_have_none() -> None:
    assert has_a_place(Role.TEAM_MANAGER, TABLE)
    assert not has_a_place(Role.SYSTEM_ADMINISTRATOR, TABLE)


def test_rights_do_not_count_backwards() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert against(Wish(Role.ANALYST, False, yesterday)) == Reason.STARTS_IN_THE_PAST
    assert against(Wish(Role.ANALYST, False, TODAY, TODAY)) == Reason.ENDS_BEFORE_IT_STARTS


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"is_for_themselves": True}, Reason.OWN_DECISION),
        ({"is_own_proposal": True}, Reason.OWN_PROPOSAL),
        ({"is_waiting": False}, Reason.ALREADY_DECIDED),
        ({"ends_on": TODAY}, Reason.ENDS_IN_THE_PAST),
        ({"ends_on": TODAY, "agrees": False}, None),
        ({}, None),
    ],
)
def test_a_second_person_decides_on_a_role_that_waits(
    facts: dict[str, object], expected: Reason | None
) -> None:
    usual: dict[str, object] = {
        "agrees": True,
        "is_waiting": True,
        "is_for_themselves": False,
        "is_own_proposal": False,
        "ends_on": None,
        "today": TODAY,
    }
    assert against_deciding(**(usual | facts)) == expected  # type: ignore[arg-type]


def test_a_role_stops_at_the_midnight_that_begins_its_end_date() -> None:
    assert not is_over(TODAY, TOMORROW, TODAY)
    assert is_over(TODAY, TOMORROW, TOMORROW)
    assert is_over(TOMORROW, TOMORROW, TODAY)
    assert not is_over(TODAY, None, TOMORROW)
