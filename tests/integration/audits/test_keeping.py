"""What becomes of audits, cover sheets and case lists when their time is over."""

from datetime import datetime
from typing import Any

import pytest

from plumbline.audits.actions.rounds import agree_plan
from plumbline.audits.models import (
    Audit,
    AuditStep,
    CaseList,
    CoverSheet,
    Draw,
    FrameCase,
    Quotation,
    Report,
    ReportTheme,
    RoundStep,
    Slot,
)
from plumbline.framework.models import Forum
from plumbline.keeping.actions.retention import decide_disposal, propose_disposal
from plumbline.keeping.queries.retention import due_rows, rules_in_force
from plumbline.shared import dates
from tests.factories.audits import answer, make_audit, make_case, make_round
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2015, 2, 3, 12, tzinfo=dates.LONDON)


def stored(model: Any) -> Any:
    return model.objects.as_system("retention")


def due(kind: str) -> int:
    return due_rows(rules_in_force()[kind], dates.today()).count()


def dispose(cast: Cast, kind: str) -> None:
    disposal = propose_disposal(by=cast.information_governance, kind=kind)
    decide_disposal(by=cast.director, disposal=disposal, agree=True)


def closed_long_ago(cast: Cast, **more: Any) -> Audit:
    audit = make_audit(cast, state="closed", **more)
    AuditStep.objects.filter(audit=audit).update(at=LONG_AGO)
    return audit


def test_names_go_six_months_after_the_audit_closed_and_the_audit_stays(cast: Cast) -> None:
    audit = make_audit(cast, state="closed")
    CoverSheet.objects.create(audit=audit, names="Invented", updated_by=cast.amira)
    assert due("cover_sheet") == 0
    day = dates.first_of_month(dates.today(), -7)
    AuditStep.objects.update(at=datetime(day.year, day.month, day.day, 12, tzinfo=dates.LONDON))
    assert (due("cover_sheet"), due("audit")) == (1, 0)
    dispose(cast, "cover_sheet")
    assert (stored(CoverSheet).count(), stored(Audit).count()) == (0, 1)


def test_an_audit_still_at_work_is_never_due(cast: Cast) -> None:
    make_audit(cast, state="started")
    make_audit(cast, state="shared")
    AuditStep.objects.update(at=LONG_AGO)
    assert due("audit") == 0


def test_an_audit_goes_with_its_case_and_a_quotation_keeps_its_words(cast: Cast) -> None:
    audit, kept = closed_long_ago(cast), make_audit(cast, state="closed")
    given = answer(audit, "daily-life")
    report = Report.objects.create(round=audit.round, number=1, made_by=cast.qa_officer)
    theme = ReportTheme.objects.create(report=report, title="Being heard")
    Quotation.objects.create(theme=theme, answer=given, text="She says when she wants to talk")
    dispose(cast, "audit")
    assert list(stored(Audit).values_list("pk", flat=True)) == [kept.pk]
    assert not stored(Slot).filter(pk=audit.slot_id).exists()
    assert not stored(FrameCase).filter(pk=audit.case_id).exists()
    quotation = Quotation.objects.get()
    assert (quotation.answer, quotation.text) == (None, "She says when she wants to talk")


def test_a_case_list_loses_the_children_who_were_not_drawn_and_keeps_its_digest(cast: Cast) -> None:
    over = make_round(cast, state="finalised")
    drawn = make_audit(cast, of=over, state="closed")
    make_case(over, cast.units["north"])
    running = make_round(cast)
    make_case(running, cast.units["north"])
    board = Forum.objects.create(key="auditors", name="Auditors’ meeting")
    over = agree_plan(by=cast.qa_officer, round=over, forum=board, agreed_on=dates.today())
    RoundStep.objects.all().delete()
    for one in (over, running):
        RoundStep.objects.create(round=one, state=one.state, at=LONG_AGO)
    assert due("case_list") == 1
    dispose(cast, "case_list")
    assert due("case_list") == 0
    assert [one.pk for one in stored(FrameCase).filter(case_list__round=over)] == [drawn.case_id]
    assert stored(FrameCase).filter(case_list__round=running).count() == 1
    assert stored(CaseList).count() == 2
    assert stored(Draw).count() == 2
