"""One's own secret calendar address, and the calendar behind it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.calendar import make_feed, remove_feed
from plumbline.framework.queries.calendar import calendar_rows, feed_by_token, feed_of
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared import dates


@access("calendar.view", reads=Kind.READ, methods=("GET", "POST"))
def own_calendar(request: Any) -> HttpResponse:
    secret = ""
    if request.method == "POST":
        by = person_behind(request.viewer)
        if request.POST.get("step") == "remove":
            remove_feed(by=by)
            messages.success(request, "The address is removed. Calendars that used it show nothing new.")
            return redirect("calendar")
        if request.POST.get("step") == "make":
            secret = make_feed(by=by, has_everything=request.POST.get("all") == "yes")
    shown(request, rows=1)
    address = f"{settings.BASE_URL}{reverse('calendar_feed', args=[secret])}" if secret else ""
    context = {"title": "Your calendar", "feed": feed_of(request.viewer), "address": address}
    return render(request, "framework/schedule/calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar: activity, day and link; no person's name and nothing of what came of it."""
    found = feed_by_token(token, dates.today())
    if found is None:
        raise Http404
    viewer, row = found
    rows = calendar_rows(viewer, row)
    record(by=viewer, kind=Kind.EXPORT, action="calendar.fetch", rows=len(rows))
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//Schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Plumbline")
    for one in rows:
        event = Event()
        event.add("uid", f"{one.public_id}@plumbline")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", one.due_on)
        event.add("dtend", one.due_on + timedelta(days=1))
        event.add("summary", one.activity.name)
        event.add("url", f"{settings.BASE_URL}{reverse('occurrence', args=[one.public_id])}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
