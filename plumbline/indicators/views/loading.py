"""Loading an extract on the page: give files, see what is wrong with them, explain spellings, load; and past explanations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.indicators.actions import uploads as actions
from plumbline.indicators.forms.loading import FilesForm, LoadForm, SpellingsForm
from plumbline.indicators.presenters import loading as presenters
from plumbline.indicators.queries import uploads as queries
from plumbline.indicators.queries.definitions import codelists
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared import paging
from plumbline.work.once import once


@access("extract.load", reads=Kind.LIST, methods=("GET", "POST"))
def give(request: Any) -> HttpResponse:
    form = FilesForm(request.POST or None, request.FILES or None)
    by = person_behind(request.viewer)
    if request.method == "POST" and form.is_valid():

        def keep(given: dict[str, Any]) -> object:
            files = [(one.name, one.file) for one in given.pop("chosen")]
            return actions.keep_files(by=by, files=files, **given)

        return redirect("extract_upload", once(by, form, keep))
    waiting = [presenters.waiting_line(row) for row in queries.uploads_of(request.viewer)]
    shown(request, rows=len(waiting))
    context = {
        "title": "Load an extract",
        "form": form,
        "submit": "Check the files",
        "back": reverse("extracts"),
        "crumbs": presenters.crumbs(),
        "waiting": waiting,
    }
    return render(request, "indicators/extract_give.html", context)


@access("extract.load", reads=Kind.READ, methods=("GET", "POST"))
def upload(request: Any, extract_upload_id: str) -> HttpResponse:
    """What the check found, and what can be done next; the button says which."""
    row = queries.upload_for(request.viewer, extract_upload_id)
    if row is None:
        raise Http404
    asked = row.report.get("to_map", [])
    do, data = request.POST.get("do", ""), request.POST
    spellings = SpellingsForm(data if do == "spellings" else None, asked=asked, codelists=codelists())
    load = LoadForm(
        data if do == "load" else None,
        initial={"name": row.name or presenters.usual_name(row), "seen": row.report.get("digest", "")},
    )
    if request.method == "POST":
        by = person_behind(request.viewer)
        if do == "discard":
            actions.discard(by=by, upload=row)
            messages.success(request, "The files are deleted. Nothing was loaded.")
            return redirect("extracts")
        if do == "check":
            actions.start_check(by=by, upload=row)
        elif do == "spellings" and spellings.is_valid():
            actions.say_spellings(by=by, upload=row, said=spellings.said())
        elif do == "load" and load.is_valid():
            try:
                actions.start_load(by=by, upload=row, **load.cleaned_data)
            except actions.NotReady:
                messages.info(request, "Nothing is loaded: the report changed since you read it.")
        if not spellings.errors and not load.errors:
            return redirect("extract_upload", row.public_id)
    shown(request, obj=row, rows=1)
    page = presenters.upload_page(
        row, queries.same_records(row), with_references=request.viewer.has("indicator.rows")
    )
    context = page | {"crumbs": presenters.crumbs(), "spellings": spellings, "load": load}
    return render(request, "indicators/extract_upload.html", context)


@access("extract.load", reads=Kind.LIST, methods=("GET", "POST"))
def spellings(request: Any) -> HttpResponse:
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        if choice.isdecimal():
            actions.forget_spelling(by=person_behind(request.viewer), choice=int(choice))
            messages.success(request, "It is asked anew at the next load.")
        return redirect("extract_spellings")
    page = paging.page_of(queries.choices_made(), request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    context = {
        "title": "Spellings explained before",
        "crumbs": presenters.crumbs(),
        "rows": [presenters.choice_row(row) for row in page],
        "counted": paging.counted(page, "spelling", "spellings"),
        "pagination": paging.pagination(page, request.GET),
    }
    return render(request, "indicators/extract_spellings.html", context)
