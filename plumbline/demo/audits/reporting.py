"""The demo's reports: written, put forward and issued by the product's own steps, then dated back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from plumbline.audits.actions.report_words import add_quotations, add_theme, change_quotation, write_part
from plumbline.audits.actions.reports import begin_report, issue, put_forward
from plumbline.audits.models import (
    Answer,
    Audit,
    AuditState,
    AuditStep,
    Excusal,
    Oversight,
    Quotation,
    Report,
    Round,
    VoiceContact,
)
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.rules.report_completeness import gaps
from plumbline.audits.rules.report_summary import proposed_summary
from plumbline.demo.audits.filling import Filler
from plumbline.framework.models import Forum
from plumbline.people.models import Person

QUOTED = 2
# The rounds whose report is not the full one.
TEMPLATES = {"R03": "board", "R06": "practice"}
CAVEAT = (
    "One audit was not done. It could move each share by a few points, and no conclusion rests on so little."
)
WHY_LEFT_OUT = "The auditor left the council in the last week, and nobody independent of the team was free"


def leave_out(filler: Filler, row: Round, lead: Person, forum: Forum | None) -> None:
    """Leaves the one audit of the round that was never finished out of it, as the forum decided."""
    late = Audit.objects.as_system("demo").get(round=row, state=AuditState.STARTED)
    at = filler.at(late.due_on + timedelta(days=7))
    late.state = AuditState.EXEMPTED
    late.save(update_fields=["state"])
    AuditStep.objects.create(
        audit=late, state=late.state, reason="Late, and left out of the round", at=at, by=lead
    )
    Excusal.objects.create(audit=late, reason=WHY_LEFT_OUT, forum=forum, at=at, by=lead)


def oversee(filler: Filler, row: Round, looker: Person, said: Mapping[str, Any], day: date) -> None:
    """A look at the round from outside it, as the programme tells it, and what was changed if that is told too."""
    at = filler.at(day - timedelta(days=8))
    look = Oversight(round=row, by=looker, at=at, looked_on=at.date(), **said)
    look.capacity = "Independent reviewing officer"
    if look.answer:
        look.answered_by, look.answered_at = filler.officer, filler.at(day)
    look.save()


def write_report(filler: Filler, row: Round, lead: Person, day: date, *, is_issued: bool) -> None:
    """The round's report, issued on the day by the lead; or left as a draft with its first words."""
    officer = filler.officer
    report = begin_report(by=officer, round=row, template=TEMPLATES.get(row.key, ""))
    analysis = filler.pen.pick("report", "analysis")
    write_part(by=officer, report=report, part="conclusion", text=analysis, version=0)
    for title, text in dict.fromkeys(filler.pen.theme() for _ in range(3)):
        theme = add_theme(by=officer, report=report, title=title, text=text)
        answers = list(Answer.objects.filter(audit__round=row, judgement="met").exclude(rationale=""))
        voices = list(VoiceContact.objects.filter(audit__round=row, consent="agreed"))
        add_quotations(
            by=officer,
            theme=theme,
            answers=filler.chance.sample(answers, min(1, len(answers))),
            voices=filler.chance.sample(voices, min(QUOTED, len(voices))),
        )
        for quotation in Quotation.objects.filter(theme=theme):
            change_quotation(by=officer, quotation=quotation, text=quotation.text, is_shareable=True)
    if not is_issued:
        return
    figures = figures_of(row)
    if gaps(figures["completeness"]):
        write_part(by=officer, report=report, part="caveat", text=CAVEAT, version=0)
    summary = proposed_summary(figures)
    write_part(by=officer, report=report, part="summary", text=summary, version=0)
    report = issue(by=lead, report=put_forward(by=officer, report=report))
    Report.objects.as_system("demo").filter(pk=report.pk).update(
        made_at=filler.at(day - timedelta(days=6)),
        checked_at=filler.at(day - timedelta(days=2)),
        issued_at=filler.at(day),
    )
