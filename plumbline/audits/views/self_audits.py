"""The page on which a worker or manager rates the work themselves, before they can read the audit of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from plumbline.audits.actions import self_audits as actions
from plumbline.audits.forms.moderation import JudgementsForm
from plumbline.audits.presenters import self_audits as presenters
from plumbline.audits.queries.self_audits import self_audit_by_id
from plumbline.audits.rules.tool_data import tool_in_case
from plumbline.audits.views.drafting import keeps_draft
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind

ROW: dict[str, Any] = {"of": "audits.SelfAudit", "by": "self_audit_id"}


@access("self_audit.give", reads=Kind.READ, methods=("GET", "POST"), **ROW)
@keeps_draft
def self_audit(request: Any, self_audit_id: str) -> HttpResponse:
    viewer = request.viewer
    row = self_audit_by_id(viewer, self_audit_id)
    by = person_behind(viewer)
    tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
    is_open, is_draft = actions.is_open_to(by, row), "later" in request.POST
    form = JudgementsForm(
        request.POST if request.method == "POST" else None,
        tool=tool,
        evidence=None,
        is_draft=is_draft,
        initial=row.judgements,
    )
    request.draft.fill(form)
    if request.method == "POST" and (not is_open or form.is_valid()):
        try:
            actions.save_self_audit(
                by=by, self_audit=row, judgements=form.cleaned_data if is_open else {}, is_given=not is_draft
            )
            said = (
                "Your answers are kept. Come back to them when you can."
                if is_draft
                else "Your rating is given."
            )
            messages.success(request, said)
        except actions.TooLate:
            messages.info(
                request, "Nothing was changed: it can only be given once, and before the audit is shared."
            )
        request.draft.taken()
        return redirect("self_audit", self_audit_id=self_audit_id)
    shown(request, obj=row, rows=1)
    page = presenters.self_audit_page(viewer, row, tool, is_open=is_open)
    return render(request, "audits/self/rate.html", page | {"form": form if is_open else None})
