"""How briefings are listed, read on a page and in files, and counted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Briefing, BriefingState, Quotation, Report
from plumbline.audits.presenters.report_blocks import Block, Document, Heading, Quote, words
from plumbline.audits.presenters.report_document import author
from plumbline.audits.presenters.report_pages import leak_words
from plumbline.audits.presenters.report_tables import months_in_words
from plumbline.audits.queries.briefings import Counted, waiting_for
from plumbline.audits.rules.briefings import MARKS, ReadCount
from plumbline.audits.rules.report_leaks import Leak
from plumbline.people.queries.units import UnitNames
from plumbline.people.rules.roles import LABELS, Role
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.area import WorkItem

CRUMB = {"text": "Briefings", "href": "/briefings"}
TAGS = {"draft": "govuk-tag--grey", "issued": "govuk-tag--green", "withdrawn": "govuk-tag--yellow"}
PARTS = (
    ("looked_at", "What we looked at"),
    ("good", "What is good"),
    ("must_change", "What must change"),
    ("do_now", "What to do now"),
)
LONGEST_QUOTATION = 300
# A page takes five minutes; a fortnight has some.
READ_WITHIN_DAYS = 14


def proposed(report: Report) -> dict[str, str]:
    """The title and first words of a briefing out of the report."""
    of, whole = report.round, report.figures["completeness"]
    months = months_in_words(of.first_month.isoformat(), of.last_month.isoformat())
    return {
        "title": f"What we learned: {of.title}"[:120],
        "looked_at": f"{whole['counted']} audits, {months}. {of.theme}"[:500],
    }


def quotation_label(one: Quotation) -> str:
    """A quotation to choose, in one pair of marks, with whose words it is."""
    return f"“{one.text.strip(MARKS)}” {one.whose}".strip()


def briefing_document(briefing: Briefing) -> Document:
    """The briefing as a document of a page, the same on screen, in Word and in PDF."""
    blocks: list[Block] = []
    for name, title in PARTS:
        if text := getattr(briefing, name).strip():
            blocks += [Heading(title, 2, name), *words(text, "body")]
    if briefing.quotations:
        blocks.append(Heading("In their own words", 2, "quotations"))
        blocks += [Quote(one["text"], one["whose"] or "From an audit") for one in briefing.quotations]
    of = briefing.report.round
    months = months_in_words(of.first_month.isoformat(), of.last_month.isoformat())
    issued = f"issued {dates.in_words(_issued_on(briefing))}" if briefing.issued_at else "not issued"
    return Document(
        title=briefing.title,
        subtitle=f"Briefing · {of.title} · {months} · {issued}",
        author=author(),
        footer=f"{author()} · briefing · may be shared · version {briefing.report.number}",
        blocks=tuple(blocks),
    )


def _issued_on(briefing: Briefing) -> date | None:
    return dates.day_of(briefing.issued_at) if briefing.issued_at else None


def briefing_row(briefing: Briefing, unread: set[int]) -> dict[str, Any]:
    """One line of the list."""
    return {
        "title": briefing.title,
        "url": reverse("briefing", args=[briefing.public_id]),
        "round": briefing.report.round.title,
        "tag": {"text": briefing.get_state_display(), "classes": TAGS[briefing.state]},
        "issued": dates.short(_issued_on(briefing)) if briefing.issued_at else "Not yet",
        "is_unread": briefing.pk in unread,
    }


def briefing_page(viewer: Viewer, briefing: Briefing, leaks: list[Leak], units: list[str]) -> dict[str, Any]:
    """The briefing with what may be done with it."""
    may_write, document = viewer.may("briefing.write", briefing), briefing_document(briefing)
    is_out = briefing.state == BriefingState.ISSUED
    return {
        "title": document.title,
        "document": document,
        "briefing": briefing,
        "tag": {"text": briefing.get_state_display(), "classes": TAGS[briefing.state]},
        "crumbs": [CRUMB],
        "may_write": may_write,
        "may_withdraw": is_out and viewer.may("briefing.withdraw", briefing),
        "leaks": leak_words(leaks),
        "lacks": [
            f"“{title}” is not written." for name, title in PARTS if not getattr(briefing, name).strip()
        ]
        if may_write
        else [],
        "audience": audience(briefing, units) if may_write or viewer.has("briefing.count") else "",
        "files": [
            {"text": text, "href": reverse("briefing_file", args=[briefing.public_id, form])}
            for form, text in (("docx", "Word"), ("pdf", "PDF"))
        ]
        if is_out
        else [],
        "is_out": is_out,
    }


def audience(briefing: Briefing, units: list[str]) -> str:
    """Whom it is for, in a sentence."""
    roles = ", ".join(LABELS[Role(one)].lower() for one in briefing.roles) or "everybody"
    return f"For: {roles}; {', '.join(units) if units else 'in every service and team'}."


def counts_page(counted: Counted, names: UnitNames, on: date) -> dict[str, Any]:
    """How many have read it, by team; small teams together."""
    rows = [{"team": names.on(one.unit or 0, on), "read": _read(one)} for one in counted.counts.teams]
    if counted.counts.small_teams:
        rows.append({"team": "All others together", "read": _read(counted.counts.small_teams)})
    everybody = counted.counts.everybody
    said = f"{everybody.read} of the {everybody.of} people it is for have read it."
    return {"everybody": said, "rows": rows}


def _read(count: ReadCount) -> str:
    return f"{count.read} of {count.of}"


def briefing_work(viewer: Viewer, day: date) -> Iterator[WorkItem]:
    """The briefings that wait to be read by the viewer."""
    for one in waiting_for(viewer):
        due_on = dates.day_of(one.issued_at) + timedelta(days=READ_WITHIN_DAYS) if one.issued_at else day
        yield WorkItem(f"Read the briefing “{one.title}”", reverse("briefing", args=[one.public_id]), due_on)
