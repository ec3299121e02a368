"""Indicators: the list, one of them, its figures as a file, and the records behind a figure."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from indicator_engine import Indicator
from plumbline.event_log.models import Kind
from plumbline.indicators.presenters import indicators as presenters
from plumbline.indicators.presenters.elsewhere import elsewhere_page
from plumbline.indicators.presenters.exceptions import line as exception_line
from plumbline.indicators.presenters.rows import row_lines, row_page
from plumbline.indicators.queries import exceptions, extracts, figures, notes, targets
from plumbline.indicators.queries.benchmarks import children_of, elsewhere
from plumbline.indicators.queries.definitions import indicators as known_indicators
from plumbline.indicators.views.behind import ROW, behind, crumbs_behind
from plumbline.people.access import access, shown
from plumbline.shared import paging
from plumbline.shared.area import sampler_for
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv


@access("indicator.view", reads=Kind.LIST)
def indicators(request: Any) -> HttpResponse:
    extract, known = extracts.asked_extract(request.viewer, request.GET.get("extract", ""))
    words = " ".join(request.GET.get("q", "").split())[:60].casefold()
    months = figures.months_of_all(extract) if extract else {}
    themes = _themes(extract, months, words) if extract else []
    shown(request, rows=sum(len(theme["rows"]) for theme in themes))
    context = {
        "title": "Indicators",
        "extract": extract,
        "extracts": [{"value": one.name, "text": one.name, "selected": one == extract} for one in known],
        "words": words,
        "themes": themes,
        "may_see_extracts": request.viewer.has("extract.view"),
        "may_load": request.viewer.has("extract.load"),
        "may_see_exceptions": request.viewer.has("exception.view"),
    }
    return render(request, "indicators/indicators.html", context)


def _themes(extract: Any, months: Any, words: str) -> list[dict[str, Any]]:
    children, known = children_of(extract, settings.AUTHORITY), targets.targets()
    latest = targets.latest_for(extract, known, months)
    standings = {key: targets.judged(row, latest.get(key), children) for key, row in known.items()}
    return presenters.themes(known_indicators(), months, extract, children, standings, notes.rebases(), words)


def _asked(request: Any, indicator_key: str) -> tuple[Indicator, Any, str]:
    found = known_indicators().get(indicator_key)
    if found is None:
        raise Http404
    extract, _ = extracts.asked_extract(request.viewer, request.GET.get("extract", ""))
    if extract is None:
        raise Http404
    kind = request.GET.get("period", "")
    return found, extract, kind if kind in figures.KINDS else figures.MONTH


@access("indicator.view", reads=Kind.READ)
def indicator(request: Any, indicator_key: str) -> HttpResponse:
    viewer = request.viewer
    one, extract, kind = _asked(request, indicator_key)
    months = figures.figures_of(extract, one, figures.MONTH)
    rows = months if kind == figures.MONTH else figures.figures_of(extract, one, kind)
    may_see_rows = viewer.has("indicator.rows") and extracts.has_records(extract)
    teams = (
        figures.teams_of(extract, one, months[-1].ends_on) if months and viewer.has("indicator.rows") else []
    )
    children = children_of(extract, settings.AUTHORITY)
    found = elsewhere(one, settings.AUTHORITY)
    years = figures.figures_near(extract, one, found.ends_on) if found else []
    shown(request, obj=extract, rows=len(rows))
    context = {
        "title": one.title,
        "elsewhere": elsewhere_page(one, found, years, children),
        "crumbs": [{"text": "Indicators", "href": reverse("indicators")}],
        "extract": extract,
        "csv_url": f"{reverse('indicator_csv', args=[one.key])}?extract={extract.name}&period={kind}"
        if viewer.has("indicator.export")
        else "",
        "exceptions": [exception_line(row, {}) for row in exceptions.of_indicator(viewer, one.key)],
        "may_annotate": viewer.has("indicator.annotate"),
        "may_set_target": viewer.has("indicator.target") and one.unit != "mix",
        **presenters.page(
            one,
            extract,
            rows,
            months,
            teams,
            kind,
            children,
            targets.target_of(one),
            notes.notes_on(one),
            may_see_rows=may_see_rows,
        ),
    }
    return render(request, "indicators/indicator.html", context)


@access("indicator.export", reads=Kind.EXPORT, step_up=True)
def indicator_csv(request: Any, indicator_key: str) -> HttpResponse:
    one, extract, kind = _asked(request, indicator_key)
    rows = figures.figures_of(extract, one, kind)
    shown(request, obj=extract, rows=len(rows))
    return download(
        write_csv(presenters.lines(one, rows, extract, children_of(extract, settings.AUTHORITY))),
        f"{one.key}-{extract.name}.csv",
    )


@access("indicator.rows", reads=Kind.LIST, **ROW)
def rows(request: Any, extract_id: str, indicator_key: str) -> HttpResponse:
    found = behind(request, extract_id, indicator_key)
    one, extract = found.indicator, found.extract
    listed, asked = paging.page_of(found.rows, request.GET.get("page")), request.GET.urlencode()
    names = [extract.public_id, one.key]
    shown(request, obj=extract, rows=len(listed.object_list))
    context = {
        "title": "Records behind the figure",
        "crumbs": crumbs_behind(found),
        **row_page(one, extract, found.period, found.rows, list(listed.object_list), found.team),
        "counted": paging.counted(listed, "record", "records"),
        "pagination": paging.pagination(listed, request.GET),
        "csv_url": f"{reverse('indicator_rows_csv', args=names)}?{asked}",
        "sample_url": f"{reverse('indicator_sample', args=names)}?{asked}"
        if request.viewer.has("indicator.sample") and sampler_for(request.viewer)
        else "",
    }
    return render(request, "indicators/rows.html", context)


@access("indicator.rows", reads=Kind.EXPORT, step_up=True, **ROW)
def rows_csv(request: Any, extract_id: str, indicator_key: str) -> HttpResponse:
    found = behind(request, extract_id, indicator_key)
    shown(request, obj=found.extract, rows=len(found.rows))
    lines = row_lines(found.extract, found.rows)
    return download(write_csv(lines), f"records-{found.indicator.key}.csv")
