"""Allocation: who is proposed and refused, once and for all of a round, and exceptions by two people."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.actions import allocating, capacity
from plumbline.audits.models import (
    AllocationException,
    Audit,
    AuditorCapacity,
    AuditorLeave,
    AuditStep,
    Draw,
    Round,
    Slot,
)
from plumbline.audits.queries import allocation as queries
from plumbline.audits.queries.allocation_facts import Council, auditors_for, day_of_draw
from plumbline.audits.rules.allocation import Refusal
from plumbline.event_log.models import Event
from plumbline.people.models import LineManagement, Person, PostHolding, RoleGrant
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from plumbline.work.models import Message
from plumbline.work.sending import send_waiting
from tests.factories.audits import make_audit, make_case, make_round, make_slot
from tests.factories.cast import Cast, grant_role

pytestmark = pytest.mark.django_db
DUE = timedelta(days=10)


def drawn(cast: Cast, cases: int = 1, unit: str = "north", worker: str = "sam", **more: Any) -> Round:
    made = make_round(cast, **({"state": "drawn"} | more))
    for _ in range(cases):
        make_slot(make_case(made, cast.units[unit], cast.people[worker] if worker else None))
    return made


def slots(of: Round) -> list[Slot]:
    return list(Slot.objects.as_system("allocation").filter(draw__round=of).order_by("pk"))


def audits(**which: Any) -> list[Audit]:
    rows = Audit.objects.as_system("allocation").filter(**which).order_by("pk")
    return list(rows.select_related("auditor", "worker", "manager", "unit"))


def exceptions() -> Any:
    return AllocationException.objects.as_system("allocation")


def proposal(cast: Cast, of: Round, person: Person | None = None) -> queries.Proposal:
    viewer = cast.viewer(person or cast.qa_officer)
    return queries.proposal_for(viewer, queries.round_for(viewer, of.public_id), dates.today() + DUE)


def refused(cast: Cast, of: Round, person: Person) -> tuple[Refusal, ...]:
    (row,) = proposal(cast, of).rows
    return tuple(row.given.refused.get(person.public_id, ()))


def give(cast: Cast, of: Round, *pairs: tuple[Slot, Person], **more: Any) -> allocating.Done:
    choices = [allocating.Choice(slot, person, more.get("reason", "")) for slot, person in pairs]
    by = more.get("by", cast.qa_officer)
    return allocating.allocate_cases(by=by, round=of, choices=choices, due_on=dates.today() + DUE)


def due_form(**more: str) -> dict[str, str]:
    day = dates.today() + DUE
    return {"due_on_day": str(day.day), "due_on_month": str(day.month), "due_on_year": str(day.year)} | more


def test_the_team_manager_is_refused_for_their_team_and_another_is_proposed(cast: Cast) -> None:
    of = drawn(cast)
    assert refused(cast, of, cast.ben) == (Refusal.OWN_TEAM, Refusal.SUPERVISEE)
    assert refused(cast, of, cast.cath) == ()
    (row,) = proposal(cast, of).rows
    assert row.given.auditor is not None
    assert row.given.auditor.person not in (cast.ben.pk, cast.sam.pk)


def test_everybody_above_the_worker_in_the_line_is_refused(cast: Cast) -> None:
    LineManagement.objects.create(
        person=cast.ben,
        manager=cast.amira,
        starts_on=dates.today() - timedelta(days=90),
    )
    assert refused(cast, drawn(cast), cast.amira) == (Refusal.SUPERVISEE,)


def test_the_line_is_the_one_of_the_day_of_the_draw(cast: Cast) -> None:
    """Ben handed North over to Cath after the draw; for this round he still is the one who managed it."""
    of = drawn(cast)
    then = dates.today() - timedelta(days=5)
    Draw.objects.as_system("allocation").update(
        drawn_at=datetime(then.year, then.month, then.day, 12, tzinfo=dates.LONDON)
    )
    RoleGrant.objects.as_system("role-rules").filter(person=cast.ben).delete()
    PostHolding.objects.filter(person=cast.ben).update(ends_on=then + timedelta(days=2))
    LineManagement.objects.filter(person=cast.sam).update(ends_on=then + timedelta(days=2))
    LineManagement.objects.create(person=cast.sam, manager=cast.cath, starts_on=then + timedelta(days=2))
    grant_role(cast.ben, Role.AUDITOR, None)
    assert refused(cast, of, cast.ben) == (Refusal.OWN_TEAM, Refusal.SUPERVISEE)
    assert refused(cast, of, cast.cath) == ()
    give(cast, of, (slots(of)[0], cast.cath))
    assert audits()[0].manager == cast.ben


def test_a_declared_interest_refuses_whichever_of_the_two_declared_it(cast: Cast) -> None:
    of = drawn(cast)
    cast.declare_interest(cast.sam, about=cast.cath)
    assert refused(cast, of, cast.cath) == (Refusal.INTEREST,)
    cast.declare_interest(cast.amira, unit="north")
    assert refused(cast, of, cast.amira) == (Refusal.INTEREST,)


def test_whoever_audited_somebody_in_the_last_round_is_not_audited_by_them_in_this(cast: Cast) -> None:
    earlier = dates.first_of_month(dates.today(), -1)
    last = make_round(cast, state="completed", first_month=earlier, last_month=earlier)
    make_audit(
        cast,
        of=last,
        state="closed",
        auditor=cast.ben,
        worker=cast.rhys,
        manager=cast.cath,
        unit=cast.units["fostering"],
    )
    of = drawn(cast)
    assert refused(cast, of, cast.cath) == (Refusal.RECIPROCAL,)
    assert refused(cast, of, cast.amira) == ()


def test_leave_on_the_due_day_refuses_and_leave_after_it_does_not(cast: Cast) -> None:
    of, due_on = drawn(cast), dates.today() + DUE
    capacity.add_leave(by=cast.qa_officer, person=cast.cath, starts_on=due_on, ends_on=None, note="")
    capacity.add_leave(
        by=cast.qa_officer, person=cast.amira, starts_on=due_on + timedelta(days=1), ends_on=None, note=""
    )
    assert refused(cast, of, cast.cath) == (Refusal.AWAY,)
    assert refused(cast, of, cast.amira) == ()


def test_what_somebody_can_take_on_is_for_a_month_and_counts_for_each_month_of_the_round(cast: Cast) -> None:
    capacity.set_capacity(by=cast.qa_officer, person=cast.cath, audits_a_month=3, note="")
    month = dates.first_of_month(dates.today())
    of = make_round(cast, first_month=month, last_month=dates.first_of_month(month, 1))
    facts = auditors_for(of, Council(day_of_draw(of)), dates.today())
    assert {one.person: one.capacity for one in facts}[cast.cath.pk] == 6


def test_without_an_allowed_auditor_the_page_says_so(cast: Cast, client_of: Any) -> None:
    RoleGrant.objects.as_system("role-rules").filter(
        role__in=["auditor", "moderator", "reviewing-officer"]
    ).delete()
    RoleGrant.objects.as_system("role-rules").filter(person=cast.cath).delete()
    of = drawn(cast)
    page = client_of(cast.qa_officer).get(f"/allocation/rounds/{of.public_id}").content.decode()
    assert "Nobody is left who may audit this case." in page
    assert "For 1 of them nobody is left whom the rules allow." in page


def test_confirming_gives_every_case_with_what_stood_on_the_day_of_the_draw(
    cast: Cast, client_of: Any
) -> None:
    of = drawn(cast, 4)
    client, address = client_of(cast.qa_officer), f"/allocation/rounds/{of.public_id}"
    page = client.get(address).content.decode()
    form = due_form(**chosen_on(page))
    assert client.post(address, form)["Location"] == address
    made = audits(round=of)
    assert len(made) == 4
    assert {one.state for one in made} == {"allocated"}
    assert {(one.worker, one.manager, one.unit.key) for one in made} == {(cast.sam, cast.ben, "north")}
    assert {one.tool_id for one in made} == {of.tool_id}
    assert {one.due_on for one in made} == {dates.today() + DUE}
    assert len({one.auditor_id for one in made}) == 4
    assert AuditStep.objects.filter(audit__in=made, state="allocated", by=cast.qa_officer).count() == 4
    of = Round.objects.as_system("allocation").get(pk=of.pk)
    assert of.state == "allocated"
    assert Event.objects.as_system("verify-event-log").filter(action="audit.allocated").count() == 4


def chosen_on(page: str) -> dict[str, str]:
    """What the selects of the page propose."""
    found = {}
    for name, options in re.findall(r'<select [^>]*name="(auditor_[^"]+)">(.*?)</select>', page, re.DOTALL):
        (value,) = re.findall(r'value="([^"]+)" selected', options)
        found[name] = value
    return found


def test_pressing_twice_gives_each_case_once(cast: Cast, client_of: Any) -> None:
    of = drawn(cast, 2)
    client, address = client_of(cast.qa_officer), f"/allocation/rounds/{of.public_id}"
    form = due_form(**chosen_on(client.get(address).content.decode()))
    client.post(address, form)
    messages = Message.objects.as_system("background-work").count()
    client.post(address, form)
    assert len(audits(round=of)) == 2
    assert Message.objects.as_system("background-work").count() == messages
    assert give(cast, of, (slots(of)[0], cast.cath)).audits == []


def test_auditor_and_worker_are_told_without_a_word_about_the_case(cast: Cast) -> None:
    of = drawn(cast, 2)
    first, second = slots(of)
    give(cast, of, (first, cast.cath), (second, cast.cath))
    send_waiting()
    to_cath = [one for one in mail.outbox if one.to == [cast.cath.user.email]]
    to_sam = [one for one in mail.outbox if one.to == [cast.sam.user.email]]
    assert len(to_cath) == 1
    assert "Audits given to you: 2" in to_cath[0].body
    assert len(to_sam) == 2
    assert "It says nothing about you that it was chosen" in to_sam[0].body
    everything = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    for word in (first.case.reference, second.case.reference, cast.sam.name, of.theme):
        assert word not in everything


def test_the_worker_reads_why_what_next_and_who_sees_it_and_nobody_else_does(
    cast: Cast, client_of: Any
) -> None:
    of = drawn(cast)
    (made,) = give(cast, of, (slots(of)[0], cast.cath)).audits
    address = f"/audits/{made.public_id}/notice"
    page = client_of(cast.sam).get(address).content.decode()
    for words in ("Why this case", "What happens next", "Who sees it", of.rationale, made.reference, "Cath"):
        assert words in page
    assert client_of(cast.cath).get(address).status_code == 404
    assert client_of(cast.director).get(address).status_code == 404
    assert (
        f"Read why your work with {made.reference} was chosen"
        in client_of(cast.sam).get("/").content.decode()
    )


def test_a_refused_auditor_needs_a_reason(cast: Cast, client_of: Any) -> None:
    of = drawn(cast)
    (slot,) = slots(of)
    form = due_form(**{f"auditor_{slot.public_id}": cast.ben.public_id})
    page = client_of(cast.qa_officer).post(f"/allocation/rounds/{of.public_id}", form).content.decode()
    assert "Enter why Ben should audit" in page
    with pytest.raises(allocating.NotAllocated) as fault:
        give(cast, of, (slot, cast.ben))
    assert fault.value.refusals == (Refusal.OWN_TEAM, Refusal.SUPERVISEE)
    assert audits() == []


def test_an_exception_is_given_only_when_a_second_person_agrees(cast: Cast, client_of: Any) -> None:
    of = drawn(cast)
    (slot,) = slots(of)
    form = due_form(
        **{f"auditor_{slot.public_id}": cast.ben.public_id, f"reason_{slot.public_id}": "Only Ben knows"}
    )
    client_of(cast.qa_officer).post(f"/allocation/rounds/{of.public_id}", form)
    asked = exceptions().get()
    assert (asked.state, asked.refusals, audits()) == ("asked", ["own_team", "supervisee"], [])
    address = f"/allocation/exceptions/{asked.public_id}"
    assert client_of(cast.qa_officer).get(f"{address}/decide").status_code == 403
    decision = due_form(agree="yes", reason="Agreed this once")
    assert client_of(cast.qa_lead).post(f"{address}/decide", decision)["Location"] == address
    asked.refresh_from_db(from_queryset=exceptions())
    (made,) = audits()
    assert (asked.state, asked.decided_by, asked.audit, made.auditor) == (
        "agreed",
        cast.qa_lead,
        made,
        cast.ben,
    )
    assert Round.objects.as_system("allocation").get(pk=of.pk).state == "allocated"


def test_nobody_agrees_to_their_own_exception(cast: Cast, client_of: Any) -> None:
    of = drawn(cast)
    give(cast, of, (slots(of)[0], cast.ben), reason="Only Ben", by=cast.qa_lead)
    asked = exceptions().get()
    with pytest.raises(allocating.NotAllocated) as fault:
        allocating.decide_exception(
            by=cast.qa_lead, exception=asked, agree=True, reason="x", due_on=dates.today() + DUE
        )
    assert fault.value.against is allocating.Against.OWN_PROPOSAL
    page = client_of(cast.qa_lead).get(f"/allocation/exceptions/{asked.public_id}").content.decode()
    assert "a second person has to decide" in page
    assert audits() == []


def test_an_exception_is_decided_once(cast: Cast) -> None:
    of = drawn(cast)
    give(cast, of, (slots(of)[0], cast.ben), reason="Only Ben")
    asked = exceptions().get()
    decide = {"by": cast.qa_lead, "exception": asked, "reason": "x", "due_on": dates.today() + DUE}
    allocating.decide_exception(agree=False, **decide)
    with pytest.raises(allocating.NotAllocated):
        allocating.decide_exception(agree=True, **decide)
    assert audits() == []


def test_a_round_without_a_tool_or_before_its_draw_gives_nothing(cast: Cast, client_of: Any) -> None:
    for more in ({"tool": None}, {"state": "cohort"}, {"state": "completed"}):
        of = drawn(cast, **more)
        form = due_form(**{f"auditor_{slots(of)[0].public_id}": cast.cath.public_id})
        page = client_of(cast.qa_officer).post(f"/allocation/rounds/{of.public_id}", form)
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()
    assert audits() == []


def test_a_due_day_that_has_passed_is_refused(cast: Cast, client_of: Any) -> None:
    of = drawn(cast)
    form = {"due_on_day": "1", "due_on_month": "2", "due_on_year": "2020"}
    page = client_of(cast.qa_officer).post(f"/allocation/rounds/{of.public_id}", form).content.decode()
    assert "The due day must be today or later" in page


def test_a_case_behind_an_interest_of_the_reader_is_not_shown(cast: Cast, client_of: Any) -> None:
    of = drawn(cast)
    cast.declare_interest(cast.qa_officer, unit="north")
    page = client_of(cast.qa_officer).get(f"/allocation/rounds/{of.public_id}").content.decode()
    assert slots(of)[0].case.reference not in page
    assert "1 more case is not shown" in page


def test_those_without_the_right_see_no_allocation(cast: Cast, client_of: Any) -> None:
    of = drawn(cast)
    for person in (cast.ben, cast.amira, cast.cath, cast.sam, cast.director):
        assert client_of(person).get("/allocation").status_code == 404
        assert client_of(person).get(f"/allocation/rounds/{of.public_id}").status_code == 404
    assert client_of(cast.business_support).get("/allocation").status_code == 200
    assert client_of(cast.business_support).get(f"/allocation/rounds/{of.public_id}").status_code == 403


def test_capacity_and_leave_are_kept_and_taken_back_on_the_auditors_page(cast: Cast, client_of: Any) -> None:
    client, address = client_of(cast.qa_officer), f"/allocation/auditors/{cast.cath.public_id}"
    client.post(address, {"audits_a_month": "4", "note": "Until June"})
    assert AuditorCapacity.objects.get().audits_a_month == 4
    client.post(address, {"audits_a_month": "", "note": ""})
    assert not AuditorCapacity.objects.exists()
    day = dates.today() + timedelta(days=3)
    form = {
        f"{end}_{part}": str(getattr(day, part))
        for end in ("starts_on", "ends_on")
        for part in ("day", "month", "year")
    }
    client.post(f"{address}/leave", form)
    client.post(f"{address}/leave", form)
    leave = AuditorLeave.objects.get()
    assert (leave.starts_on, leave.ends_on) == (day, day + timedelta(days=1))
    assert dates.in_words(day) in client.get(address).content.decode()
    client.post(f"{address}/leave/off", {"leave": leave.public_id})
    assert not AuditorLeave.objects.exists()


def test_leave_that_ends_before_it_begins_is_refused_in_words(cast: Cast, client_of: Any) -> None:
    form = {
        "starts_on_day": "5",
        "starts_on_month": "5",
        "starts_on_year": "2026",
        "ends_on_day": "4",
        "ends_on_month": "5",
        "ends_on_year": "2026",
    }
    page = client_of(cast.qa_officer).post(f"/allocation/auditors/{cast.cath.public_id}/leave", form)
    assert "must be on or after the first" in page.content.decode()


def test_the_overview_counts_what_each_auditor_has(cast: Cast, client_of: Any) -> None:
    make_audit(cast, due_on=dates.today() - timedelta(days=2))
    make_audit(cast, state="closed")
    loads = queries.loads_of(cast.viewer(cast.qa_lead), [cast.amira])
    assert [(one.in_hand, one.late, one.recent) for one in loads] == [(1, 1, 2)]
    assert "Amira" in client_of(cast.qa_lead).get("/allocation").content.decode()


def test_the_overview_pages_and_keeps_its_filter(cast: Cast, client_of: Any) -> None:
    for number in range(30):
        cast.add(f"auditor{number:02}", "south", Role.AUDITOR)
    page = client_of(cast.qa_lead).get("/allocation?q=auditor").content.decode()
    assert "1 to 25 of" in page
    assert "?q=auditor&amp;page=2" in page
    assert "Nobody of that name" in client_of(cast.qa_lead).get("/allocation?q=zzz").content.decode()


@pytest.mark.parametrize("address", ["/allocation", "/allocation/rounds/{}"])
def test_pages_of_allocation_ask_no_more_as_a_round_grows(cast: Cast, client_of: Any, address: str) -> None:
    of = drawn(cast)
    client = client_of(cast.qa_lead)
    address = address.format(of.public_id)

    def queries_made() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    client.get(address)
    few = queries_made()
    for number in range(12):
        auditor = cast.add(f"more{number}", "south", Role.AUDITOR)
        make_slot(make_case(of, cast.units["south"], cast.sam))
        make_audit(cast, auditor=auditor)
    assert queries_made() <= few
