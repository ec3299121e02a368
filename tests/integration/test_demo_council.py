"""The demo council has the shape that everything shown in it relies on, and the same seed makes it again."""

import pytest
from django.db import transaction

from plumbline.demo.activity import make_year
from plumbline.demo.council import UNITS
from plumbline.demo.people import make_council
from plumbline.framework.models import Forum, Occurrence
from plumbline.people.models import LineManagement, Person, PostHolding, RoleGrant, Unit, UnitKind
from plumbline.people.rules.roles import Role
from plumbline.people.scope import holding_on
from plumbline.shared import dates
from plumbline.shared.area import load_everything_shipped

pytestmark = pytest.mark.django_db
SEED = 20260401


def at_work() -> set[str]:
    """The names of the people who hold a post of the council today."""
    holding = PostHolding.objects.filter(holding_on(dates.today()))
    return set(holding.values_list("person__name", flat=True))


def managed() -> dict[str, str]:
    rows = LineManagement.objects.filter(holding_on(dates.today()))
    return dict(rows.values_list("person__name", "manager__name"))


def the_council() -> dict[str, list[tuple[object, ...]]]:
    """All that tells one council from another, without the ids that each record draws for itself."""
    people = PostHolding.objects.order_by("pk").values_list(
        "person__name", "post__title", "post__unit__key", "starts_on", "ends_on"
    )
    lines = LineManagement.objects.order_by("pk").values_list("person__name", "manager__name", "starts_on")
    grants = RoleGrant.objects.as_system("demo").order_by("pk")
    year = Occurrence.objects.as_system("demo").order_by("pk")
    return {
        "people": list(people),
        "lines": list(lines),
        "rights": list(grants.values_list("person__name", "role", "unit__key", "starts_on", "ends_on")),
        "year": list(year.values_list("activity__name", "due_on", "state", "held_on", "outcome")),
    }


def made(seed: int) -> dict[str, list[tuple[object, ...]]]:
    with transaction.atomic():
        load_everything_shipped()
        make_year(make_council(seed, dates.today()))
        seen = the_council()
        transaction.set_rollback(True)
    return seen


def test_it_has_about_fourteen_teams_and_a_hundred_and_twenty_people_in_work() -> None:
    make_council(SEED, dates.today())
    teams = Unit.objects.filter(kind=UnitKind.TEAM, closed_on=None)
    assert 13 <= teams.count() <= 16
    assert 110 <= len(at_work()) <= 130
    staffed = set(
        PostHolding.objects.filter(holding_on(dates.today())).values_list("post__unit__key", flat=True)
    )
    assert {one.key for one in UNITS if one.closed is None} == staffed | {"help-and-assessment"}


def test_everybody_of_the_council_has_a_line_that_ends_at_the_director() -> None:
    fernshire = make_council(SEED, dates.today())
    director = fernshire.by_role[Role.DIRECTOR].name
    lines = managed()
    outside = {
        fernshire.by_role[role].name
        for role in Role
        if role.is_external
        or role
        in (Role.LEAD_MEMBER, Role.SCRUTINY_MEMBER, Role.DEMOCRATIC_SERVICES, Role.SYSTEM_ADMINISTRATOR)
    }
    for name in at_work() - outside - {director}:
        seen = set()
        while name != director:
            assert name in lines, f"{name} has no line manager"
            assert name not in seen, f"the line of {name} goes round"
            seen.add(name)
            name = lines[name]


def test_its_history_has_leavers_renames_a_merge_and_a_move() -> None:
    make_council(SEED, dates.today())
    assert Person.objects.as_system("demo").exclude(left_on=None).count() == 5
    assert Unit.objects.exclude(closed_on=None).count() == 2


def test_the_same_seed_makes_the_same_council_and_another_seed_another() -> None:
    first = made(SEED)
    assert first["year"]
    assert made(SEED) == first
    assert made(SEED + 1)["people"] != first["people"]


def test_its_year_has_forums_and_activities_done_late_and_missed() -> None:
    load_everything_shipped()
    make_year(make_council(SEED, dates.today()))
    assert Forum.objects.count() > 3
    rows = list(Occurrence.objects.as_system("demo").values_list("state", "due_on", "held_on"))
    states = {state for state, _, _ in rows}
    assert {"done", "missed", "planned"} <= states
    assert any(state == "done" and held > due for state, due, held in rows)
