"""The programme of a year: every round with its months, its audits against the target, and its status."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plumbline.audits.presenters import programme as presenters
from plumbline.audits.presenters.rounds import round_row
from plumbline.audits.queries import rounds as queries
from plumbline.audits.rules.rounds import Year, year_of
from plumbline.audits.views.rounds import asked_year
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


def _year(request: Any) -> Year:
    """The year that is asked for; councils count from April, programmes are printed from January."""
    is_financial = request.GET.get("from") == "april"
    asked = asked_year(request)
    return Year(asked, is_financial) if asked else year_of(request.viewer.on, is_financial=is_financial)


def _asked(year: Year) -> str:
    return f"?year={year.number}{'&from=april' if year.is_financial else ''}"


def _rows(request: Any, year: Year) -> tuple[list[Any], list[Any], dict[int, queries.Done]]:
    rows, visits = queries.rounds_of_year(request.viewer, year)
    return rows, visits, queries.done_of([*rows, *visits])


@access("round.view", reads=Kind.LIST)
def programme(request: Any) -> HttpResponse:
    year = _year(request)
    rows, visits, done = _rows(request, year)
    shown(request, rows=len(rows) + len(visits))
    held = queries.years_with_rounds(request.viewer, is_financial=year.is_financial)
    numbers = sorted({*held, year.number}, reverse=True)
    other = Year(year.number, not year.is_financial)
    context = {
        "title": f"Programme of audits {year.words}",
        **presenters.programme_page(rows, done, year, request.viewer.on),
        "visits": [round_row(one, done.get(one.pk)) for one in visits],
        "year": year.words,
        "years": [
            {"text": one.words, "href": _asked(one), "current": one == year}
            for one in (Year(number, year.is_financial) for number in numbers)
        ],
        "other": {
            "text": "Show the financial year" if other.is_financial else "Show the calendar year",
            "href": _asked(other),
        },
        "csv": f"{reverse('programme_csv')}{_asked(year)}",
        "may_propose": request.viewer.has("round.propose"),
        "may_see_coverage": request.viewer.has("coverage.view"),
        "crumbs": [{"text": "Rounds", "href": reverse("rounds")}],
    }
    return render(request, "audits/rounds/programme.html", context)


@access("round.view", reads=Kind.EXPORT, step_up=True)
def programme_csv(request: Any) -> HttpResponse:
    year = _year(request)
    rows, visits, done = _rows(request, year)
    shown(request, rows=len(rows) + len(visits))
    named = year.words.replace(" ", "-")
    return download(
        write_csv(presenters.programme_lines([*rows, *visits], done)), f"audit-programme-{named}.csv"
    )
