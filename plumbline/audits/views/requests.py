"""Pages of requests about audits, and the notice to a worker whose case was chosen."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import replacing
from plumbline.audits.actions import requests as actions
from plumbline.audits.forms.requests import AskForm, DecisionForm, MoreTimeForm, SwapForm
from plumbline.audits.presenters import requests as presenters
from plumbline.audits.queries import allocation as allocation_queries
from plumbline.audits.queries import requests as queries
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging

BOTH = ("GET", "POST")
ROW: dict[str, Any] = {"of": "audits.AuditRequest", "by": "request_id"}
AUDIT: dict[str, Any] = {"of": "audits.Audit", "by": "audit_id"}
STATES = {"asked": "Waiting for a decision", "agreed": "Agreed", "refused": "Refused"}


@access("audit_request.view", reads=Kind.LIST)
def audit_requests(request: Any) -> HttpResponse:
    """The requests, those that wait first."""
    asked = request.GET
    rows: Any = queries.requests_for(request.viewer)
    state = asked.get("state", "")
    if state in STATES:
        rows = rows.filter(state=state)
    page = paging.page_of(rows, asked.get("page"))
    shown(request, rows=len(page.object_list))
    context = {
        "title": "Requests of auditors",
        "rows": [presenters.request_row(row) for row in page],
        "counted": paging.counted(page, "request", "requests"),
        "pagination": paging.pagination(page, asked),
        "states": [
            {"value": "", "text": "All"},
            *({"value": key, "text": words, "selected": key == state} for key, words in STATES.items()),
        ],
        "filtered": state in STATES,
    }
    return render(request, "audits/alloc/requests.html", context)


@access("audit_request.view", reads=Kind.READ, **ROW)
def audit_request(request: Any, request_id: str) -> HttpResponse:
    """One request; after an exemption, the next reserve is offered."""
    viewer = request.viewer
    row = queries.request_for(viewer, request_id)
    shown(request, obj=row, rows=1)
    page = presenters.request_page(row, viewer)
    slot = row.audit.slot
    if slot and queries.may_be_replaced(row) and viewer.has("allocation.change"):
        page["offers"] = True
        page["reserve"] = allocation_queries.reserve_for(viewer, slot, unit_names(viewer))
    return render(request, "audits/alloc/request.html", page)


@access("audit.request", reads=Kind.READ, methods=BOTH, **AUDIT)
def audit_request_ask(request: Any, audit_id: str) -> HttpResponse:
    """What an auditor asks for about an audit given to them."""
    viewer = request.viewer
    audit = queries.audit_to_ask_about(viewer, audit_id)
    shown(request, obj=audit, rows=1, under="audit.view")
    people = [
        Pick(one.public_id, one.name, one)
        for one in allocation_queries.eligible_people(viewer)
        if one.pk != viewer.person_id
    ]
    form = AskForm(request.POST or None, people=people, due_on=audit.due_on)
    back = f"/audits/{audit.public_id}"
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(by=person_behind(viewer), audit=audit, **form.cleaned_data)
        except actions.NotDone as fault:
            form.add_error(None, presenters.not_done(fault))
        else:
            said = "Your request is with the quality assurance team. You are told when it is decided."
            messages.success(request, said)
            return redirect("audit_request", request_id=made.public_id)
    page = {
        "title": "Ask about this audit",
        "lead": f"{audit.reference}, due {dates.in_words(audit.due_on)}. Until it is decided, the audit stays yours.",
        "submit": "Send the request",
        "back": back,
        "crumbs": [{"text": f"Audit {audit.reference}", "href": back}],
    }
    return render(request, "form_page.html", {"form": form, **page})


@access("audit_request.decide", reads=Kind.READ, methods=BOTH, **ROW)
def audit_request_decide(request: Any, request_id: str) -> HttpResponse:
    """The one decision on a request."""
    viewer = request.viewer
    row = queries.request_for(viewer, request_id)
    shown(request, obj=row, rows=1, under="audit_request.view")
    back = reverse("audit_request", args=[row.public_id])
    form, others = _form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(person_behind(viewer), row, form.cleaned_data)
        except actions.NotDone as fault:
            messages.info(request, presenters.not_done(fault))
        else:
            messages.success(request, "Your decision is recorded. Whoever asked is told.")
        return redirect(back)
    page = {
        "title": f"Decide: {presenters.kind_words(row.kind).lower()}",
        "summary": presenters.summary(row),
        "others": others,
        "submit": "Record the decision",
        "back": back,
        "crumbs": [{"text": "Requests", "href": reverse("audit_requests")}],
    }
    return render(request, "audits/alloc/decide.html", {"form": form, **page})


def _form(request: Any, row: Any) -> tuple[Any, list[dict[str, str]]]:
    data = request.POST or None
    if row.kind == "swap":
        people = list(allocation_queries.eligible_people(request.viewer))
        refused = allocation_queries.refusals_for(request.viewer, row.audit, people)
        picks, others = presenters.swap_picks(people, refused, row.audit.auditor_id)
        wanted = row.with_person.public_id if row.with_person else ""
        return SwapForm(data, people=picks, initial={"auditor": wanted}), others
    if row.kind == "more_time":
        return MoreTimeForm(data, due_on=row.audit.due_on, initial={"until": row.until}), []
    return DecisionForm(data), []


def _decide(by: Any, row: Any, given: dict[str, Any]) -> None:
    common = {"by": by, "request": row, "reason": given["reason"]}
    if given["agree"] != "yes":
        actions.refuse(**common)
    elif row.kind == "swap":
        actions.agree_swap(**common, auditor=given["auditor"])
    elif row.kind == "more_time":
        actions.agree_more_time(**common, until=given["until"])
    else:
        actions.agree_exemption(**common)


@access("allocation.change", methods=("POST",), **ROW)
def audit_request_reserve(request: Any, request_id: str) -> HttpResponse:
    """Takes the next reserve in place of the case whose auditor was excused."""
    viewer = request.viewer
    row = queries.request_for(viewer, request_id)
    slot = row.audit.slot
    try:
        if slot is None:
            raise replacing.NoReserve
        replacing.take_next_reserve(by=person_behind(viewer), slot=slot, asked_by=row.asked_by)
    except replacing.NoReserve:
        messages.info(request, "Nothing was changed: a reserve was taken already, or none is left.")
        return redirect("audit_request", request_id=row.public_id)
    messages.success(request, "The next reserve is in the sample. Now give it to an auditor.")
    return redirect("allocation_round", round_id=row.audit.round.public_id)


@access("audit_notice.view", reads=Kind.READ, **AUDIT)
def audit_notice(request: Any, audit_id: str) -> HttpResponse:
    """Why a worker's case was chosen, what happens next, and who sees it."""
    audit = queries.audit_of_notice(request.viewer, audit_id)
    shown(request, obj=audit, rows=1)
    return render(request, "audits/alloc/notice.html", presenters.notice_page(audit))
