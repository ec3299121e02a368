"""An indicator as its definition says it: what is counted, what meets the test, where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indicator_engine.derived import Derived, derived
from indicator_engine.expressions import Setting
from indicator_engine.faults import Place
from indicator_engine.periods import Period

UNITS = ("count", "percent", "rate_per_10_000", "median", "mix", "ratio")
POLARITIES = ("higher", "lower", "neutral")
PER_CHILD = ("first", "last", "every")

Cell = str | int | float | dt.date | None
Records = Mapping[str, tuple[Mapping[str, Cell], ...]]


@dataclass(frozen=True)
class Limit:
    """One setting of a definition: the shipped value, and whether a council may choose its own."""

    value: Setting
    meaning: str
    council_may_change: bool = False
    source: str = ""


@dataclass(frozen=True)
class Exclusion:
    """Rows that cannot be judged, with the reason they are counted under."""

    when: str
    reason: str


@dataclass(frozen=True)
class Source:
    """Where a definition comes from."""

    document: str
    section: str = ""
    year: str = ""


@dataclass(frozen=True)
class Expected:
    """What a worked example must give."""

    numerator: float
    denominator: float | None = None
    too_recent: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[int | str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Example:
    """A worked example: records, a period, and the answer. It is the definition's test."""

    title: str
    period: Period
    records: Records
    expect: Expected
    place: Place


@dataclass(frozen=True)
class Indicator:
    """One indicator. Conditions are texts that `expressions.write` has accepted for its events."""

    key: str
    code: str
    title: str
    theme: str
    unit: str
    polarity: str
    numerator: str
    denominator: str
    rule: str
    reading: str
    events: str
    where: str
    excluded: tuple[Exclusion, ...]
    too_recent: str
    met: str
    value: str
    weigh_numerator: str
    weigh_denominator: str
    per_child: str
    population: str
    settings: Mapping[str, Limit]
    breakdowns: tuple[str, ...]
    sources: tuple[Source, ...]
    comparator: str
    caveats: tuple[str, ...]
    tags: tuple[str, ...]
    framework: tuple[str, ...]
    examples: tuple[Example, ...]
    version: str
    place: Place

    @property
    def table(self) -> Derived:
        """The derived table its events are rows of."""
        return derived(self.events)

    @property
    def is_stock(self) -> bool:
        """True if it is as at the last day of a period, not of what happened in it."""
        return self.table.kind == "stock"

    @property
    def setting_values(self) -> dict[str, Setting]:
        """Its settings as conditions see them."""
        return {name: limit.value for name, limit in self.settings.items()}

    @property
    def has_denominator(self) -> bool:
        """False for counts, rates and mixes, whose numerator is the count itself."""
        return self.unit in ("percent", "ratio")


def with_settings(indicator: Indicator, chosen: Mapping[str, Setting]) -> Indicator:
    """The indicator under a council's own values, with a version that says so.

    Raises: ValueError for a setting it does not have, or that a council may not change.
    """
    settings = dict(indicator.settings)
    for name, value in chosen.items():
        if name not in settings or not settings[name].council_may_change:
            raise ValueError(f"{indicator.key} has no setting {name!r} for a council to choose.")
        if isinstance(value, str) != isinstance(settings[name].value, str):
            raise ValueError(f"{name} is a {type(settings[name].value).__name__}, not {value!r}.")
        settings[name] = replace(settings[name], value=value)
    told = ",".join(f"{name}={value}" for name, value in sorted(chosen.items()))
    return replace(
        indicator, settings=settings, version=f"{indicator.version}+{told}" if told else indicator.version
    )
