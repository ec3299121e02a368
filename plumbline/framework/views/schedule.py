"""The schedule, one activity, forums and the reporting matrix."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.framework.actions import planning
from plumbline.framework.files.reading import as_xlsx, as_yaml
from plumbline.framework.forms.schedule import ActivityForm, AddForm
from plumbline.framework.presenters import drivers as driver_presenter
from plumbline.framework.presenters import planner as planner_presenters
from plumbline.framework.presenters import reporting as reporting_presenter
from plumbline.framework.presenters import schedule as presenters
from plumbline.framework.presenters import schedule_list as list_presenter
from plumbline.framework.queries import occurrences as queries
from plumbline.framework.queries import planner, stored_content
from plumbline.framework.queries.drivers import drivers_for, drivers_of, drivers_to_cite
from plumbline.framework.queries.reports import report_lines
from plumbline.framework.queries.vocabulary import word
from plumbline.framework.rules.cadence import to_dict
from plumbline.framework.rules.delivery import Status
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import paging
from plumbline.shared.downloads import download

WRITTEN = (
    "name",
    "description",
    "purpose",
    "intended_outcome",
    "responsible",
    "countersigned_by",
    "frequency",
    "reporting_arrangements",
    "drivers",
)


@access("schedule.view")
def schedule(request: Any) -> HttpResponse:
    viewer = request.viewer
    asked = list_presenter.asked_of(request.GET)
    activities = list(queries.activities_in_use(viewer))
    found = list_presenter.list_rows(activities, _rows(viewer), asked, viewer.on)
    page = paging.page_of(found, request.GET.get("page"))
    context = {
        "title": "Schedule",
        "rows": list(page),
        "counted": paging.counted(page, "activity", "activities"),
        "pagination": paging.pagination(page, request.GET),
        "fields": list_presenter.filter_fields(asked, activities, queries.forums_for(viewer)),
        "is_filtered": asked != list_presenter.Asked(order=asked.order),
        "schedules": queries.schedules(viewer),
        "may_plan": viewer.has("occurrence.plan"),
        "may_change": viewer.has("schedule.change"),
        "may_import": viewer.has("framework.import"),
    }
    return render(request, "framework/schedule/schedule.html", context)


def _rows(viewer: Any) -> list[Any]:
    """This year's occurrences, after those of earlier years that are still overdue."""
    start, end = planner.year_of(None, viewer.on)
    return planner.still_overdue(viewer, start, viewer.on) + planner.rows_counted(viewer, start, end)[0]


def _open_first(viewer: Any, rows: list[Any]) -> list[Any]:
    """What is overdue before all else, so that nobody has to page for it."""
    return sorted(rows, key=lambda row: queries.status_of(row, viewer.on) is not Status.OVERDUE)


def _activity(request: Any, activity_id: str) -> Any:
    activity = queries.activity_for(request.viewer, activity_id)
    if activity is None:
        raise Http404
    return activity


@access("schedule.view")
def activity(request: Any, activity_id: str) -> HttpResponse:
    viewer, found = request.viewer, _activity(request, activity_id)
    start, end = planner.year_of(None, viewer.on)
    counted, linked = planner.rows_counted(viewer, start, end)
    own = [row for row in counted if row.activity_id == found.pk]
    earlier = [row for row in planner.still_overdue(viewer, start, viewer.on) if row.activity_id == found.pk]
    (figures,) = planner_presenters.delivered_rows([found], own, start, viewer.on)
    names = unit_names(viewer)
    page = paging.page_of(_open_first(viewer, earlier + own) if linked else [], request.GET.get("page"))
    context = presenters.activity_page(viewer, found, "", figures) | {
        "rows": [presenters.occurrence_row(row, names, viewer.on) for row in page],
        "pagination": paging.pagination(page, request.GET),
        "linked": linked,
        "earlier": len(earlier),
        "drivers": [driver_presenter.driver_row(one) for one in drivers_of(found)],
        "versions": list(found.versions.select_related("by")) if viewer.has("schedule.change") else [],
    }
    return render(request, "framework/schedule/activity.html", context)


@access("schedule.change", methods=("GET", "POST"))
def change(request: Any, activity_id: str) -> HttpResponse:
    found = _activity(request, activity_id)
    forums = queries.forums_for(request.viewer)
    form = ActivityForm(
        request.POST or None,
        forums=[Pick(one.public_id, word(one.name), one) for one in forums],
        drivers=[Pick(one.key, driver_presenter.named(one), one.key) for one in drivers_to_cite(found)],
        initial={name: getattr(found, name) for name in WRITTEN}
        | {"cadence_words": presenters.cadence_text(found)}
        | {"forums": [line.forum.public_id for line in found.report_lines.all()]},
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        cadences = [to_dict(one) for one in given.pop("cadence_words")]
        # Those that stay keep their places, so that a form saved as it stands changes nothing.
        chosen = given.pop("drivers")
        kept = [key for key in found.drivers if key in chosen]
        given["drivers"] = kept + [key for key in chosen if key not in kept]
        before = {name: getattr(found, name) for name in WRITTEN} | {"cadences": found.cadences}
        planning.change_activity(
            by=person_behind(request.viewer),
            activity=found,
            forums=given.pop("forums"),
            changes=given | {"cadences": cadences},
            snapshot=before,
        )
        messages.success(
            request,
            "The activity is changed. What is planned already stays; plan the year again to add to it.",
        )
        return redirect("activity", activity_id=activity_id)
    back = reverse("activity", args=[activity_id])
    return render(request, "form_page.html", {"title": "Change the activity", "form": form, "back": back})


@access("occurrence.plan", methods=("GET", "POST"))
def add(request: Any) -> HttpResponse:
    """One more of the activity named in the address, which may be changed in the form."""
    viewer = request.viewer
    form = AddForm(
        request.POST or None,
        initial={"activity": request.GET.get("activity", "")},
        activities=[Pick(one.public_id, one.name, one) for one in queries.activities_in_use(viewer)],
        people=[Pick(one.public_id, one.name, one) for one in queries.people_to_assign(viewer)],
        units=[Pick(unit.public_id, name, unit) for unit, name in queries.units_to_choose(viewer)],
    )
    if request.method == "POST" and form.is_valid():
        made = planning.add_occurrence(by=person_behind(viewer), **form.cleaned_data)
        messages.success(request, "It is added to the plan.")
        return redirect("occurrence", occurrence_id=made.public_id)
    page = {"title": "Plan one more", "form": form, "back": reverse("planner"), "submit": "Add"}
    return render(request, "form_page.html", page)


@access("schedule.change", methods=("POST",))
def use(request: Any, schedule_id: str) -> HttpResponse:
    found = queries.schedule_for(request.viewer, schedule_id)
    if found is None:
        raise Http404
    planning.use_schedule(
        by=person_behind(request.viewer), schedule=found, in_use=request.POST.get("in_use") == "yes"
    )
    messages.success(
        request,
        f"{found.title} is {'in use' if found.in_use else 'set aside. What was planned from it stays.'}",
    )
    return redirect("schedule")


@access("schedule.export", reads=Kind.EXPORT, step_up=True)
def export(request: Any, schedule_id: str, form: str) -> HttpResponse:
    found = queries.schedule_for(request.viewer, schedule_id)
    if found is None or form not in ("yaml", "xlsx"):
        raise Http404
    content = stored_content.content_of_schedule(found)
    shown(request, obj=found, rows=len(content.activities))
    data, kind = (
        (as_yaml(content), "application/yaml")
        if form == "yaml"
        else (as_xlsx(content), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )
    return download(data, f"schedule.{form}", kind)


@access("schedule.view")
def forums(request: Any) -> HttpResponse:
    return render(
        request,
        "framework/schedule/forums.html",
        {"title": "Forums", "forums": presenters.forum_rows(queries.forums_for(request.viewer))},
    )


@access("schedule.view")
def forum(request: Any, forum_id: str) -> HttpResponse:
    found = queries.forum_for(request.viewer, forum_id)
    if found is None:
        raise Http404
    activities = list(queries.activities_in_use(request.viewer))
    of_it = {
        key: line
        for key, line in report_lines(request.viewer, activities, [found]).items()
        if key[1] == found.pk
    }
    rows = reporting_presenter.matrix(activities, of_it, request.viewer.on)
    row = presenters.forum_row(found)
    context = {
        "title": row["name"],
        "forum": row,
        "rows": [one for one in rows if one["forum_url"] == row["url"]],
        "sentence": reporting_presenter.on_time_sentence(of_it, request.viewer.on),
        "crumbs": [{"text": "Forums", "href": reverse("forums")}],
    }
    return render(request, "framework/schedule/forum.html", context)


@access("schedule.view")
def drivers(request: Any) -> HttpResponse:
    context = {
        "title": "Drivers",
        "groups": driver_presenter.driver_groups(drivers_for(request.viewer)),
        "crumbs": [{"text": "Schedule", "href": reverse("schedule")}],
    }
    return render(request, "framework/schedule/drivers.html", context)


@access("schedule.view")
def reporting(request: Any) -> HttpResponse:
    viewer = request.viewer
    activities = list(queries.activities_in_use(viewer))
    lines = report_lines(viewer, activities, queries.forums_for(viewer))
    context = {
        "title": "Who reports to whom",
        "rows": reporting_presenter.matrix(activities, lines, viewer.on),
        "sentence": reporting_presenter.on_time_sentence(lines, viewer.on),
    }
    return render(request, "framework/schedule/reporting.html", context)
