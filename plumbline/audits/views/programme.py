"""The programme of a year: every round with its months, its audits against the target, and its status."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plumbline.audits.presenters import programme as presenters
from plumbline.audits.queries import rounds as queries
from plumbline.audits.views.rounds import asked_year
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


def _rows(request: Any, year: int) -> tuple[list[Any], dict[int, queries.Done]]:
    rows = queries.rounds_of_year(request.viewer, year)
    return rows, queries.done_of(rows)


@access("round.view", reads=Kind.LIST)
def programme(request: Any) -> HttpResponse:
    year = asked_year(request) or request.viewer.on.year
    rows, done = _rows(request, year)
    shown(request, rows=len(rows))
    years = queries.years_with_rounds(request.viewer)
    context = {
        "title": f"Programme of audits {year}",
        **presenters.programme_page(rows, done, year, request.viewer.on),
        "year": year,
        "years": [
            {"text": str(one), "href": f"?year={one}", "current": one == year}
            for one in sorted({*years, year}, reverse=True)
        ],
        "may_propose": request.viewer.has("round.propose"),
        "crumbs": [{"text": "Rounds", "href": reverse("rounds")}],
    }
    return render(request, "audits/rounds/programme.html", context)


@access("round.view", reads=Kind.EXPORT, step_up=True)
def programme_csv(request: Any) -> HttpResponse:
    year = asked_year(request) or request.viewer.on.year
    rows, done = _rows(request, year)
    shown(request, rows=len(rows))
    return download(write_csv(presenters.programme_lines(rows, done)), f"audit-programme-{year}.csv")
