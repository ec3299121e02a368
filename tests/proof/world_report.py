"""Reports of the world, in every state, with tokens in all that an officer may write."""

from typing import Any

from django.utils import timezone

from plumbline.audits.models import (
    Briefing,
    Excusal,
    Oversight,
    Quotation,
    Report,
    ReportState,
    ReportText,
    ReportTheme,
)
from plumbline.audits.queries.report_figures import figures_of
from plumbline.shared import dates
from tests.proof.world import token

PROTECTED = {
    "version": 1,
    "counted": 12,
    "refused": "",
    "release": [],
    "tables": [
        {
            "key": "grades/overall",
            "title": "Overall",
            "group": "grades",
            "refused": "",
            "rows": [{"label": "Good", "count": "12", "range": "76% to 100%"}],
        }
    ],
}


def add_report(world: Any) -> None:
    """Adds one report with a version in each state, on the round with all the audits."""
    # Why an audit was left out as late stands in the report and, for those who may read that, on the round.
    why = token("excusal")
    left_out = world.audits["", "elsewhere", "exempted"]
    Excusal.objects.create(audit=left_out, reason=why, by=world.people["colleague"])
    figures = figures_of(world.round)
    order = (ReportState.SUPERSEDED, ReportState.ISSUED, ReportState.CHECKED, ReportState.DRAFT)
    for number, state in enumerate(order, start=1):
        report = _report(world, number, state, figures)
        if state == ReportState.ISSUED:
            world.tokens[why] = ("report", report.public_id)
    _oversight(world)
    _briefings(world)
    world.literals |= {"file_form": "csv", "paper_form": "docx", "text_part": "grades"}


def _report(world: Any, number: int, state: str, figures: dict[str, Any]) -> Report:
    elsewhere, other, moment = world.people["elsewhere"], world.people["service"], timezone.now()
    is_frozen, is_out = state != ReportState.DRAFT, state in (ReportState.ISSUED, ReportState.SUPERSEDED)
    report = Report(
        round=world.round,
        number=number,
        state=state,
        figures=figures if is_frozen else {},
        shareable=PROTECTED if is_frozen else {},
        digest="0" * 64 if is_frozen else "",
        made_by=elsewhere,
        checked_by=elsewhere if is_frozen else None,
        checked_at=moment if is_frozen else None,
        issued_by=other if is_out else None,
        issued_at=moment if is_out else None,
    )
    shown = report.reason = world.new_token("report", report.public_id)
    report.save()
    world.add("report", "elsewhere", report, state=state, token=shown)
    # A report says who put it forward and who issued it.
    world.deciders["report", report.public_id] = {elsewhere.name.lower(), other.name.lower()}
    # What is shared is read by everybody from the day it is issued, and before that by the writers alone.
    shared = "shareable_report" if state == ReportState.ISSUED else "report"
    world.add("shareable_report", "elsewhere", report, state=state)

    def text(part: str, kind: str = "report") -> None:
        ReportText.objects.create(
            report=report, part=part, text=world.new_token(kind, report.public_id), updated_by=elsewhere
        )

    for part in ("summary", "conclusion", "grades", "returned"):
        text(part)
    text("shareable", shared)
    theme = ReportTheme.objects.create(
        report=report,
        title=world.new_token(shared, report.public_id),
        text=world.new_token("report", report.public_id),
    )
    world.add("report_theme", "elsewhere", theme, state=state)
    for is_shareable, kind in ((False, "report"), (True, shared)):
        quotation = Quotation.objects.create(
            theme=theme, text=world.new_token(kind, report.public_id), is_shareable=is_shareable
        )
        world.add("quotation", "elsewhere", quotation, state=state)
    return report


def _oversight(world: Any) -> None:
    """A look at the round from outside it, with tokens in all its words."""
    look = Oversight(round=world.round, by=world.people["elsewhere"], looked_on=dates.today(), sample_size=1)
    for name in ("capacity", "sample", "quality", "timeliness", "challenge", "answer"):
        setattr(look, name, world.new_token("oversight", look.public_id))
    look.answered_by, look.answered_at = world.people["service"], timezone.now()
    look.save()
    world.add("oversight", "elsewhere", look, token=look.quality)
    # A look says who looked, and who answered.
    world.deciders["oversight", look.public_id] = {look.by.name.lower(), look.answered_by.name.lower()}


def _briefings(world: Any) -> None:
    """A briefing in each state, with tokens in all its words."""
    report = Report.objects.as_system("recording").get(round=world.round, state=ReportState.ISSUED)
    for state in ("draft", "issued", "withdrawn"):
        is_out = {"issued_at": timezone.now(), "issued_by": world.people["elsewhere"]}
        row = Briefing(
            report=report,
            state=state,
            made_by=world.people["elsewhere"],
            **(is_out if state != "draft" else {}),
        )
        for name in ("title", "looked_at", "good", "must_change", "do_now"):
            setattr(row, name, world.new_token("briefing", row.public_id))
        row.quotations = [{"id": "", "text": world.new_token("briefing", row.public_id), "whose": ""}]
        row.save()
        world.add("briefing", "elsewhere", row, state=state, token=row.title)
