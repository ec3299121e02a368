"""Importing on the page: give a file, see what it would change, confirm, see what was done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from plumbline.event_log.models import Kind
from plumbline.framework.actions.import_framework import ImportRefused, PlanChanged
from plumbline.framework.actions.uploads import import_other, import_upload, keep_upload
from plumbline.framework.forms.standards import ConfirmForm, UploadForm
from plumbline.framework.presenters import imports as presenters
from plumbline.framework.queries.uploads import plan_of, upload_for
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared.importing import StaleError, importer_of


@access("framework.import", methods=("GET", "POST"))
def upload(request: Any) -> HttpResponse:
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            kept = keep_upload(by=person_behind(request.viewer), name=file.name, data=file.read())
            return redirect("framework_import_check", upload_id=kept.public_id)
    return render(request, "framework/imports/upload.html", presenters.upload_page(form))


@access("framework.import", reads=Kind.READ, methods=("GET", "POST"))
def check(request: Any, upload_id: str) -> HttpResponse:
    kept = upload_for(request.viewer, upload_id)
    if kept is None:
        raise Http404
    if kept.used_at is not None:
        return redirect("framework_import_done", upload_id=upload_id)
    form = ConfirmForm(request.POST)
    importer = importer_of(bytes(kept.data))
    if importer and not request.viewer.has(importer.needs):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        by, seen = person_behind(request.viewer), form.cleaned_data["seen"]
        try:
            if importer:
                import_other(by=by, upload=kept, importer=importer, seen=seen)
            else:
                import_upload(by=by, upload=kept, seen=seen)
            return redirect("framework_import_done", upload_id=upload_id)
        except (PlanChanged, StaleError):
            messages.info(
                request,
                "Nothing was imported: what is here changed since you looked. Check again what would change.",
            )
        except ImportRefused:
            messages.info(request, "Nothing was imported: the file has errors.")
        return redirect("framework_import_check", upload_id=upload_id)
    shown(request, obj=kept, rows=1)
    other = importer.plan(bytes(kept.data)) if importer else None
    page = presenters.file_check_page(kept, other) if other else presenters.check_page(kept, plan_of(kept))
    return render(request, "framework/imports/check.html", page)


@access("framework.import", reads=Kind.READ)
def done(request: Any, upload_id: str) -> HttpResponse:
    kept = upload_for(request.viewer, upload_id)
    if kept is None:
        raise Http404
    if kept.used_at is None:
        return redirect("framework_import_check", upload_id=upload_id)
    shown(request, obj=kept, rows=1)
    return render(request, "framework/imports/done.html", presenters.done_page(kept))
