"""What the keeping area offers to the shared pages."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from plumbline.keeping.checking import check_event_log, note_head
from plumbline.keeping.presenters.retention import kind_words, records
from plumbline.keeping.queries.retention import all_due, disposals_to_decide
from plumbline.people.scope import Viewer
from plumbline.shared.area import Area, LongWork, MenuItem, PeriodicJob, WorkItem


def work_items(viewer: Viewer, today: date) -> Iterator[WorkItem]:
    """Disposals that wait for the viewer's decision, and what is due where the viewer may propose one."""
    if viewer.has("disposal.propose"):
        count = sum(one.due for one in all_due(viewer) if not one.waiting)
        if count:
            yield WorkItem(
                f"{records(count)} {'is' if count == 1 else 'are'} due for disposal", reverse("retention")
            )
    for disposal in disposals_to_decide(viewer):
        yield WorkItem(
            f"Agree to or refuse the disposal of {records(disposal.count)}: {kind_words(disposal.kind).lower()}",
            reverse("disposal", args=[disposal.public_id]),
        )


AREA = Area(
    key="keeping",
    menu=(
        MenuItem("Event log", "event_log", "event_log.verify", order=90),
        MenuItem("Retention", "retention", "retention.view", order=95),
    ),
    work_items=work_items,
    jobs=(PeriodicJob("event-log-head", 24 * 60, note_head),),
    long_work=(LongWork("verify-event-log", "event_log.verify", check_event_log),),
)
