"""Immediate concerns: raised from an audit, acknowledged, planned, closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from plumbline.audits.actions import concerns as actions
from plumbline.audits.forms.concerns import AcknowledgeForm, CloseForm, ConcernForm, PlanForm
from plumbline.audits.presenters import concerns as presenters
from plumbline.audits.presenters.audit import crumbs
from plumbline.audits.queries import audits as queries
from plumbline.audits.queries.concerns import concern_for, concerns_for, possible_handlers
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.views.audit import ROW
from plumbline.audits.views.drafting import keeps_draft
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.shared import paging

CONCERN: dict[str, Any] = {"of": "audits.Concern", "by": "concern_id"}
STEP: dict[str, Any] = {"methods": ("GET", "POST"), "reads": Kind.READ, **CONCERN}


@access("audit.concern", methods=("GET", "POST"), reads=Kind.READ, **ROW)
@keeps_draft
def raise_concern(request: Any, audit_id: str) -> HttpResponse:
    """Raises a concern from an audit, or from one of its questions."""
    row = queries.audit_for(request.viewer, audit_id)
    handlers = [Pick(one.public_id, one.name, one) for one in possible_handlers(request.viewer, row)]
    questions = whole_tool(row.tool.content, {}, row.local_questions).questions
    asked = request.GET.get("question", "")
    question = questions.get(asked)
    form = ConcernForm(request.POST or None, handlers=handlers)
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        concern = actions.raise_concern(
            by=person_behind(request.viewer),
            audit=row,
            question=asked if question else "",
            **form.cleaned_data,
        )
        request.draft.taken()
        messages.success(request, presenters.raised_in_words(concern))
        return redirect("audit", audit_id)
    shown(request, obj=row, rows=1)
    page = {
        "title": "Raise an immediate concern",
        "form": form,
        "question": question.text if question else "",
        "has_handlers": bool(handlers),
        "hours": presenters.hours(),
        "back": reverse("audit", args=[audit_id]),
        "crumbs": crumbs(row, "Immediate concern"),
    }
    return render(request, "audits/form/concern_raise.html", page)


@access("concern.view", reads=Kind.LIST)
def concerns(request: Any) -> HttpResponse:
    rows = concerns_for(request.viewer)
    state = request.GET.get("state", "")
    if state == "open":
        rows = rows.exclude(state="closed")
    elif state in presenters.STATES:
        rows = rows.filter(state=state)
    page = paging.page_of(rows, request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    context = {
        "title": "Immediate concerns",
        "rows": [presenters.concern_row(one, timezone.now()) for one in page],
        "counted": paging.counted(page, "concern", "concerns"),
        "pagination": paging.pagination(page, request.GET),
        "states": presenters.state_choices(state),
    }
    return render(request, "audits/form/concerns.html", context)


@access("concern.view", reads=Kind.READ, **CONCERN)
def concern(request: Any, concern_id: str) -> HttpResponse:
    row = concern_for(request.viewer, concern_id)
    shown(request, obj=row, rows=1)
    return render(
        request, "audits/form/concern.html", presenters.concern_page(request.viewer, row, timezone.now())
    )


def _step(
    request: Any, concern_id: str, form: Any, title: str, said: str, act: Callable[..., object]
) -> HttpResponse:
    row = concern_for(request.viewer, concern_id)
    back = reverse("concern", args=[concern_id])
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        try:
            act(by=person_behind(request.viewer), concern=row, **given)
            request.draft.taken()
            messages.success(request, said)
        except actions.ConcernNotInState:
            messages.info(
                request, "Nothing was changed: it does not stand at that step. This is how it stands now."
            )
        return redirect(back)
    shown(request, obj=row, rows=1)
    trail = [
        {"text": "Immediate concerns", "href": reverse("concerns")},
        {"text": "Concern", "href": back},
        {"text": title},
    ]
    return render(request, "form_page.html", {"title": title, "form": form, "back": back, "crumbs": trail})


@access("concern.handle", **STEP)
@keeps_draft
def acknowledge(request: Any, concern_id: str) -> HttpResponse:
    return _step(
        request,
        concern_id,
        AcknowledgeForm(request.POST or None),
        "Acknowledge the concern",
        "The concern is acknowledged. Next: a plan that keeps the child safe.",
        actions.acknowledge_concern,
    )


@access("concern.handle", **STEP)
@keeps_draft
def plan(request: Any, concern_id: str) -> HttpResponse:
    return _step(
        request,
        concern_id,
        PlanForm(request.POST or None),
        "Say what keeps the child safe",
        "The plan is recorded. Close the concern when the child is safe.",
        actions.plan_concern,
    )


@access("concern.handle", **STEP)
@keeps_draft
def close(request: Any, concern_id: str) -> HttpResponse:
    return _step(
        request,
        concern_id,
        CloseForm(request.POST or None),
        "Close the concern",
        "The concern is closed. Whoever raised it is told.",
        actions.close_concern,
    )
