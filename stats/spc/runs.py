"""Run charts: the median, the longest run on one side of it, and how often the line crosses it."""

import math
from dataclasses import dataclass
from statistics import median

from stats.arguments import whole
from stats.spc.series import Marks, Values, checked_fix, marked, positions, present, readings, stretches

# Source: Anhøj and Olesen, "Run Charts Revisited", PLoS ONE 9(11), 2014: critical values from 10 points.
LEAST_FOR_RUNS = 10
# Source: Anhøj and Olesen 2014; Anhøj and Wentzel-Larsen 2018: one chance in twenty of so few crossings.
CROSSINGS_ONE_IN = 20


@dataclass(frozen=True)
class Runs:
    """The longest run and the crossings of one stretch, beside what chance would give.

    The limits and `is_signal` are None when fewer than 10 values lie off the centre line.
    """

    useful: int
    longest: int
    longest_limit: int | None
    crossings: int
    fewest_crossings: int | None
    is_signal: bool | None


@dataclass(frozen=True)
class RunPoint:
    """One value with the median drawn at it; `excluded` is the reason it does not count, if it does not."""

    position: int
    value: float | None
    median: float
    group: int
    excluded: str | None


@dataclass(frozen=True)
class RunStretch:
    """Points judged together: from `start` up to but not including `end`, and why a rebase began them."""

    group: int
    start: int
    end: int
    reason: str | None
    count: int
    median: float
    runs: Runs


@dataclass(frozen=True)
class RunChart:
    """A run chart: points and stretches; it has no limits."""

    points: tuple[RunPoint, ...]
    stretches: tuple[RunStretch, ...]

    @property
    def is_signal(self) -> bool | None:
        """Whether the last stretch shows an unusual run or too few crossings; None when it is too short."""
        return self.stretches[-1].runs.is_signal


def longest_run_limit(useful: int) -> int:
    """The longest run that chance still explains among so many values off the centre line.

    Unit: points. Raises: ValueError for fewer than 10.
    Source: Anhøj and Olesen 2014: round(log2 n) + 3.
    """
    return round(math.log2(whole("useful", useful, least=LEAST_FOR_RUNS))) + 3


def fewest_crossings(useful: int) -> int:
    """The fewest crossings of the centre line that chance still explains among so many values off it.

    Unit: crossings. Raises: ValueError for fewer than 10.
    Source: Anhøj and Olesen 2014: the lower 5% point of a binomial with n - 1 trials at one half.
    """
    return _fewest_of_pairs(whole("useful", useful, least=LEAST_FOR_RUNS) - 1)


def _fewest_of_pairs(pairs: int) -> int:
    """Counted in whole numbers, so that no rounding decides."""
    ways = 0
    for crossings in range(pairs + 1):
        ways += math.comb(pairs, crossings)
        if CROSSINGS_ONE_IN * ways >= 2**pairs:
            return crossings
    return pairs


def runs_about(values: Values, centre: float) -> Runs:
    """The runs and crossings of a series about a centre line.

    Values on the line are passed over; a gap ends a run, and the pair across it is not looked at.

    Raises: ValueError for an empty series or a value that is no number.
    Source: Anhøj and Olesen 2014; qicharts2 0.8.1.
    """
    useful = longest = crossings = pairs = 0
    side: bool | None = None
    length = 0
    for value in readings("values", values):
        if value is None:
            side = None
        elif value != centre:
            above = value > centre
            useful += 1
            pairs += side is not None
            crossings += side is not None and side is not above
            length = length + 1 if side is above else 1
            longest = max(longest, length)
            side = above
    if useful < LEAST_FOR_RUNS:
        return Runs(useful, longest, None, crossings, None, None)
    most, fewest = longest_run_limit(useful), _fewest_of_pairs(pairs)
    return Runs(useful, longest, most, crossings, fewest, longest > most or crossings < fewest)


def run_chart(
    values: Values, *, rebase_at: Marks = (), fix_after: int | None = None, exclude: Marks = ()
) -> RunChart:
    """The run chart of a series: its median, and whether runs about it are longer or rarer than by chance.

    Shape: `values` in order, None for a gap; `rebase_at` and `exclude` pairs of position and reason.
    Unit: that of the values.
    Raises: ValueError for an empty series, a value that is no number, a mark outside the series or without
    a reason, `fix_after` under 12, a stretch with every value excluded.
    Source: Anhøj and Olesen 2014; qicharts2 0.8.1.
    """
    read = readings("values", values)
    left_out = marked("exclude", exclude, read)
    fix = checked_fix(fix_after)
    made: list[RunStretch] = []
    points: list[RunPoint] = []
    for group, part in enumerate(stretches(read, rebase_at)):
        kept, base = positions(read, part, fix, left_out)
        held = [read[i] for i in kept]
        middle = float(median(present([read[i] for i in base])))
        runs = runs_about(held, middle)
        count = len(present(held))
        made.append(RunStretch(group, part.start, part.end, part.reason, count, middle, runs))
        points.extend(
            RunPoint(i, read[i], middle, group, left_out.get(i)) for i in range(part.start, part.end)
        )
    return RunChart(tuple(points), tuple(made))
