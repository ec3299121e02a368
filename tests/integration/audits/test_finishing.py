"""A round whose report was issued while audits were missing is finished honestly: late ones left out, or counted anew."""

import pytest

from plumbline.audits.actions import reports as actions
from plumbline.audits.actions.excusing import NotExcusable, excuse_late
from plumbline.audits.actions.moving import move_audit
from plumbline.audits.models import Audit, Report, Round
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.rules.report_completeness import sentence
from plumbline.framework.models import Forum
from plumbline.work.models import Message
from tests.factories.audits import make_audit
from tests.factories.cast import Cast
from tests.factories.reports import make_reported_round, write
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db
WHY = "The auditor left and nobody independent is free"


def issued(cast: Cast, of: Round) -> Report:
    """The next version of the round's report, issued; it says what the missing audits could change."""
    report = actions.begin_report(by=cast.qa_officer, round=of)
    write(cast, report, "caveat", "They could change the grades by one.")
    actions.put_forward(by=cast.qa_officer, report=report, with_shareable=False)
    return actions.issue(by=cast.qa_lead, report=report)


def early(cast: Cast) -> tuple[Round, list[Audit]]:
    """A round with 12 of 14 audits, its report issued, and the two that are late."""
    of = make_reported_round(cast, counted=12, missing=2, state="auditing")
    issued(cast, of)
    return row(of), list(Audit.objects.as_system("recording").filter(round=of, state="started"))


def row(of: Round) -> Round:
    return Round.objects.as_system("recording").get(pk=of.pk)


def test_late_audits_left_out_with_a_reason_let_the_round_finish_with_the_report_it_has(cast: Cast) -> None:
    of, late = early(cast)
    board = Forum.objects.create(key="board", name="Improvement board")
    lead, address = SignedIn(cast.qa_lead), f"/rounds/{of.public_id}/leave-out"
    assert address in lead.get(f"/rounds/{of.public_id}").content.decode()
    assert f"/rounds/{of.public_id}#finishing" in lead.get("/").content.decode()
    given = {"audits": [one.public_id for one in late], "reason": WHY, "forum": board.public_id}
    said = lead.post(address, given, follow=True).content.decode()
    assert row(of).state == "finalised"
    assert f"2 audits: {WHY} (Improvement board," in said
    assert f"/rounds/{of.public_id}/agreed" in said
    assert Report.objects.as_system("recording").filter(round=of).count() == 1
    # Leaving them out makes the evidence no more complete, and their auditors are told.
    whole = figures_of(of)["completeness"]
    assert sentence(whole) == "12 of 14 audits are submitted; 2 were late and left out."
    assert whole["excusals"][0]["reason"] == WHY
    assert Message.objects.as_system("recording").filter(kind="audit-left-out").count() == 2


def test_a_report_on_what_was_left_out_must_say_what_it_could_change(cast: Cast) -> None:
    of = make_reported_round(cast, counted=12, missing=1, state="auditing")
    late = Audit.objects.as_system("recording").get(round=of, state="started")
    excuse_late(by=cast.qa_lead, round=of, audits=[late], reason=WHY)
    report = actions.begin_report(by=cast.qa_officer, round=row(of))
    with pytest.raises(actions.CaveatMissing):
        actions.put_forward(by=cast.qa_officer, report=report, with_shareable=False)
    write(cast, report, "caveat", "One grade.")
    said = SignedIn(cast.qa_lead).get(f"/reports/{report.public_id}").content.decode()
    assert f"1 late audit was left out: {WHY}." in said


def test_audits_that_come_in_after_all_need_a_new_version_begun_with_one_press(cast: Cast) -> None:
    of, late = early(cast)
    for audit in late:
        for state in ("submitted", "shared"):
            move_audit(by=audit.auditor, audit=audit, to=state)
    assert row(of).state == "analysis"
    officer, address, given = SignedIn(cast.qa_officer), "/reports/begin-again", {"round": of.public_id}
    assert f'name="round" value="{of.public_id}"' in officer.get(f"/rounds/{of.public_id}").content.decode()
    said = officer.post(address, given, follow=True).content.decode()
    assert "Version 1 was issued when 12 were submitted." in said
    # A second press begins nothing twice.
    officer.post(address, given)
    second = Report.objects.as_system("recording").get(round=of, number=2)
    actions.put_forward(by=cast.qa_officer, report=second, with_shareable=False)
    actions.issue(by=cast.qa_lead, report=second)
    assert row(of).state == "finalised"


def test_a_report_that_counts_every_audit_is_not_written_anew_because_some_were_shared_later(
    cast: Cast,
) -> None:
    of = make_reported_round(cast, counted=12, state="cases_audited")
    waiting = make_audit(cast, of=of, state="submitted")
    issued(cast, of)
    assert row(of).state == "cases_audited"
    move_audit(by=cast.qa_officer, audit=waiting, to="shared")
    assert row(of).state == "finalised"


def test_only_late_audits_of_others_are_left_out_and_all_or_none(cast: Cast) -> None:
    of, late = early(cast)
    in_time = make_audit(cast, of=of, state="started")
    own = make_audit(cast, of=of, state="started", auditor=cast.qa_lead, due_on=late[0].due_on)
    for one in (in_time, own):
        with pytest.raises(NotExcusable):
            excuse_late(by=cast.qa_lead, round=of, audits=[late[0], one], reason=WHY)
    page = SignedIn(cast.qa_lead).get(f"/rounds/{of.public_id}/leave-out").content.decode()
    assert late[0].reference in page
    assert in_time.reference not in page
    assert own.reference not in page
    assert {
        one.state for one in Audit.objects.as_system("recording").filter(pk__in=[o.pk for o in late])
    } == {"started"}
    assert SignedIn(cast.qa_officer).get(f"/rounds/{of.public_id}/leave-out").status_code == 403
