"""Raising a finding from an answer in one step, and setting actions, from an audit or a round."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import raising
from plumbline.audits.forms.sharing import AuditActionForm, AuditFindingForm, RoundFindingForm
from plumbline.audits.queries import sharing as queries
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.sharing import kind_for
from plumbline.audits.views.drafting import keeps_draft
from plumbline.framework.queries.occurrences import units_to_choose
from plumbline.improvement.presenters.words import in_a_line
from plumbline.improvement.queries.actions import people_to_own
from plumbline.improvement.views.findings import criterion_picks
from plumbline.people.access import access
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.work.once import once

STEP: dict[str, Any] = {"methods": ("GET", "POST"), "of": "audits.Audit", "by": "audit_id"}


@access("audit.raise", **STEP)
@keeps_draft
def finding_add(request: Any, audit_id: str) -> HttpResponse:
    """A finding from the answer named in the address, filled in from it; or from the audit as a whole."""
    viewer = request.viewer
    audit = queries.audit_for(viewer, audit_id)
    question = whole_tool(audit.tool.content, {}, audit.local_questions).questions.get(
        request.GET.get("question", "")
    )
    given = queries.current_answer(audit, question.key) if question else None
    criterion = queries.criterion_of(question.criterion) if question else None
    picks = criterion_picks(viewer)
    initial = {
        "kind": kind_for(given.judgement) if given else "",
        "text": given.rationale if given else "",
        "evidence": given.evidence if given else "",
        "criterion": criterion.public_id if criterion else "",
    }
    form = AuditFindingForm(request.POST or None, criteria=picks, initial=initial)
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        by, asked = person_behind(viewer), question.key if question else ""
        once(
            by,
            form,
            lambda given: raising.raise_from_audit(by=by, audit=audit, question=asked, **given),
        )
        request.draft.taken()
        messages.success(request, "The finding is raised.")
        return redirect("audit_shared", audit_id=audit_id)
    lead = f"Audit of {audit.reference}"
    if question:
        lead = f"{lead}: {question.text}"
    page = {
        "title": "Raise a finding",
        "form": form,
        "lead": lead,
        "back": reverse("audit_shared", args=[audit_id]),
    }
    return render(request, "form_page.html", page)


@access("audit.raise", **STEP)
@keeps_draft
def action_add(request: Any, audit_id: str) -> HttpResponse:
    viewer = request.viewer
    audit = queries.audit_for(viewer, audit_id)
    findings = queries.findings_of(viewer, audit)
    owners = people_to_own(viewer, (audit.worker, audit.manager))
    form = AuditActionForm(
        request.POST or None,
        people=[Pick(one.public_id, one.name, one) for one in owners],
        findings=[Pick(one.public_id, in_a_line(one.text), one) for one in findings],
        initial={"findings": request.GET.getlist("finding")},
    )
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        by = person_behind(viewer)
        once(by, form, lambda given: raising.act_from_audit(by=by, audit=audit, **given))
        request.draft.taken()
        messages.success(request, "The action is set. Its owner is asked once the audit is shared.")
        return redirect("audit_shared", audit_id=audit_id)
    page = {
        "title": "Set an action",
        "form": form,
        "lead": f"Audit of {audit.reference}",
        "back": reverse("audit_shared", args=[audit_id]),
    }
    return render(request, "form_page.html", page)


@access("round.change", methods=("GET", "POST"), of="audits.Round", by="round_id")
def round_finding_add(request: Any, round_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.round_for(viewer, round_id)
    units = [Pick(unit.public_id, name, unit) for unit, name in units_to_choose(viewer)]
    form = RoundFindingForm(request.POST or None, criteria=criterion_picks(viewer), units=units)
    if request.method == "POST" and form.is_valid():
        by = person_behind(viewer)
        made = once(by, form, lambda given: raising.raise_from_round(by=by, round=row, **given))
        messages.success(request, "The finding is raised.")
        return redirect("finding", finding_id=made)
    page = {
        "title": "Raise a finding from the round",
        "form": form,
        "lead": row.title,
        "back": f"/rounds/{round_id}",
    }
    return render(request, "form_page.html", page)
