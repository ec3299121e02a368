"""Is an improvement on its way to the target: a straight line to it, and what the counts so far can say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stats.arguments import number, refuse, whole
from stats.proportion import DetectableChange, Interval, best_interval, smallest_detectable_change
from stats.spc import Direction


class Status(StrEnum):
    """What can be said of a checkpoint."""

    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    TOO_EARLY_TO_SAY = "too_early_to_say"


@dataclass(frozen=True)
class Checkpoint:
    """The share that is due so many steps ahead of the start."""

    ahead: int
    due: float


@dataclass(frozen=True)
class TrajectoryStatus:
    """The status of a checkpoint with its count, interval and the smallest change the counts could have shown."""

    status: Status
    interval: Interval
    due: float
    smallest_change: DetectableChange | None
    sentence: str


def trajectory(start: float, target: float, ahead: Sequence[int] = (6, 12, 18)) -> tuple[Checkpoint, ...]:
    """What is due at each checkpoint on the straight line from the start to the target at the last of them.

    Shape: one checkpoint for each of `ahead`, which rises. Unit: shares, 0 to 1; `ahead` in steps of the series.
    Raises: ValueError unless `start` and `target` are shares from 0 to 1 and `ahead` rises from at least 1.
    Source: Friedman, Trying Hard Is Not Good Enough, 2005; checkpoints at 6, 12 and 18 months.
    """
    needed = "a share from 0 to 1 (0.65, not 65)"
    begin = number("start", start, needed, lambda v: 0 <= v <= 1)
    end = number("target", target, needed, lambda v: 0 <= v <= 1)
    steps = [whole(f"ahead[{i}]", step, least=1) for i, step in enumerate(ahead)]
    if not steps or steps != sorted(set(steps)):
        refuse("ahead", list(ahead), "one or more steps, each further than the one before")
    return tuple(Checkpoint(step, begin + (end - begin) * step / steps[-1]) for step in steps)


def trajectory_status(
    x: int,
    n: int,
    due: float,
    *,
    improvement: Direction = Direction.INCREASE,
    confidence: float = 0.95,
    population: int | None = None,
    baseline_n: int | None = None,
) -> TrajectoryStatus:
    """Whether a count over a count is on track for what is due, off it, or too early to say.

    On track when the whole interval is at or beyond what is due, off track when all of it falls short. With
    `baseline_n`, the number of cases behind the start, the smallest change that could have been seen is given.

    Unit: `due` is a share, 0 to 1.
    Raises: ValueError unless 0 <= x <= n with n at least 1, `due` is a share from 0 to 1 and `improvement` is up
    or down.
    Source: the interval is `stats.proportion.best_interval` (Wilson, or exact where a quarter of a given
    population was seen); Friedman, Trying Hard Is Not Good Enough, 2005.
    """
    if improvement not in (Direction.INCREASE, Direction.DECREASE):
        refuse("improvement", improvement, "Direction.INCREASE or Direction.DECREASE")
    size = whole("n", n, least=1)
    aim = number("due", due, "a share from 0 to 1 (0.65, not 65)", lambda v: 0 <= v <= 1)
    interval = best_interval(x, size, population, confidence)
    rises = improvement is Direction.INCREASE
    if interval.lower >= aim if rises else interval.upper <= aim:
        status = Status.ON_TRACK
    elif interval.upper < aim if rises else interval.lower > aim:
        status = Status.OFF_TRACK
    else:
        status = Status.TOO_EARLY_TO_SAY
    change = None
    if baseline_n is not None and 0 < aim < 1:
        change = smallest_detectable_change(whole("baseline_n", baseline_n, least=1), size, aim)
    words = f"{interval.words}, against {aim:.0%} due: {status.replace('_', ' ')}."
    if change is not None and status is Status.TOO_EARLY_TO_SAY:
        words += f" {change.words}."
    return TrajectoryStatus(status, interval, aim, change, words)
