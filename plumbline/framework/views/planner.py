"""The year planner, what was delivered, and the plan itself."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.framework.actions.plan_period import plan_period
from plumbline.framework.forms.schedule import PlanForm
from plumbline.framework.presenters import planner as presenters
from plumbline.framework.presenters.reporting import on_time_sentence
from plumbline.framework.queries import occurrences as queries
from plumbline.framework.queries import planner as figures
from plumbline.framework.queries.reports import report_lines
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


def _asked_year(request: Any) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and 2000 <= int(asked) <= 2099 else None


def _years(start: Any) -> list[dict[str, str]]:
    return [
        {
            "text": f"{year} to {year + 1}",
            "href": f"?year={year}",
            "current": "yes" if year == start.year else "",
        }
        for year in range(start.year - 1, start.year + 2)
    ]


@access("schedule.view", reads=Kind.LIST)
def planner(request: Any) -> HttpResponse:
    viewer = request.viewer
    start, end = figures.year_of(_asked_year(request), viewer.on)
    rows, linked = figures.rows_counted(viewer, start, end)
    overdue, oldest = figures.oldest_overdue(rows, viewer.on)
    activities = list(queries.activities_in_use(viewer))
    shown(request, rows=len(rows))
    context = {
        "title": f"Year planner, {start.year} to {start.year + 1}",
        "years": _years(start),
        "sentence": presenters.year_sentence(rows, overdue, oldest, viewer.on),
        "grid": presenters.grid(activities, figures.grid_of(rows, viewer.on), start, end, linked=linked),
        "linked": linked,
        "year": start.year,
        "may_plan": viewer.has("occurrence.plan"),
    }
    return render(request, "framework/schedule/planner.html", context)


@access("schedule.export", reads=Kind.EXPORT, step_up=True)
def planner_export(request: Any) -> HttpResponse:
    viewer = request.viewer
    start, end = figures.year_of(_asked_year(request), viewer.on)
    rows, _ = figures.rows_counted(viewer, start, end)
    activities = list(queries.activities_in_use(viewer))
    table = presenters.grid(activities, figures.grid_of(rows, viewer.on), start, end, linked=False)
    shown(request, rows=len(table["rows"]))
    lines = [["Activity", *(month["long"] for month in table["months"])]]
    lines += [[row["name"], *(cell["words"] for cell in row["cells"])] for row in table["rows"]]
    return download(write_csv(lines), f"planner-{start.year}.csv")


@access("schedule.view", reads=Kind.LIST)
def delivered(request: Any) -> HttpResponse:
    viewer = request.viewer
    start, end = figures.year_of(_asked_year(request), viewer.on)
    rows, _ = figures.rows_counted(viewer, start, end)
    until = min(viewer.on, end)
    activities = list(queries.activities_in_use(viewer))
    shown(request, rows=len(rows))
    context = {
        "title": f"Delivered against planned, {start.year} to {start.year + 1}",
        "years": _years(start),
        "rows": presenters.delivered_rows(activities, rows, start, until),
        "reports": on_time_sentence(report_lines(viewer, activities, queries.forums_for(viewer)), viewer.on),
        "visits": presenters.visit_rows(figures.team_visits(viewer, viewer.on)),
        "crumbs": [{"text": "Year planner", "href": reverse("planner")}],
    }
    return render(request, "framework/schedule/delivered.html", context)


@access("occurrence.plan", methods=("GET", "POST"))
def plan(request: Any) -> HttpResponse:
    form = PlanForm(request.POST or None, today=request.viewer.on)
    if request.method == "POST" and form.is_valid():
        start, end = figures.year_of(form.cleaned_data["year"], request.viewer.on)
        made = plan_period(by=person_behind(request.viewer), start=start, end=end - timedelta(days=1))
        messages.success(request, presenters.plan_words(made.added, made.taken_out))
        return redirect(f"{reverse('planner')}?year={start.year}")
    page = {
        "title": "Plan a year",
        "lead": "Each activity in use is planned from its cadence. After a change of cadence plan the year again: "
        "what is not due yet follows the new one. What was recorded, moved or added by hand stays.",
        "form": form,
        "submit": "Plan the year",
        "back": reverse("planner"),
    }
    return render(request, "form_page.html", page)
