"""The cover sheet and the check of free text for those who could be recognised."""

from typing import Any

from plumbline.audits.actions.identity import answer_warnings, scan_identity
from plumbline.audits.models import Audit, CoverSheet, IdentityWarning
from plumbline.audits.queries.identity import open_warnings, unanswered
from plumbline.event_log.models import Event, Kind
from tests.factories.audits import answer, make_audit
from tests.factories.cast import Cast


def with_names(cast: Cast, names: str = "Grace Okafor\nZoë O’Neill (mother)", **more: Any) -> Audit:
    audit = make_audit(cast, **more)
    CoverSheet.objects.create(audit=audit, names=names, updated_by=cast.amira)
    return audit


def events() -> Any:
    return Event.objects.as_system("verify-event-log")


def test_names_are_read_by_those_with_the_right_only_and_each_reading_is_logged(
    cast: Cast, client_of: Any
) -> None:
    audit = with_names(cast, state="shared")
    address = f"/cover-sheets/{CoverSheet.objects.as_system('recording').get(audit=audit).public_id}"
    assert "Grace Okafor" in client_of(cast.amira).get(address).content.decode()
    assert client_of(cast.qa_lead).get(address).status_code == 200
    assert events().filter(kind=Kind.READ, action="cover_sheet.view").count() == 2
    for person in (cast.sam, cast.ben, cast.qa_officer, cast.director, cast.cath):
        assert client_of(person).get(address).status_code == 404
    assert client_of(cast.qa_lead).get(f"{address}/change").status_code == 403


def test_names_stand_on_no_other_page_of_the_audit(cast: Cast, client_of: Any) -> None:
    audit, client = with_names(cast), client_of(cast.amira)
    for page in (
        "",
        "/sections/life",
        "/check",
        "/discussion",
        "/voices",
        "/grades",
        "/identity",
        "/concern",
    ):
        assert "Okafor" not in client.get(f"/audits/{audit.public_id}{page}").content.decode()


def test_a_cover_sheet_is_begun_and_written_by_the_auditor(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/cover"
    change = client.post(f"{address}/begin")["Location"]
    born = {"born_on_day": "3", "born_on_month": "5", "born_on_year": "2016"}
    client.post(change, {"names": "Grace Okafor", "contact": "By letter", **born})
    sheet = CoverSheet.objects.as_system("recording").get()
    assert (sheet.names, str(sheet.born_on), sheet.contact) == ("Grace Okafor", "2016-05-03", "By letter")
    details = [str(one.detail) for one in events().filter(object_type="coversheet")]
    assert not any("Okafor" in one for one in details)


def test_what_may_identify_somebody_is_noted_without_its_words(cast: Cast) -> None:
    audit = with_names(cast)
    answer(audit, "daily-life", rationale="Grace was seen. Ring 07700 900123.", evidence="Sam told us.")
    assert scan_identity(by=cast.amira, audit=audit) == 3
    kinds = sorted(one.kind for one in open_warnings(audit))
    assert kinds == ["name", "name", "phone"]
    stored = str(list(IdentityWarning.objects.values())) + str([one.detail for one in events()])
    for word in ("Grace", "grace", "900123", "Sam "):
        assert word not in stored


def test_what_is_changed_is_forgotten_and_what_is_answered_stays_answered(cast: Cast) -> None:
    audit = with_names(cast)
    answer(audit, "daily-life", rationale="Grace was seen.")
    answer(audit, "heard", rationale="She acts with Grace and Neill.")
    scan_identity(by=cast.amira, audit=audit)
    digest = next(one.digest for one in unanswered(audit) if one.words == "Grace")
    assert answer_warnings(by=cast.amira, audit=audit, answers={digest: "The virtue", "other": "x"}) == 2
    assert scan_identity(by=cast.amira, audit=audit) == 0
    answer(audit, "heard", rationale="Zoe was seen")
    assert scan_identity(by=cast.amira, audit=audit) == 1
    answer(audit, "heard", rationale="The mother was seen")
    assert scan_identity(by=cast.amira, audit=audit) == 0
    assert open_warnings(audit) == []


def test_an_answer_does_not_hold_for_words_written_elsewhere_later(cast: Cast) -> None:
    audit = with_names(cast)
    answer(audit, "daily-life", rationale="Grace was seen.")
    digest = unanswered(audit)[0].digest
    answer_warnings(by=cast.amira, audit=audit, answers={digest: "The virtue"})
    answer(audit, "heard", rationale="Grace said so.")
    assert scan_identity(by=cast.amira, audit=audit) == 1


def test_the_auditor_is_warned_before_submission_and_answers_once_for_the_same_words(
    cast: Cast, client_of: Any
) -> None:
    audit, client = with_names(cast), client_of(cast.amira)
    answer(audit, "daily-life", rationale="Grace was seen.", evidence="Grace’s room")
    check = client.get(f"/audits/{audit.public_id}/check").content.decode()
    assert "2 places may identify somebody." in check
    address = f"/audits/{audit.public_id}/identity"
    page = client.get(address).content.decode()
    assert page.count("identifies nobody</label>") == 1 or page.count("Why “Grace”") == 1
    assert not IdentityWarning.objects.exists()
    digest = unanswered(audit)[0].digest
    assert "Nothing was answered yet" in client.post(address, {"key": ""}, follow=True).content.decode()
    answered = client.post(address, {f"answer-{digest}": "The virtue"})
    assert answered["Location"] == f"/audits/{audit.public_id}/check"
    assert open_warnings(audit) == []


def test_after_submission_whoever_shares_the_audit_answers(cast: Cast, client_of: Any) -> None:
    audit = with_names(cast, state="submitted")
    answer(audit, "daily-life", rationale="Grace was seen.")
    address = f"/audits/{audit.public_id}/identity"
    assert client_of(cast.qa_officer).get(address).status_code == 403
    assert client_of(cast.amira).get(address).status_code == 403
    digest = unanswered(audit)[0].digest
    client_of(cast.qa_officer).post(f"{address}/settle", {f"answer-{digest}": "The virtue"})
    warning = IdentityWarning.objects.get()
    assert (warning.answered_by_id, warning.answer) == (cast.qa_officer.pk, "The virtue")
