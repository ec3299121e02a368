"""What every chart over time shares: reading a series with gaps, its stretches, and its moving ranges."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stats.arguments import number, refuse, whole
from stats.spc.kinds import Limits

# Source: Shewhart's individuals chart, 3 / d2 with d2 = 1.128 for ranges of two values, as rounded by NHS
# England's Making Data Count (NHSRplotthedots 0.2.2).
LIMIT_FACTOR = 2.66
# Source: two thirds of 2.66, as rounded by NHSRplotthedots 0.2.2.
NEAR_LIMIT_FACTOR = 1.773
# Source: Shewhart; the expected range of two normal values in standard deviations.
D2 = 1.128
# Source: Nelson, "Control Charts for Individual Measurements", Journal of Quality Technology 14(3), 1982.
RANGE_LIMIT_FACTOR = 3.267
# Source: this project's choice: with under 7 points no rule of seven can hold, and limits mislead.
LEAST_FOR_LIMITS = 7
# Source: NHSRplotthedots 0.2.2 warns that limits are for trial when a stretch has 12 points or fewer.
LEAST_FOR_FIRM_LIMITS = 13
# Source: NHSRplotthedots 0.2.2 refuses to fix limits on fewer than 12 points.
LEAST_TO_FIX = 12
# Rounding of decimals can leave ranges of about 1e-16 of the values in a series that never changed.
NO_VARIATION_SHARE = 1e-12

Values = Sequence[float | None]
Marks = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Stretch:
    """Positions from `start` up to but not including `end` that are judged together, and why they began."""

    start: int
    end: int
    reason: str | None


def readings(argument: str, values: Values) -> list[float | None]:
    """The values as floats, None where there is a gap.

    Raises: ValueError unless there is at least one value and every value is a finite number or None.
    """
    needed = "a finite number, or None for a gap"
    read = [
        None if value is None else number(f"{argument}[{i}]", value, needed, lambda _: True)
        for i, value in enumerate(values)
    ]
    if all(value is None for value in read):
        refuse(argument, list(values), "a series with at least one value")
    return read


def marked(argument: str, marks: Marks, values: Values) -> dict[int, str]:
    """The reason for each marked position, in the order of the series.

    Raises: ValueError unless each position is in the series, holds a value, is marked once and has a reason.
    """
    reasons: dict[int, str] = {}
    for position, reason in marks:
        at = whole(f"a position in {argument}", position, most=len(values) - 1)
        if values[at] is None:
            refuse(f"a position in {argument}", position, "one that has a value")
        if at in reasons:
            refuse(f"a position in {argument}", position, "given once")
        if not isinstance(reason, str) or not reason.strip():
            refuse(f"the reason for position {at} in {argument}", reason, "words that say why")
        reasons[at] = reason.strip()
    return dict(sorted(reasons.items()))


def stretches(values: Values, rebase_at: Marks) -> list[Stretch]:
    """The series cut where a rebase begins, in order.

    Raises: ValueError when a rebase is not in the series, is at its start, is repeated or has no reason.
    """
    reasons = marked("rebase_at", rebase_at, values)
    if 0 in reasons:
        refuse("a position in rebase_at", 0, "after the first, where the first stretch begins anyway")
    starts = [0, *reasons]
    ends = [*reasons, len(values)]
    return [Stretch(a, b, reasons.get(a)) for a, b in zip(starts, ends, strict=True)]


def checked_fix(fix_after: int | None) -> int | None:
    """The number of points that limits are fixed on, or None.

    Raises: ValueError when it is given and is not a whole number of at least 12.
    """
    return None if fix_after is None else whole("fix_after", fix_after, least=LEAST_TO_FIX)


def baseline(values: Values, fix_after: int | None) -> list[float | None]:
    """The part of a stretch its centre and limits are made from: up to its `fix_after`th value."""
    seen = 0
    for i, value in enumerate(values):
        seen += value is not None
        if seen == fix_after:
            return list(values[: i + 1])
    return list(values)


def positions(
    values: Values, part: Stretch, fix_after: int | None, left_out: Mapping[int, str]
) -> tuple[list[int], list[int]]:
    """The positions of a stretch that count, and those of them its centre and limits are made from.

    A value left out still counts towards `fix_after`: the baseline is a period, not a number of good months.

    Raises: ValueError when every value of either is left out.
    """
    base_end = part.start + len(baseline(values[part.start : part.end], fix_after))
    kept = [i for i in range(part.start, part.end) if i not in left_out]
    base = [i for i in kept if i < base_end]
    if all(values[i] is None for i in base):
        given = list(left_out)
        refuse("exclude", given, f"such that a value is left of those limits are made from ({part.start} on)")
    return kept, base


def present(values: Iterable[float | None]) -> list[float]:
    """The values that are there."""
    return [value for value in values if value is not None]


def mean_of(values: Sequence[float]) -> float:
    """The mean, rounded once, so that equal values have exactly their value as mean."""
    return math.fsum(values) / len(values)


def moving_ranges(values: Values) -> list[float | None]:
    """The distance of each value from the one before it; None at the start and beside a gap."""
    return [
        None,
        *(
            None if before is None or value is None else abs(value - before)
            for before, value in pairwise(values)
        ),
    ]


def mean_range(values: Values, *, screen: bool) -> float | None:
    """The mean moving range, or None when no two values are neighbours or all ranges are screened out.

    Screening drops, once, the ranges that are at least 3.267 times their mean.
    Source: Nelson 1982; NHSRplotthedots 0.2.2 (`screen_outliers`).
    """
    ranges = present(moving_ranges(values))
    if screen and ranges:
        most = RANGE_LIMIT_FACTOR * mean_of(ranges)
        ranges = [between for between in ranges if between < most]
    return mean_of(ranges) if ranges else None


def limits_state(base: Values, spread: float | None, count: int) -> Limits:
    """Whether a stretch of `count` values can have limits, from the values and the spread they are made from."""
    there = [abs(value) for value in present(base)]
    if len(there) < LEAST_FOR_LIMITS:
        return Limits.TOO_FEW_POINTS
    if spread is None or spread <= NO_VARIATION_SHARE * max(there):
        return Limits.NO_VARIATION
    return Limits.TRIAL if count < LEAST_FOR_FIRM_LIMITS else Limits.FIRM
