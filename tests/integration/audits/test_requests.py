"""Requests of auditors: swap, more time, be excused, each with one decision by somebody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.audits.actions import replacing, requests
from plumbline.audits.models import Audit, AuditRequest, Slot
from plumbline.audits.rules.allocation import Refusal
from plumbline.shared import dates
from plumbline.work.sending import send_waiting
from tests.factories.audits import make_audit, make_case, make_round, make_slot
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def rows() -> Any:
    return AuditRequest.objects.as_system("allocation")


def now(audit: Audit) -> Audit:
    return Audit.objects.as_system("allocation").get(pk=audit.pk)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return make_audit(cast, state="started")


def asked(cast: Cast, audit: Audit, kind: str = "exemption", **more: Any) -> AuditRequest:
    return requests.ask(by=cast.amira, audit=audit, kind=kind, reason="Unwell for a while", **more)


def test_an_auditor_asks_from_the_audit_and_the_team_is_told_without_the_case(
    cast: Cast, audit: Audit, client_of: Any
) -> None:
    form = {
        "kind": "more_time",
        "reason": "School holidays",
        **boxes("until", audit.due_on + timedelta(days=7)),
    }
    answer = client_of(cast.amira).post(f"/audits/{audit.public_id}/request", form)
    made = rows().get()
    assert answer["Location"] == f"/allocation/requests/{made.public_id}"
    assert (made.state, made.kind, made.asked_by) == ("asked", "more_time", cast.amira)
    send_waiting()
    told = {address for one in mail.outbox for address in one.to}
    assert told == {cast.qa_officer.user.email, cast.qa_lead.user.email}
    everything = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert audit.reference not in everything
    assert "School holidays" not in everything


def test_an_audit_sent_back_can_be_handed_over_and_excused_as_one_in_hand(cast: Cast, client_of: Any) -> None:
    back = make_audit(cast, state="returned")
    assert client_of(cast.amira).get(f"/audits/{back.public_id}/request").status_code == 200
    swap = asked(cast, back, "swap")
    requests.agree_swap(by=cast.qa_lead, request=swap, reason="Agreed", auditor=cast.cath)
    assert (now(back).auditor, now(back).state) == (cast.cath, "returned")
    second = make_audit(cast, of=back.round, state="returned")
    requests.agree_exemption(by=cast.qa_lead, request=asked(cast, second), reason="Agreed")
    assert now(second).state == "exempted"


@pytest.mark.parametrize("form", [{"kind": "more_time"}, {"kind": "more_time", "sooner": "1"}, {"kind": ""}])
def test_a_request_without_what_it_needs_is_asked_for_in_words(
    cast: Cast, audit: Audit, client_of: Any, form: dict[str, str]
) -> None:
    if "sooner" in form:
        form = {**form, **boxes("until", dates.today()), "reason": "x"}
    page = client_of(cast.amira).post(f"/audits/{audit.public_id}/request", form)
    assert "There is a problem" in page.content.decode()
    assert not rows().exists()


def test_only_the_auditor_asks_and_only_while_the_audit_is_in_hand(
    cast: Cast, audit: Audit, client_of: Any
) -> None:
    assert client_of(cast.cath).get(f"/audits/{audit.public_id}/request").status_code == 404
    assert client_of(cast.qa_lead).get(f"/audits/{audit.public_id}/request").status_code == 403
    done = make_audit(cast, state="submitted")
    assert client_of(cast.amira).get(f"/audits/{done.public_id}/request").status_code == 403
    with pytest.raises(requests.NotDone):
        asked(cast, done)


def test_a_second_request_waits_for_the_decision_on_the_first(cast: Cast, audit: Audit) -> None:
    asked(cast, audit)
    with pytest.raises(requests.NotDone) as fault:
        asked(cast, audit)
    assert fault.value.against is requests.Against.WAITS_ALREADY


def test_more_time_changes_the_due_day_and_its_history_says_so(
    cast: Cast, audit: Audit, client_of: Any
) -> None:
    until = audit.due_on + timedelta(days=7)
    made = asked(cast, audit, "more_time", until=until)
    form = {"agree": "yes", "reason": "Fair", **boxes("until", until)}
    client_of(cast.qa_officer).post(f"/allocation/requests/{made.public_id}/decide", form)
    assert now(audit).due_on == until
    step = audit.steps.last()
    assert (step.state, step.by) == ("started", cast.qa_officer)
    assert dates.in_words(until) in step.reason
    assert rows().get().decided_by == cast.qa_officer


def test_a_swap_gives_the_audit_to_somebody_independent_as_it_stands(
    cast: Cast, audit: Audit, client_of: Any
) -> None:
    made = asked(cast, audit, "swap", with_person=cast.cath)
    address = f"/allocation/requests/{made.public_id}/decide"
    page = client_of(cast.qa_officer).get(address).content.decode()
    assert f'value="{cast.ben.public_id}"' not in page
    assert "Ben: it belongs to a team they work in or manage" in page
    form = {"agree": "yes", "reason": "Cath has room", "auditor": cast.cath.public_id}
    client_of(cast.qa_officer).post(address, form)
    assert (now(audit).auditor, now(audit).state) == (cast.cath, "started")
    assert client_of(cast.amira).get(f"/audits/{audit.public_id}/request").status_code == 404
    assert client_of(cast.cath).get(f"/audits/{audit.public_id}/request").status_code == 200


def test_a_swap_to_somebody_the_rules_refuse_is_not_made(cast: Cast, audit: Audit, client_of: Any) -> None:
    made = asked(cast, audit, "swap")
    with pytest.raises(requests.NotDone) as fault:
        requests.agree_swap(by=cast.qa_lead, request=made, reason="x", auditor=cast.ben)
    assert fault.value.refusals == (Refusal.OWN_TEAM, Refusal.SUPERVISEE)
    form = {"agree": "yes", "reason": "x", "auditor": cast.ben.public_id}
    page = client_of(cast.qa_lead).post(f"/allocation/requests/{made.public_id}/decide", form)
    assert "select from the list" in page.content.decode()
    assert now(audit).auditor == cast.amira
    assert rows().get().state == "asked"


def with_reserve(cast: Cast) -> tuple[Audit, Slot]:
    of = make_round(cast)
    audit = make_audit(cast, of=of)
    make_slot(make_case(of, cast.units["south"], cast.sam), state="reserve", position=900)
    reserve = make_slot(make_case(of, cast.units["south"], cast.sam), state="reserve", position=800)
    return audit, reserve


def test_an_exemption_leaves_the_audit_out_and_offers_the_next_reserve(cast: Cast, client_of: Any) -> None:
    audit, reserve = with_reserve(cast)
    made = asked(cast, audit)
    client, address = client_of(cast.qa_officer), f"/allocation/requests/{made.public_id}"
    client.post(f"{address}/decide", {"agree": "yes", "reason": "Get well"})
    assert now(audit).state == "exempted"
    assert reserve.case.reference in client.get(address).content.decode()
    answer = client.post(f"{address}/reserve")
    assert answer["Location"] == f"/allocation/rounds/{audit.round.public_id}"
    slots = Slot.objects.as_system("allocation")
    assert slots.get(pk=reserve.pk).state == "selected"
    gone = slots.get(pk=audit.slot_id)
    assert (gone.state, gone.reason, gone.approved_by, gone.proposed_by) == (
        "replaced",
        "excused",
        cast.qa_officer,
        cast.amira,
    )
    assert reserve.case.reference in client.get(answer["Location"]).content.decode()


def test_a_reserve_is_taken_once_and_never_for_a_case_still_audited(cast: Cast) -> None:
    audit, _ = with_reserve(cast)
    with pytest.raises(replacing.NoReserve):
        replacing.take_next_reserve(by=cast.qa_lead, slot=audit.slot, asked_by=cast.amira)
    requests.agree_exemption(by=cast.qa_lead, request=asked(cast, audit), reason="x")
    replacing.take_next_reserve(by=cast.qa_lead, slot=audit.slot, asked_by=cast.amira)
    with pytest.raises(replacing.NoReserve):
        replacing.take_next_reserve(by=cast.qa_lead, slot=audit.slot, asked_by=cast.amira)
    assert Slot.objects.as_system("allocation").filter(state="reserve").count() == 1


def test_a_request_is_decided_once_and_never_by_whoever_asked(cast: Cast, audit: Audit) -> None:
    made = asked(cast, audit)
    with pytest.raises(requests.NotDone) as own:
        requests.refuse(by=cast.amira, request=made, reason="x")
    assert own.value.against is requests.Against.OWN_REQUEST
    requests.refuse(by=cast.qa_lead, request=made, reason="Please try")
    with pytest.raises(requests.NotDone) as twice:
        requests.agree_exemption(by=cast.qa_officer, request=made, reason="x")
    assert twice.value.against is requests.Against.DECIDED_ALREADY
    assert now(audit).state == "started"


def test_auditors_see_their_own_requests_and_the_team_sees_all(cast: Cast, client_of: Any) -> None:
    own = asked(cast, make_audit(cast))
    other = requests.ask(
        by=cast.cath, audit=make_audit(cast, auditor=cast.cath), kind="swap", reason="Knows the family"
    )
    page = client_of(cast.amira).get("/allocation/requests").content.decode()
    assert own.public_id in page
    assert other.public_id not in page
    assert client_of(cast.amira).get(f"/allocation/requests/{other.public_id}").status_code == 404
    assert client_of(cast.amira).get(f"/allocation/requests/{own.public_id}/decide").status_code == 403
    everything = client_of(cast.qa_lead).get("/allocation/requests").content.decode()
    assert own.public_id in everything
    assert other.public_id in everything
    assert client_of(cast.sam).get("/allocation/requests").status_code == 404


def test_what_waits_stands_in_the_work_of_whoever_it_waits_for(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast, state="allocated")
    asked(cast, audit)
    work = client_of(cast.amira).get("/").content.decode()
    assert f"Start the audit of {audit.reference}" in work
    assert (
        f"Decide on a request about {audit.reference}: be excused"
        in client_of(cast.qa_officer).get("/").content.decode()
    )
    make_audit(cast, state="submitted", auditor=cast.cath)
    assert "the audit of" not in client_of(cast.cath).get("/").content.decode()


@pytest.mark.parametrize("address", ["/allocation/requests", "/"])
def test_lists_of_requests_ask_no_more_as_they_grow(cast: Cast, client_of: Any, address: str) -> None:
    client = client_of(cast.qa_lead)
    of = make_round(cast)

    def queries_made() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    asked(cast, make_audit(cast, of=of))
    client.get(address)
    few = queries_made()
    for _ in range(30):
        asked(cast, make_audit(cast, of=of), "swap", with_person=cast.cath)
    assert queries_made() <= few
    assert "1 to 25 of 31 requests" in client.get("/allocation/requests").content.decode()
