"""Published figures to compare with, from definitions/benchmarks: each file is read once a process."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from indicator_engine import Indicator
from plumbline.indicators.models import Extract
from plumbline.indicators.rules.children import Children
from plumbline.indicators.rules.elsewhere import Measure, Place, Printed, Source, Standing, standing

ENGLAND = "E92000001"
AUTHORITY = "authority"


@dataclass(frozen=True)
class Area:
    """England, a region or an authority. An authority goes by its number, which outlives changes of its ONS code."""

    key: str
    name: str
    kind: str
    region: str
    ons_codes: tuple[str, ...]


@dataclass(frozen=True)
class Elsewhere:
    """The published figures of one indicator for its latest year. Without an authority only England is known."""

    measure: Measure
    source: Source
    year: int
    england: Place
    authority: Place | None = None
    region: Place | None = None
    neighbours: tuple[Place, ...] = ()
    model: str = ""
    standing: Standing | None = None

    @property
    def ends_on(self) -> date:
        """The day the figures are of, or the last day of the year they count."""
        return self.measure.day(self.year)


def _rows(name: str) -> list[dict[str, str]]:
    with open(settings.DEFINITIONS_DIR / "benchmarks" / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def measures() -> Mapping[str, Measure]:
    """What is published, by the indicator it is for."""
    return {
        row["indicator"]: Measure(row["indicator"], row["source"], row["unit"], row["as_of"], row["says"])
        for row in _rows("measures.csv")
    }


@cache
def sources() -> Mapping[str, Source]:
    """The publications by their key."""
    return {
        row["source"]: Source(row["file"], row["publication"], row["release"], row["published"])
        for row in _rows("sources.csv")
    }


@cache
def areas() -> Mapping[str, Area]:
    """England, regions and authorities by key."""
    return {
        row["area"]: Area(
            row["area"], row["name"], row["kind"], row["region"], tuple(row["ons_codes"].split())
        )
        for row in _rows("areas.csv")
    }


def authority_of(code: str) -> Area | None:
    """The authority with that ONS code, of today or earlier, or with that number; None for none."""
    wanted = code.strip().upper()
    return next(
        (one for one in areas().values() if one.kind == AUTHORITY and wanted in (one.key, *one.ons_codes)),
        None,
    )


@cache
def _figures(indicator: str) -> Mapping[int, Mapping[str, Printed]]:
    found: dict[int, dict[str, Printed]] = {}
    for row in _rows(f"figures/{indicator}.csv"):
        of_year = found.setdefault(int(row["year"]), {})
        of_year[row["area"]] = Printed(row["numerator"], row["denominator"], row["value"])
    return found


@cache
def _neighbours() -> tuple[str, Mapping[str, tuple[str, ...]]]:
    """The newest model and the neighbours of each authority by it, the nearest first."""
    rows = _rows("neighbours.csv")
    model = max(row["model"] for row in rows)
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        if row["model"] == model:
            found.setdefault(row["area"], []).append((int(row["rank"]), row["neighbour"]))
    return model, {area: tuple(other for _, other in sorted(ten)) for area, ten in found.items()}


@cache
def _population() -> Mapping[str, Mapping[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for row in _rows("population.csv"):
        # Before and after an area existed there stands a letter.
        if row["children"].isdecimal():
            found.setdefault(row["area"], {})[int(row["mid_year"])] = int(row["children"])
    return found


def children_of(extract: Extract, code: str) -> Children:
    """The children a rate of the extract is of: the authority's by mid-year, else the extract's own number."""
    authority = authority_of(code)
    return Children(extract.child_population, _population().get(authority.key, {}) if authority else {})


def population_source() -> Source:
    """Where the numbers of children were published."""
    return sources()["population"]


def elsewhere(indicator: Indicator, code: str) -> Elsewhere | None:
    """The latest published figures of the indicator, for the authority of that code; None where none are published."""
    measure = measures().get(indicator.key)
    if measure is None:
        return None
    by_year = _figures(indicator.key)
    year = max(by_year)
    printed, known, source = by_year[year], areas(), sources()[measure.source]

    def place(key: str) -> Place:
        return Place(known[key].name if key in known else key, printed.get(key))

    authority = authority_of(code)
    if authority is None:
        return Elsewhere(measure, source, year, place(ENGLAND))
    model, tens = _neighbours()
    own, ten = place(authority.key), tuple(place(key) for key in tens.get(authority.key, ()))
    everybody = [one.number for key, one in printed.items() if key in known and known[key].kind == AUTHORITY]
    return Elsewhere(
        measure,
        source,
        year,
        place(ENGLAND),
        authority=own,
        region=place(authority.region),
        neighbours=ten,
        model=model,
        standing=standing(own.number, ten, everybody, indicator.polarity),
    )
