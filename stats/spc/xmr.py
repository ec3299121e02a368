"""The XmR chart as NHS England's Making Data Count draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

from stats.arguments import number
from stats.spc.kinds import Assurance, Direction, Kind, Limits, Rule, checked_direction, kind_of
from stats.spc.rules import SAME_SHARE, Lines, rules_fired
from stats.spc.series import (
    LEAST_FOR_FIRM_LIMITS,
    LEAST_FOR_LIMITS,
    LIMIT_FACTOR,
    NEAR_LIMIT_FACTOR,
    RANGE_LIMIT_FACTOR,
    Marks,
    Stretch,
    Values,
    baseline,
    checked_fix,
    limits_state,
    mean_of,
    mean_range,
    moving_ranges,
    present,
    readings,
    stretches,
)


@dataclass(frozen=True)
class XmrPoint:
    """One value with the lines drawn at it, the stretch it belongs to, what it says and by which rule.

    `kind` is None at a gap; limits are None where a stretch has none.
    """

    position: int
    value: float | None
    moving_range: float | None
    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    group: int
    kind: Kind | None
    rule: Rule | None


@dataclass(frozen=True)
class XmrStretch:
    """Points judged together: from `start` up to but not including `end`, and why a rebase began them.

    `lines` and `range_limit`, the upper limit of the moving ranges, are None where there are no limits.
    """

    group: int
    start: int
    end: int
    reason: str | None
    count: int
    mean: float
    mean_range: float | None
    range_limit: float | None
    lines: Lines | None
    limits: Limits


@dataclass(frozen=True)
class XmrChart:
    """Points, stretches, the kind of the last value, assurance, and the notes to print under the chart."""

    points: tuple[XmrPoint, ...]
    stretches: tuple[XmrStretch, ...]
    variation: Kind
    assurance: Assurance | None
    screened: bool
    improvement: Direction
    target: float | None
    notes: tuple[str, ...]

    @property
    def is_special(self) -> bool:
        """Whether any point is special."""
        return any(point.rule is not None for point in self.points)


def xmr(
    values: Values,
    *,
    rebase_at: Marks = (),
    fix_after: int | None = None,
    screen: bool = True,
    improvement: Direction = Direction.INCREASE,
    target: float | None = None,
) -> XmrChart:
    """The XmR chart of a series: mean, limits at 2.66 mean moving ranges, and special points by four rules.

    A stretch of fewer than 7 values, or one that hardly varies, has no limits and no rule is applied to it.

    Shape: `values` in order, None for a gap; `rebase_at` pairs of position and reason; one point a value.
    Unit: that of the values.
    Raises: ValueError for an empty series, a value that is no number, a rebase outside the series or without
    a reason, `fix_after` under 12.
    Source: NHS England, Making Data Count; NHSRplotthedots 0.2.2.
    """
    read = readings("values", values)
    cut = stretches(read, rebase_at)
    fix = checked_fix(fix_after)
    checked_direction(improvement)
    aim = None if target is None else number("target", target, "a finite number, or None", lambda _: True)
    made: list[XmrStretch] = []
    points: list[XmrPoint] = []
    for group, part in enumerate(cut):
        held = read[part.start : part.end]
        stretch = _stretch(group, part, held, fix, screen=screen)
        made.append(stretch)
        points.extend(_points(stretch, held, improvement))
    last = next(point.kind for point in reversed(points) if point.kind is not None)
    return XmrChart(
        points=tuple(points),
        stretches=tuple(made),
        variation=last,
        assurance=_assurance(made[-1], improvement, aim),
        screened=screen,
        improvement=improvement,
        target=aim,
        notes=tuple(_notes(made, points, fix, screen=screen)),
    )


def _stretch(
    group: int, part: Stretch, held: Sequence[float | None], fix: int | None, *, screen: bool
) -> XmrStretch:
    base = baseline(held, fix)
    mean = mean_of(present(base))
    spread = mean_range(base, screen=screen)
    count = len(present(held))
    state = limits_state(base, spread, count)
    if state in (Limits.TOO_FEW_POINTS, Limits.NO_VARIATION):
        spread = None
    return XmrStretch(
        group=group,
        start=part.start,
        end=part.end,
        reason=part.reason,
        count=count,
        mean=mean,
        mean_range=spread,
        range_limit=None if spread is None else RANGE_LIMIT_FACTOR * spread,
        lines=None if spread is None else _lines(mean, spread),
        limits=state,
    )


def _lines(mean: float, spread: float) -> Lines:
    return Lines(
        mean=mean,
        lower=mean - LIMIT_FACTOR * spread,
        upper=mean + LIMIT_FACTOR * spread,
        near_lower=mean - NEAR_LIMIT_FACTOR * spread,
        near_upper=mean + NEAR_LIMIT_FACTOR * spread,
        nothing=SAME_SHARE * spread,
    )


def _points(stretch: XmrStretch, held: Sequence[float | None], improvement: Direction) -> list[XmrPoint]:
    lines = stretch.lines
    fired: list[Rule | None] = [None] * len(held) if lines is None else rules_fired(held, lines)
    kinds = {rule: kind_of(rule, improvement) for rule in set(fired)}
    lower, upper, near_lower, near_upper = (
        (None, None, None, None)
        if lines is None
        else (lines.lower, lines.upper, lines.near_lower, lines.near_upper)
    )
    return [
        XmrPoint(
            stretch.start + i,
            value,
            between,
            stretch.mean,
            lower,
            upper,
            near_lower,
            near_upper,
            stretch.group,
            None if value is None else kinds[rule],
            rule,
        )
        for i, (value, between, rule) in enumerate(zip(held, moving_ranges(held), fired, strict=True))
    ]


def _assurance(last: XmrStretch, improvement: Direction, target: float | None) -> Assurance | None:
    if target is None or improvement is Direction.NEUTRAL:
        return None
    if last.lines is None:
        return Assurance.CANNOT_BE_ASSESSED
    if last.lines.lower <= target <= last.lines.upper:
        return Assurance.INCONSISTENT
    higher_is_better = improvement is Direction.INCREASE
    return (
        Assurance.CONSISTENT_PASS
        if (target < last.lines.lower) is higher_is_better
        else Assurance.CONSISTENT_FAIL
    )


def _notes(
    made: Sequence[XmrStretch], points: Sequence[XmrPoint], fix: int | None, *, screen: bool
) -> list[str]:
    notes = []
    if any(stretch.mean_range is not None for stretch in made):
        notes.append(
            f"Moving ranges of {RANGE_LIMIT_FACTOR} or more times their mean are left out of the limits."
            if screen
            else "Every moving range counts towards the limits."
        )
    if fix is not None and any(stretch.count >= fix for stretch in made):
        notes.append(f"Mean and limits are fixed on the first {fix} values of each stretch.")
    for stretch in made:
        where = f"points {stretch.start + 1} to {stretch.end}"
        if stretch.limits is Limits.TRIAL:
            notes.append(
                f"Trial limits for {where}: {stretch.count} values, and limits settle from "
                f"{LEAST_FOR_FIRM_LIMITS}."
            )
        elif stretch.limits is Limits.TOO_FEW_POINTS:
            values = "1 value" if stretch.count == 1 else f"{stretch.count} values"
            notes.append(f"No limits for {where}: {values}, and limits need {LEAST_FOR_LIMITS}.")
        elif stretch.limits is Limits.NO_VARIATION:
            notes.append(f"No limits for {where}: the values hardly vary, so there is nothing to judge by.")
    if any(point.value is None for point in points):
        notes.append("A gap breaks a run: no rule looks across a missing value.")
    return notes
