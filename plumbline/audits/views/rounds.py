"""Rounds: the list, one round with its cases, and proposing, agreeing, changing, calling off and completing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import rounds as actions
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.forms.rounds import AgreedForm, CancelForm, DrawnForm, PlanForm, ProposeForm
from plumbline.audits.presenters import rounds as presenters
from plumbline.audits.presenters.finishing import excused_words, finishing
from plumbline.audits.presenters.oversight import oversight_part
from plumbline.audits.queries import rounds as queries
from plumbline.audits.queries.excusals import after_issue, excusals_of
from plumbline.audits.queries.oversight import oversights_of
from plumbline.audits.queries.self_audits import agreement_in
from plumbline.audits.rules.rounds import BEFORE_THE_DRAW, PRINTED, due_dates, months_in_words
from plumbline.audits.rules.states import IN_HAND, ROUND_MOVES
from plumbline.event_log.models import Kind
from plumbline.framework.queries.occurrences import forums_for
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging

ROW: dict[str, Any] = {"of": "audits.Round", "by": "round_id"}
CRUMBS = [{"text": "Rounds", "href": "/rounds"}]
BY_STATUS: dict[str, list[str]] = {}
for _stage in ROUND_MOVES:
    BY_STATUS.setdefault(PRINTED[_stage], []).append(_stage)


def asked_year(request: Any) -> int | None:
    """The year in the address, if it is one."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and 2000 <= int(asked) <= 2099 else None


def asked_month(request: Any) -> date | None:
    """The month in the address, as 2026-05, if the form offers it."""
    coming = [dates.first_of_month(request.viewer.on, n) for n in range(19)]
    return next((one for one in coming if f"{one:%Y-%m}" == request.GET.get("month")), None)


def choices(options: list[tuple[str, str]], chosen: str, everything: str = "All") -> list[dict[str, Any]]:
    """The options of a filter, with everything first."""
    return [{"value": "", "text": everything}] + [
        {"value": value, "text": text, "selected": value == chosen} for value, text in options
    ]


@access("round.view", reads=Kind.LIST)
def rounds(request: Any) -> HttpResponse:
    viewer, asked = request.viewer, request.GET
    rows = queries.rounds_for(viewer)
    year, status = asked_year(request), asked.get("status", "")
    if year:
        rows = rows.filter(first_month__year__lte=year, last_month__year__gte=year)
    if status in BY_STATUS:
        rows = rows.filter(state__in=BY_STATUS[status])
    page = paging.page_of(rows, asked.get("page"))
    done = queries.done_of(page.object_list)
    shown(request, rows=len(page.object_list))
    years = [(str(one), str(one)) for one in reversed(queries.years_with_rounds(viewer))]
    context = {
        "title": "Rounds of audits",
        "rows": [presenters.round_row(row, done.get(row.pk)) for row in page],
        "counted": paging.counted(page, "round", "rounds"),
        "pagination": paging.pagination(page, asked),
        "statuses": choices([(one, one) for one in BY_STATUS], status),
        "years": choices(years, str(year or "")),
        "is_filtered": bool(year or status in BY_STATUS),
        "may_propose": viewer.has("round.propose"),
    }
    return render(request, "audits/rounds/rounds.html", context)


@access("round.view", reads=Kind.READ, **ROW)
def round(request: Any, round_id: str) -> HttpResponse:
    viewer, asked = request.viewer, request.GET
    row = queries.round_for(viewer, round_id)
    every = queries.audits_of(viewer, row)
    rows, wanted, team = every, asked.get("state", ""), asked.get("team", "")
    states = presenters.audit_states()
    if wanted in dict(states):
        rows = rows.filter(state=wanted)
    if team:
        rows = rows.filter(unit__public_id=team)
    if asked.get("late"):
        rows = rows.filter(state__in=IN_HAND, due_on__lt=viewer.on)
    page = paging.page_of(rows, asked.get("page"))
    number, oldest = queries.late_among(every, viewer.on)
    done = queries.done_of([row]).get(row.pk)
    sees_ground = viewer.has("draw.view") or viewer.has("case_list.view")
    ground = queries.ground_of(row) if sees_ground else None
    names = unit_names(viewer)
    people = queries.visible_names(
        viewer, (pk for one in page for pk in (one.auditor_id, one.worker_id) if pk)
    )
    teams = [(one.public_id, names.on(one.pk, viewer.on)) for one in queries.teams_of(every)]
    shown(request, obj=row, rows=len(page.object_list))
    context = {
        "title": row.title,
        "round": row,
        "months": months_in_words(row.first_month, row.last_month),
        "status": presenters.status_tag(row),
        "done": presenters.done_words(row, done),
        "steps": presenters.line_of_steps(row, done) if row.state not in ("proposed", "cancelled") else [],
        "facts": presenters.facts_of(row, excused_words(viewer, excusals_of(row))),
        "oversight": oversight_part(viewer, row, oversights_of(viewer, row))
        if viewer.has("oversight.view")
        else {},
        "finishing": finishing(viewer, row, after_issue(row, viewer.on)),
        "late": presenters.late_sentence(number, oldest, viewer.on),
        "voices": ""
        if row.is_historic or row.is_of_visits or not teams
        else presenters.voices_sentence(queries.voices_in(every)),
        "self_audits": presenters.self_audit_sentence(row, *agreement_in(row))
        if row.self_audit and viewer.sees_figures_of("audit.view")
        else "",
        "sees_all": viewer.sees_figures_of("audit.view"),
        "rows": [presenters.audit_row(one, names, people, viewer) for one in page],
        "counted": paging.counted(page, *(("visit", "visits") if row.is_of_visits else ("case", "cases"))),
        "pagination": paging.pagination(page, asked),
        "states": choices(states, wanted),
        "teams": choices(teams, team),
        "only_late": bool(asked.get("late")),
        "is_filtered": bool(wanted or team or asked.get("late")),
        "has_audits": bool(teams),
        "asked": ground.asked if ground else 0,
        "next": presenters.next_step(viewer, row, ground),
        "links": presenters.links_of(viewer, row, ground),
        "history": queries.history_of(viewer, row),
        "crumbs": CRUMBS,
    }
    return render(request, "audits/rounds/round.html", context)


@access("round.propose", methods=("GET", "POST"))
def propose(request: Any) -> HttpResponse:
    month = asked_month(request) or dates.first_of_month(request.viewer.on, 1)
    start = {"first_month": month, "last_month": month}
    form = ProposeForm(request.POST or None, on=request.viewer.on, initial=start)
    if request.method == "POST" and form.is_valid():
        row = actions.propose_round(by=person_behind(request.viewer), **form.cleaned_data)
        messages.success(
            request, "The theme is proposed. The quality assurance team agrees it or comes back to you."
        )
        return redirect("round", round_id=row.public_id)
    page = {
        "title": "Propose a theme",
        "lead": "You propose what the audits look at. The quality assurance team agrees it and draws the cases.",
        "form": form,
        "submit": "Propose",
        "back": reverse("rounds"),
        "crumbs": CRUMBS,
    }
    return render(request, "form_page.html", page)


def _initial(row: Any, names: Any) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    values["focus"] = "\n".join(row.focus)
    if "tool" in values and row.tool:
        values["tool"] = row.tool.public_id
    audits, report = due_dates(row.last_month)
    values["audits_due_on"] = row.audits_due_on or audits
    values["report_due_on"] = row.report_due_on or report
    return values


def _plan_form(request: Any, row: Any) -> PlanForm:
    tools = [Pick(one.public_id, str(one), one) for one in queries.tools_to_choose(request.viewer, row)]
    if row.tool and row.tool.public_id not in {pick.key for pick in tools}:
        tools.append(Pick(row.tool.public_id, str(row.tool), row.tool))
    initial = _initial(row, PlanForm.field_order)
    return PlanForm(request.POST or None, on=request.viewer.on, tools=tools, initial=initial)


def _step(
    request: Any, row: Any, form: Any, said: str, act: Callable[[Any, dict[str, Any]], Any], **more: Any
) -> HttpResponse:
    back = reverse("round", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            act(person_behind(request.viewer), form.cleaned_data)
            messages.success(request, said)
        except RoundNotInState:
            messages.info(
                request,
                "Nothing was changed: the round has moved on in the meantime. This is how it stands now.",
            )
        return redirect(back)
    crumbs = [*CRUMBS, {"text": row.title, "href": back}]
    return render(request, "form_page.html", {"form": form, "back": back, "crumbs": crumbs, **more})


@access("round.change", methods=("GET", "POST"), **ROW)
def plan(request: Any, round_id: str) -> HttpResponse:
    row = queries.round_for(request.viewer, round_id)
    if row.state != "proposed":
        return redirect("round_change", round_id=round_id)
    return _step(
        request,
        row,
        _plan_form(request, row),
        "The round is planned. Next, import its case list.",
        lambda by, given: actions.plan_round(by=by, round=row, **given),
        title="Agree and plan the round",
        lead="Change what needs changing. The due days count working days and leave out bank holidays.",
        submit="Agree and plan",
    )


@access("round.change", methods=("GET", "POST"), **ROW)
def change(request: Any, round_id: str) -> HttpResponse:
    row = queries.round_for(request.viewer, round_id)
    form: Any
    if row.state in BEFORE_THE_DRAW:
        form = _plan_form(request, row)
    else:
        form = DrawnForm(
            request.POST or None, initial=_initial(row, ["title", "rationale", "target_min", "target_max"])
        )
    return _step(
        request,
        row,
        form,
        "The round is changed.",
        lambda by, given: actions.change_round(by=by, round=row, **given),
        title="Change the round",
        lead=""
        if row.state in BEFORE_THE_DRAW
        else "The sample is drawn, so what it rests on stays as it is.",
    )


@access("round.change", methods=("GET", "POST"), **ROW)
def cancel(request: Any, round_id: str) -> HttpResponse:
    row = queries.round_for(request.viewer, round_id)
    return _step(
        request,
        row,
        CancelForm(request.POST or None),
        "The round is called off. What was done in it stays.",
        lambda by, given: actions.cancel_round(by=by, round=row, **given),
        title="Call the round off",
        submit="Call the round off",
        warn=True,
    )


@access("round.change", methods=("GET", "POST"), **ROW)
def agreed(request: Any, round_id: str) -> HttpResponse:
    """Which forum received the report and agreed its plan; the round is completed with it."""
    row = queries.round_for(request.viewer, round_id)
    forums = [Pick(one.public_id, one.name, one) for one in forums_for(request.viewer)]
    left_out = sum(one.count for one in excusals_of(row))
    issued_on, forum = queries.report_in_force(row)
    form = AgreedForm(
        request.POST or None,
        forums=forums,
        issued_on=issued_on,
        initial={"forum": next((one.key for one in forums if one.row.key == forum), "")},
    )
    return _step(
        request,
        row,
        form,
        "The plan is agreed and the round is completed. Its actions go on until each is closed.",
        lambda by, given: actions.agree_plan(by=by, round=row, **given),
        title="Record that the plan is agreed",
        lead="The report was received, and what is to change was agreed. This completes the round."
        + (f" Late audits were left out of it: {left_out}." if left_out else ""),
        submit="Complete the round",
    )
