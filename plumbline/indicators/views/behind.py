"""The records behind a figure that an address asks for: extract, indicator, period, team."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from indicator_engine import ExtractFault, Period
from plumbline.indicators.presenters.rows import Behind
from plumbline.indicators.queries import extracts, figures
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.rules.spans import months_before

ROW: dict[str, Any] = {"of": "indicators.Extract", "by": "extract_id"}


def behind(
    request: Any, extract_id: str, indicator_key: str, action: str = "indicator.rows", *, plans: bool = False
) -> Behind:
    """The records, under the right to the action, each with the child's plan where `plans` asks for it.

    Raises: Http404 where they cannot be looked up.
    """
    extract = extracts.extract_by_id(request.viewer, extract_id, action)
    one = indicators().get(indicator_key)
    if one is None or not extracts.has_records(extract):
        raise Http404
    asked, team = request.GET, request.GET.get("team", "")
    period = months_before(extract.as_at, 1)[0]
    also = ("plan_type",) if plans and "plan_type" in one.breakdowns else ()
    try:
        if "from" in asked or "to" in asked:
            period = Period(
                date.fromisoformat(asked.get("from", "")), date.fromisoformat(asked.get("to", ""))
            )
        found = figures.rows_behind(extract, one, period, (("team", team),) if team else (), also)
    except (ExtractFault, ValueError):
        raise Http404 from None
    return Behind(extract, one, period, team, found)


def crumbs_behind(found: Behind) -> list[dict[str, str]]:
    """The way back to the figure."""
    page = reverse("indicator", args=[found.indicator.key])
    return [
        {"text": "Indicators", "href": reverse("indicators")},
        {"text": found.indicator.title, "href": f"{page}?extract={found.extract.name}"},
    ]
