"""The pages of indicators: the list by theme, and one indicator with its chart, table, teams and definition."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from indicator_engine import Indicator
from plumbline.indicators.models import Extract, Figure, Note, PeriodKind, Target
from plumbline.indicators.presenters.drawing import drawn
from plumbline.indicators.presenters.elsewhere import published_text
from plumbline.indicators.presenters.series import LEAST, series_of
from plumbline.indicators.presenters.targets import standing_of, target_facts
from plumbline.indicators.presenters.words import (
    BETTER,
    UNITS,
    figure_text,
    left_out_text,
    made_of_text,
    mix_rows,
    of_text,
    period_text,
    range_text,
)
from plumbline.indicators.queries.benchmarks import population_source
from plumbline.indicators.queries.definitions import THEMES, record_tables
from plumbline.indicators.queries.notes import Rebases
from plumbline.indicators.queries.targets import judged, profile_of
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.targets import Judged
from plumbline.shared.dates import in_words
from stats.spc import Kind

SIGNALS = {
    Kind.IMPROVEMENT: ("Better", "blue"),
    Kind.CONCERN: ("Worse", "orange"),
    Kind.NEUTRAL_HIGH: ("Higher", "light-blue"),
    Kind.NEUTRAL_LOW: ("Lower", "light-blue"),
}
NOT_SUPPLIED = "The extract cannot say."


def themes(
    known: Mapping[str, Indicator],
    months: Mapping[str, Sequence[Figure]],
    extract: Extract,
    children: Children,
    standings: Mapping[str, Judged | None],
    anew: Mapping[str, Rebases],
    words: str = "",
) -> list[dict[str, Any]]:
    """The indicators by theme, each with its latest month, a year before, its target, and whether it is more than chance."""
    found: list[dict[str, Any]] = []
    for theme, title in THEMES.items():
        rows = [
            _line(one, months.get(one.key, ()), extract, children, anew.get(one.key, ()))
            | {"standing": standing_of(one.unit, standings.get(one.key))}
            for one in known.values()
            if one.theme == theme and words in f"{one.code} {one.title}".casefold()
        ]
        if rows:
            found.append({"key": theme, "title": title, "rows": rows})
    return found


def _line(
    indicator: Indicator, rows: Sequence[Figure], extract: Extract, children: Children, anew: Rebases
) -> dict[str, Any]:
    latest = rows[-1] if rows else None
    signal = series_of(indicator, rows, children, anew).latest if len(rows) >= LEAST else None
    return {
        "code": indicator.code,
        "title": indicator.title,
        "url": f"{reverse('indicator', args=[indicator.key])}?extract={extract.name}",
        "unit": UNITS[indicator.unit],
        "latest": figure_text(indicator, latest, children) if latest else "Not held",
        "of": of_text(latest) if latest else "",
        "before": figure_text(indicator, rows[-13] if len(rows) > 12 else None, children),
        "signal": SIGNALS.get(signal) if signal else None,
    }


def page(
    indicator: Indicator,
    extract: Extract,
    rows: Sequence[Figure],
    months: Sequence[Figure],
    teams: Sequence[Figure],
    kind: str,
    children: Children,
    target: Target | None,
    notes: Sequence[Note],
    *,
    may_see_rows: bool,
) -> dict[str, Any]:
    """One indicator, with a table of the periods of the kind and the chart of its months."""
    anew = [(one.month, one.text) for one in notes if one.is_rebase]
    series = series_of(indicator, months, children, anew)
    latest = rows[-1] if rows else None
    numbered = _numbered(notes, months)
    title = f"{indicator.title}, {len(months)} months to {in_words(extract.as_at)}"
    names: Mapping[str, str] = extract.manifest.get("teams", {})
    return {
        "indicator": indicator,
        "theme": THEMES[indicator.theme],
        "unit": UNITS[indicator.unit],
        "better": BETTER[indicator.polarity],
        "chart": drawn(series, indicator.unit, _aims(indicator, target, months), _marks(numbered)),
        "notes": [{"number": number, "text": _note(one)} for number, one in numbered],
        "standing": standing_of(indicator.unit, judged(target, latest, children)),
        "target_facts": target_facts(indicator, target) if target else [],
        "chart_title": title,
        "why": series.why,
        "says": series.says,
        "headline": _headline(indicator, latest, children),
        "not_held": [_named(one) for one in extract.manifest.get("not_held", {}).get(indicator.key, [])],
        "stale": bool(months) and not any(row.numerator or row.denominator for row in months[-3:]),
        "periods": [
            _period(indicator, row, extract, children, may_see_rows)
            | {"standing": standing_of(indicator.unit, judged(target, row, children))}
            for row in reversed(rows)
        ],
        "kinds": [
            {"text": label, "href": f"?extract={extract.name}&period={value}", "current": value == kind}
            for value, label in PeriodKind.choices
        ],
        "teams": [
            {
                "name": names.get(row.group, row.group) or "Not recorded",
                "value": figure_text(indicator, row, None),
                "of": of_text(row),
                "range": range_text(indicator, row),
                "url": _rows_url(indicator, row, extract) if may_see_rows else "",
            }
            for row in teams
        ],
        "teams_month": period_text(teams[0].starts_on, teams[0].ends_on) if teams else "",
        "mix": mix_rows(latest) if latest and indicator.unit == "mix" else [],
        "needs_population": indicator.unit == "rate_per_10_000"
        and not children.at(latest.ends_on if latest else extract.as_at),
        "left_out": left_out_text(latest) if latest else "",
        "children": _children(indicator, latest, children),
    }


def _numbered(notes: Sequence[Note], months: Sequence[Figure]) -> list[tuple[str, Note]]:
    """The notes with the number of their month on the chart; those outside it have none."""
    shown = {row.starts_on for row in months}
    places = {month: str(n) for n, month in enumerate(sorted({one.month for one in notes} & shown), start=1)}
    return [(places.get(one.month, ""), one) for one in notes]


def _marks(numbered: Sequence[tuple[str, Note]]) -> list[tuple[date, str]]:
    return sorted({(one.month, number) for number, one in numbered if number})


def _note(one: Note) -> str:
    anew = " The limits are worked out anew from here." if one.is_rebase else ""
    return f"{one.month:%B %Y}, {one.get_kind_display().lower()}: {one.text.rstrip('.')}.{anew}"


def _aims(indicator: Indicator, target: Target | None, months: Sequence[Figure]) -> list[float | None]:
    if target is None or (indicator.unit == "count" and target.kind != PeriodKind.MONTH):
        return []
    profile = profile_of(target)
    return [profile.aim_on(row.ends_on) for row in months]


def _named(lacking: str) -> str:
    table, _, column = lacking.partition(".")
    described = record_tables().get(table)
    title = described.title if described else table
    return f"{title} ({column})" if column else title


def _headline(indicator: Indicator, row: Figure | None, children: Children) -> str:
    if row is None:
        return NOT_SUPPLIED
    when = in_words(row.ends_on) if indicator.is_stock else period_text(row.starts_on, row.ends_on)
    value = figure_text(indicator, row, children)
    joined = "on" if indicator.is_stock else "in"
    of = f", {of_text(row)}" if row.denominator else ""
    return f"{value}{of} {joined} {when}."


def _period(
    indicator: Indicator, row: Figure, extract: Extract, children: Children, may_see_rows: bool
) -> dict[str, Any]:
    return {
        "name": period_text(row.starts_on, row.ends_on),
        "value": figure_text(indicator, row, children),
        "of": made_of_text(indicator, row, children),
        "range": range_text(indicator, row),
        "left_out": left_out_text(row),
        "url": _rows_url(indicator, row, extract) if may_see_rows else "",
    }


def _children(indicator: Indicator, row: Figure | None, children: Children) -> str:
    if indicator.unit != "rate_per_10_000" or row is None or not children.at(row.ends_on):
        return ""
    words = children.words(row.ends_on)
    if children.mid_year(row.ends_on) is None:
        return words
    source = population_source()
    when = published_text(source.published)
    told = f"The latest figure is of {words}; each is of the last published mid-year before it."
    return f"{told} {source.publication}, published {when}."


def _rate_columns(indicator: Indicator, row: Figure, children: Children) -> list[str]:
    if indicator.unit != "rate_per_10_000":
        return ["", ""]
    return [str(children.at(row.ends_on) or ""), str(children.mid_year(row.ends_on) or "")]


def _rows_url(indicator: Indicator, row: Figure, extract: Extract) -> str:
    address = reverse("indicator_rows", args=[extract.public_id, indicator.key])
    team = f"&team={row.group}" if row.of else ""
    return f"{address}?from={row.starts_on.isoformat()}&to={row.ends_on.isoformat()}{team}"


def lines(
    indicator: Indicator, rows: Sequence[Figure], extract: Extract, children: Children
) -> list[list[str]]:
    """The table of one indicator as a file: figures as they are counted, not rounded."""
    head = [
        "Indicator",
        "Title",
        "Extract",
        "From",
        "To",
        "Numerator",
        "Denominator",
        "Value",
        "Left out",
        "Definition",
        "Children",
        "Mid-year",
    ]
    return [
        head,
        *(
            [
                indicator.code,
                indicator.title,
                extract.name,
                row.starts_on.isoformat(),
                row.ends_on.isoformat(),
                f"{row.numerator:g}",
                "" if row.denominator is None else f"{row.denominator:g}",
                figure_text(indicator, row, children),
                left_out_text(row),
                row.version,
                *_rate_columns(indicator, row, children),
            ]
            for row in rows
        ),
    ]
