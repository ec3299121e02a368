"""Figures of the teams that somebody manages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from plumbline.event_log.models import Kind
from plumbline.indicators.presenters.team_figures import themes
from plumbline.indicators.queries import team_figures as queries
from plumbline.people.access import access, shown
from plumbline.shared.dates import month_in_words


@access("team_figure.view", reads=Kind.LIST)
def team_figures(request: Any) -> HttpResponse:
    viewer = request.viewer
    extract = queries.newest_extract(viewer)
    teams = queries.teams_for(viewer, extract) if extract else []
    asked = next((one for one in teams if one.key == request.GET.get("team")), None)
    team = asked or (queries.busiest(extract, teams) if extract else None)
    found = themes(queries.months_of_team(extract, team), extract.as_at) if extract and team else []
    shown(request, rows=sum(len(theme["rows"]) for theme in found))
    context = {
        "title": "Figures of your teams",
        "extract": extract,
        "team": team,
        "teams": [{"value": one.key, "text": one.name, "selected": one == team} for one in teams],
        "themes": found,
        "month": month_in_words(extract.as_at) if extract else "",
    }
    return render(request, "indicators/team_figures.html", context)
