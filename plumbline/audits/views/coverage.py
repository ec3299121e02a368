"""Coverage: what no audit has looked at lately, of the teams, workers, plan types and ages of the open cases."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plumbline.audits.presenters import coverage as presenters
from plumbline.audits.queries import coverage as queries
from plumbline.audits.queries.rounds import visible_names
from plumbline.audits.rules.case_values import AGE_BANDS, PLAN_TYPES
from plumbline.audits.rules.coverage import By
from plumbline.audits.views.rounds import CRUMBS, choices
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import Viewer
from plumbline.shared import dates, paging
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


def _asked(request: Any) -> queries.Asked:
    """What the address asks for. Totals are told in one way each, because two together could give a child away."""
    given = request.GET
    months = next((one for one in presenters.MONTHS if str(one) == given.get("months")), 12)
    if queries.sees_totals_only(request.viewer):
        return queries.Asked(months)
    plan, age = given.get("plan", ""), given.get("age", "")
    return queries.Asked(
        months,
        given.get("team", "").replace("\x00", ""),
        plan if plan in PLAN_TYPES else "",
        age if age in AGE_BANDS else "",
    )


def _by(request: Any, found: queries.Coverage) -> By:
    return next((by for by in found.groups if by.value == request.GET.get("by")), By.TEAM)


def _rows(request: Any, found: queries.Coverage, by: By) -> list[dict[str, Any]]:
    viewer: Viewer = request.viewer
    groups = found.groups.get(by, [])
    totals_only = queries.sees_totals_only(viewer)
    names, cases = unit_names(viewer), presenters.cases_shown(groups, is_protected=totals_only)
    people = visible_names(viewer, (int(one.key) for one in groups)) if by is By.WORKER else {}
    return [
        presenters.row_of(
            one,
            presenters.label_of(by, one.key, viewer, names, people),
            cases=cases[one.key],
            with_numbers=not totals_only,
        )
        for one in groups
        if one.is_gap or not request.GET.get("gaps")
    ]


@access("coverage.view", reads=Kind.LIST)
def coverage(request: Any) -> HttpResponse:
    viewer, asked = request.viewer, _asked(request)
    found = queries.coverage(viewer, asked)
    by = _by(request, found)
    rows = _rows(request, found, by)
    page = paging.page_of(rows, request.GET.get("page"), size=50)
    shown(request, rows=len(page.object_list))
    totals_only = queries.sees_totals_only(viewer)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": "What has been looked at",
        "case_list": found.case_list,
        "imported": dates.in_words(dates.day_of(found.case_list.imported_at)) if found.case_list else "",
        "totals_only": totals_only,
        "sentences": presenters.sentences(found, asked.months),
        "by": by.value,
        "heading": presenters.WORDS[by][2],
        "rows": list(page),
        "has_hidden": any(row["cases"] == presenters.HIDDEN for row in rows),
        "counted": paging.counted(page, *presenters.WORDS[by][:2]),
        "pagination": paging.pagination(page, request.GET),
        "filters": _filters(request, asked, by, found),
        "gaps": bool(request.GET.get("gaps")),
        "csv": f"{reverse('coverage_csv')}?{query.urlencode()}",
        "crumbs": CRUMBS,
    }
    return render(request, "audits/rounds/coverage.html", context)


def _filters(request: Any, asked: queries.Asked, by: By, found: queries.Coverage) -> list[dict[str, Any]]:
    ways = [(one.value, presenters.WORDS[one][1].capitalize()) for one in found.groups]
    months = [(str(one), f"Last {one} months") for one in presenters.MONTHS]
    filters = [
        {"name": "by", "label": "Show", "options": choices(ways, by.value)[1:]},
        {"name": "months", "label": "Looked at in", "options": choices(months, str(asked.months))[1:]},
    ]
    if not queries.sees_totals_only(request.viewer):
        filters += [
            {"name": "team", "label": "Team", "options": choices(_teams(request), asked.team)},
            {
                "name": "plan",
                "label": "Plan type",
                "options": choices([*PLAN_TYPES.items()], asked.plan_type),
            },
            {"name": "age", "label": "Age", "options": choices([*AGE_BANDS.items()], asked.age_band)},
        ]
    return filters


def _teams(request: Any) -> list[tuple[str, str]]:
    names = unit_names(request.viewer)
    teams = queries.teams_in_scope(request.viewer)
    return sorted(
        ((one.public_id, names.on(one.pk, request.viewer.on)) for one in teams), key=lambda one: one[1]
    )


@access("coverage.view", reads=Kind.EXPORT, step_up=True)
def coverage_csv(request: Any) -> HttpResponse:
    found = queries.coverage(request.viewer, _asked(request))
    by = _by(request, found)
    rows = _rows(request, found, by)
    shown(request, rows=len(rows))
    lines = presenters.lines_of(by, rows, with_numbers=not queries.sees_totals_only(request.viewer))
    return download(write_csv(lines), f"coverage-by-{by.value.replace('_', '-')}.csv")
