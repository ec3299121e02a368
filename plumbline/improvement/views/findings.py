"""Findings: the list, one of them with its source and actions, and the steps that change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.framework.queries.occurrences import units_to_choose
from plumbline.improvement.actions import findings as acting
from plumbline.improvement.forms.improvement import FindingForm, ReasonForm, TeamFindingForm
from plumbline.improvement.presenters import findings as presenters
from plumbline.improvement.presenters.words import finding_row, in_a_line
from plumbline.improvement.queries import findings as queries
from plumbline.improvement.queries.actions import actions_of
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import paging
from plumbline.shared.area import sources_of
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv
from plumbline.work.once import once

ROW: dict[str, Any] = {"of": "improvement.Finding", "by": "finding_id"}
STEP: dict[str, Any] = {"methods": ("GET", "POST"), **ROW}
CHANGED_MEANWHILE = "Nothing was changed: somebody else was quicker. This is how it stands now."


def _wanted(asked: Any) -> queries.FindingFilter:
    return queries.FindingFilter(
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        unit=asked.get("team", ""),
        criterion=asked.get("criterion", ""),
        text=" ".join(asked.get("q", "").replace("\x00", "").split())[:100],
        without_action=bool(asked.get("without_action")),
        to_analyse=bool(asked.get("to_analyse")),
    )


def criterion_picks(viewer: Any) -> list[Pick]:
    """The criteria in force as choices of a form."""
    return [
        Pick(one.public_id, f"{one.number} {in_a_line(one.text, 90)}", one)
        for one in queries.criteria_to_pick(viewer)
    ]


@access("finding.view", reads=Kind.LIST)
def findings(request: Any) -> HttpResponse:
    viewer, wanted = request.viewer, _wanted(request.GET)
    page = paging.page_of(queries.findings_list(viewer, wanted), request.GET.get("page"))
    rows = list(page.object_list)
    teams, names = queries.teams_of_findings(viewer)
    criteria = queries.criteria_with_findings(viewer)
    sources = sources_of(viewer, rows)
    shown(request, rows=len(rows))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "title": "Findings",
        "rows": [finding_row(row, names, viewer.on, sources) for row in rows],
        "counted": paging.counted(page, "finding", "findings"),
        "pagination": paging.pagination(page, request.GET),
        "filters": presenters.finding_filters(wanted, teams, names, criteria, viewer),
        "is_narrowed": wanted != queries.FindingFilter(),
        "may_add": viewer.has("finding.raise"),
        "export_url": f"{reverse('findings_export')}?{kept.urlencode()}"
        if viewer.has("finding.export")
        else "",
    }
    return render(request, "improvement/findings.html", context)


@access("finding.export", reads=Kind.EXPORT, step_up=True)
def export(request: Any) -> HttpResponse:
    rows = list(queries.exportable_findings(request.viewer, _wanted(request.GET)))
    table = presenters.findings_table(
        rows, unit_names(request.viewer), request.viewer, sources_of(request.viewer, rows)
    )
    shown(request, rows=len(rows))
    return download(write_csv(table), "findings.csv")


@access("finding.view", reads=Kind.READ, **ROW)
def finding(request: Any, finding_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.finding_by_id(viewer, finding_id)
    shown(request, obj=row, rows=1)
    source = sources_of(viewer, [row], in_full=True).get(row.pk)
    page = presenters.finding_page(viewer, row, actions_of(viewer, row), unit_names(viewer), source)
    return render(request, "improvement/finding.html", page)


@access("finding.raise", methods=("GET", "POST"))
def add(request: Any) -> HttpResponse:
    viewer = request.viewer
    units = [Pick(unit.public_id, name, unit) for unit, name in units_to_choose(viewer)]
    form = TeamFindingForm(request.POST or None, criteria=criterion_picks(viewer), units=units)
    if request.method == "POST" and form.is_valid():
        by = person_behind(viewer)
        made = once(
            by,
            form,
            lambda given: acting.raise_finding(by=by, raised_on=viewer.on, is_open=True, **given),
        )
        messages.success(request, "The finding is recorded.")
        return redirect("finding", finding_id=made)
    return render(
        request,
        "form_page.html",
        {
            "title": "Raise a finding",
            "form": form,
            "lead": "For something learnt outside an audit. From an audit, raise it beside the answer.",
            "back": reverse("findings"),
            "crumbs": [{"text": "Findings", "href": reverse("findings")}],
        },
    )


@access("finding.change", **STEP)
def change(request: Any, finding_id: str) -> HttpResponse:
    row = queries.finding_by_id(request.viewer, finding_id)
    initial = {
        "kind": row.kind,
        "text": row.text,
        "criterion": row.criterion.public_id if row.criterion else "",
        "causes": row.causes,
        "routes": row.routes,
        "needs_analysis": row.needs_analysis,
    }
    picks = criterion_picks(request.viewer)
    if row.criterion and row.criterion.public_id not in {pick.key for pick in picks}:
        # A finding keeps the criterion of its day, though another version of the standards is in force.
        picks.insert(
            0, Pick(row.criterion.public_id, f"{row.criterion.number} {row.criterion.text}", row.criterion)
        )
    form = FindingForm(request.POST or None, criteria=picks, initial=initial, kept=[*row.causes, *row.routes])
    return _step(request, row, form, "Change the finding", "The finding is changed.", acting.change_finding)


@access("finding.withdraw", **STEP)
def withdraw(request: Any, finding_id: str) -> HttpResponse:
    row = queries.finding_by_id(request.viewer, finding_id)
    form = ReasonForm(request.POST or None)
    said = "The finding is withdrawn. It stays to be read, with the reason."
    return _step(
        request,
        row,
        form,
        "Withdraw the finding",
        said,
        acting.withdraw_finding,
        warn=True,
        submit="Withdraw it",
    )


def _step(request: Any, row: Any, form: Any, title: str, said: str, act: Any, **more: Any) -> HttpResponse:
    back = reverse("finding", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            by = person_behind(request.viewer)
            once(by, form, lambda given: act(by=by, finding=row, **given))
            messages.success(request, said)
        except acting.NotInState:
            messages.info(request, CHANGED_MEANWHILE)
        return redirect(back)
    crumbs = [{"text": "Findings", "href": reverse("findings")}, {"text": "Finding", "href": back}]
    return render(
        request,
        "form_page.html",
        {"title": title, "form": form, "lead": in_a_line(row.text), "back": back, "crumbs": crumbs, **more},
    )
