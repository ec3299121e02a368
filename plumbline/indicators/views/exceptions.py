"""Exceptions: the list, one of them with its steps, and the report of a quarter."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from indicator_engine import Period, periods
from plumbline.event_log.models import Kind
from plumbline.improvement.forms.improvement import ActionForm
from plumbline.improvement.queries.actions import people_to_own
from plumbline.indicators.actions import exceptions as actions
from plumbline.indicators.forms.exceptions import ExplainForm, GiveForm, MonitorForm, OutcomeForm, ReviewForm
from plumbline.indicators.presenters import exceptions as presenters
from plumbline.indicators.queries import exceptions as queries
from plumbline.indicators.rules.exceptions import may_move
from plumbline.indicators.rules.spans import quarter_of
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv
from plumbline.work.once import once

ROW: dict[str, Any] = {"of": "indicators.IndicatorException", "by": "indicator_exception_id"}
MOVED = "Nothing was changed: the exception has moved on since you looked."


@access("exception.view", reads=Kind.LIST)
def exceptions(request: Any) -> HttpResponse:
    viewer = request.viewer
    state, rows = request.GET.get("state", "open"), queries.exceptions_for(viewer)
    listed = paging.page_of(rows if state == "all" else rows.filter(queries.OPEN), request.GET.get("page"))
    names = queries.names_for(viewer, [row.owner for row in listed])
    shown(request, rows=len(listed.object_list))
    context = {
        "title": "Exceptions",
        "rows": [presenters.line(row, names) for row in listed],
        "all": state == "all",
        "counted": paging.counted(listed, "exception", "exceptions"),
        "pagination": paging.pagination(listed, request.GET),
        "may_report": viewer.has("exception.report"),
    }
    return render(request, "indicators/exceptions.html", context)


@access("exception.view", reads=Kind.READ, **ROW)
def exception(request: Any, indicator_exception_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.exception_by_id(viewer, indicator_exception_id)
    plan, steps = queries.actions_of(viewer, [row])[row.pk], list(row.steps.select_related("by"))
    people = [row.owner, *(step.by for step in steps), *(one.owner for one in plan)]
    shown(request, obj=row, rows=1)
    may = {right: viewer.may(f"exception.{right}", row) for right in ("explain", "manage")}
    others = may["manage"] and row.owner_id != viewer.person_id
    context = {
        **presenters.page(row, queries.names_for(viewer, people), plan, steps),
        "crumbs": [{"text": "Exceptions", "href": reverse("indicator_exceptions")}],
        "id": row.public_id,
        "indicator_url": reverse("indicator", args=[row.indicator]) if viewer.has("indicator.view") else "",
        "may_explain": may["explain"] and may_move(row.state, "explained"),
        "may_act": may["explain"] and row.state != "closed",
        "steps_to": [
            (step, words)
            for step, words, to in STEPS
            if may["manage"]
            and (step == "give" or others)
            and (may_move(row.state, to) if to else row.state != "closed")
        ],
    }
    return render(request, "indicators/exception.html", context)


def _step(
    request: Any,
    row: Any,
    form: Any,
    act: Callable[[Any, dict[str, Any]], object],
    title: str,
    lead: str = "",
) -> HttpResponse:
    back = reverse("indicator_exception", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        by = person_behind(request.viewer)
        try:
            once(by, form, lambda given: act(by, given))
            messages.success(request, "It is saved.")
            return redirect(back)
        except actions.NotInState:
            messages.info(request, MOVED)
            return redirect(back)
        except actions.NoPlan:
            form.add_error(None, "Set an action first: a corrective action plan has at least one.")
        except actions.OwnException:
            form.add_error(None, "You answer for this indicator, so somebody else has to do this.")
    page = {"form": form, "title": title, "back": back, "lead": lead or presenters.title_of(row)}
    return render(request, "form_page.html", page)


@access("exception.explain", methods=("GET", "POST"), **ROW)
def explain(request: Any, indicator_exception_id: str) -> HttpResponse:
    row = queries.exception_by_id(request.viewer, indicator_exception_id)
    form = ExplainForm(
        request.POST or None, kept=row.causes, initial={"story": row.story, "causes": row.causes}
    )
    return _step(
        request,
        row,
        form,
        lambda by, given: actions.explain(by=by, exception=row, **given),
        "Tell the story behind the figure",
        f"{presenters.title_of(row)}: {row.latest}.",
    )


@access("exception.explain", methods=("GET", "POST"), **ROW)
def act(request: Any, indicator_exception_id: str) -> HttpResponse:
    row = queries.exception_by_id(request.viewer, indicator_exception_id)
    form = ActionForm(request.POST or None, people=_people(request, row))
    return _step(
        request,
        row,
        form,
        lambda by, given: actions.act(by=by, exception=row, **given),
        "Set an action of the corrective plan",
    )


def _people(request: Any, row: Any) -> list[Pick]:
    return [Pick(one.public_id, one.name, one) for one in people_to_own(request.viewer, (row.owner,))]


# What the button says, and the state it leads to.
STEPS = (
    ("give", "Say who tells the story", ""),
    ("plan", "Agree the plan", "plan_agreed"),
    ("monitor", "Say what you see now", "monitored"),
    ("close", "Close", "closed"),
)


@access("exception.manage", methods=("GET", "POST"), **ROW)
def step(request: Any, indicator_exception_id: str, exception_step: str) -> HttpResponse:
    """One step of those who call to account: an owner, a plan agreed, a look, the closing."""
    row = queries.exception_by_id(request.viewer, indicator_exception_id)
    data = request.POST or None
    forms: dict[str, tuple[Callable[[], Any], Callable[..., object]]] = {
        "give": (lambda: GiveForm(data, people=_people(request, row)), actions.give),
        "plan": (lambda: ReviewForm(data), actions.agree_plan),
        "monitor": (lambda: MonitorForm(data), actions.monitor),
        "close": (lambda: OutcomeForm(data), actions.close),
    }
    if exception_step not in forms:
        raise Http404
    form, done = forms[exception_step]
    title = next(words for key, words, _ in STEPS if key == exception_step)
    return _step(request, row, form(), lambda by, given: done(by=by, exception=row, **given), title)


def _quarter(request: Any) -> Period:
    try:
        found = periods.parse(request.GET.get("quarter", ""))
    except ValueError:
        return quarter_of(dates.today())
    return found if found.months == 3 else quarter_of(dates.today())


@access("exception.report", reads=Kind.LIST)
def report(request: Any) -> HttpResponse:
    viewer, period = request.viewer, _quarter(request)
    rows = queries.in_quarter(viewer, period)
    plans = queries.actions_of(viewer, rows)
    people = [row.owner for row in rows] + [one.owner for plan in plans.values() for one in plan]
    shown(request, rows=len(rows))
    context = {
        "title": "Exception report",
        "crumbs": [{"text": "Exceptions", "href": reverse("indicator_exceptions")}],
        "quarters": [
            {
                "value": one.key,
                "text": f"{one.start:%B %Y} to {one.end:%B %Y}",
                "selected": one.key == period.key,
            }
            for one in _quarters()
        ],
        "csv_url": f"{reverse('exception_report_csv')}?quarter={period.key}",
        **presenters.report(rows, queries.names_for(viewer, people), plans, period),
    }
    return render(request, "indicators/exception_report.html", context)


@access("exception.report", reads=Kind.EXPORT, step_up=True)
def report_csv(request: Any) -> HttpResponse:
    viewer, period = request.viewer, _quarter(request)
    rows = queries.in_quarter(viewer, period)
    plans = queries.actions_of(viewer, rows)
    people = [row.owner for row in rows] + [one.owner for plan in plans.values() for one in plan]
    shown(request, rows=len(rows))
    lines = presenters.report_lines(rows, queries.names_for(viewer, people), plans)
    return download(write_csv(lines), f"exceptions-{period.key}.csv")


def _quarters() -> list[Period]:
    """This quarter and the seven before it, the latest first."""
    today = dates.today()
    return [quarter_of(dates.first_of_month(today, -3 * back)) for back in range(8)]
