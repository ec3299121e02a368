"""Names, places and members of teams on earlier, present and later days."""

from datetime import date, timedelta

import pytest

from plumbline.event_log.models import Event
from plumbline.people.actions.merging import merge_units
from plumbline.people.actions.people import move_post
from plumbline.people.actions.units import close_unit, move_unit, open_unit, rename_unit
from plumbline.people.models import Interest, LineManagement, Person, PostHolding, RoleGrant, Unit, UnitKind
from plumbline.people.presenters.teams import history
from plumbline.people.queries.people import people_of_unit
from plumbline.people.queries.units import Branch, tree_as_it_stood, unit_names, unit_story
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.roles import Role
from plumbline.people.tree import tree_on
from plumbline.shared import dates
from tests.factories.cast import SINCE, Cast, grant_role

DAY = timedelta(days=1)


def name(cast: Cast, unit: Unit, day: date) -> str:
    return unit_names(cast.viewer(cast.director)).on(unit.pk, day)


def members(cast: Cast, unit: Unit, day: date) -> set[str]:
    return {person.name for person in people_of_unit(cast.viewer(cast.director), unit, day)}


def names_in(branches: list[Branch]) -> set[str]:
    return {one.name for top in branches for one in top.with_all_below()}


def events(action: str) -> list[Event]:
    return list(Event.objects.as_system("verify-event-log").filter(action=action))


def refusal(change: object, **given: object) -> Reason:
    with pytest.raises(Refused) as refused:
        change(**given)  # type: ignore[operator]
    return refused.value.reason


def test_a_name_asked_for_on_an_earlier_day_is_the_earlier_name(cast: Cast) -> None:
    today, north = dates.today(), cast.units["north"]
    rename_unit(by=cast.system_administrator, unit=north, name="Harbour Team", on=today)
    assert name(cast, north, today - DAY) == "Safeguarding North"
    assert name(cast, north, today) == "Harbour Team"
    assert len(events("unit.rename")) == 1


def test_a_rename_recorded_late_leaves_a_planned_one_in_place(cast: Cast) -> None:
    today, north, by = dates.today(), cast.units["north"], cast.system_administrator
    rename_unit(by=by, unit=north, name="Planned", on=today + 30 * DAY)
    rename_unit(by=by, unit=north, name="Late", on=today - 30 * DAY)
    asked = [today - 31 * DAY, today - 30 * DAY, today + 29 * DAY, today + 30 * DAY]
    assert [name(cast, north, day) for day in asked] == ["Safeguarding North", "Late", "Late", "Planned"]


def test_two_open_teams_never_share_a_name(cast: Cast) -> None:
    given = {"by": cast.system_administrator, "unit": cast.units["north"], "on": dates.today()}
    assert refusal(rename_unit, name="safeguarding SOUTH", **given) == Reason.NAME_TAKEN
    assert refusal(rename_unit, name="Safeguarding North", **given) == Reason.NOTHING_CHANGES
    assert (
        refusal(
            open_unit,
            by=cast.system_administrator,
            name="Fostering",
            kind=UnitKind.TEAM,
            parent=cast.units["care"],
            on=dates.today(),
        )
        == Reason.NAME_TAKEN
    )


def test_a_place_asked_for_on_an_earlier_day_is_the_earlier_place(cast: Cast) -> None:
    today, north, care = dates.today(), cast.units["north"], cast.units["care"]
    move_unit(by=cast.system_administrator, unit=north, parent=care, on=today)
    assert tree_on(today - DAY).parents[north.pk] == cast.units["safeguarding"].pk
    assert tree_on(today).parents[north.pk] == care.pk


def test_a_moved_team_is_seen_by_its_new_service_and_no_longer_by_the_old_one(cast: Cast) -> None:
    head = grant_role(cast.cath, Role.AUDITOR, cast.units["care"]).person
    assert "Sam" not in people_seen(cast, head)
    move_unit(
        by=cast.system_administrator, unit=cast.units["north"], parent=cast.units["care"], on=dates.today()
    )
    assert "Sam" in people_seen(cast, head)
    assert "Sam" not in people_seen(cast, cast.amira)


def people_seen(cast: Cast, person: Person) -> set[str]:
    viewer = cast.viewer(person)
    return {row.name for row in Person.objects.visible_to(viewer, "person.view")}


def test_a_team_cannot_be_placed_below_itself_or_below_a_planned_child(cast: Cast) -> None:
    today, by = dates.today(), cast.system_administrator
    service, north, south = cast.units["safeguarding"], cast.units["north"], cast.units["south"]
    assert refusal(move_unit, by=by, unit=service, parent=north, on=today) == Reason.UNDER_ITSELF
    move_unit(by=by, unit=south, parent=north, on=today + 30 * DAY)
    assert refusal(move_unit, by=by, unit=north, parent=south, on=today) == Reason.UNDER_ITSELF


def test_nobody_widens_their_own_rights_by_moving_or_merging_teams(cast: Cast) -> None:
    by, today = cast.system_administrator, dates.today()
    grant_role(by, Role.TEAM_MANAGER, cast.units["care"])
    north, fostering = cast.units["north"], cast.units["fostering"]
    assert refusal(move_unit, by=by, unit=north, parent=cast.units["care"], on=today) == Reason.OWN_REACH
    assert refusal(merge_units, by=by, units=[north], into=fostering, on=today) == Reason.OWN_REACH


def test_a_membership_asked_for_on_an_earlier_day_is_the_earlier_membership(cast: Cast) -> None:
    today, sam = dates.today(), cast.sam
    move_post(
        by=cast.system_administrator,
        person=sam,
        title="Officer",
        unit=cast.units["fostering"],
        on=today,
        leaves=sam.holdings.get(),
    )
    assert "Sam" in members(cast, cast.units["north"], today - DAY)
    assert "Sam" not in members(cast, cast.units["north"], today)
    assert members(cast, cast.units["fostering"], today) == {"Cath", "Sam"}


def test_a_merge_carries_people_managers_roles_interests_and_teams_into_the_new_team(cast: Cast) -> None:
    on = dates.today() + 10 * DAY
    north, south = cast.units["north"], cast.units["south"]
    cast.declare_interest(cast.qa_lead, unit="north")
    merged = merge_units(by=cast.system_administrator, units=[north, south], name="Harbour Team", on=on)
    north.refresh_from_db()
    assert (north.closed_on, merged.opened_on) == (on, on)
    assert members(cast, north, on - DAY) == members(cast, merged, on) == {"Ben", "Sam"}
    assert members(cast, north, on) == set()
    assert LineManagement.objects.get(person=cast.sam).manager == cast.ben
    roles = RoleGrant.objects.as_system("role-rules").filter(person=cast.ben).order_by("starts_on")
    assert [(grant.unit, grant.starts_on, grant.ends_on) for grant in roles] == [
        (north, SINCE, on),
        (merged, on, None),
    ]
    interests = Interest.objects.as_system("role-rules").filter(person=cast.qa_lead)
    assert {one.about_unit for one in interests} == {north, merged}
    assert tree_on(on).before[merged.pk] == {north.pk, south.pk}
    assert "Safeguarding North" in names_in(tree_as_it_stood(cast.viewer(cast.ben), on - DAY))
    assert names_in(tree_as_it_stood(cast.viewer(cast.ben), on)) >= {"Harbour Team"}
    assert "Safeguarding North" not in names_in(tree_as_it_stood(cast.viewer(cast.ben), on))
    (event,) = events("unit.merge")
    assert (event.detail["people"], event.detail["roles"], event.detail["interests"]) == (2, 2, 1)


def test_a_manager_reaches_people_and_old_records_of_a_team_merged_into_theirs(cast: Cast) -> None:
    south = cast.units["south"]
    cast.add("tess", "south")
    assert "Tess" not in people_seen(cast, cast.ben)
    merge_units(by=cast.system_administrator, units=[south], into=cast.units["north"], on=dates.today())
    assert "Tess" in people_seen(cast, cast.ben)
    (grant,) = cast.viewer(cast.ben).grants
    assert south.pk in grant.team_units


def test_teams_below_a_merged_service_go_on_below_the_new_one(cast: Cast) -> None:
    today = dates.today()
    merged = merge_units(
        by=cast.system_administrator,
        units=[cast.units["safeguarding"], cast.units["care"]],
        name="Safeguarding and Care",
        on=today,
    )
    assert tree_on(today).children[merged.pk] == {
        cast.units[key].pk for key in ("north", "south", "fostering", "home")
    }
    assert tree_on(today - DAY).parents[cast.units["north"].pk] == cast.units["safeguarding"].pk


def test_a_merge_is_refused_before_anything_changes(cast: Cast) -> None:
    by, today = cast.system_administrator, dates.today()
    north, south, service = (cast.units[key] for key in ("north", "south", "safeguarding"))
    given = {"by": by, "on": today}
    assert refusal(merge_units, units=[north], name="One", **given) == Reason.TOO_FEW_TO_MERGE
    assert refusal(merge_units, units=[north, south], into=south, **given) == Reason.MERGED_INTO_ITSELF
    below = refusal(merge_units, units=[service, north], name="All", **given)
    assert below == Reason.BELOW_ONE_THAT_CLOSES
    assert refusal(merge_units, units=[north, south], name="Fostering", **given) == Reason.NAME_TAKEN
    assert Unit.objects.filter(closed_on=None).count() == len(cast.units)
    assert not events("unit.merge")


def test_a_team_with_people_or_teams_in_it_cannot_close(cast: Cast) -> None:
    by, today = cast.system_administrator, dates.today()
    assert refusal(close_unit, by=by, unit=cast.units["north"], on=today) == Reason.STILL_IN_USE
    assert refusal(close_unit, by=by, unit=cast.units["safeguarding"], on=today) == Reason.STILL_IN_USE
    assert refusal(close_unit, by=by, unit=cast.units["council"], on=today) == Reason.NOT_THE_COUNCIL


def test_a_closed_team_keeps_its_name_and_the_roles_held_in_it_end(cast: Cast) -> None:
    by, today, south = cast.system_administrator, dates.today(), cast.units["south"]
    grant = grant_role(cast.cath, Role.TEAM_MANAGER, south)
    close_unit(by=by, unit=south, on=today)
    grant.refresh_from_db()
    assert grant.ends_on == today
    assert name(cast, south, today + DAY) == "Safeguarding South"
    assert refusal(rename_unit, by=by, unit=south, name="X", on=today) == Reason.NOT_OPEN
    assert (
        refusal(move_post, by=by, person=cast.sam, title="Officer", unit=south, on=today) == Reason.NOT_OPEN
    )


def test_a_team_split_from_another_keeps_its_old_records_within_reach(cast: Cast) -> None:
    today, north = dates.today(), cast.units["north"]
    east = open_unit(
        by=cast.system_administrator,
        name="Safeguarding East",
        kind=UnitKind.TEAM,
        parent=cast.units["safeguarding"],
        on=today,
        takes_over_from=north,
    )
    assert east.key == "safeguarding-east"
    assert tree_on(today).with_predecessors(frozenset({east.pk})) == {east.pk, north.pk}
    assert tree_on(today - DAY).with_predecessors(frozenset({east.pk})) == {east.pk}


def test_there_is_one_council_and_everything_else_belongs_somewhere(cast: Cast) -> None:
    given = {"by": cast.system_administrator, "name": "Second", "on": dates.today(), "parent": None}
    assert refusal(open_unit, kind=UnitKind.COUNCIL, **given) == Reason.ONLY_ONE_COUNCIL
    assert refusal(open_unit, kind=UnitKind.TEAM, **given) == Reason.ONLY_ONE_COUNCIL


def test_the_history_of_a_team_is_told_in_words(cast: Cast) -> None:
    by, today, north = cast.system_administrator, dates.today(), cast.units["north"]
    rename_unit(by=by, unit=north, name="Harbour Team", on=today - 20 * DAY)
    move_unit(by=by, unit=north, parent=cast.units["care"], on=today - 10 * DAY)
    merge_units(by=by, units=[cast.units["south"]], into=north, on=today)
    told = history(unit_story(cast.viewer(cast.ben), north, today), today)
    assert [one["sentence"] for one in told] == [
        "Opened as Safeguarding North",
        "Renamed from Safeguarding North to Harbour Team",
        "Moved from Safeguarding to Children in Care",
        "Took over work of Safeguarding South",
    ]


def test_a_holding_planned_for_later_goes_on_in_the_merged_team(cast: Cast) -> None:
    by, today = cast.system_administrator, dates.today()
    later = today + 20 * DAY
    move_post(by=by, person=cast.cath, title="Adviser", unit=cast.units["south"], on=later)
    merge_units(by=by, units=[cast.units["south"]], into=cast.units["north"], on=today + 5 * DAY)
    holding = PostHolding.objects.get(person=cast.cath, starts_on=later)
    assert holding.post.unit == cast.units["north"]
