"""Sharing an audit: the page worker and manager read, sharing, replies, the talk, closing and sending back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import sharing as acting
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.forms.sharing import AnswerForm, CloseForm, ReplyForm, ReturnForm, TalkForm
from plumbline.audits.presenters import sharing as presenters
from plumbline.audits.queries import sharing as queries
from plumbline.audits.rules.sharing import closing_needs_reason
from plumbline.audits.views.drafting import keeps_draft
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.work.once import once

ROW: dict[str, Any] = {"of": "audits.Audit", "by": "audit_id"}
STEP: dict[str, Any] = {"methods": ("GET", "POST"), **ROW}
MEANWHILE = "Nothing was changed: somebody else was quicker. This is how it stands now."


@access("audit.view", reads=Kind.READ, **ROW)
def audit_shared(request: Any, audit_id: str) -> HttpResponse:
    """What the audit found and what is said of it; the first time worker or manager open it is noted."""
    viewer = request.viewer
    row = queries.audit_for(viewer, audit_id)
    shown(request, obj=row, rows=1)
    if viewer.may("audit.reply", row):
        acting.note_reading(by=person_behind(viewer), audit=row)
    return render(
        request, "audits/share/shared.html", presenters.shared_page(viewer, row, unit_names(viewer))
    )


@access("audit.share", **STEP)
def share(request: Any, audit_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.audit_for(viewer, audit_id)
    if request.method == "POST":
        try:
            acting.share_audit(by=person_behind(viewer), audit=row)
            messages.success(request, "The audit is shared. Worker and manager are told.")
            return redirect("audit_shared", audit_id=audit_id)
        except acting.Blocked:
            messages.info(request, "It is not shared yet: something stands in the way.")
        except NotInState:
            messages.info(request, MEANWHILE)
            return redirect("audit_shared", audit_id=audit_id)
    return render(request, "audits/share/share.html", presenters.share_page(viewer, row, unit_names(viewer)))


def _step(request: Any, row: Any, form: Any, title: str, said: str, act: Any, **more: Any) -> HttpResponse:
    back = reverse("audit_shared", args=[row.public_id])
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            by = person_behind(request.viewer)
            once(by, form, lambda given: act(by, given))
            request.draft.taken()
            messages.success(request, said)
        except NotInState:
            messages.info(request, MEANWHILE)
        except acting.OpenChallenge:
            messages.info(request, "Somebody disagrees and has no answer yet. Answer first, then close it.")
        except acting.NeedsReason:
            messages.info(request, "Say why it is closed as it stands.")
        return redirect(back)
    page = {"title": title, "form": form, "lead": f"Audit of {row.reference}", "back": back, **more}
    return render(request, "form_page.html", page)


@access("audit.reply", **STEP)
@keeps_draft
def reply(request: Any, audit_id: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    form = ReplyForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        "Reply to the audit",
        "Your reply is kept beside the audit, in your words.",
        lambda by, given: acting.reply_to(by=by, audit=row, **given),
        submit="Send your reply",
    )


@access("audit.reply", **STEP)
@keeps_draft
def talked_through(request: Any, audit_id: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    form = TalkForm(request.POST or None, initial={"held_on": request.viewer.on})
    return _step(
        request,
        row,
        form,
        "Confirm that it was talked through in supervision",
        "It is recorded that you talked it through.",
        lambda by, given: acting.confirm_talked_through(by=by, audit=row, **given),
    )


@access("audit.close", **STEP)
@keeps_draft
def close(request: Any, audit_id: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    needs = closing_needs_reason(
        has_reply=row.state == "replied", is_talked_through=queries.talked_through(row) is not None
    )
    form = CloseForm(request.POST if request.method == "POST" else None, needs_reason=needs)
    return _step(
        request,
        row,
        form,
        "Close the audit",
        "The audit is closed. Its actions go on until each is closed.",
        lambda by, given: acting.close_audit(by=by, audit=row, **given),
        submit="Close it",
    )


@access("audit.close", **STEP)
@keeps_draft
def answer(request: Any, audit_id: str) -> HttpResponse:
    """The answer to somebody who disagrees, where there is to be no second rating."""
    row = queries.audit_for(request.viewer, audit_id)
    form = AnswerForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        "Answer who disagrees",
        "Your answer is kept beside the reply. Whoever wrote it is told.",
        lambda by, given: acting.answer_challenge(by=by, audit=row, **given),
    )


@access("audit.return", **STEP)
@keeps_draft
def send_back(request: Any, audit_id: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    form = ReturnForm(request.POST or None)
    return _step(
        request,
        row,
        form,
        "Send it back to the auditor",
        "The audit is back with its auditor, who is told.",
        lambda by, given: acting.return_audit(by=by, audit=row, **given),
        warn=True,
        submit="Send it back",
    )
