"""The shape shared by every chart whose limits are made from counts: points, stretches and what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stats.spc.kinds import Chart, Direction, Kind, Limits, Rule, checked_direction, kind_of
from stats.spc.rules import SAME_SHARE
from stats.spc.runs import Runs, runs_about
from stats.spc.series import (
    Marks,
    Values,
    checked_fix,
    limits_state,
    marked,
    positions,
    present,
    readings,
    stretches,
)

# Source: Shewhart: limits at three standard errors; warning lines at two (Montgomery; qicharts2 0.8.1).
SIGMAS = 3.0
NEAR_SIGMAS = 2.0


@dataclass(frozen=True)
class Fit:
    """A centre, a spread (None when nothing varies), and the line so many sigmas from it at a position."""

    centre: float
    spread: float | None
    at: Callable[[int, float], float | None]
    inflation: float | None = None


@dataclass(frozen=True)
class CountedPoint:
    """One value with the lines drawn at it, which are None where there are no limits or nothing was seen.

    `excluded` is the reason that a value does not count towards centre, limits and runs, if it does not.
    """

    position: int
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    group: int
    excluded: str | None
    kind: Kind | None
    rule: Rule | None


@dataclass(frozen=True)
class CountedStretch:
    """Points judged together, with their centre and how the runs about it compare with chance.

    `inflation` is how many times wider the limits are than counting alone would make them: 1 for P, U and C,
    None where the question does not arise (G, T, and P' and U' that have no limits).
    """

    group: int
    start: int
    end: int
    reason: str | None
    count: int
    centre: float
    inflation: float | None
    limits: Limits
    runs: Runs


@dataclass(frozen=True)
class CountedChart:
    """A chart with limits from counts: which chart it is, its points and its stretches."""

    chart: Chart
    points: tuple[CountedPoint, ...]
    stretches: tuple[CountedStretch, ...]
    improvement: Direction

    @property
    def is_special(self) -> bool:
        """Whether a point is outside its limits or a stretch has an unusual run about the centre."""
        return any(p.rule is not None for p in self.points) or any(s.runs.is_signal for s in self.stretches)


def assemble(
    chart: Chart,
    values: Values,
    fit: Callable[[Sequence[int | None]], Fit],
    rebase_at: Marks,
    fix_after: int | None,
    exclude: Marks,
    improvement: Direction,
) -> CountedChart:
    """The chart of values that are already shares, rates, counts or distances, fitted stretch by stretch.

    `fit` is given the positions that count, with None at a gap, and returns the centre and the lines.

    Raises: ValueError for an empty series, a mark outside it or without a reason, `fix_after` under 12,
    a stretch with every value excluded.
    """
    read = readings("values", values)
    fix = checked_fix(fix_after)
    checked_direction(improvement)
    left_out = marked("exclude", exclude, read)
    points: list[CountedPoint] = []
    made: list[CountedStretch] = []
    for group, part in enumerate(stretches(read, rebase_at)):
        kept, base = positions(read, part, fix, left_out)
        held = [read[i] for i in kept]
        fitted = fit([None if read[i] is None else i for i in base])
        state = limits_state([read[i] for i in base], fitted.spread, len(present(held)))
        made.append(
            CountedStretch(
                group=group,
                start=part.start,
                end=part.end,
                reason=part.reason,
                count=len(present(held)),
                centre=fitted.centre,
                inflation=fitted.inflation,
                limits=state,
                runs=runs_about(held, fitted.centre),
            )
        )
        drawn = state in (Limits.FIRM, Limits.TRIAL)
        points.extend(
            _point(i, read[i], fitted, drawn, group, left_out.get(i), improvement)
            for i in range(part.start, part.end)
        )
    return CountedChart(chart, tuple(points), tuple(made), improvement)


def _point(
    position: int,
    value: float | None,
    fitted: Fit,
    drawn: bool,
    group: int,
    excluded: str | None,
    improvement: Direction,
) -> CountedPoint:
    lower, near_lower, near_upper, upper = (
        fitted.at(position, sigmas) if drawn else None
        for sigmas in (-SIGMAS, -NEAR_SIGMAS, NEAR_SIGMAS, SIGMAS)
    )
    rule = None
    if value is not None and lower is not None and upper is not None:
        nothing = SAME_SHARE * (upper - lower)
        if value > upper + nothing:
            rule = Rule.ABOVE_LIMIT
        elif value < lower - nothing:
            rule = Rule.BELOW_LIMIT
    return CountedPoint(
        position=position,
        value=value,
        centre=None if value is None else fitted.centre,
        lower=lower,
        upper=upper,
        near_lower=near_lower,
        near_upper=near_upper,
        group=group,
        excluded=excluded,
        kind=None if value is None else kind_of(rule, improvement),
        rule=rule,
    )
