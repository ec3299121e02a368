"""Two people hold the keys to every right, and a declared interest overrides rank."""

from datetime import timedelta

import pytest

from plumbline.event_log.models import Event, Kind
from plumbline.people.actions.interests import declare_interest, end_interest
from plumbline.people.actions.roles import decide_role, end_role, propose_role
from plumbline.people.area import AREA, work_items
from plumbline.people.models import GrantState, Person, RoleGrant
from plumbline.people.queries.rights import roles_to_decide
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from tests.factories.cast import Cast, grant_role

DAY = timedelta(days=1)


def refusal(change: object, **given: object) -> Reason:
    with pytest.raises(Refused) as refused:
        change(**given)  # type: ignore[operator]
    return refused.value.reason


def proposed(cast: Cast, person: Person | None = None) -> RoleGrant:
    return propose_role(
        by=cast.system_administrator,
        person=person or cast.cath,
        role=Role.TEAM_MANAGER,
        unit=cast.units["north"],
        starts_on=dates.today(),
        reason="Covers for Ben",
    )


def seen_by(cast: Cast, person: Person) -> set[str]:
    viewer = cast.viewer(person)
    return {row.name for row in Person.objects.visible_to(viewer, "person.view")}


def test_a_proposed_role_gives_no_right_until_a_second_person_agrees(cast: Cast) -> None:
    grant = proposed(cast)
    assert "Sam" not in seen_by(cast, cast.cath)
    decide_role(by=cast.director, grant=grant, agree=True)
    assert "Sam" in seen_by(cast, cast.cath)


def test_a_refused_role_gives_no_right(cast: Cast) -> None:
    grant = decide_role(by=cast.director, grant=proposed(cast), agree=False)
    assert grant.state == GrantState.REFUSED
    assert "Sam" not in seen_by(cast, cast.cath)


def test_neither_the_proposer_nor_the_person_themselves_decides(cast: Cast) -> None:
    assert refusal(decide_role, by=cast.cath, grant=proposed(cast), agree=True) == Reason.OWN_DECISION
    waiting = proposed(cast, cast.amira)
    own = refusal(decide_role, by=cast.system_administrator, grant=waiting, agree=True)
    assert own == Reason.OWN_PROPOSAL
    waiting.refresh_from_db()
    assert waiting.state == GrantState.PROPOSED


def test_a_decision_is_taken_once(cast: Cast) -> None:
    grant = proposed(cast)
    decide_role(by=cast.director, grant=grant, agree=False)
    again = refusal(decide_role, by=cast.information_governance, grant=grant, agree=True)
    assert again == Reason.ALREADY_DECIDED


def test_an_agreed_role_counts_from_the_day_it_is_agreed_and_not_before(cast: Cast) -> None:
    grant = proposed(cast)
    RoleGrant.objects.as_system("role-rules").filter(pk=grant.pk).update(starts_on=dates.today() - 9 * DAY)
    assert decide_role(by=cast.director, grant=grant, agree=True).starts_on == dates.today()


def test_the_same_role_is_not_proposed_twice(cast: Cast) -> None:
    proposed(cast)
    with pytest.raises(Refused, match="already held"):
        proposed(cast)


def test_nobody_proposes_or_ends_a_right_of_their_own(cast: Cast) -> None:
    by = cast.system_administrator
    with pytest.raises(Refused, match="own right"):
        proposed(cast, by)
    (own,) = RoleGrant.objects.as_system("role-rules").filter(person=by)
    assert refusal(end_role, by=by, grant=own, on=dates.today()) == Reason.OWN_RIGHT


def test_a_role_agreed_today_can_be_taken_back_today(cast: Cast) -> None:
    grant = decide_role(by=cast.director, grant=proposed(cast), agree=True)
    end_role(by=cast.system_administrator, grant=grant, on=dates.today())
    assert "Sam" not in seen_by(cast, cast.cath)


def test_an_end_can_be_brought_forward_but_never_put_off_by_one_person(cast: Cast) -> None:
    grant = grant_role(cast.cath, Role.ANALYST, None)
    by, today = cast.system_administrator, dates.today()
    end_role(by=by, grant=grant, on=today + 20 * DAY)
    assert end_role(by=by, grant=grant, on=today + 10 * DAY).ends_on == today + 10 * DAY
    assert refusal(end_role, by=by, grant=grant, on=today + 30 * DAY) == Reason.NOTHING_CHANGES


def test_a_proposal_waits_for_deciders_and_for_nobody_else(cast: Cast) -> None:
    grant = proposed(cast)
    for person in (cast.director, cast.information_governance):
        (item,) = work_items(cast.viewer(person), dates.today())
        assert item.sentence == "Agree or refuse the role proposed for Cath"
    for person in (cast.system_administrator, cast.cath, cast.qa_lead):
        assert not list(work_items(cast.viewer(person), dates.today()))
    end_role(by=cast.system_administrator, grant=grant, on=dates.today())
    assert roles_to_decide(cast.viewer(cast.director)) == []


def test_a_role_that_ends_within_two_weeks_is_announced_to_its_holder(cast: Cast) -> None:
    own = RoleGrant.objects.as_system("role-rules").filter(person=cast.inspector)
    own.update(ends_on=dates.today() + 14 * DAY)
    (item,) = work_items(cast.viewer(cast.inspector), dates.today())
    assert item.due_on == dates.today() + 13 * DAY
    own.update(ends_on=dates.today() + 15 * DAY)
    assert not list(work_items(cast.viewer(cast.inspector), dates.today()))


def test_a_decider_with_an_interest_in_the_person_does_not_see_the_proposal(cast: Cast) -> None:
    proposed(cast)
    cast.declare_interest(cast.director, about=cast.cath)
    assert roles_to_decide(cast.viewer(cast.director)) == []


def test_an_interest_hides_from_its_first_moment_and_can_end_the_same_day(cast: Cast) -> None:
    lead = cast.qa_lead
    interest = declare_interest(by=lead, person=lead, unit=None, colleague=cast.sam, reason="Sister")
    assert "Sam" not in seen_by(cast, lead)
    again = {"by": lead, "person": lead, "unit": None, "colleague": cast.sam, "reason": "Sister"}
    assert refusal(declare_interest, **again) == Reason.ALREADY_DECLARED
    end_interest(by=lead, interest=interest, on=dates.today())
    assert "Sam" in seen_by(cast, lead)


def test_an_interest_is_about_one_thing_and_never_about_oneself(cast: Cast) -> None:
    given = {"by": cast.ben, "person": cast.ben, "reason": "Related"}
    neither = refusal(declare_interest, unit=None, colleague=None, **given)
    both = refusal(declare_interest, unit=cast.units["south"], colleague=cast.cath, **given)
    assert neither == both == Reason.ABOUT_ONE_THING
    assert refusal(declare_interest, unit=None, colleague=cast.ben, **given) == Reason.ABOUT_THEMSELVES


def test_nobody_loses_sight_of_themselves_by_an_interest_in_their_own_team(cast: Cast) -> None:
    cast.declare_interest(cast.ben, unit="north")
    assert seen_by(cast, cast.ben) == {"Ben"}


def test_each_change_of_a_right_is_one_event_without_the_reason_that_was_written(cast: Cast) -> None:
    before = Event.objects.as_system("verify-event-log").count()
    decide_role(by=cast.director, grant=proposed(cast), agree=True)
    events = list(Event.objects.as_system("verify-event-log").order_by("pk"))[before:]
    assert [event.action for event in events] == ["role_grant.propose", "role_grant.agree"]
    assert all(event.kind == Kind.ACTION and "Covers" not in str(event.detail) for event in events)


def test_search_finds_people_within_scope_and_teams_by_an_earlier_name(cast: Cast) -> None:
    from plumbline.people.actions.units import rename_unit

    rename_unit(by=cast.system_administrator, unit=cast.units["north"], name="Harbour Team", on=dates.today())
    assert AREA.search is not None
    assert [found.title for found in AREA.search(cast.viewer(cast.cath), "Sam")] == []
    assert [found.title for found in AREA.search(cast.viewer(cast.ben), "Sam")] == ["Sam"]
    assert [found.title for found in AREA.search(cast.viewer(cast.cath), "Safeguarding North")] == [
        "Safeguarding North"
    ]
