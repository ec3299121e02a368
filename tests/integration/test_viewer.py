"""The viewer's scope: who reaches which rows."""

import pytest

from plumbline.people.models import Person, RoleGrant
from plumbline.shared.scoped import Unscoped
from tests.factories.cast import Cast, grant_role


def names(cast: Cast, person: Person, action: str = "person.view") -> set[str]:
    return {row.name for row in Person.objects.visible_to(cast.viewer(person), action)}


def test_people_are_never_read_without_a_viewer(cast: Cast) -> None:
    with pytest.raises(Unscoped):
        Person.objects.count()
    with pytest.raises(Unscoped):
        cast.ben.grants.count()
    with pytest.raises(Unscoped):
        Person.objects.as_system("because I want to")


def test_a_team_manager_sees_the_own_team_and_nobody_else(cast: Cast) -> None:
    assert names(cast, cast.ben) == {"Ben", "Sam"}


def test_an_auditor_sees_the_whole_service(cast: Cast) -> None:
    assert names(cast, cast.amira) == {"Amira", "Ben", "Sam"}


def test_a_declared_interest_overrides_rank(cast: Cast) -> None:
    cast.declare_interest(cast.qa_lead, unit="north")
    assert "Sam" not in names(cast, cast.qa_lead)
    assert "Cath" in names(cast, cast.qa_lead)


def test_a_grant_that_nobody_agreed_gives_no_right(cast: Cast) -> None:
    grant = grant_role(cast.cath, cast_role(), None)
    RoleGrant.objects.as_system("sign-in").filter(pk=grant.pk).update(state="proposed")
    assert names(cast, cast.cath) == {"Cath"}


def cast_role():  # type: ignore[no-untyped-def]
    from plumbline.people.rules.roles import Role

    return Role.QA_LEAD
