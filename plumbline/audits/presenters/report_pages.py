"""How reports are listed, and what stands around the document on a page."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Report, ReportState
from plumbline.audits.presenters.oversight import NOBODY
from plumbline.audits.presenters.report_blocks import Document
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.presenters.report_shareable import advice_of, hidden_count, shareable_document
from plumbline.audits.presenters.report_tables import months_in_words
from plumbline.audits.queries.excusals import UNDER_WAY
from plumbline.audits.queries.reports import Content
from plumbline.audits.rules.report_completeness import gaps, sentence
from plumbline.audits.rules.report_leaks import Leak
from plumbline.audits.rules.report_lines import Line, changes
from plumbline.audits.rules.report_parts import PARTS, SHAREABLE, may_be_written
from plumbline.audits.rules.report_shareable import is_publishable
from plumbline.people.scope import Viewer
from plumbline.shared import dates

TAGS = {
    "draft": "govuk-tag--grey",
    "checked": "govuk-tag--yellow",
    "issued": "govuk-tag--green",
    "superseded": "govuk-tag--blue",
}
CRUMB = {"text": "Audit reports", "href": "/reports"}
FILES = (("docx", "Word"), ("pdf", "PDF"), ("csv", "Figures (CSV)"))


def tag(report: Report) -> dict[str, str]:
    """The state as a tag."""
    return {"text": report.get_state_display(), "classes": TAGS[report.state]}


def months_of(report: Report) -> str:
    """The months of its round in words."""
    return months_in_words(report.round.first_month.isoformat(), report.round.last_month.isoformat())


def states(asked: str) -> list[dict[str, Any]]:
    """The choices of the filter."""
    return [
        {"value": "", "text": "All"},
        *({"value": one.value, "text": one.label, "selected": one == asked} for one in ReportState),
    ]


def report_row(report: Report, is_internal: bool) -> dict[str, Any]:
    """One line of the list."""
    return {
        "title": report.round.title,
        "url": reverse("report" if is_internal else "shareable_report", args=[report.public_id]),
        "shareable_url": reverse("shareable_report", args=[report.public_id])
        if is_internal and report.state == ReportState.ISSUED and is_publishable(report.shareable)
        else "",
        "months": months_of(report),
        "version": str(report.number),
        "tag": tag(report),
        "issued": dates.short(dates.day_of(report.issued_at)) if report.issued_at else "",
    }


def is_current(report: Report) -> bool:
    """Whether its figures may have changed since they were frozen."""
    return report.state in (ReportState.ISSUED, ReportState.CHECKED)


def report_page(viewer: Viewer, content: Content, versions: list[Report], is_intact: bool) -> dict[str, Any]:
    """The report with what may be done to it and what it lacks."""
    report = content.report
    may_write = viewer.may("report.write", report)
    may_issue = viewer.may("report.issue", report)
    document = report_document(content)
    newest = max((one.number for one in versions), default=report.number)
    return {
        **document_page(report, document),
        "tag": tag(report),
        "is_draft": report.state == ReportState.DRAFT,
        "is_superseded": report.state == ReportState.SUPERSEDED,
        "is_intact": is_intact,
        "unfinished": report.state == ReportState.ISSUED and report.round.state in UNDER_WAY,
        "returned": content.words("returned"),
        "lacks": lacking(content) if may_write else [],
        "may_write": may_write,
        "editable": _editable(content) if may_write else {},
        "template": content.template.title,
        "shareable_words": reverse("report_write", args=[report.public_id, SHAREABLE]) if may_write else "",
        "themes": [_theme(one) for one in content.themes] if may_write else [],
        "may_issue": may_issue and report.checked_by_id != viewer.person_id,
        "waits_for_others": may_issue and report.checked_by_id == viewer.person_id,
        "files": _files("report_export", report) if viewer.may("report.export", report) else [],
        "has_shareable": report.state == ReportState.ISSUED and is_publishable(report.shareable),
        "may_brief": report.state == ReportState.ISSUED and viewer.has("briefing.write"),
        "may_preview": report.state in (ReportState.DRAFT, ReportState.CHECKED),
        "versions": [
            {
                "text": f"Version {one.number}",
                "url": reverse("report", args=[one.public_id]),
                "tag": tag(one),
                "is_this": one.pk == report.pk,
            }
            for one in versions
        ],
        "is_newest": report.number == newest,
    }


def _editable(content: Content) -> dict[str, dict[str, str]]:
    open_gaps = gaps(content.figures["completeness"])
    return {
        part.key: {
            "url": reverse("report_write", args=[content.report.public_id, part.key]),
            "text": "Change" if content.words(part.key) else "Write",
            "title": part.title,
        }
        for part in PARTS
        if may_be_written(part.key, open_gaps)
    }


def _theme(theme: Any) -> dict[str, Any]:
    return {"title": theme.title, "url": reverse("report_theme", args=[theme.public_id])}


def lacking(content: Content) -> list[str]:
    """What the report still lacks, each as a sentence; only the missing caveat stops it."""
    figures, found = content.figures, []
    if gaps(figures["completeness"]):
        found.append(sentence(figures["completeness"]))
        if not content.words("caveat"):
            found.append("Say what the missing audits could change, before it is put forward.")
    chapters = content.template.chapters
    if "oversight" in chapters and not figures.get("oversight"):
        found.append(NOBODY)
    if not content.words("summary"):
        found.append("The summary is the one proposed. Make it yours.")
    if not content.words("conclusion"):
        found.append("There is no conclusion.")
    if "themes" not in chapters:
        return found
    if not content.themes:
        found.append("There is no theme.")
    elif not any(theme.quotations.all() for theme in content.themes):
        found.append("No theme has a quotation.")
    return found


def document_page(report: Report, document: Document, has_internal: bool = True) -> dict[str, Any]:
    """The document with its way back."""
    crumbs = [CRUMB]
    if has_internal:
        crumbs.append({"text": report.round.title, "href": reverse("report", args=[report.public_id])})
    return {
        "title": document.title,
        "document": document,
        "report": report,
        "crumbs": crumbs,
        "contents": [
            one for one in document.blocks if one.kind == "heading" and getattr(one, "level", 0) == 2
        ],
        "shareable_files": _files("shareable_export", report),
        "has_internal": has_internal,
    }


def _files(name: str, report: Report) -> list[dict[str, str]]:
    return [
        {"text": text, "href": reverse(name, args=[report.public_id, file_form])} for file_form, text in FILES
    ]


def changes_page(content: Content, before: Report | None, today: Mapping[str, Any] | None) -> dict[str, Any]:
    """The figures that differ from the version before, and from today's."""
    report = content.report
    return {
        "title": f"What changed: {content.figures['round']['title']}",
        "report": report,
        "before": before.number if before else 0,
        "since_before": _changed(before.figures, content.figures) if before else [],
        "asked_today": today is not None,
        "since_issue": _changed(content.figures, today) if today is not None else [],
        "crumbs": [
            CRUMB,
            {"text": report.round.title, "href": reverse("report", args=[report.public_id])},
        ],
    }


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    def said(line: Line | None) -> str:
        return line.words if line else "none"

    return [
        {
            "what": f"{(now or then).part}: {(now or then).what}",  # type: ignore[union-attr]
            "cases": (now or then).cases,  # type: ignore[union-attr]
            "then": said(then),
            "now": said(now),
        }
        for then, now in changes(old, new)
    ]


def preview_page(content: Content, leaks: list[Leak]) -> dict[str, Any]:
    """The shareable version as it would go out, with what stands in its way."""
    shareable = content.report.shareable
    page = document_page(content.report, shareable_document(content))
    return page | {
        "title": "Shareable version, not issued",
        "leaks": leak_words(leaks),
        "refused": shareable["refused"],
        "advice": advice_of(shareable),
        "hidden": hidden_count(shareable),
    }


def leak_words(leaks: list[Leak]) -> list[str]:
    """Each leak as a sentence that names the place and the kind, never the words."""
    return [f"{one.place[0].upper()}{one.place[1:]} holds {one.what}." for one in leaks]


def no_shareable() -> dict[str, Any]:
    """The page for a report that was issued without a shareable version."""
    return {"title": "There is no shareable version", "crumbs": [CRUMB]}


def issue_page(viewer: Viewer, report: Report, problems: list[str]) -> dict[str, Any]:
    """The page on which a second person issues the report."""
    back = reverse("report", args=[report.public_id])
    return {
        "title": "Issue the report",
        "report": report,
        "problems": [{"text": one} for one in problems],
        "sentence": sentence(report.figures["completeness"]) if report.figures else "",
        "put_by": report.checked_by.name if report.checked_by else "",
        "is_own": report.checked_by_id == viewer.person_id,
        "has_shareable": is_publishable(report.shareable),
        "back": back,
        "crumbs": [CRUMB, {"text": report.round.title, "href": back}],
    }
