"""Extracts: those that were loaded, and the quality report of one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.indicators.presenters import extracts as presenters
from plumbline.indicators.queries import extracts as queries
from plumbline.people.access import access, shown
from plumbline.shared import paging


@access("extract.view", reads=Kind.LIST)
def extracts(request: Any) -> HttpResponse:
    page = paging.page_of(queries.extracts_for(request.viewer), request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    context = {
        "title": "Extracts",
        "may_load": request.viewer.has("extract.load"),
        "load_url": reverse("extract_load"),
        "crumbs": [{"text": "Indicators", "href": reverse("indicators")}],
        "rows": [presenters.extract_row(row) for row in page],
        "counted": paging.counted(page, "extract", "extracts"),
        "pagination": paging.pagination(page, request.GET),
    }
    return render(request, "indicators/extracts.html", context)


@access("extract.view", reads=Kind.READ, of="indicators.Extract", by="extract_id")
def extract(request: Any, extract_id: str) -> HttpResponse:
    row = queries.extract_by_id(request.viewer, extract_id)
    with_references = request.viewer.may("indicator.rows", row)
    # References are of children, so that reading them is kept as such, though the page itself is not about any.
    shown(request, obj=row, rows=1, under="indicator.rows" if with_references else "")
    context = {
        "title": row.name,
        "crumbs": [
            {"text": "Indicators", "href": reverse("indicators")},
            {"text": "Extracts", "href": reverse("extracts")},
        ],
        "figures_url": f"{reverse('indicators')}?extract={row.name}",
        **presenters.extract_page(row, with_references=with_references),
    }
    return render(request, "indicators/extract.html", context)
