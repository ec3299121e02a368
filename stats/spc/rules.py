"""The four rules of Making Data Count: which points of one stretch are special, and by which rule.

Source: NHS England, Making Data Count; NHSRplotthedots 0.2.2 (always 7 points for trends and shifts).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stats.spc.kinds import Rule

# Source: NHSRplotthedots 0.2.2: seven points for a trend and for a shift.
RUN_LENGTH = 7
# Source: rounding in the last places of a decimal must not move a point off the mean or over a limit.
SAME_SHARE = 1e-9


@dataclass(frozen=True)
class Lines:
    """The mean, the limits and the near limits of a stretch, and the distance that counts as none."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    nothing: float


def rules_fired(values: Sequence[float | None], lines: Lines) -> list[Rule | None]:
    """The first rule, in order of precedence, that makes each value special, or None.

    Shape: one entry for each value; None also at gaps, which break every run.
    Source: NHSRplotthedots 0.2.2: outside a limit, then trend, then two in three, then shift.
    """
    fired: list[Rule | None] = [None] * len(values)
    for marks in (
        _shift(values, lines),
        _two_in_three(values, lines),
        _trend(values),
        _outside(values, lines),
    ):
        for position, rule in marks:
            fired[position] = rule
    return fired


def _outside(values: Sequence[float | None], lines: Lines) -> Iterator[tuple[int, Rule]]:
    for i, value in enumerate(values):
        if value is not None and value > lines.upper + lines.nothing:
            yield i, Rule.ABOVE_LIMIT
        elif value is not None and value < lines.lower - lines.nothing:
            yield i, Rule.BELOW_LIMIT


def _trend(values: Sequence[float | None]) -> Iterator[tuple[int, Rule]]:
    """Runs in the order they end, so that a point shared by two takes the later direction."""
    steps = [0]
    for before, value in pairwise(values):
        steps.append(0 if before is None or value is None else (value > before) - (value < before))
    for start, end, step in _runs(steps):
        if step and end - start + 1 >= RUN_LENGTH:
            for i in range(start - 1, end):
                yield i, Rule.RISING if step > 0 else Rule.FALLING


def _two_in_three(values: Sequence[float | None], lines: Lines) -> Iterator[tuple[int, Rule]]:
    sides = _sides(values, lines)
    near = [value is not None and _is_near(value, lines) for value in values]
    for start in range(len(values) - 2):
        side = sides[start]
        one_side = side and side == sides[start + 1] == sides[start + 2]
        if one_side and near[start] + near[start + 1] + near[start + 2] >= 2:
            for i in range(start, start + 3):
                if near[i]:
                    yield i, Rule.TWO_IN_THREE_ABOVE if side > 0 else Rule.TWO_IN_THREE_BELOW


def _is_near(value: float, lines: Lines) -> bool:
    """Beyond a near limit and not beyond the limit itself."""
    nothing = lines.nothing
    return (
        lines.near_upper + nothing < value <= lines.upper + nothing
        or lines.lower - nothing <= value < lines.near_lower - nothing
    )


def _shift(values: Sequence[float | None], lines: Lines) -> Iterator[tuple[int, Rule]]:
    for start, end, side in _runs(_sides(values, lines)):
        if side and end - start >= RUN_LENGTH:
            for i in range(start, end):
                yield i, Rule.SHIFT_ABOVE if side > 0 else Rule.SHIFT_BELOW


def _sides(values: Sequence[float | None], lines: Lines) -> list[int]:
    """1 above the mean, -1 below, 0 on it or at a gap."""
    return [
        0 if value is None or abs(value - lines.mean) <= lines.nothing else 1 if value > lines.mean else -1
        for value in values
    ]


def _runs(marks: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Start, end (not included) and mark of each stretch of equal marks."""
    start = 0
    for i in range(1, len(marks) + 1):
        if i == len(marks) or marks[i] != marks[start]:
            yield start, i, marks[start]
            start = i
