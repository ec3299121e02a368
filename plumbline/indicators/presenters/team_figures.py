"""The page of a team's figures, with small numbers hidden."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from indicator_engine import Indicator
from plumbline.indicators.models import Figure
from plumbline.indicators.presenters.words import BETTER, value_text
from plumbline.indicators.queries.definitions import THEMES, indicators
from plumbline.indicators.queries.figures import counted
from plumbline.indicators.rules.spans import months_before
from plumbline.indicators.rules.team_figures import UNITS, Shown, shown
from stats.disclosure import Symbol


def themes(months: Mapping[str, Sequence[Figure]], as_at: date) -> list[dict[str, Any]]:
    """The indicators by theme, each with its latest month and the same month a year before."""
    latest, before = months_before(as_at, 13)[-1].end, months_before(as_at, 13)[0].end
    found: list[dict[str, Any]] = []
    for theme, title in THEMES.items():
        rows = [
            _line(one, months[one.key], latest, before)
            for one in indicators().values()
            if one.theme == theme and one.unit in UNITS and months.get(one.key)
        ]
        if rows:
            found.append({"title": title, "rows": rows})
    return found


def _line(one: Indicator, rows: Sequence[Figure], latest: date, before: date) -> dict[str, str]:
    by_month = {row.ends_on: row for row in rows}
    now, then = _shown(one, by_month.get(latest)), _shown(one, by_month.get(before))
    return {
        "title": one.title,
        "better": BETTER[one.polarity],
        "latest": _text(one, now),
        "of": now.of if now else "",
        "before": _text(one, then),
    }


def _shown(one: Indicator, row: Figure | None) -> Shown | None:
    if row is None:
        return Shown(0.0, "") if one.unit == "count" else None
    return shown(one.unit, counted(row))


def _text(one: Indicator, found: Shown | None) -> str:
    if found is None:
        return "-"
    return Symbol.CONFIDENTIAL.value if found.value is None else value_text(one.unit, found.value)
