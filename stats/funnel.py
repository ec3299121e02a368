"""Funnel plots: which units lie further from the benchmark than chance would put them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from math import sqrt

from stats.arguments import number, refuse, whole
from stats.proportion import wilson, z_for
from stats.rate import exact_poisson

INNER, OUTER = 0.95, 0.998
"""The two pairs of limits. Unit: confidence, 0 to 1. Source: OHID, PHEindicatormethods 2.1.0 (funnels)."""

FEWEST_CASES = 10
"""The number of cases under which a share is not compared.

Unit: cases. Source: the score limits differ noticeably from exact binomial ones below about 10 cases.
"""


class Kind(StrEnum):
    """What is compared."""

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"


class Position(StrEnum):
    """Where a unit lies. High and low are not good and bad: that depends on the measure."""

    HIGH_998 = "above the 99.8% limit"
    HIGH_95 = "above the 95% limit"
    WITHIN = "within the limits"
    LOW_95 = "below the 95% limit"
    LOW_998 = "below the 99.8% limit"
    TOO_FEW = "too few to compare"


@dataclass(frozen=True)
class Limits:
    """The limits for a unit of one size.

    Unit: shares for proportions, events per `per` for rates, observed over expected for ratios. `size` is the
    number of cases, the exposure or the number of expected events.
    """

    size: float
    benchmark: float
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


@dataclass(frozen=True)
class Unit:
    """One team, locality or authority on the funnel. Unit of `value`: as its limits."""

    name: str
    observed: float
    size: float
    value: float
    limits: Limits
    position: Position


@dataclass(frozen=True)
class Overdispersion:
    """How much more the units differ than chance would make them.

    `phi` is 1 when chance explains all; above `threshold` the limits are too tight for these units and the
    chart shows real differences between them, or something left out of account. Unit: ratio of variances.
    """

    phi: float
    threshold: float
    units: int

    @property
    def is_overdispersed(self) -> bool:
        """Whether the units differ clearly more than chance would make them."""
        return self.phi > self.threshold


@dataclass(frozen=True)
class Funnel:
    """Every unit with its limits and position, the benchmark, and how much differs by more than chance.

    `overdispersion` is None with fewer than two units large enough to compare, or a benchmark of no or all.
    """

    kind: Kind
    benchmark: float
    per: float
    units: tuple[Unit, ...]
    overdispersion: Overdispersion | None

    @property
    def compared(self) -> int:
        """How many units are large enough to compare."""
        return sum(unit.position is not Position.TOO_FEW for unit in self.units)

    @property
    def by_chance_outside_95(self) -> float:
        """How many units chance alone would put outside the 95% limits. Unit: units."""
        return self.compared * (1 - INNER)

    @property
    def by_chance_outside_998(self) -> float:
        """How many units chance alone would put outside the 99.8% limits. Unit: units."""
        return self.compared * (1 - OUTER)


def proportion_limits(n: float, benchmark: float) -> Limits:
    """The limits for a share of `n` cases: where the unit's Wilson interval would just touch the benchmark.

    Unit: shares, clipped to 0 and 1. Raises: ValueError unless n > 0 and 0 <= benchmark <= 1.
    Source: OHID, PHEindicatormethods 2.1.0 (calculate_funnel_limits); algebraically the score limits.
    """
    size = number("n", n, "a number above 0", lambda v: v > 0)
    centre = number("benchmark", benchmark, "a share from 0 to 1", lambda v: 0 <= v <= 1)
    inner, outer = (z_for(level) * sqrt(centre * (1 - centre) / size) for level in (INNER, OUTER))
    return Limits(
        size=size,
        benchmark=centre,
        lower_95=max(0.0, centre - inner),
        upper_95=min(1.0, centre + inner),
        lower_998=max(0.0, centre - outer),
        upper_998=min(1.0, centre + outer),
    )


def ratio_limits(expected: float, benchmark: float = 1.0) -> Limits:
    """The limits for observed over expected: where the unit's exact interval would just touch the benchmark.

    Unit: observed over expected (1 is as expected). Raises: ValueError unless expected and benchmark are
    above 0.
    Source: OHID, PHEindicatormethods 2.1.0 (calculate_funnel_limits), solved for the observed number.
    """
    size = number("expected", expected, "a number above 0", lambda v: v > 0)
    centre = number("benchmark", benchmark, "a number above 0", lambda v: v > 0)
    (lower_95, upper_95), (lower_998, upper_998) = (_count_limits(size * centre, c) for c in (INNER, OUTER))
    return Limits(size, centre, lower_95 / size, upper_95 / size, lower_998 / size, upper_998 / size)


def rate_limits(exposure: float, benchmark: float, per: float = 10_000) -> Limits:
    """The limits for a rate: where the unit's exact interval would just touch the benchmark.

    Unit: events per `per` of exposure. Raises: ValueError unless exposure, benchmark and per are above 0.
    Source: OHID, PHEindicatormethods 2.1.0 (calculate_funnel_limits), solved for the observed number.
    """
    size = number("exposure", exposure, "a number above 0", lambda v: v > 0)
    centre = number("benchmark", benchmark, "a number above 0", lambda v: v > 0)
    unit = number("per", per, "a number above 0", lambda v: v > 0)
    (lower_95, upper_95), (lower_998, upper_998) = (
        _count_limits(size / unit * centre, c) for c in (INNER, OUTER)
    )
    scale = unit / size
    return Limits(size, centre, lower_95 * scale, upper_95 * scale, lower_998 * scale, upper_998 * scale)


def _count_limits(expected: float, confidence: float) -> tuple[float, float]:
    """The numbers of events, not rounded, whose exact intervals just touch the expected number."""
    special = import_module("scipy.special")
    tail = (1 - confidence) / 2
    # With so few expected, even no events at all are likely enough: there is no lower limit.
    lower = 0.0 if special.pdtr(0, expected) >= tail else float(special.pdtrik(tail, expected))
    return lower, float(special.pdtrik(1 - tail, expected)) + 1


def proportions(units: Mapping[str, tuple[float, float]], benchmark: float | None = None) -> Funnel:
    """The funnel of shares; each unit is (count, cases), the benchmark is their pooled share unless given.

    Unit: shares, 0 to 1. Raises: ValueError unless there is a unit, and 0 <= count <= cases and cases > 0 for
    each. Source: OHID, PHEindicatormethods 2.1.0 (assign_funnel_significance); under 10 cases nothing is
    compared.
    """
    _some(units)
    intervals = {name: (wilson(x, n, INNER), wilson(x, n, OUTER)) for name, (x, n) in units.items()}
    if benchmark is None:
        benchmark = sum(x for x, _ in units.values()) / sum(n for _, n in units.values())
    placed, scores = [], []
    for name, (inner, outer) in intervals.items():
        limits = proportion_limits(inner.n, benchmark)
        bounds = (inner.lower, inner.upper, outer.lower, outer.upper)
        position = Position.TOO_FEW if inner.n < FEWEST_CASES else _position(bounds, benchmark)
        placed.append(Unit(name, inner.x, inner.n, inner.share, limits, position))
        if position is not Position.TOO_FEW and 0 < benchmark < 1:
            scores.append((inner.share - benchmark) / sqrt(benchmark * (1 - benchmark) / inner.n))
    return Funnel(Kind.PROPORTION, benchmark, 1, tuple(placed), overdispersion(scores))


def rates(
    units: Mapping[str, tuple[int, float]], per: float = 10_000, benchmark: float | None = None
) -> Funnel:
    """The funnel of rates; each unit is (events, exposure), the benchmark is their pooled rate unless given.

    Where even no events at all would be within the limits, a unit within them is too small to compare.
    Unit: events per `per` of exposure. Raises: ValueError unless there is a unit and an event, events are
    whole and at least 0, and exposures and per are above 0.
    Source: OHID, PHEindicatormethods 2.1.0 (assign_funnel_significance), with exact limits at every size.
    """
    _some(units)
    unit = number("per", per, "a number above 0", lambda v: v > 0)
    for name, (_, exposure) in units.items():
        number(f"exposure of {name}", exposure, "a number above 0", lambda v: v > 0)
    if benchmark is None:
        events = sum(whole(f"events of {name}", seen) for name, (seen, _) in units.items())
        benchmark = events / sum(exposure for _, exposure in units.values()) * unit
    centre = number("benchmark", benchmark, "a number above 0", lambda v: v > 0)
    placed = [
        _counted(name, seen, exposure / unit * centre, rate_limits(exposure, centre, unit), unit / exposure)
        for name, (seen, exposure) in units.items()
    ]
    return _funnel(Kind.RATE, centre, unit, placed)


def ratios(units: Mapping[str, tuple[int, float]], benchmark: float = 1.0) -> Funnel:
    """The funnel of observed over expected; each unit is (observed, expected), the benchmark 1 unless given.

    Where even no events at all would be within the limits, a unit within them is too small to compare.
    Unit: observed over expected. Raises: ValueError unless there is a unit, observed is whole and at least 0,
    and expected and benchmark are above 0.
    Source: OHID, PHEindicatormethods 2.1.0 (assign_funnel_significance), with exact limits at every size.
    """
    _some(units)
    placed = []
    for name, (seen, expected) in units.items():
        size = number(f"expected of {name}", expected, "a number above 0", lambda v: v > 0)
        placed.append(_counted(name, seen, size * benchmark, ratio_limits(size, benchmark), 1 / size))
    return _funnel(Kind.RATIO, benchmark, 1, placed)


def _some(units: Mapping[str, object]) -> None:
    if not units:
        refuse("units", units, "a mapping with at least one unit")


def _counted(name: str, seen: int, expected: float, limits: Limits, scale: float) -> tuple[Unit, float]:
    """A unit placed by its exact interval, and its z-score."""
    events = whole(f"events of {name}", seen)
    position = _position((*exact_poisson(events, INNER), *exact_poisson(events, OUTER)), expected)
    if position is Position.WITHIN and limits.lower_95 == 0:
        position = Position.TOO_FEW
    return Unit(name, events, limits.size, events * scale, limits, position), (events - expected) / sqrt(
        expected
    )


def _funnel(kind: Kind, benchmark: float, per: float, placed: list[tuple[Unit, float]]) -> Funnel:
    scores = [score for unit, score in placed if unit.position is not Position.TOO_FEW]
    return Funnel(kind, benchmark, per, tuple(unit for unit, _ in placed), overdispersion(scores))


def _position(bounds: tuple[float, float, float, float], centre: float) -> Position:
    """Where the benchmark's place outside the unit's own intervals puts the unit; touching is within."""
    lower_95, upper_95, lower_998, upper_998 = bounds
    if lower_998 > centre:
        return Position.HIGH_998
    if upper_998 < centre:
        return Position.LOW_998
    if lower_95 > centre:
        return Position.HIGH_95
    return Position.LOW_95 if upper_95 < centre else Position.WITHIN


def overdispersion(scores: list[float]) -> Overdispersion | None:
    """The mean squared z-score beside the figure that chance would rarely pass; None for fewer than two.

    Unit: ratio of variances. Source: Spiegelhalter (2005), Statistics in Medicine 24: 1185-1202; threshold
    1 + 2 * sqrt(2 / k), two standard errors of phi over k units.
    """
    if len(scores) < 2:
        return None
    phi = sum(score * score for score in scores) / len(scores)
    return Overdispersion(phi, 1 + 2 * sqrt(2 / len(scores)), len(scores))
