"""Pages of allocation: who has how many audits, the proposal for a round, an exception from its rules."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import allocating, capacity
from plumbline.audits.forms.allocation import AllocationForm, CapacityForm, ExceptionForm, LeaveForm
from plumbline.audits.presenters import allocation as presenters
from plumbline.audits.queries import allocation as queries
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import paging

BOTH = ("GET", "POST")
ROUND: dict[str, Any] = {"of": "audits.Round", "by": "round_id"}
EXCEPTION: dict[str, Any] = {"of": "audits.AllocationException", "by": "exception_id"}
PERSON: dict[str, Any] = {"of": "people.Person", "by": "person_id"}
DAYS_TO_AUDIT = 21


def usual_due_day(round: Any, today: date) -> date:
    """The day on which the round's audits are due; three weeks on where that has passed or is not set."""
    due_on: date | None = round.audits_due_on
    return due_on if due_on and due_on >= today else today + timedelta(days=DAYS_TO_AUDIT)


@access("allocation.view", reads=Kind.LIST)
def allocation(request: Any) -> HttpResponse:
    """Each auditor with what they have, and the rounds whose cases wait for one."""
    viewer = request.viewer
    people: Any = queries.eligible_people(viewer)
    asked = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    if asked:
        people = people.filter(name__icontains=asked)
    page = paging.page_of(people, request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    context = {
        "title": "Allocation",
        "rows": [presenters.load_row(load, viewer) for load in queries.loads_of(viewer, list(page))],
        "counted": paging.counted(page, "auditor", "auditors"),
        "pagination": paging.pagination(page, request.GET),
        "q": asked,
        "rounds": [
            {
                "title": one.title,
                "number": presenters.counted(number, "case waits", "cases wait"),
                "url": reverse("allocation_round", args=[one.public_id])
                if viewer.has("allocation.change")
                else "",
            }
            for one, number in queries.rounds_to_give(viewer)
        ],
        "sees_requests": viewer.has("audit_request.decide"),
    }
    return render(request, "audits/alloc/allocation.html", context)


@access("allocation.change", reads=Kind.LIST, methods=BOTH, **ROUND)
def allocation_round(request: Any, round_id: str) -> HttpResponse:
    """The proposal for the cases of a round that have no auditor, to change and confirm."""
    viewer = request.viewer
    row = queries.round_for(viewer, round_id)
    due_on = usual_due_day(row, viewer.on)
    asked = AllocationForm(request.POST, lines=[], people=[]) if request.method == "POST" else None
    if asked is not None and asked.is_valid():
        # The proposal shown with an error must judge leave by the day that was typed.
        due_on = asked.cleaned_data["due_on"]
    proposal = queries.proposal_for(viewer, row, due_on)
    form = AllocationForm(
        request.POST or None,
        lines=presenters.lines_of(proposal),
        people=presenters.picks_of(proposal),
        initial={"due_on": due_on},
    )
    shown(request, rows=len(proposal.rows), obj=row, under="case_list.view")
    if request.method == "POST" and form.is_valid():
        slots = {one.slot.public_id: one.slot for one in proposal.rows}
        choices = [allocating.Choice(slots[key], auditor, reason) for key, auditor, reason in form.choices()]
        try:
            done = allocating.allocate_cases(
                by=person_behind(viewer), round=row, choices=choices, due_on=form.cleaned_data["due_on"]
            )
        except allocating.NotAllocated as fault:
            form.add_error(None, presenters.not_allocated(fault))
        else:
            (messages.success if done.audits else messages.info)(request, presenters.said_after(done))
            return redirect("allocation_round", round_id=row.public_id)
    page = presenters.proposal_page(viewer, row, proposal, unit_names(viewer), form)
    return render(request, "audits/alloc/round.html", page)


@access("allocation.change", reads=Kind.READ, **EXCEPTION)
def allocation_exception(request: Any, exception_id: str) -> HttpResponse:
    """An exception that somebody asked for, and what became of it."""
    viewer = request.viewer
    row = queries.exception_for(viewer, exception_id)
    shown(request, obj=row, rows=1, under="allocation.view")
    page = {
        "title": "An exception from the rules of independence",
        "summary": presenters.exception_summary(row, unit_names(viewer)),
        **presenters.exception_next(row, viewer),
        "crumbs": [{"text": "Allocation", "href": reverse("allocation")}],
    }
    return render(request, "audits/alloc/exception.html", page)


@access("allocation.approve", reads=Kind.READ, methods=BOTH, **EXCEPTION)
def allocation_exception_decide(request: Any, exception_id: str) -> HttpResponse:
    """The second person's decision on an exception."""
    viewer = request.viewer
    row = queries.exception_for(viewer, exception_id)
    shown(request, obj=row, rows=1, under="allocation.view")
    back = reverse("allocation_exception", args=[row.public_id])
    form = ExceptionForm(
        request.POST or None, initial={"due_on": usual_due_day(row.slot.draw.round, viewer.on)}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            allocating.decide_exception(
                by=person_behind(viewer),
                exception=row,
                agree=given["agree"] == "yes",
                reason=given["reason"],
                due_on=given["due_on"],
            )
        except allocating.NotAllocated as fault:
            messages.info(request, presenters.not_allocated(fault))
        else:
            messages.success(request, "Your decision is recorded. Whoever asked is told.")
        return redirect(back)
    page = {
        "title": "Decide on an exception",
        "summary": presenters.exception_summary(row, unit_names(viewer)),
        "submit": "Record the decision",
        "back": back,
        "crumbs": [{"text": "Allocation", "href": reverse("allocation")}],
    }
    return render(request, "audits/alloc/decide.html", {"form": form, **page})


@access("allocation.change", reads=Kind.READ, methods=BOTH, **PERSON)
def allocation_auditor(request: Any, person_id: str) -> HttpResponse:
    """How many audits somebody can take on, and when they are on leave."""
    viewer = request.viewer
    person = queries.person_for(viewer, person_id)
    stored = queries.capacity_of(person)
    load = queries.loads_of(viewer, [person])[0]
    form = CapacityForm(
        request.POST or None,
        initial={"audits_a_month": stored.audits_a_month, "note": stored.note} if stored else {},
    )
    if request.method == "POST" and form.is_valid():
        capacity.set_capacity(by=person_behind(viewer), person=person, **form.cleaned_data)
        messages.success(request, "It is saved, and counts from the next proposal.")
        return redirect("allocation_auditor", person_id=person.public_id)
    shown(request, obj=person, rows=1, under="allocation.view")
    page = {
        "title": person.name,
        "person": person,
        "form": form,
        "load": presenters.load_row(load, viewer),
        "leave": presenters.leave_rows(load.leave, viewer),
        "crumbs": [{"text": "Allocation", "href": reverse("allocation")}],
    }
    return render(request, "audits/alloc/auditor.html", page)


@access("allocation.change", methods=BOTH, **PERSON)
def allocation_leave(request: Any, person_id: str) -> HttpResponse:
    """Leave to add."""
    viewer = request.viewer
    person = queries.person_for(viewer, person_id)
    form = LeaveForm(request.POST or None)
    back = reverse("allocation_auditor", args=[person.public_id])
    if request.method == "POST" and form.is_valid():
        capacity.add_leave(by=person_behind(viewer), person=person, **form.cleaned_data)
        messages.success(request, "The leave is saved. Audits due then are proposed to others.")
        return redirect(back)
    page = {
        "title": "Add leave",
        "lead": f"While {person.name} is on leave, audits that are due then go to others.",
        "back": back,
        "crumbs": [
            {"text": "Allocation", "href": reverse("allocation")},
            {"text": person.name, "href": back},
        ],
    }
    return render(request, "form_page.html", {"form": form, **page})


@access("allocation.change", methods=("POST",), **PERSON)
def allocation_leave_off(request: Any, person_id: str) -> HttpResponse:
    """Takes leave back."""
    viewer = request.viewer
    person = queries.person_for(viewer, person_id)
    gone = capacity.remove_leave(
        by=person_behind(viewer), person=person, leave_id=request.POST.get("leave", "").replace("\x00", "")
    )
    messages.success(request, "The leave is taken back." if gone else "That leave is not there any more.")
    return redirect("allocation_auditor", person_id=person.public_id)
