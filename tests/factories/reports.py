"""A round with audits enough to report on, and its report in any state."""

from datetime import timedelta
from typing import Any

from plumbline.audits.actions import report_words as words
from plumbline.audits.actions import reports as actions
from plumbline.audits.models import Audit, Discussion, Report, Round, VoiceContact
from plumbline.shared import dates
from tests.factories.audits import answer, grade, make_audit, make_round
from tests.factories.cast import Cast

# Twelve audits: eight good, four not yet; every answer has words of its own.
GOOD = 8


def make_reported_round(
    cast: Cast, counted: int = 12, missing: int = 0, state: str = "analysis", **more: Any
) -> Round:
    """A round with so many audits that count, and so many that are missing and late."""
    of = make_round(cast, state=state, **more)
    for number in range(counted):
        reported_audit(cast, of, number)
    for _ in range(missing):
        make_audit(cast, of=of, state="started", due_on=dates.today() - timedelta(days=6))
    of.case_list.size = of.draw.frame_size = 90
    of.case_list.save()
    of.draw.save()
    return of


def reported_audit(cast: Cast, of: Round, number: int, **more: Any) -> Audit:
    """One audit that counts, good for the first eight; the child heard in every second."""
    is_good = number < GOOD
    audit = make_audit(cast, of=of, state="shared", **more)
    for question in ("daily-life", "heard", "progress", "supervision"):
        answer(
            audit,
            question,
            "met" if is_good else "partly_met",
            rationale=f"Rationale {number} of {question}: the day is told by the child.",
            evidence=f"Evidence {number} of {question}.",
        )
    for section in ("life", "change", ""):
        grade(
            audit, "good" if is_good else "requires_improvement", section, reason=f"Reason {number} {section}"
        )
    Discussion.objects.create(audit=audit, held_on=dates.today(), recorded_by=audit.auditor)
    if number % 2 == 0:
        VoiceContact.objects.create(
            audit=audit,
            of="child",
            on=dates.today(),
            outcome="given",
            consent="agreed",
            words=f"I tell her things {number}.",
            recorded_by=audit.auditor,
        )
    return audit


def make_report(
    cast: Cast, of: Round | None = None, state: str = "draft", shareable: bool = False, **more: Any
) -> Report:
    """A report with a conclusion, a theme and two quotations, taken to the state by the usual people."""
    of = of or make_reported_round(cast)
    report = actions.begin_report(by=cast.qa_officer, round=of, **more)
    write(cast, report, "conclusion", "Practice is mostly good. Plans need the child’s own words.")
    if state == "draft":
        return report
    report = actions.put_forward(by=cast.qa_officer, report=report, with_shareable=shareable)
    if state in ("issued", "superseded"):
        report = actions.issue(by=cast.qa_lead, report=report)
    if state == "superseded":
        later = actions.begin_report(by=cast.qa_officer, round=of, reason="Corrected")
        actions.issue(
            by=cast.qa_lead,
            report=actions.put_forward(by=cast.qa_officer, report=later, with_shareable=False),
        )
        report = Report.objects.as_system("recording").get(pk=report.pk)
    return report


def write(cast: Cast, report: Report, part: str, text: str) -> None:
    """The part written by the officer, whatever its version."""
    found = report.texts.filter(part=part).first()
    words.write_part(
        by=cast.qa_officer, report=report, part=part, text=text, version=found.version if found else 0
    )
