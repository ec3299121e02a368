"""The audits of one's own work on a page, and as a file for one's professional record."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plumbline.audits.files.report_docx import docx_of
from plumbline.audits.files.report_pdf import pdf_of
from plumbline.audits.presenters import own_audits as presenters
from plumbline.audits.queries import own_audits as queries
from plumbline.audits.views.reports import TYPES
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.shared import paging
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


@access("own_audits.view", reads=Kind.LIST)
def own_audits(request: Any) -> HttpResponse:
    page = paging.page_of(queries.own_audits_of(request.viewer), request.GET.get("page"))
    rows = list(page.object_list)
    shown(request, rows=len(rows))
    context = presenters.list_page(rows) | {
        "counted": paging.counted(page, "audit", "audits"),
        "pagination": paging.pagination(page, request.GET),
    }
    return render(request, "audits/share/own_audits.html", context)


@access("own_audits.view", reads=Kind.EXPORT, step_up=True)
def own_audits_export(request: Any, file_form: str) -> HttpResponse:
    if file_form not in TYPES:
        raise Http404
    viewer, has_references = request.viewer, request.GET.get("references") != "no"
    audits = queries.with_feedback(viewer, queries.own_audits_of(viewer))
    shown(request, rows=len(audits))
    if file_form == "csv":
        data = write_csv(presenters.record_rows(audits, with_references=has_references))
    else:
        document = presenters.record_of(viewer.name, audits, with_references=has_references)
        data = (pdf_of if file_form == "pdf" else docx_of)(document, timezone.now())
    return download(data, f"audits-of-my-practice.{file_form}", TYPES[file_form])
