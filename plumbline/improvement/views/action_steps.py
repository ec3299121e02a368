"""The steps of an action: agreed, going, done, checked and closed, looked at later, opened again, changed, withdrawn."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.improvement.actions import acting
from plumbline.improvement.actions.findings import NotInState
from plumbline.improvement.forms.improvement import (
    AgreeForm,
    ChangeActionForm,
    CloseForm,
    EvidenceForm,
    ImpactForm,
    ProgressForm,
    ReasonForm,
)
from plumbline.improvement.presenters.words import in_a_line
from plumbline.improvement.queries import actions as queries
from plumbline.improvement.queries.impact import check_due
from plumbline.people.access import access
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.work.once import once

STEP: dict[str, Any] = {
    "methods": ("GET", "POST"),
    "of": "improvement.Action",
    "by": "action_id",
}
CHANGED_MEANWHILE = "Nothing was changed: somebody else was quicker. This is how it stands now."
NOT_ONES_OWN = "You own this action, so somebody else checks it and closes it."
NOT_ONES_OWN_IMPACT = "You own this action, so somebody else says what it changed."


def _step(request: Any, row: Any, form: Any, title: str, said: str, act: Any, **more: Any) -> HttpResponse:
    back = reverse("action", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            by = person_behind(request.viewer)
            once(by, form, lambda given: act(by=by, action=row, **given))
            messages.success(request, said)
        except NotInState:
            messages.info(request, CHANGED_MEANWHILE)
        except acting.OwnAction:
            messages.info(request, NOT_ONES_OWN)
        return redirect(back)
    crumbs = [{"text": "Actions", "href": reverse("actions")}, {"text": "Action", "href": back}]
    return render(
        request,
        "form_page.html",
        {"title": title, "form": form, "lead": in_a_line(row.text), "back": back, "crumbs": crumbs, **more},
    )


@access("action.progress", **STEP)
def agree(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    is_owner = row.owner_id == request.viewer.person_id
    form = AgreeForm(request.POST if request.method == "POST" else None, is_owner=is_owner)
    title = "Agree to the action" if is_owner else "Record that the owner agrees"
    said = "The action is agreed. It stands in the owner’s work until it is done."
    return _step(request, row, form, title, said, acting.agree, submit="Agree" if is_owner else "Save")


@access("action.progress", **STEP)
def progress(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    form = ProgressForm(request.POST or None)
    return _step(
        request, row, form, "Say how it is going", "It is noted in the history.", acting.note_progress
    )


@access("action.progress", **STEP)
def done(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    form = EvidenceForm(request.POST or None, initial={"evidence": row.evidence})
    said = "It is recorded as done. Somebody else checks what it changed."
    return _step(request, row, form, "Say that it is done", said, acting.mark_done)


@access("action.close", **STEP)
def close(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    if row.owner_id == request.viewer.person_id:
        messages.info(request, NOT_ONES_OWN)
        return redirect("action", action_id=action_id)
    form = CloseForm(request.POST or None, initial={"evidence": row.evidence})
    said = "The action is closed."
    return _step(
        request, row, form, "Check and close it", said, acting.close_action, submit="Close the action"
    )


@access("action.close", **STEP)
def back(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    if row.owner_id == request.viewer.person_id:
        messages.info(request, NOT_ONES_OWN)
        return redirect("action", action_id=action_id)
    form = ReasonForm(request.POST or None)
    said = "The owner is asked for more. The action is in progress again."
    return _step(request, row, form, "Ask the owner for more", said, acting.send_back)


@access("action.check", **STEP)
def impact(request: Any, action_id: str) -> HttpResponse:
    """What a closed action changed, months later; never in its owner's words."""
    row = queries.action_by_id(request.viewer, action_id)
    due = check_due(row, request.viewer.on)
    if row.owner_id == request.viewer.person_id or due is None:
        messages.info(request, NOT_ONES_OWN_IMPACT if due else "No check of its impact is due.")
        return redirect("action", action_id=action_id)
    form = ImpactForm(request.POST or None)
    said = "It is recorded what the action changed."
    title = f"What did it change? {due.months} months on"
    return _step(request, row, form, title, said, partial(acting.record_impact, check=due))


@access("action.manage", **STEP)
def reopen(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    form = ReasonForm(request.POST or None)
    said = "The action is in progress again. What was recorded stays in its history."
    return _step(request, row, form, "Open it again", said, acting.reopen)


@access("action.manage", **STEP)
def withdraw(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    form = ReasonForm(request.POST or None)
    said = "The action is withdrawn. It stays to be read, with the reason."
    return _step(
        request,
        row,
        form,
        "Withdraw the action",
        said,
        acting.withdraw_action,
        warn=True,
        submit="Withdraw it",
    )


@access("action.manage", **STEP)
def change(request: Any, action_id: str) -> HttpResponse:
    row = queries.action_by_id(request.viewer, action_id)
    owners = queries.people_to_own(request.viewer, (row.owner,))
    form = ChangeActionForm(
        request.POST or None,
        people=[Pick(one.public_id, one.name, one) for one in owners],
        initial={"owner": row.owner.public_id, "due_on": row.due_on},
    )
    said = "It is changed. A new owner is asked to agree."
    return _step(request, row, form, "Change its owner or day", said, acting.change_owner_or_day)
