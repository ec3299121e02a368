"""Rates from counts of events: a rate per so many, with limits that hold for small counts."""

from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from math import sqrt

from stats.arguments import number, share, whole
from stats.proportion import z_for

BYARS_FROM = 10
"""The number of events from which Byar's approximation takes over from the exact limits.

Unit: events. Source: OHID, PHEindicatormethods 2.1.0 (phe_rate): exact limits below 10 events.
"""


class Method(StrEnum):
    """How the limits of a rate were worked out."""

    EXACT = "exact"
    BYARS = "byars"


@dataclass(frozen=True)
class RateInterval:
    """`events` in `exposure` as a rate `per` so many, with its limits. Unit: events per `per` of exposure."""

    events: int
    exposure: float
    per: float
    rate: float
    lower: float
    upper: float
    confidence: float
    method: Method

    @property
    def words(self) -> str:
        """The count first, then the rate, then its limits."""
        return (
            f"{self.events:,} events: {self.rate:,.1f} per {self.per:,.0f}, "
            f"between {self.lower:,.1f} and {self.upper:,.1f}"
        )


def exact_poisson(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """The exact lower and upper limit for the true number of events.

    Unit: events. Raises: ValueError unless events >= 0 and 0 < confidence < 1.
    Source: Garwood (1936), Biometrika 28: 437-442, by quantiles of the gamma distribution.
    """
    seen = number("events", events, "a number of at least 0", lambda v: v >= 0)
    tail = (1 - share("confidence", confidence)) / 2
    special = import_module("scipy.special")
    lower = 0.0 if seen == 0 else float(special.gammaincinv(seen, tail))
    return lower, float(special.gammainccinv(seen + 1, tail))


def byars(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """Byar's approximate lower and upper limit for the true number of events; the lower is never under 0.

    Unit: events. Raises: ValueError unless events >= 0 and 0 < confidence < 1.
    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, page 69; OHID's standard.
    """
    seen = number("events", events, "a number of at least 0", lambda v: v >= 0)
    z = z_for(confidence)
    lower = 0.0 if seen == 0 else seen * (1 - 1 / (9 * seen) - z / (3 * sqrt(seen))) ** 3
    more = seen + 1
    return max(0.0, lower), more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3


def events_interval(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """The lower and upper limit for the true number of events: exact below 10 events, Byar's from 10.

    Unit: events. Raises: ValueError unless events >= 0 and 0 < confidence < 1.
    Source: OHID, PHEindicatormethods 2.1.0 (phe_rate).
    """
    seen = number("events", events, "a number of at least 0", lambda v: v >= 0)
    return exact_poisson(seen, confidence) if seen < BYARS_FROM else byars(seen, confidence)


def interval(events: int, exposure: float, per: float = 10_000, confidence: float = 0.95) -> RateInterval:
    """The rate with its limits: exact Poisson below 10 events, Byar's from 10; no events have lower limit 0.

    `exposure` is what the events came from: children in the area, or child-years when one child can have
    several. Unit: events per `per` of exposure. Raises: ValueError unless events is whole and at least 0,
    exposure and per are above 0 and 0 < confidence < 1.
    Source: OHID, PHEindicatormethods 2.1.0 (phe_rate).
    """
    seen = whole("events", events, least=0)
    base = number("exposure", exposure, "a number above 0", lambda v: v > 0)
    unit = number("per", per, "a number above 0", lambda v: v > 0)
    lower, upper = events_interval(seen, confidence)
    return RateInterval(
        events=seen,
        exposure=base,
        per=unit,
        rate=seen / base * unit,
        lower=lower / base * unit,
        upper=upper / base * unit,
        confidence=confidence,
        method=Method.EXACT if seen < BYARS_FROM else Method.BYARS,
    )


def per_10_000(events: int, population: float, confidence: float = 0.95) -> RateInterval:
    """The rate per 10,000 children, as DfE's children's social care tables print it, with its limits.

    Unit: events per 10,000. Raises: ValueError as `interval` does, with `population` named `exposure`.
    Source: DfE, Children in need and Children looked after statistics: rates per 10,000 children under 18.
    """
    return interval(events, population, 10_000, confidence)
