"""What is due, what a hold keeps back, and that nothing goes without a second person."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.models import AuditStep, Briefing, CoverSheet, Report, RoundStep
from plumbline.event_log.models import Event, Kind
from plumbline.framework.models import Activity, Occurrence, OccurrenceStatus, Schedule
from plumbline.improvement.models import Action, Finding
from plumbline.keeping.actions.retention import (
    decide_disposal,
    lift_hold,
    place_hold,
    propose_disposal,
    set_rule,
)
from plumbline.keeping.models import Disposal, LegalHold
from plumbline.keeping.queries.retention import due_rows, rules_in_force
from plumbline.keeping.rules.retention import Against, NotKept
from plumbline.people.models import Interest, RoleGrant
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from plumbline.shared.area import areas
from plumbline.work.models import Job, Message
from tests.factories.audits import make_audit, make_case, make_round
from tests.factories.cast import Cast
from tests.factories.extracts import make_exception
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 2, 3)


def occurrence(
    cast: Cast, unit: str | None, on: date = LONG_AGO, state: str = "done", **more: Any
) -> Occurrence:
    schedule, _ = Schedule.objects.get_or_create(
        key="schedule", defaults={"title": "Schedule", "version": "1", "digest": "0" * 64}
    )
    activity, _ = Activity.objects.get_or_create(
        schedule=schedule, key="visits", defaults={"name": "Visits", "type": "visit", "position": 1}
    )
    made = Occurrence.objects.create(
        activity=activity,
        unit=cast.units[unit] if unit else None,
        earliest_on=on,
        due_on=on,
        state=state,
        held_on=on if state == "done" else None,
        reason="" if state in ("done", "planned") else "Nobody came",
        is_extra=True,
        **more,
    )
    OccurrenceStatus.objects.create(occurrence=made, state=state)
    return made


def due(kind: str = "occurrence") -> set[str]:
    return set(due_rows(rules_in_force()[kind], dates.today()).values_list("public_id", flat=True))


def left() -> set[str]:
    return set(Occurrence.objects.as_system("retention").values_list("public_id", flat=True))


def refusal(change: object, **given: object) -> Against:
    with pytest.raises(NotKept) as refused:
        change(**given)  # type: ignore[operator]
    return refused.value.against


@pytest.fixture
def old(cast: Cast) -> Occurrence:
    return occurrence(cast, "north")


@pytest.fixture
def officer(cast: Cast) -> Any:
    return cast.information_governance


def test_only_what_has_ended_long_enough_ago_is_due(cast: Cast, old: Occurrence) -> None:
    occurrence(cast, "north", state="planned")
    occurrence(cast, "north", on=dates.today())
    missed = occurrence(cast, "north", state="missed")
    assert due() == {old.public_id, missed.public_id}


def test_every_kind_of_record_can_be_counted_and_removed(cast: Cast, officer: Any) -> None:
    """Each kind that an area names has a row here that goes; a new kind must be given one."""
    long_ago = datetime(2015, 2, 3, 12, tzinfo=dates.LONDON)
    occurrence(cast, None)
    Message.objects.create(person=cast.ben, kind="work-waits", state="sent", settled_at=long_ago)
    Job.objects.create(by=cast.ben, kind="verify-event-log", state="done", ended_at=long_ago)
    Interest.objects.create(
        person=cast.ben, about_person=cast.cath, reason="r", starts_on=LONG_AGO, ends_on=date(2015, 3, 3)
    )
    RoleGrant.objects.create(
        person=cast.sam, role=Role.AUDITOR, reason="r", starts_on=LONG_AGO, ends_on=date(2015, 3, 3)
    )
    finding = Finding.objects.create(
        kind="gap", state="open", text="t", raised_on=LONG_AGO, raised_by=cast.qa_officer
    )
    action = Action.objects.create(
        level="service",
        state="closed",
        text="t",
        owner=cast.ben,
        due_on=LONG_AGO,
        evidence="e",
        impact="i",
        raised_by=cast.qa_officer,
        closed_at=long_ago,
        closed_by=cast.qa_lead,
    )
    action.findings.add(finding)
    audit = make_audit(cast, of=make_round(cast, state="completed"), state="closed")
    CoverSheet.objects.create(audit=audit, names="Invented", updated_by=cast.amira)
    make_case(audit.round, cast.units["north"])
    over = {"state": "closed", "closed_at": long_ago, "closed_by": cast.qa_lead}
    make_exception(first_on=LONG_AGO, **over)
    AuditStep.objects.update(at=long_ago)
    RoundStep.objects.create(round=audit.round, state="completed", at=long_ago)
    report = Report.objects.create(round=audit.round, number=1, made_by=cast.qa_officer)
    writer = {"made_by": cast.qa_officer, "issued_by": cast.qa_lead}
    Briefing.objects.create(report=report, state="withdrawn", issued_at=long_ago, **writer)
    for kind in (kind.key for area in areas() for kind in area.kinds):
        disposal = propose_disposal(by=officer, kind=kind)
        assert disposal.count == 1, kind
        decide_disposal(by=cast.director, disposal=disposal, agree=True)
        assert due(kind) == set(), kind


def test_a_disposal_removes_what_was_listed_with_its_history_and_nothing_else(
    cast: Cast, officer: Any, old: Occurrence
) -> None:
    kept = occurrence(cast, "south", on=dates.today())
    disposal = propose_disposal(by=officer, kind="occurrence")
    assert left() == {old.public_id, kept.public_id}
    decide_disposal(by=cast.qa_lead, disposal=disposal, agree=True)
    assert left() == {kept.public_id}
    assert OccurrenceStatus.objects.count() == 1
    event = Event.objects.as_system("verify-event-log").get(action="disposal.agree")
    assert event.detail == {"kind": "occurrence", "count": "1", "digest": disposal.digest}


def test_the_proposer_never_decides_nor_does_anything_go_when_refused(
    cast: Cast, officer: Any, old: Occurrence
) -> None:
    disposal = propose_disposal(by=officer, kind="occurrence")
    for agree in (True, False):
        assert refusal(decide_disposal, by=officer, disposal=disposal, agree=agree) == Against.OWN_PROPOSAL
    decide_disposal(by=cast.director, disposal=disposal, agree=False)
    assert left() == {old.public_id}
    again = refusal(decide_disposal, by=cast.director, disposal=disposal, agree=True)
    assert again == Against.DECIDED_ALREADY


def test_what_changed_after_the_proposal_voids_it(cast: Cast, officer: Any, old: Occurrence) -> None:
    disposal = propose_disposal(by=officer, kind="occurrence")
    decide = {"by": cast.director, "disposal": disposal, "agree": True}
    # Held in the meantime.
    hold = place_hold(by=officer, title="Inquiry", reason="Asked for", unit=cast.units["safeguarding"])
    assert refusal(decide_disposal, **decide) == Against.NO_LONGER_THE_SAME
    lift_hold(by=officer, hold=hold, reason="Over")
    # Taken up again.
    Occurrence.objects.as_system("retention").update(state="planned")
    assert refusal(decide_disposal, **decide) == Against.NO_LONGER_THE_SAME
    Occurrence.objects.as_system("retention").update(state="done")
    # Kept for another time now, though it would still be due.
    set_rule(by=officer, kind="occurrence", months=60, reason="Our schedule")
    assert refusal(decide_disposal, **decide) == Against.NO_LONGER_THE_SAME
    set_rule(by=officer, kind="occurrence", months=72, reason="Our schedule")
    # More that is due by now does not matter: only what was listed goes.
    newer = occurrence(cast, "south")
    decide_disposal(**decide)  # type: ignore[arg-type]
    assert left() == {newer.public_id}


def test_one_disposal_of_a_kind_waits_at_a_time_and_an_empty_one_is_refused(
    cast: Cast, officer: Any, old: Occurrence
) -> None:
    propose_disposal(by=officer, kind="occurrence")
    assert refusal(propose_disposal, by=officer, kind="occurrence") == Against.WAITS_ALREADY
    assert refusal(propose_disposal, by=officer, kind="job") == Against.NOTHING_DUE
    page = SignedIn(officer).get("/retention/job/dispose", follow=True).content.decode()
    assert "Nothing of this kind is due for disposal" in page
    set_rule(by=officer, kind="job", months=None, reason="For good")
    assert refusal(propose_disposal, by=officer, kind="job") == Against.NOTHING_DUE


def test_a_hold_covers_its_team_those_below_and_a_person_and_no_other(cast: Cast, officer: Any) -> None:
    north, south = occurrence(cast, "north"), occurrence(cast, "south")
    fostering, nowhere = occurrence(cast, "fostering"), occurrence(cast, None)
    bens = occurrence(cast, None, responsible=cast.ben)
    everything = {one.public_id for one in (north, south, fostering, nowhere, bens)}
    assert due() == everything

    def without(**hold: Any) -> set[str]:
        made = place_hold(by=officer, title="Inquiry", reason="Asked for", **hold)
        kept_back = everything - due()
        lift_hold(by=officer, hold=made, reason="Over")
        return kept_back

    assert without(unit=cast.units["north"]) == {north.public_id}
    assert without(unit=cast.units["safeguarding"]) == {north.public_id, south.public_id}
    assert without(person=cast.ben) == {bens.public_id}
    assert without(unit=cast.units["north"], person=cast.ben) == {north.public_id, bens.public_id}
    assert without() == everything
    assert without(kind="occurrence") == everything
    assert without(kind="message") == set()
    assert due() == everything


def test_a_hold_that_cannot_be_narrowed_keeps_the_whole_kind(cast: Cast, officer: Any) -> None:
    """Messages have no team, so a hold on a team keeps all of them rather than none."""
    long_ago = datetime(2015, 2, 3, 12, tzinfo=dates.LONDON)
    Message.objects.create(person=cast.ben, kind="work-waits", state="sent", settled_at=long_ago)
    assert due("message")
    place_hold(by=officer, title="Inquiry", reason="Asked for", unit=cast.units["fostering"])
    assert not due("message")


def test_the_councils_own_period_counts_from_then_on(cast: Cast, officer: Any) -> None:
    two_years_ago = occurrence(cast, "north", on=dates.today() - timedelta(days=2 * 366))
    assert due() == set()
    set_rule(by=officer, kind="occurrence", months=24, reason="Our schedule, line 12")
    assert due() == {two_years_ago.public_id}
    set_rule(by=officer, kind="occurrence", months=None, reason="An inquiry was announced")
    assert due() == set()
    same = refusal(set_rule, by=officer, kind="occurrence", months=None, reason="An inquiry was announced")
    assert same == Against.NOTHING_CHANGES


def test_those_a_hold_is_about_do_not_learn_of_it(cast: Cast, officer: Any) -> None:
    place_hold(by=officer, title="About the lead", reason="A complaint", person=cast.qa_lead)
    assert "About the lead" not in SignedIn(cast.qa_lead).get("/holds").content.decode()
    assert "About the lead" in SignedIn(cast.director).get("/holds").content.decode()


# Pages


def test_from_what_is_due_to_the_certificate(cast: Cast, officer: Any, old: Occurrence) -> None:
    records = SignedIn(officer)
    page = records.get("/retention").content.decode()
    assert "1 record is due for disposal." in page
    assert "1 record is due for disposal" in records.get("/").content.decode()
    assert "/retention/occurrence/dispose" in page
    assert "1 record" in records.get("/retention/occurrence/dispose").content.decode()
    made = records.post("/retention/occurrence/dispose", {}, follow=True).content.decode()
    assert "a second person has to decide" in made
    disposal = Disposal.objects.as_system("retention").get()
    assert "Waits for agreement" in records.get("/retention").content.decode()

    second = SignedIn(cast.director).confirmed()
    assert "Agree to or refuse the disposal of 1 record" in second.get("/").content.decode()
    address = f"/disposals/{disposal.public_id}"
    assert f"{address}/decide" in second.get(address).content.decode()
    nothing = second.post(f"{address}/decide", {"decision": ""})
    assert "Select whether you agree" in nothing.content.decode()
    done = second.post(f"{address}/decide", {"decision": "agree"}, follow=True).content.decode()
    assert "Certificate of disposal" in done
    assert disposal.digest in done
    assert left() == set()
    listed = second.get(f"{address}/export").content.decode("utf-8-sig")
    assert listed.split() == ["record", "id", old.public_id]
    export = Event.objects.as_system("verify-event-log").filter(kind=Kind.EXPORT).get()
    assert (export.object_id, export.rows) == (disposal.public_id, 1)


def test_deciding_and_downloading_ask_for_a_recent_sign_in(cast: Cast, officer: Any, old: Occurrence) -> None:
    disposal = propose_disposal(by=officer, kind="occurrence")
    for step in ("decide", "export"):
        answer = SignedIn(cast.director).get(f"/disposals/{disposal.public_id}/{step}")
        assert answer["Location"].startswith("/account/confirm"), step
    SignedIn(cast.director).post(f"/disposals/{disposal.public_id}/decide", {"decision": "agree"})
    assert left() == {old.public_id}


def test_the_proposer_is_told_why_their_decision_is_refused(
    cast: Cast, officer: Any, old: Occurrence
) -> None:
    disposal = propose_disposal(by=officer, kind="occurrence")
    own = SignedIn(officer).confirmed()
    answer = own.post(f"/disposals/{disposal.public_id}/decide", {"decision": "agree"})
    assert "a second person has to decide" in answer.content.decode()
    assert left() == {old.public_id}


def test_a_period_is_changed_on_its_page_and_mistakes_are_named(cast: Cast, officer: Any) -> None:
    records = SignedIn(officer)
    address = "/retention/occurrence"
    assert 'value="72"' in records.get(address).content.decode()
    for given, said in (
        ({"keep": "time", "months": "", "reason": "x"}, "Enter the number of months"),
        ({"keep": "time", "months": "0", "reason": "x"}, "Number of months must be 1 or more."),
        ({"keep": "time", "months": "soon", "reason": "x"}, "must be a whole number"),
        ({"keep": "time", "months": "12", "reason": ""}, "Enter why this long"),
        ({"months": "12", "reason": "x"}, "Select how long to keep them"),
    ):
        assert said in records.post(address, given).content.decode()
    records.post(address, {"keep": "time", "months": "120", "reason": "Line 12"})
    page = records.get("/retention").content.decode()
    assert "10 years" in page
    assert "the council’s own" in page
    records.post(address, {"keep": "good", "months": "", "reason": "Announced"})
    assert "For good" in records.get("/retention").content.decode()
    assert records.get("/retention/unheard-of").status_code == 404
    assert records.get("/retention/unheard-of/dispose").status_code == 404


def test_a_hold_is_placed_and_lifted_on_its_pages(cast: Cast, officer: Any, old: Occurrence) -> None:
    records = SignedIn(officer)
    assert "No hold has been placed" in records.get("/holds").content.decode()
    assert "Enter name of the hold" in records.post("/holds/place", {"title": ""}).content.decode()
    given = {
        "title": "Inquiry",
        "kind": "occurrence",
        "unit": cast.units["north"].public_id,
        "person": "",
        "reason": "Asked for",
    }
    page = records.post("/holds/place", given, follow=True).content.decode()
    assert "What was planned and done: Safeguarding North" in page
    assert "A legal hold keeps back 1 record." in records.get("/retention").content.decode()
    hold = LegalHold.objects.as_system("retention").get()
    assert (
        "Enter why the hold ends"
        in records.post(f"/holds/{hold.public_id}/lift", {"reason": ""}).content.decode()
    )
    page = records.post(f"/holds/{hold.public_id}/lift", {"reason": "Over"}, follow=True).content.decode()
    assert "Lifted" in page
    again = records.post(f"/holds/{hold.public_id}/lift", {"reason": "Over"}).content.decode()
    assert "lifted already" in again


def test_the_system_administrator_sees_periods_and_neither_holds_nor_disposals(cast: Cast) -> None:
    administrator = SignedIn(cast.system_administrator)
    page = administrator.get("/retention").content.decode()
    assert "Change" not in page
    assert "/holds" not in page
    assert administrator.get("/holds").status_code == 404
    assert administrator.get("/disposals").status_code == 404
    assert administrator.get("/retention/occurrence").status_code == 403


def test_the_pages_cost_the_same_however_much_there_is(cast: Cast, officer: Any) -> None:
    client = SignedIn(officer)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    def more() -> None:
        for _ in range(12):
            occurrence(cast, "north")
            hold = place_hold(by=officer, title="Inquiry", reason="Asked for", unit=cast.units["north"])
            lift_hold(by=officer, hold=hold, reason="Over")
        decide_disposal(
            by=cast.director, disposal=propose_disposal(by=officer, kind="occurrence"), agree=False
        )

    more()
    before = {address: cost(address) for address in ("/retention", "/holds", "/disposals")}
    more()
    assert {address: cost(address) for address in before} == before
