"""A council starts from nothing at the console."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plumbline.event_log.models import Event
from plumbline.people.models import GrantState, RoleGrant, Unit, UnitKind, User
from plumbline.people.rules.roles import Role
from plumbline.people.scope import viewer_of
from plumbline.shared import dates
from tests.factories.cast import Cast

GOOD = "a-long-plum-coloured-line"


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(GOOD + "\n")
    return file


def test_an_empty_database_becomes_a_council_with_a_first_administrator(db: None, password: Path) -> None:
    call_command("add_account", "Jo.Lane@council.example", "Jo Lane", password_file=password)
    call_command("grant_role", "jo.lane@council.example", "system-administrator")
    user = User.objects.get(email="jo.lane@council.example")
    assert user.check_password(GOOD)
    assert viewer_of(user, dates.today()).roles == (Role.SYSTEM_ADMINISTRATOR,)
    assert Unit.objects.get().kind == UnitKind.COUNCIL
    actions = Event.objects.as_system("verify-event-log").values_list("action", flat=True)
    assert list(actions) == ["person.add_by_console", "unit.open", "role_grant.by_console"]


def test_a_second_account_opens_no_second_council(cast: Cast, password: Path) -> None:
    units = Unit.objects.count()
    call_command("add_account", "new@council.example", "New Person", password_file=password)
    assert Unit.objects.count() == units


def test_a_role_with_a_place_and_an_end_is_given_as_asked(cast: Cast) -> None:
    last = dates.today() + timedelta(days=30)
    call_command("grant_role", "cath@cast.example", "auditor", unit="north", until=last.isoformat())
    grant = RoleGrant.objects.as_system("role-rules").get(person=cast.cath, role=Role.AUDITOR)
    assert (grant.state, grant.unit, grant.ends_on) == (
        GrantState.AGREED,
        cast.units["north"],
        last + timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("nobody@cast.example", "analyst"), "Nobody has an account"),
        (("cath@cast.example", "king"), "ROLE is not known"),
        (("cath@cast.example", "auditor"), "Select the team or service"),
        (("cath@cast.example", "auditor", "--unit", "moon"), "--unit is no key"),
        (("cath@cast.example", "inspector"), "Enter a last day"),
        (("cath@cast.example", "analyst", "--until", "soon"), "--until is no date"),
        (("cath@cast.example", "analyst", "--until", "9999-12-31"), "--until is no date"),
        (("cath@cast.example", "team-manager", "--unit", "fostering"), "They have this role there already"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused_in_words(
    cast: Cast, given: tuple[str, ...], said: str
) -> None:
    before = RoleGrant.objects.as_system("role-rules").count()
    with pytest.raises(CommandError, match=said):
        call_command("grant_role", *given)
    assert RoleGrant.objects.as_system("role-rules").count() == before


@pytest.mark.parametrize(
    ("email", "name", "text", "said"),
    [
        ("no-address", "Jo", GOOD, "EMAIL is no e-mail address"),
        ("jo@council.example", " ", GOOD, "NAME must have"),
        ("jo@council.example", "Jo", "short", "too short"),
        ("jo@council.example", "Jo", "", "password file is empty"),
        ("ben@cast.example", "Jo", GOOD, "has an account already"),
    ],
)
def test_an_account_that_cannot_be_added_is_refused_in_words(
    cast: Cast, tmp_path: Path, email: str, name: str, text: str, said: str
) -> None:
    file = tmp_path / "password"
    file.write_text(text)
    before = User.objects.count()
    with pytest.raises(CommandError, match=said):
        call_command("add_account", email, name, password_file=file)
    assert User.objects.count() == before
