"""Actions: the list, the file, one of them with its history, and setting one about findings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.improvement.actions import acting
from plumbline.improvement.forms.improvement import ActionForm
from plumbline.improvement.presenters import actions as presenters
from plumbline.improvement.presenters.words import action_row, by_level, in_a_line
from plumbline.improvement.queries import actions as queries
from plumbline.improvement.queries.findings import findings_by_ids
from plumbline.improvement.queries.impact import closed_among
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import paging
from plumbline.shared.area import sources_of
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv
from plumbline.work.once import once


def _wanted(asked: Any) -> queries.ActionFilter:
    return queries.ActionFilter(
        level=asked.get("level", ""),
        state=asked.get("state", ""),
        unit=asked.get("team", ""),
        owner=asked.get("owner", ""),
        text=" ".join(asked.get("q", "").replace("\x00", "").split())[:100],
        is_mine=bool(asked.get("mine")),
        is_to_check=bool(asked.get("check")),
    )


@access("action.view", reads=Kind.LIST)
def actions(request: Any) -> HttpResponse:
    viewer, wanted = request.viewer, _wanted(request.GET)
    every = queries.actions_list(viewer, wanted)
    page = paging.page_of(every, request.GET.get("page"))
    rows = list(page.object_list)
    teams, names = queries.teams_of_actions(viewer)
    shown(request, rows=len(rows))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "title": "Actions",
        "groups": by_level([action_row(row, names, viewer.on) for row in rows]),
        "counted": paging.counted(page, "action", "actions"),
        "closed": closed_among(every, viewer.on),
        "pagination": paging.pagination(page, request.GET),
        "filters": presenters.action_filters(wanted, teams, names, queries.owners_of_actions(viewer), viewer),
        "is_narrowed": wanted != queries.ActionFilter(),
        "export_url": f"{reverse('actions_export')}?{kept.urlencode()}"
        if viewer.has("action.export")
        else "",
    }
    return render(request, "improvement/actions.html", context)


@access("action.export", reads=Kind.EXPORT, step_up=True)
def export(request: Any) -> HttpResponse:
    rows = list(queries.exportable_actions(request.viewer, _wanted(request.GET)))
    shown(request, rows=len(rows))
    table = presenters.actions_table(rows, unit_names(request.viewer), request.viewer)
    return download(write_csv(table), "actions.csv")


@access("action.view", reads=Kind.READ, of="improvement.Action", by="action_id")
def action(request: Any, action_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.action_by_id(viewer, action_id)
    shown(request, obj=row, rows=1)
    page = presenters.action_page(
        viewer,
        row,
        queries.findings_of(viewer, row),
        queries.history_of(row),
        unit_names(viewer),
        sources_of(viewer, [row], in_full=True).get(row.pk),
    )
    return render(request, "improvement/action.html", page)


@access("action.raise", reads=Kind.READ, methods=("GET", "POST"))
def add(request: Any) -> HttpResponse:
    """An action for the service about the findings named in the address, or about none."""
    viewer = request.viewer
    asked = request.GET.getlist("finding")
    found = findings_by_ids(viewer, asked)
    if len(found) < len(set(asked)):
        raise Http404
    shown(request, obj=found[0] if found else None, rows=len(found), under="finding.view")
    owners = queries.people_to_own(viewer)
    form = ActionForm(request.POST or None, people=[Pick(one.public_id, one.name, one) for one in owners])
    if request.method == "POST" and form.is_valid():
        unit = next((one.unit for one in found if one.unit_id), None)
        by = person_behind(viewer)
        made = once(
            by,
            form,
            lambda given: acting.raise_action(
                by=by,
                level="service",
                findings=found,
                unit=unit,
                # What answers a draft would tell of it before it is shared.
                as_draft=any(one.state == "draft" for one in found),
                **given,
            ),
        )
        messages.success(request, "The action is set. Its owner is asked to agree.")
        return redirect("action", action_id=made)
    back = reverse("finding", args=[found[0].public_id]) if found else reverse("actions")
    return render(
        request,
        "improvement/action_add.html",
        {
            "title": "Set an action for the service",
            "form": form,
            "about": [in_a_line(one.text) for one in found],
            "back": back,
            "crumbs": [{"text": "Actions", "href": reverse("actions")}],
        },
    )
