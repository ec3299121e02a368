"""Pages that show practice standards beside a national framework, and the file of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from plumbline.event_log.models import Kind
from plumbline.framework.presenters import crosswalk as presenters
from plumbline.framework.queries import crosswalk as queries
from plumbline.framework.queries.standards import set_for
from plumbline.people.access import access, require, shown
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


def _found(request: Any, set_id: str, framework: str) -> tuple[Any, queries.Crosswalk]:
    row = set_for(request.viewer, set_id)
    judged = queries.judged_frameworks().get(framework)
    if row is None or judged is None:
        raise Http404
    return row, queries.crosswalk_of(row, judged)


@access("standard_set.view", reads=Kind.READ, of="framework.StandardSet", by="set_id")
def areas(request: Any, set_id: str, framework: str) -> HttpResponse:
    row, found = _found(request, set_id, framework)
    shown(request, obj=row, rows=len(found.rows))
    page = presenters.crosswalk_page(request.viewer, row, found)
    return render(request, "framework/standards/areas.html", page)


@access("standard_set.export", reads=Kind.EXPORT, step_up=True, of="framework.StandardSet", by="set_id")
def as_csv(request: Any, set_id: str, framework: str) -> HttpResponse:
    row, found = _found(request, set_id, framework)
    require(request.viewer, "standard_set.export", row)
    lines = list(presenters.csv_lines(row, found))
    shown(request, obj=row, rows=len(lines) - 1)
    return download(write_csv(lines), f"standards-beside-{framework}.csv")
