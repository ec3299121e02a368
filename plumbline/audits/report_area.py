"""What reports offer to My work, search and the menu."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.queries import reports as queries
from plumbline.shared.area import Found, MenuItem, WorkItem

MENU = (MenuItem("Reports", "reports", "shareable_report.view", order=18),)
MOST_FOUND = 20


def work_items(viewer: Any, day: date) -> Iterator[WorkItem]:
    """Reports that wait to be issued, and drafts that the viewer began."""
    if viewer.has("report.issue"):
        for row in queries.waiting_for_issue(viewer):
            yield WorkItem(f"Issue the report on {row.round.title}, or send it back", _url(row))
    if viewer.has("report.write"):
        for row in queries.drafts_of(viewer):
            yield WorkItem(f"Write the report on {row.round.title}", _url(row), row.round.report_due_on)


def search(viewer: Any, asked: str) -> Iterator[Found]:
    """Reports by the title of their round."""
    if viewer.has("report.view"):
        for row in queries.reports_for(viewer).filter(round__title__icontains=asked)[:MOST_FOUND]:
            yield Found(
                row.round.title,
                _url(row),
                "Audit report",
                f"Version {row.number}, {row.get_state_display().lower()}",
            )


def _url(row: Any) -> str:
    return reverse("report", args=[row.public_id])
