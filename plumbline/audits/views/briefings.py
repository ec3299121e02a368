"""Briefings: the list, one of them with its files, and writing, issuing, reading and taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import briefings as actions
from plumbline.audits.actions.reports import Leaking
from plumbline.audits.files.report_docx import docx_of
from plumbline.audits.files.report_pdf import pdf_of
from plumbline.audits.forms.briefings import BeginBriefingForm, BriefingForm
from plumbline.audits.presenters import briefings as presenters
from plumbline.audits.presenters.report_pages import leak_words
from plumbline.audits.queries import briefings as queries
from plumbline.audits.views.drafting import keeps_draft
from plumbline.audits.views.reports import TYPES
from plumbline.branding.queries import brand_in_force
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import tree_as_it_stood, unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import paging
from plumbline.shared.downloads import download

ROW: dict[str, Any] = {"of": "audits.Briefing", "by": "briefing_id"}
STEP: dict[str, Any] = {"methods": ("POST",), **ROW}
TOO_LATE = "Nothing was changed: the briefing has moved on in the meantime. This is how it stands now."


@access("briefing.view", reads=Kind.LIST)
def briefings(request: Any) -> HttpResponse:
    viewer = request.viewer
    page = paging.page_of(queries.briefings_for(viewer), request.GET.get("page"))
    unread = {one.pk for one in queries.waiting_for(viewer)}
    shown(request, rows=len(page.object_list))
    context = {
        "title": "Briefings",
        "rows": [presenters.briefing_row(row, unread) for row in page],
        "counted": paging.counted(page, "briefing", "briefings"),
        "pagination": paging.pagination(page, request.GET),
        "may_write": viewer.has("briefing.write"),
    }
    return render(request, "audits/briefing/briefings.html", context)


@access("briefing.write", methods=("GET", "POST"))
def begin(request: Any) -> HttpResponse:
    reports = queries.reports_to_brief(request.viewer)
    form = BeginBriefingForm(
        request.POST or None,
        reports=[Pick(one.public_id, f"{one.round.title}, version {one.number}", one) for one in reports],
        initial={"report": request.GET.get("report", "")},
    )
    if request.method == "POST" and form.is_valid():
        report = form.cleaned_data["report"]
        made = actions.begin_briefing(
            by=person_behind(request.viewer), report=report, **presenters.proposed(report)
        )
        return redirect("briefing_write", briefing_id=made.public_id)
    page = {
        "title": "Write a briefing",
        "form": form,
        "lead": "One page for the people whose work it is about. It goes out only when no word in it points to somebody.",
        "submit": "Begin",
        "back": reverse("briefings"),
        "crumbs": [presenters.CRUMB],
    }
    return render(request, "form_page.html", page)


@access("briefing.view", reads=Kind.READ, **ROW)
def briefing(request: Any, briefing_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.briefing_for(viewer, briefing_id)
    shown(request, obj=row, rows=1)
    is_draft = row.state == "draft"
    names = unit_names(viewer)
    units = [names.on(one.pk, viewer.on) for one in queries.units_of(row)]
    page = presenters.briefing_page(viewer, row, queries.leaks_of_briefing(row) if is_draft else [], units)
    if page["is_out"]:
        page["has_read"] = queries.has_read(viewer, row)
        page["may_read"] = not page["has_read"] and queries.is_asked(viewer, row)
        if viewer.may("briefing.count", row):
            page["counts"] = presenters.counts_page(queries.reads_of(viewer, row), names, viewer.on)
    return render(request, "audits/briefing/briefing.html", page)


@access("briefing.write", methods=("GET", "POST"), **ROW)
@keeps_draft
def write(request: Any, briefing_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.briefing_for(viewer, briefing_id)
    words = [one for one in queries.quotable(row.report) if len(one.text) <= presenters.LONGEST_QUOTATION]
    names = ("title", "looked_at", "good", "must_change", "do_now", "roles")
    form = BriefingForm(
        request.POST or None,
        quotations=[Pick(one.public_id, presenters.quotation_label(one), one) for one in words],
        roles=queries.roles_that_read(),
        units=[
            Pick(one.unit.public_id, one.name, one.unit)
            for branch in tree_as_it_stood(viewer, viewer.on)
            for one in branch.with_all_below()
            if one.depth
        ],
        initial={name: getattr(row, name) for name in names}
        | {
            "quotations": [one["id"] for one in row.quotations],
            "units": [one.public_id for one in queries.units_of(row)],
        },
    )
    request.draft.fill(form)
    back = reverse("briefing", args=[briefing_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_briefing(by=person_behind(viewer), briefing=row, **form.cleaned_data)
            request.draft.taken()
            messages.success(request, "The briefing is saved. Read it once more before it goes out.")
        except actions.BriefingNotInState:
            messages.info(request, TOO_LATE)
        return redirect(back)
    page = {
        "title": "Write the briefing",
        "form": form,
        "lead": "No name, no case reference, no count of five or fewer, and no team of which few children were audited.",
        "back": back,
        "crumbs": [presenters.CRUMB, {"text": row.title, "href": back}],
    }
    return render(request, "form_page.html", page)


def _stepped(request: Any, briefing_id: str, act: Any, said: str) -> HttpResponse:
    row = queries.briefing_for(request.viewer, briefing_id)
    try:
        act(by=person_behind(request.viewer), briefing=row)
        messages.success(request, said)
    except actions.BriefingNotInState:
        messages.info(request, TOO_LATE)
    except actions.Unfinished:
        messages.info(request, "It did not go out: a part of it has no words yet.")
    except Leaking as found:
        messages.info(request, f"It did not go out. {' '.join(leak_words(found.leaks))}")
    return redirect("briefing", briefing_id=briefing_id)


@access("briefing.write", **STEP)
def issue(request: Any, briefing_id: str) -> HttpResponse:
    said = "The briefing is out. It waits in the My work of those it is for until they have read it."
    return _stepped(request, briefing_id, actions.issue_briefing, said)


@access("briefing.withdraw", **STEP)
def withdraw(request: Any, briefing_id: str) -> HttpResponse:
    said = "The briefing is taken back. Nobody is asked to read it any more."
    return _stepped(request, briefing_id, actions.withdraw_briefing, said)


@access("briefing.view", **STEP)
def read(request: Any, briefing_id: str) -> HttpResponse:
    row = queries.briefing_for(request.viewer, briefing_id)
    shown(request, obj=row, rows=1)
    if row.state == "issued":
        actions.note_read(by=person_behind(request.viewer), briefing=row)
        messages.success(request, "Thank you. It no longer waits for you.")
    return redirect("home")


@access("briefing.view", reads=Kind.EXPORT, step_up=True, **ROW)
def file(request: Any, briefing_id: str, paper_form: str) -> HttpResponse:
    if paper_form not in ("docx", "pdf"):
        raise Http404
    row = queries.briefing_for(request.viewer, briefing_id)
    shown(request, obj=row, rows=1)
    make = pdf_of if paper_form == "pdf" else docx_of
    data = make(presenters.briefing_document(row), row.issued_at or row.made_at, brand_in_force())
    month = row.report.round.first_month
    return download(data, f"briefing-{month:%Y-%m}.{paper_form}", TYPES[paper_form])
