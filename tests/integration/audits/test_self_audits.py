"""Self-audits: asked for when audits are given out, blind both ways, side by side afterwards, counted in the report."""

import pytest
from django.utils import timezone

from plumbline.audits.actions.self_audits import TooLate, ask_for_self_audit, save_self_audit
from plumbline.audits.models import Audit, Round, SelfAudit
from plumbline.audits.presenters.report_blocks import texts_of
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.presenters.self_audits import self_audit_work
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.queries.reports import Content
from plumbline.shared import dates
from plumbline.work.models import Message
from tests.factories.audits import complete, make_audit, make_round
from tests.factories.cast import Cast
from tests.factories.reports import make_report
from tests.integration.conftest import SignedIn

OWN = {"daily-life": "met", "heard": "partly_met", "progress": "met", "supervision": "met"}
MARK = "Self-audit beside the audit"


def asked(cast: Cast, whom: str = "worker", state: str = "started", of: Round | None = None) -> SelfAudit:
    """An audit of Sam's work by Amira, and the self-audit asked for with it."""
    audit = make_audit(cast, of=of or make_round(cast, self_audit=whom), state="started")
    made = ask_for_self_audit(by=cast.qa_officer, audit=audit)
    assert made is not None
    complete(audit, "partly_met", "requires_improvement")
    move(audit, state)
    return made


def move(audit: Audit, state: str) -> None:
    """Puts the audit in the state as sharing and submitting would."""
    moment = timezone.now()
    audit.state = state
    if state != "started":
        audit.submitted_at, audit.submitted_by = moment, audit.auditor
    if state == "shared":
        audit.shared_at, audit.shared_by = moment, audit.auditor
    audit.save()


def given(cast: Cast, row: SelfAudit) -> SelfAudit:
    return save_self_audit(by=row.person, self_audit=row, judgements=OWN, is_given=True)


@pytest.mark.parametrize(("whom", "name"), [("worker", "sam"), ("manager", "ben")])
def test_whom_the_round_asks_is_told_and_finds_it_in_their_work(cast: Cast, whom: str, name: str) -> None:
    row = asked(cast, whom)
    assert row.person == cast.people[name]
    assert Message.objects.as_system("background-work").get(kind="self-audit-asked").person == row.person
    waiting = [one.url for one in self_audit_work(cast.viewer(row.person), dates.today())]
    assert waiting == [f"/self-audits/{row.public_id}"]


def test_nobody_is_asked_who_can_read_the_audit_while_it_is_written(cast: Cast) -> None:
    audit = make_audit(cast, of=make_round(cast, self_audit="manager"), manager=cast.qa_lead)
    assert ask_for_self_audit(by=cast.qa_officer, audit=audit) is None
    nobody = make_audit(cast, of=make_round(cast))
    assert ask_for_self_audit(by=cast.qa_officer, audit=nobody) is None


def test_the_worker_answers_the_same_questions_and_what_they_gave_stays(
    cast: Cast, client_of: type[SignedIn]
) -> None:
    row, client = asked(cast), client_of(cast.sam)
    url = f"/self-audits/{row.public_id}"
    page = client.get(url).content.decode()
    assert "Does the record show what a day is like for the child?" in page
    assert "Visit of 3 May." not in page
    client.post(url, {"daily-life": "met", "later": "1"})
    row.refresh_from_db()
    assert (row.judgements, row.given_at) == ({"daily-life": "met"}, None)
    assert "Select a judgement" in client.post(url, {"daily-life": "met"}).content.decode()
    client.post(url, OWN)
    row.refresh_from_db()
    assert row.judgements == OWN
    client.post(url, dict.fromkeys(OWN, "not_met"))
    row.refresh_from_db()
    assert row.judgements == OWN
    assert client_of(cast.cath).get(url).status_code == 404
    assert client_of(cast.amira).get(url).status_code == 404


def test_neither_reads_the_others_judgements_before_giving_their_own(
    cast: Cast, client_of: type[SignedIn]
) -> None:
    row = asked(cast)
    audit = Audit.objects.as_system("recording").get()
    url = f"/audits/{audit.public_id}"
    given(cast, row)
    for person in (cast.amira, cast.qa_lead):
        assert MARK not in client_of(person).get(url).content.decode()
    assert client_of(cast.sam).get(url).status_code == 404
    move(audit, "submitted")
    assert "has not been given" not in client_of(cast.qa_lead).get(f"{url}/share").content.decode()
    page = client_of(cast.amira).get(url).content.decode()
    assert MARK in page
    assert "The same judgement in 1 of 6 given by both" not in page
    assert "The same judgement in 1 of 4 given by both" in page
    move(audit, "returned")
    assert MARK not in client_of(cast.amira).get(url).content.decode()
    move(audit, "shared")
    assert MARK in client_of(cast.sam).get(url).content.decode()


def test_once_the_audit_is_shared_it_is_too_late(cast: Cast, client_of: type[SignedIn]) -> None:
    row = asked(cast, state="submitted")
    share = f"/audits/{row.audit.public_id}/share"
    assert "has not been given" in client_of(cast.qa_lead).get(share).content.decode()
    move(row.audit, "shared")
    with pytest.raises(TooLate):
        given(cast, row)
    assert not list(self_audit_work(cast.viewer(cast.sam), dates.today()))
    page = client_of(cast.sam).get(f"/self-audits/{row.public_id}").content.decode()
    assert "now it is too late" in page


def test_round_and_report_count_agreement_on_the_same_question(cast: Cast, client_of: type[SignedIn]) -> None:
    of = make_round(cast, self_audit="worker")
    for state in ("submitted", "submitted", "started"):
        given(cast, asked(cast, of=of, state="started"))
        move(Audit.objects.as_system("recording").order_by("-pk")[0], state)
    asked(cast, of=of, state="submitted")
    words = "Given by the worker in 2 of 3 audits done"
    page = client_of(cast.qa_officer).get(f"/rounds/{of.public_id}").content.decode()
    assert words.lower() in page.lower()
    assert "The same judgement in 2 of 8 given by both" in page
    # Everybody may read of the round; counts of few people's ratings are for those who see every audit.
    assert "Self-audits:" not in client_of(cast.sam).get(f"/rounds/{of.public_id}").content.decode()
    report = make_report(cast, of)
    document = report_document(Content(report, figures_of(of)))
    said = " ".join(texts_of(document.blocks))
    assert "Both gave the same judgement in 2 of 8" in said
    assert "Were the child’s views sought in a way that suits them? – 2 of 2 0 0" in said
