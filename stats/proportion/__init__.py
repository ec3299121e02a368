"""Shares from small numbers: how sure they are, how they differ, and how many cases it takes to say more."""

from stats.proportion.intervals import (
    QUARTER_OF_FRAME,
    Difference,
    FiniteInterval,
    Interval,
    Method,
    best_interval,
    clopper_pearson,
    difference,
    hypergeometric,
    wilson,
    z_for,
)
from stats.proportion.planning import (
    EXACT_UP_TO,
    DetectableChange,
    chance_of_seeing,
    sample_size,
    smallest_detectable_change,
)

__all__ = [
    "EXACT_UP_TO",
    "QUARTER_OF_FRAME",
    "DetectableChange",
    "Difference",
    "FiniteInterval",
    "Interval",
    "Method",
    "best_interval",
    "chance_of_seeing",
    "clopper_pearson",
    "difference",
    "hypergeometric",
    "sample_size",
    "smallest_detectable_change",
    "wilson",
    "z_for",
]
