"""Comparing an authority with England and its neighbours, the way each official tool does it."""

from stats.compare.benchmark import (
    Verdict,
    against_benchmark,
    against_benchmark_two_levels,
    against_other,
)
from stats.compare.national import (
    Band,
    Neighbours,
    Polarity,
    Quartiles,
    neighbours,
    quartile_band,
    quartiles,
    quintile,
    rank,
)
from stats.compare.recent_trend import (
    TREND_CRITICAL,
    Direction,
    Reason,
    Trend,
    recent_trend_of_shares,
    recent_trend_of_values,
)

__all__ = [
    "TREND_CRITICAL",
    "Band",
    "Direction",
    "Neighbours",
    "Polarity",
    "Quartiles",
    "Reason",
    "Trend",
    "Verdict",
    "against_benchmark",
    "against_benchmark_two_levels",
    "against_other",
    "neighbours",
    "quartile_band",
    "quartiles",
    "quintile",
    "rank",
    "recent_trend_of_shares",
    "recent_trend_of_values",
]
