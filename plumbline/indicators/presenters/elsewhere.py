"""The table "Elsewhere" of an indicator's page: our figure beside England, the region and the statistical neighbours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from indicator_engine import Indicator
from plumbline.indicators.models import Figure
from plumbline.indicators.presenters.words import UNITS, made_of_text, value_text
from plumbline.indicators.queries.benchmarks import Elsewhere
from plumbline.indicators.queries.figures import counted
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.elsewhere import HIDDEN, Place, printed_number
from plumbline.indicators.rules.values import value_of
from plumbline.shared.dates import in_words

NO_RANK = "No rank: neither higher nor lower is better"
PART = "Perhaps only part of the year: the extract holds nothing of the year before"


def elsewhere_page(
    indicator: Indicator, found: Elsewhere | None, years: Sequence[Figure], children: Children
) -> dict[str, Any] | None:
    """The table and the sentence over it; None where nothing is published. `years` are our own, oldest first."""
    if found is None:
        return None
    measure, source = found.measure, found.source
    told = f"Ours: {indicator.reading}" if indicator.reading else ""
    of_when = f"the {measure.as_of}" if measure.as_of.startswith("year") else measure.as_of
    return {
        "when": f"{measure.as_of} {found.year}",
        "unit": UNITS[measure.unit],
        "says": f"Published for {of_when} {found.year}: {measure.says} {told}".strip(),
        "comparator": indicator.comparator,
        "source": f"{source.publication}, {source.release}, published {published_text(source.published)}",
        "file": source.file.rpartition("/")[2],
        "rows": [_ours(indicator, found, years, children), *_areas(found), *_neighbours(found)],
        "neighbours": [_row(one.name, one, measure.unit) for one in found.neighbours],
        "model": found.model,
        "is_placed": found.authority is not None,
    }


def published_text(published: str) -> str:
    """The date as far as it is known: 31 October 2024, November 2025 or later, 2025."""
    day, _, later = published.partition(" ")
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        words = in_words(date(*parts))
    elif len(parts) == 2:
        words = f"{date(parts[0], parts[1], 1):%B %Y}"
    else:
        words = day
    return f"{words} {later}".strip()


def printed_text(unit: str, text: str) -> str:
    """A figure as it was printed, with its unit; a letter with what it means."""
    if text in HIDDEN:
        return f"{HIDDEN[text]} ({text})" if text else HIDDEN[text]
    value = printed_number(text)
    if value is None:
        return text
    if unit == "percent":
        return f"{text}%"
    return f"{value:,.0f}" if value.is_integer() and "." not in text else f"{value:,.1f}"


def _made_of(place: Place, unit: str) -> str:
    printed = place.printed
    if printed is None or unit == "count" or not printed.numerator:
        return ""
    above = printed_text("count", printed.numerator)
    return f"{above} of {printed_text('count', printed.denominator)}" if printed.denominator else above


def _row(name: str, place: Place, unit: str, note: str = "") -> dict[str, str]:
    printed = place.printed
    value = printed_text(unit, printed.value) if printed else HIDDEN[""]
    return {"name": name, "value": value, "of": _made_of(place, unit), "note": note}


def _ours(
    indicator: Indicator, found: Elsewhere, years: Sequence[Figure], children: Children
) -> dict[str, str]:
    row = next((one for one in years if one.ends_on == found.ends_on), None)
    name = "Here, counted from this extract"
    if row is None:
        return {"name": name, "value": "-", "of": "", "note": "The extract has no figure of this time"}
    value = value_of(indicator.unit, counted(row), children.at(row.ends_on), is_stock=indicator.is_stock)
    if value is not None and indicator.unit == "ratio" and found.measure.unit == "percent":
        value *= 100
    before = [one for one in years if one.ends_on < row.ends_on][-1:]
    is_part = not indicator.is_stock and not any(one.numerator or one.denominator for one in before)
    return {
        "name": name,
        "value": value_text(found.measure.unit, value),
        "of": made_of_text(indicator, row, children),
        "note": PART if is_part else "",
    }


def _areas(found: Elsewhere) -> list[dict[str, str]]:
    unit, rows = found.measure.unit, []
    if found.authority is not None:
        rows.append(_row(f"{found.authority.name}, as published", found.authority, unit, _quarter(found)))
    rows.append(_row("England", found.england, unit))
    if found.region is not None:
        rows.append(_row(found.region.name, found.region, unit))
    return rows


def _quarter(found: Elsewhere) -> str:
    place = found.standing
    if place is None or place.band is None or place.england is None:
        return ""
    return f"Quarter {place.band} (A is best) among {place.england.n} of {place.england.of} authorities"


def _neighbours(found: Elsewhere) -> list[dict[str, str]]:
    place = found.standing
    if place is None:
        return []
    summary, unit = place.summary, found.measure.unit
    based = f"Based on {summary.n} of {summary.of}; model of {found.model}"
    if summary.mean is None or summary.lowest is None or summary.highest is None:
        return [{"name": "Statistical neighbours", "value": HIDDEN[""], "of": "", "note": based}]
    if found.authority is None or found.authority.number is None:
        standing = "No rank: no figure was published for this council"
    elif place.rank is None:
        standing = NO_RANK
    else:
        standing = f"This council as published is {place.rank} of {place.ranked}, 1 is best"
    # A mean of counts is no count.
    shown = "ratio" if unit in ("count", "median") else unit
    between = f"{value_text(shown, summary.lowest)} to {value_text(shown, summary.highest)}"
    return [
        {
            "name": "Statistical neighbours, mean",
            "value": value_text(shown, summary.mean),
            "of": "",
            "note": based,
        },
        {
            "name": "Statistical neighbours, median",
            "value": value_text(shown, summary.median),
            "of": "",
            "note": based,
        },
        {"name": "Statistical neighbours, range", "value": between, "of": "", "note": standing},
    ]
