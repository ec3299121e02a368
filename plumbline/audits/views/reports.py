"""Reports to read: the list, one report, its annex, what changed between versions, its files."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from plumbline.audits.files.report_csv import csv_of, shareable_csv_of
from plumbline.audits.files.report_docx import docx_of
from plumbline.audits.files.report_pdf import pdf_of
from plumbline.audits.presenters import report_document, report_pages, report_shareable
from plumbline.audits.queries import report_checks
from plumbline.audits.queries import reports as queries
from plumbline.branding.queries import brand_in_force
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.shared import paging
from plumbline.shared.downloads import download

REPORT: dict[str, Any] = {"of": "audits.Report", "by": "report_id"}
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}


@access("shareable_report.view", reads=Kind.LIST)
def reports(request: Any) -> HttpResponse:
    viewer = request.viewer
    has_internal = viewer.has("report.view")
    rows: Any = queries.reports_for(viewer) if has_internal else queries.shareable_reports_for(viewer)
    state = request.GET.get("state", "")
    if has_internal and state in report_pages.TAGS:
        rows = rows.filter(state=state)
    page = paging.page_of(rows, request.GET.get("page"))
    shown(request, rows=len(page.object_list), under="report.view" if has_internal else "")
    context = {
        "title": "Audit reports",
        "rows": [report_pages.report_row(row, has_internal) for row in page],
        "counted": paging.counted(page, "report", "reports"),
        "pagination": paging.pagination(page, request.GET),
        "states": report_pages.states(state) if has_internal else [],
        "may_begin": viewer.has("report.write"),
    }
    return render(request, "audits/report/reports.html", context)


@access("report.view", reads=Kind.READ, **REPORT)
def report(request: Any, report_id: str) -> HttpResponse:
    row = queries.report_for(request.viewer, report_id)
    shown(request, obj=row, rows=1)
    content = queries.content_of(row)
    versions = queries.versions_of(request.viewer, row)
    is_intact = not row.digest or queries.digest_now(content) == row.digest
    page = report_pages.report_page(request.viewer, content, versions, is_intact)
    return render(request, "audits/report/report.html", page)


@access("report.view", reads=Kind.READ, **REPORT)
def annex(request: Any, report_id: str) -> HttpResponse:
    content = queries.content_of(queries.report_for(request.viewer, report_id))
    audits, counted = queries.annex_of(request.viewer, content)
    shown(request, obj=content.report, rows=len(audits), under="audit.view")
    document = report_document.annex_document(content, audits, counted)
    return render(request, "audits/report/annex.html", report_pages.document_page(content.report, document))


@access("report.view", reads=Kind.READ, **REPORT)
def changes(request: Any, report_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.report_for(viewer, report_id)
    shown(request, obj=row, rows=1)
    content = queries.content_of(row)
    before = queries.version_before(row)
    today = (
        queries.figures_today(row) if report_pages.is_current(row) and viewer.has("report.write") else None
    )
    return render(request, "audits/report/changes.html", report_pages.changes_page(content, before, today))


@access("report.export", reads=Kind.EXPORT, step_up=True, **REPORT)
def export(request: Any, report_id: str, file_form: str) -> HttpResponse:
    if file_form not in TYPES:
        raise Http404
    content = queries.content_of(queries.report_for(request.viewer, report_id))
    audits, counted = queries.annex_of(request.viewer, content)
    shown(request, obj=content.report, rows=len(audits))
    if file_form == "csv":
        return _file(content, file_form, csv_of(content.figures), "audit-report")
    document = report_document.whole_document(content, audits, counted)
    return _file(content, file_form, _written(document, file_form, content), "audit-report")


def _written(document: Any, file_form: str, content: Any) -> bytes:
    write = pdf_of if file_form == "pdf" else docx_of
    return write(document, content.report.issued_at or content.report.made_at, brand_in_force())


def _file(content: Any, file_form: str, data: bytes, name: str) -> HttpResponse:
    month = content.figures["round"]["first_month"][:7]
    named = f"{name}-{month}-version-{content.report.number}.{file_form}"
    return download(data, named, TYPES[file_form])


@access("shareable_report.view", reads=Kind.READ, **REPORT)
def shareable(request: Any, report_id: str) -> HttpResponse:
    row = queries.shareable_report_for(request.viewer, report_id)
    if row is None:
        return render(request, "audits/report/no_shareable.html", report_pages.no_shareable())
    shown(request, obj=row, rows=1)
    document = report_shareable.shareable_document(queries.content_of(row))
    page = report_pages.document_page(row, document, has_internal=request.viewer.has("report.view"))
    return render(request, "audits/report/shareable.html", page)


@access("shareable_report.view", reads=Kind.EXPORT, step_up=True, **REPORT)
def shareable_export(request: Any, report_id: str, file_form: str) -> HttpResponse:
    row = queries.shareable_report_for(request.viewer, report_id)
    if file_form not in TYPES:
        raise Http404
    if row is None:
        shown(request, rows=0)
        return render(request, "audits/report/no_shareable.html", report_pages.no_shareable())
    content = queries.content_of(row)
    shown(request, obj=row, rows=1)
    if file_form == "csv":
        return _file(content, file_form, shareable_csv_of(row.shareable), "what-we-learned")
    document = report_shareable.shareable_document(content)
    return _file(content, file_form, _written(document, file_form, content), "what-we-learned")


@access("report.view", reads=Kind.READ, **REPORT)
def shareable_preview(request: Any, report_id: str) -> HttpResponse:
    row = queries.report_for(request.viewer, report_id)
    shown(request, obj=row, rows=1)
    content = queries.preview_of(row)
    page = report_pages.preview_page(content, report_checks.leaks_of(content))
    return render(request, "audits/report/preview.html", page)
