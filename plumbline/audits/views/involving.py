"""The talk with the worker, the views of child and family, and the cover sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import cover, involving
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.forms.involving import CoverForm, DiscussionForm, VoiceForm
from plumbline.audits.presenters.audit import crumbs, heading
from plumbline.audits.presenters.audit_words import voice_line
from plumbline.audits.presenters.cover import cover_page
from plumbline.audits.presenters.visits import talk_of
from plumbline.audits.queries import audits as queries
from plumbline.audits.views.audit import ROW, unit_of
from plumbline.audits.views.drafting import keeps_draft
from plumbline.audits.views.sections import MOVED_ON, WRITE
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind

SHEET: dict[str, Any] = {"of": "audits.CoverSheet", "by": "sheet_id"}


def form_page(request: Any, form: Any, title: str, row: Any, back: str, **more: Any) -> HttpResponse:
    """A page with one form, on the way back to the audit."""
    page = {
        "title": title,
        "form": form,
        "back": back,
        "crumbs": crumbs(row, title),
        "audit": heading(request.viewer, row, unit_of(request, row)),
    }
    return render(request, "audits/form/step.html", page | more)


@access("audit.write", **WRITE)
@keeps_draft
def discussion(request: Any, audit_id: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    said = queries.contents_of(row).discussion
    initial: dict[str, Any] = {"mode": row.mode, "mode_reason": row.mode_reason}
    if said is not None:
        initial |= {name: getattr(said, name) for name in ("held_on", "who", "notes", "reason_not_held")}
        initial["held"] = "yes" if said.held_on else "no"
    form = DiscussionForm(request.POST or None, initial=initial, is_visit=row.is_visit)
    request.draft.fill(form)
    back = reverse("audit", args=[audit_id])
    if request.method == "POST" and form.is_valid():
        try:
            involving.record_discussion(by=person_behind(request.viewer), audit=row, **form.cleaned_data)
            request.draft.taken()
            messages.success(request, "The talk is recorded.")
        except NotInState:
            messages.info(request, MOVED_ON)
        return redirect(back)
    shown(request, obj=row, rows=1)
    lead = "Audits and visits are done with people, not to them. Ask what went well first."
    return form_page(request, form, talk_of(row), row, back, lead=lead)


@access("audit.write", reads=Kind.READ, **ROW)
def voices(request: Any, audit_id: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    shown(request, obj=row, rows=1)
    contents = queries.contents_of(row)
    page = {
        "title": "Views of the child and the family",
        "audit": heading(request.viewer, row, unit_of(request, row)),
        "voices": [voice_line(one) for one in contents.voices],
        "is_required": row.round.is_feedback_required,
        "may_change": True,
        "crumbs": crumbs(row, "Views of the child and the family"),
    }
    return render(request, "audits/form/voices.html", page)


def _voice(request: Any, row: Any, form: VoiceForm, title: str, said: str, act: Any) -> HttpResponse:
    back = reverse("audit_voices", args=[row.public_id])
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            act(by=person_behind(request.viewer), audit=row, **form.cleaned_data)
            request.draft.taken()
            messages.success(request, said)
        except NotInState:
            messages.info(request, MOVED_ON)
            return redirect("audit", row.public_id)
        return redirect(back)
    shown(request, obj=row, rows=1)
    return form_page(request, form, title, row, back)


@access("audit.write", **WRITE)
@keeps_draft
def voice_add(request: Any, audit_id: str) -> HttpResponse:
    """Logs one more attempt."""
    row = queries.audit_for(request.viewer, audit_id)
    form = VoiceForm(request.POST or None, initial={"on": request.viewer.on})
    return _voice(request, row, form, "Log an attempt", "The attempt is logged.", involving.log_voice)


@access(
    "audit.write",
    methods=("GET", "POST"),
    reads=Kind.READ,
    of="audits.Audit",
    by="contact_id",
    where="voices__public_id",
)
@keeps_draft
def voice_change(request: Any, contact_id: str) -> HttpResponse:
    """Corrects an attempt that was logged."""
    contact = queries.voice_for(request.viewer, contact_id)
    names = ("of", "on", "method", "outcome", "words", "consent", "reason")
    form = VoiceForm(request.POST or None, initial={name: getattr(contact, name) for name in names})

    def correct(**given: Any) -> object:
        return involving.correct_voice(contact=contact, **given)

    return _voice(request, contact.audit, form, "Correct an attempt", "The attempt is corrected.", correct)


@access("cover_sheet.view", reads=Kind.READ, **SHEET)
def cover_sheet(request: Any, sheet_id: str) -> HttpResponse:
    """The names: each opening stands in the event log."""
    sheet = queries.sheet_for(request.viewer, sheet_id)
    row = sheet.audit
    shown(request, obj=sheet, rows=1)
    page = cover_page(request.viewer, row, sheet)
    return render(request, "audits/form/cover.html", page | {"crumbs": crumbs(row, "Cover sheet")})


@access("audit.write", methods=("GET", "POST"), **ROW)
def cover_begin(request: Any, audit_id: str) -> HttpResponse:
    """Begins a cover sheet where there is none."""
    row = queries.audit_for(request.viewer, audit_id)
    sheet = queries.cover_sheet_of(request.viewer, row)
    if sheet is not None:
        return redirect("audit_cover", sheet.public_id)
    if request.method == "POST":
        try:
            sheet = cover.begin_cover_sheet(by=person_behind(request.viewer), audit=row)
        except NotInState:
            messages.info(request, MOVED_ON)
            return redirect("audit", audit_id)
        may_fill = request.viewer.has("cover_sheet.change") and row.auditor_id == request.viewer.person_id
        return redirect("audit_cover_change", sheet.public_id) if may_fill else redirect("audit", audit_id)
    page = {"title": "Cover sheet", "crumbs": crumbs(row, "Cover sheet")}
    return render(request, "audits/form/cover_begin.html", page)


@access("cover_sheet.change", methods=("GET", "POST"), reads=Kind.READ, **SHEET)
def cover_change(request: Any, sheet_id: str) -> HttpResponse:
    sheet = queries.sheet_for(request.viewer, sheet_id)
    row = sheet.audit
    names = ("names", "born_on", "contact")
    form = CoverForm(request.POST or None, initial={name: getattr(sheet, name) for name in names})
    back = reverse("audit_cover", args=[sheet_id])
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        cover.write_cover_sheet(by=person_behind(request.viewer), sheet=sheet, **given)
        messages.success(request, "The cover sheet is saved.")
        return redirect(back)
    shown(request, obj=sheet, rows=1)
    lead = "Names stand here and nowhere else. What you write in the audit is checked against them."
    return form_page(request, form, "Change the cover sheet", row, back, lead=lead)
