"""One occurrence: what was planned, what became of it, and the steps from one to the other."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.framework.actions import planning, recording
from plumbline.framework.forms.schedule import AssignForm, DoneForm, MoveForm, ReasonForm, ReportForm
from plumbline.framework.presenters import schedule as presenters
from plumbline.framework.queries import occurrences as queries
from plumbline.framework.queries.vocabulary import word
from plumbline.framework.rules.delivery import Status
from plumbline.framework.rules.months import add_months
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging

ROW: dict[str, Any] = {"of": "framework.Occurrence", "by": "occurrence_id"}
STEP: dict[str, Any] = {"methods": ("GET", "POST"), **ROW}


def _month(asked: str) -> date | None:
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return month if 2000 <= month.year <= 2099 else None


@access("occurrence.view", reads=Kind.LIST)
def occurrences(request: Any) -> HttpResponse:
    viewer, asked = request.viewer, request.GET
    rows: Any = queries.occurrences_for(viewer)
    month = _month(asked.get("month", ""))
    if month:
        rows = rows.filter(due_on__gte=month, due_on__lt=add_months(month, 1))
    if asked.get("activity"):
        rows = rows.filter(activity__public_id=asked["activity"])
    if asked.get("mine"):
        rows = rows.filter(responsible_id=viewer.person_id)
    wanted = {status for status in Status if status.value == asked.get("state", "")}
    if wanted:
        rows = queries.with_status(rows, viewer.on, wanted)
    page = paging.page_of(rows, asked.get("page"))
    names = unit_names(viewer)
    shown(request, rows=len(page.object_list))
    context = {
        "title": "What is planned and done",
        "rows": [presenters.occurrence_row(row, names, viewer.on) for row in page],
        "counted": paging.counted(page, "occurrence", "occurrences"),
        "pagination": paging.pagination(page, asked),
        "states": [
            {"value": "", "text": "All"},
            *(
                {"value": one.value, "text": one.value.capitalize(), "selected": one in wanted}
                for one in Status
            ),
        ],
        "month": asked.get("month", "") if month else "",
        "month_words": dates.month_in_words(month) if month else "",
        "activity": asked.get("activity", ""),
        "mine": bool(asked.get("mine")),
    }
    return render(request, "framework/schedule/occurrences.html", context)


@access("occurrence.view", reads=Kind.READ, **ROW)
def occurrence(request: Any, occurrence_id: str) -> HttpResponse:
    row = queries.occurrence_for(request.viewer, occurrence_id)
    shown(request, obj=row, rows=1)
    page = presenters.occurrence_page(
        request.viewer, row, unit_names(request.viewer), queries.history_of(row)
    )
    return render(request, "framework/schedule/occurrence.html", page)


def _step(
    request: Any,
    occurrence_id: str,
    form: Any,
    title: str,
    said: str,
    act: Callable[[Any, Any, dict[str, Any]], object],
    **more: Any,
) -> HttpResponse:
    row = queries.occurrence_for(request.viewer, occurrence_id)
    back = reverse("occurrence", args=[occurrence_id])
    if request.method == "POST" and form.is_valid():
        try:
            act(person_behind(request.viewer), row, form.cleaned_data)
            messages.success(request, said)
        except recording.NotInState:
            messages.info(
                request,
                "Nothing was changed: somebody else recorded it in the meantime. This is how it stands now.",
            )
        return redirect(back)
    crumbs = [{"text": "Schedule", "href": reverse("schedule")}, {"text": row.activity.name, "href": back}]
    lead = f"{row.activity.name}, due {dates.in_words(row.due_on)}"
    return render(
        request,
        "form_page.html",
        {"title": title, "form": form, "lead": lead, "back": back, "crumbs": crumbs, **more},
    )


@access("occurrence.record", **STEP)
def done(request: Any, occurrence_id: str) -> HttpResponse:
    form = DoneForm(request.POST or None, initial={"held_on": request.viewer.on})
    return _step(
        request,
        occurrence_id,
        form,
        "Record that it was done",
        "It is recorded as done.",
        lambda by, row, given: recording.record_done(by=by, occurrence=row, **given),
    )


@access("occurrence.record", **STEP)
def missed(request: Any, occurrence_id: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return _step(
        request,
        occurrence_id,
        form,
        "Record that it was missed",
        "It is recorded as missed.",
        lambda by, row, given: recording.record_missed(by=by, occurrence=row, **given),
    )


@access("occurrence.record", **STEP)
def cancel(request: Any, occurrence_id: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return _step(
        request,
        occurrence_id,
        form,
        "Call it off",
        "It is called off.",
        lambda by, row, given: recording.cancel(by=by, occurrence=row, **given),
        warn=True,
        submit="Call it off",
    )


@access("occurrence.plan", **STEP)
def move(request: Any, occurrence_id: str) -> HttpResponse:
    form = MoveForm(request.POST or None)
    return _step(
        request,
        occurrence_id,
        form,
        "Move it to another day",
        "It is moved. The day first planned stays in its history.",
        lambda by, row, given: planning.move(by=by, occurrence=row, **given),
    )


@access("occurrence.plan", **STEP)
def assign(request: Any, occurrence_id: str) -> HttpResponse:
    people = [Pick(one.public_id, one.name, one) for one in queries.people_to_assign(request.viewer)]
    form = AssignForm(request.POST or None, people=people)
    return _step(
        request,
        occurrence_id,
        form,
        "Say who sees to it",
        "It is assigned, and stands in their work.",
        lambda by, row, given: planning.assign(by=by, occurrence=row, **given),
    )


@access("occurrence.reopen", **STEP)
def reopen(request: Any, occurrence_id: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return _step(
        request,
        occurrence_id,
        form,
        "Open it again",
        "It is planned again. What was recorded stays in its history.",
        lambda by, row, given: recording.reopen(by=by, occurrence=row, **given),
    )


@access("occurrence.plan", **STEP)
def report(request: Any, occurrence_id: str) -> HttpResponse:
    row = queries.occurrence_for(request.viewer, occurrence_id)
    forums = [
        Pick(line.forum.public_id, word(line.forum.name), line.forum)
        for line in row.activity.report_lines.select_related("forum")
    ]
    form = ReportForm(request.POST or None, forums=forums, initial={"given_on": request.viewer.on})
    return _step(
        request,
        occurrence_id,
        form,
        "Record that a forum received the report",
        "The report is recorded.",
        lambda by, found, given: recording.give_report(by=by, occurrence=found, **given),
    )
