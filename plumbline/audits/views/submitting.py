"""The last look: what is missing, what does not fit, what may identify somebody; then submission."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions.identity import answer_warnings
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.actions.submitting import NotComplete, submit_audit
from plumbline.audits.forms.involving import IdentityForm
from plumbline.audits.presenters import checking as presenters
from plumbline.audits.presenters.audit import crumbs, heading
from plumbline.audits.queries import audits as queries
from plumbline.audits.queries.drafts import unsaved_pages
from plumbline.audits.queries.identity import answered_warnings, unanswered
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.views.audit import ROW, unit_of
from plumbline.audits.views.sections import MOVED_ON, WRITE
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.work.forms import KeyedForm


@access("audit.write", **WRITE)
def check(request: Any, audit_id: str) -> HttpResponse:
    """What is still to do, and the button that submits."""
    row = queries.audit_for(request.viewer, audit_id)
    form = KeyedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_audit(by=person_behind(request.viewer), audit=row, key=form.cleaned_data.get("key", ""))
        except NotInState:
            messages.info(request, MOVED_ON)
            return redirect("audit", audit_id)
        except NotComplete:
            messages.info(request, "It is not submitted yet: what is listed here is still to do.")
            return redirect("audit_check", audit_id)
        messages.success(
            request,
            "The audit is submitted. The quality assurance team reads it next; you will see here when it is shared.",
        )
        return redirect("audit", audit_id)
    shown(request, obj=row, rows=1)
    now = queries.contents_of(row).so_far
    page = presenters.check_page(row, now, unsaved_pages(request.viewer.person_id, row), len(unanswered(row)))
    page |= {
        "audit": heading(request.viewer, row, unit_of(request, row)),
        "form": form,
        "crumbs": crumbs(row, "Check and submit"),
    }
    return render(request, "audits/form/check.html", page)


@access("audit.write", **WRITE)
def identity(request: Any, audit_id: str) -> HttpResponse:
    """What in the text may identify somebody, for the auditor."""
    return _identity(request, audit_id, reverse("audit_check", args=[audit_id]), is_writing=True)


@access("audit.share", methods=("GET", "POST"), reads=Kind.READ, **ROW)
def identity_settle(request: Any, audit_id: str) -> HttpResponse:
    """The same for whoever shares the audit, who cannot change the text."""
    return _identity(request, audit_id, reverse("audit", args=[audit_id]), is_writing=False)


def _identity(request: Any, audit_id: str, back: str, *, is_writing: bool) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    places = presenters.places_by_words(row, unanswered(row), is_writing=is_writing)
    fields = [(one["digest"], f"Why “{one['words']}” identifies nobody") for one in places]
    form = IdentityForm(request.POST or None, places=fields)
    if request.method == "POST" and form.is_valid():
        answered = answer_warnings(by=person_behind(request.viewer), audit=row, answers=form.answers())
        left = len(unanswered(row))
        if answered or not left:
            messages.success(request, presenters.answered_in_words(answered, left))
        else:
            messages.info(
                request, "Nothing was answered yet. Write why the words identify nobody, or change the text."
            )
        return redirect(back if not left else request.path)
    shown(request, obj=row, rows=1)
    page = presenters.identity_page(
        row,
        places,
        form,
        answered_warnings(row),
        whole_tool(row.tool.content, {}, row.local_questions),
        is_writing=is_writing,
    )
    return render(
        request,
        "audits/form/identity.html",
        page
        | {
            "form": form,
            "back": back,
            "audit": heading(request.viewer, row, unit_of(request, row)),
            "crumbs": crumbs(row, page["title"]),
        },
    )
