"""Pages of the event log: the list, the same as a file, the check that it holds."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from plumbline.event_log.models import Kind
from plumbline.keeping.forms.events import EventsForm, OwnEventsForm
from plumbline.keeping.presenters import events as presenters
from plumbline.keeping.queries import events as queries
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared import dates
from plumbline.shared.downloads import download
from plumbline.shared.plain_text import clean_line
from plumbline.shared.tables import write_csv
from plumbline.work.actions import start_job

MANY = "More than 50 people have that in their name. Enter more of it, or the id from the person’s page"


def _asked(request: Any) -> tuple[OwnEventsForm, queries.EventFilter]:
    form = (EventsForm if queries.sees_all_events(request.viewer) else OwnEventsForm)(request.GET)
    form.is_valid()
    given = form.cleaned_data
    return form, queries.EventFilter(
        who=clean_line(given.get("who") or ""),
        kind=given.get("kind") or "",
        action=clean_line(given.get("action") or ""),
        record=clean_line(given.get("record") or "").lower(),
        since=given.get("since"),
        until=given.get("until"),
        older_than=request.GET.get("older_than", "")[:64],
    )


@access("event_log.view", reads=Kind.LIST)
def event_log(request: Any) -> HttpResponse:
    """What the viewer did; for those who may see it, what everybody did and who looked."""
    form, wanted = _asked(request)
    page = queries.EventPage([], {}, "")
    if not form.errors:
        try:
            page = queries.event_page(request.viewer, wanted)
        except queries.TooManyPeople:
            form.add_error("who", MANY)
    shown(request, rows=len(page.events))
    sees_all = queries.sees_all_events(request.viewer)
    return render(
        request,
        "keeping/event_log.html",
        {
            "title": "Event log" if sees_all else "What you did",
            "sees_all": sees_all,
            "form": form,
            "rows": presenters.event_rows(page, request.GET),
            "is_filtered": wanted != queries.EventFilter(older_than=wanted.older_than),
            "next_page": presenters.next_page(page, request.GET),
            "first_page": presenters.first_page(request.GET),
            "export": presenters.export_address(request.GET)
            if request.viewer.has("event_log.export")
            else "",
            "may_verify": request.viewer.has("event_log.verify"),
        },
    )


@access("event_log.export", reads=Kind.EXPORT, step_up=True)
def event_log_export(request: Any) -> HttpResponse:
    """The events asked for as CSV."""
    form, wanted = _asked(request)
    try:
        if form.errors:
            raise queries.TooManyPeople
        events = list(queries.filtered_events(request.viewer, wanted)[: queries.MOST_EXPORTED + 1])
    except queries.TooManyPeople:
        messages.info(request, "Put the filters right first, then download.")
        return redirect(f"{request.path.removesuffix('/export')}?{request.GET.urlencode()}")
    if len(events) > queries.MOST_EXPORTED:
        messages.info(
            request,
            f"That is more than {queries.MOST_EXPORTED:,} entries. Choose a shorter time, then download.",
        )
        return redirect(f"{request.path.removesuffix('/export')}?{request.GET.urlencode()}")
    shown(request, rows=len(events))
    names = queries.names_for(request.viewer, events)
    data = write_csv(presenters.export_rows(events, names))
    return download(data, f"event-log-{dates.today().isoformat()}.csv")


@access("event_log.verify", methods=("GET", "POST"))
def event_log_verify(request: Any) -> HttpResponse:
    """What the check does, and the button that starts it; the verdict stands on the page of the check."""
    if request.method == "POST":
        job = start_job(by=person_behind(request.viewer), kind="verify-event-log")
        return redirect("job", job.public_id)
    return render(request, "keeping/event_log_verify.html", {"title": "Check that the event log holds"})
