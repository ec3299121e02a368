"""The sample of a round against the case list it was drawn from."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from plumbline.audits.presenters.case_lists import crumbs
from plumbline.audits.queries.draws import draw_for
from plumbline.audits.queries.rounds import round_for
from plumbline.audits.queries.sample import comparisons_of
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown


@access("draw.view", reads=Kind.READ, of="audits.Round", by="round_id")
def sample(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)
    made = draw_for(request.viewer, row)
    shown(request, obj=made or row, rows=1 if made else 0)
    page = {
        "title": "Sample against the case list",
        "round": row,
        "comparisons": comparisons_of(request.viewer, made) if made else [],
        "crumbs": crumbs(row),
    }
    return render(request, "audits/rounds/sample.html", page)
