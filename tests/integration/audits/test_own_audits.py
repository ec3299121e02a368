"""A worker's own audits, on a page and as a file for their professional record: only theirs, and logged."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.audits.actions.sharing import reply_to
from plumbline.audits.models import Audit, SelfAudit, VoiceContact
from plumbline.audits.queries import own_audits
from plumbline.event_log.models import Event, Kind
from plumbline.people.rules.roles import Role
from plumbline.shared import dates
from plumbline.shared.tables import read_csv
from tests.factories.audits import answer, grade, make_audit
from tests.factories.cast import Cast
from tests.factories.improvement import make_finding
from tests.integration.audits.test_report_files import pdf_text, word_text
from tests.integration.conftest import SignedIn

CHILD = "I like the drawing games"


@pytest.fixture
def shared(cast: Cast) -> Audit:
    """A shared audit of Sam's work, with a moderated grade, a finding, a reply and the child's words; and others' audits."""
    audit = make_audit(cast, state="shared")
    answer(audit, "daily-life", "met", rationale=f"The plan of {audit.reference} is warm.", evidence="Cited")
    answer(audit, "heard", "partly_met", rationale="Only asked once.")
    grade(audit, "good")
    grade(audit, "outstanding", stage="final")
    finding = make_finding(cast, text="Direct work others can learn from", kind="strength", worker=cast.sam)
    audit.findings.create(finding=finding, round=audit.round)
    reply_to(by=cast.sam, audit=audit, text="I will ask again")
    VoiceContact.objects.create(
        audit=audit, of="child", on=dates.today(), outcome="given", words=CHILD, recorded_by=cast.amira
    )
    SelfAudit.objects.create(
        audit=audit, person=cast.sam, judgements={"daily-life": "met"}, given_at=audit.shared_at
    )
    for more in ({"worker": cast.people["cath"]}, {"state": "submitted"}):
        other = make_audit(cast, **({"state": "shared"} | more))
        answer(other, "daily-life", "not_met", rationale="Somebody else’s or not shared yet")
    return audit


def file_of(client: Client, form: str, query: str = "") -> bytes:
    return bytes(client.get(f"/my-practice/export/{form}{query}").content)


def test_the_record_holds_grades_findings_reasons_and_replies_and_no_word_of_the_family(
    cast: Cast, client_of: type[SignedIn], shared: Audit
) -> None:
    client = client_of(cast.sam).confirmed()
    files = {
        "docx": word_text(file_of(client, "docx")),
        "pdf": pdf_text(file_of(client, "pdf")),
        "csv": file_of(client, "csv").decode(),
    }
    for text in files.values():
        for said in (
            "Outstanding",
            "Direct work others can learn from",
            "Only asked once.",
            "I will ask again",
        ):
            assert said in text
        assert shared.reference in text
        for unsaid in (CHILD, "Somebody else’s", cast.amira.name):
            assert unsaid not in text
    assert "The same judgement in 1 of 1" in files["docx"]
    assert next(iter(read_csv(files["csv"].encode())))[:2] == ("Audit", "Case")


def test_without_references_no_reference_stands_even_in_what_was_written(
    cast: Cast, client_of: type[SignedIn], shared: Audit
) -> None:
    client = client_of(cast.sam).confirmed()
    texts = [
        word_text(file_of(client, "docx", "?references=no")),
        file_of(client, "csv", "?references=no").decode(),
    ]
    for text in texts:
        assert shared.reference not in text
        assert "The plan of this case is warm." in text


def test_reading_the_feedback_takes_as_many_queries_for_many_audits_as_for_one(
    cast: Cast, shared: Audit
) -> None:
    viewer = cast.viewer(cast.sam)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert own_audits.with_feedback(viewer, own_audits.own_audits_of(viewer))
        return len(queries)

    one = asked()
    answer(make_audit(cast, of=shared.round, state="closed"), "heard", "met")
    assert asked() == one


def test_only_their_own_audits_stand_on_the_page_and_taking_the_file_is_logged(
    cast: Cast, client_of: type[SignedIn], shared: Audit
) -> None:
    page = client_of(cast.sam).get("/my-practice").content.decode()
    assert "1 audit" in page
    assert shared.reference in page
    assert "No audit of your work" in client_of(cast.ben).get("/my-practice").content.decode()
    assert client_of(cast.by_role[Role.ANALYST]).get("/my-practice").status_code == 404
    assert client_of(cast.sam).get("/my-practice/export/docx").status_code == 302
    file_of(client_of(cast.sam).confirmed(), "docx")
    event = Event.objects.as_system("verify-event-log").filter(kind=Kind.EXPORT).get()
    assert (event.action, event.rows, event.actor) == ("own_audits.view", 1, cast.sam.public_id)
