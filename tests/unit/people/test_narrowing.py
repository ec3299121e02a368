"""A role of the council's own has what its base has, without what it leaves out, and never anything more."""

from datetime import date
from pathlib import Path

import pytest

from plumbline.people.rules.field_rights import read_field_rights
from plumbline.people.rules.narrowing import (
    ALWAYS_KEPT,
    against_narrowing,
    rights_to_leave_out,
    with_what_follows,
)
from plumbline.people.rules.permissions import PermissionsMistake, read_permissions
from plumbline.people.rules.refusals import Reason
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Grant, Viewer

DEFINITIONS = Path(__file__).parents[3] / "definitions"
TABLE = read_permissions(DEFINITIONS / "permissions.csv")
ACTIONS = list(dict.fromkeys(row.action for row in TABLE.rows))
NOWHERE: frozenset[int] = frozenset()


def viewer(role: Role, without: frozenset[str] = frozenset()) -> Viewer:
    grant = Grant(role, NOWHERE, NOWHERE, without=without)
    return Viewer(on=date(2026, 5, 1), grants=(grant,), table=TABLE)


@pytest.mark.parametrize("role", list(Role))
def test_leaving_out_any_one_right_takes_that_right_and_touches_no_other(role: Role) -> None:
    whole = viewer(role)
    for left_out in rights_to_leave_out(role, TABLE):
        without = with_what_follows({left_out}, TABLE)
        narrow = viewer(role, without)
        assert not narrow.has(left_out)
        assert narrow.basis(left_out) == ""
        for action in ACTIONS:
            wanted = frozenset() if action in without else whole.relations(action)
            assert narrow.relations(action) == wanted, (left_out, action)


def test_what_somebody_may_do_is_asked_of_their_grant_and_never_of_its_column() -> None:
    """Code that read the column of a grant's role would give back what a council's own role leaves out."""
    code = (DEFINITIONS.parent / "plumbline").rglob("*.py")
    reading = [path.name for path in code if "cells[grant" in path.read_text(encoding="utf-8")]
    assert reading == []


def test_who_cannot_see_a_record_can_do_nothing_to_it() -> None:
    follows = with_what_follows({"finding.view"}, TABLE)
    assert {"finding.view", "finding.change", "finding.export"} <= follows
    assert not any(action.startswith("audit.") for action in follows)
    assert with_what_follows({"finding.export"}, TABLE) == {"finding.export"}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_is_kept_from_their_account_from_declaring_an_interest_or_from_raising_a_concern(
    role: Role,
) -> None:
    assert set(ACTIONS) >= ALWAYS_KEPT
    assert not ALWAYS_KEPT & set(rights_to_leave_out(role, TABLE))
    assert against_narrowing(role, {"interest.declare"}, TABLE) is Reason.NOT_TO_LEAVE_OUT


def test_what_has_a_right_of_its_own_names_a_right_there_is(tmp_path: Path) -> None:
    assert read_field_rights(DEFINITIONS / "field_rights.csv", TABLE)
    wrong = tmp_path / "field_rights.csv"
    wrong.write_text("what,action,otherwise\nNames,nothing.view,Nothing\n", encoding="utf-8")
    with pytest.raises(PermissionsMistake, match="line 2"):
        read_field_rights(wrong, TABLE)


def test_a_comma_that_shifts_the_cells_of_the_table_is_found(tmp_path: Path) -> None:
    lines = (DEFINITIONS / "permissions.csv").read_text(encoding="utf-8").splitlines()
    wrong = tmp_path / "permissions.csv"
    wrong.write_text("\n".join([*lines[:2], f"{lines[2]}, or more"]), encoding="utf-8")
    with pytest.raises(PermissionsMistake, match="line 3: it has too many"):
        read_permissions(wrong)


def test_something_is_left_out_and_only_what_the_base_has() -> None:
    assert against_narrowing(Role.AUDITOR, set(), TABLE) is Reason.NOTHING_LEFT_OUT
    assert against_narrowing(Role.AUDITOR, {"report.issue"}, TABLE) is Reason.NOT_TO_LEAVE_OUT
    assert against_narrowing(Role.AUDITOR, {"finding.export"}, TABLE) is None
