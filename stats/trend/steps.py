"""Where a series changed level at once, told apart from a trend and from nothing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Source: this project's choice: fewer points than three on one side are an outlier and not yet a level.
LEAST_BESIDE_STEP = 3
# Source: Schwarz, "Estimating the Dimension of a Model", Annals of Statistics 6(2), 1978: each further
# number a description needs costs log(n). A level needs 1, a line 2, a step 3 (two levels and where).
LEVEL_COST, LINE_COST, STEP_COST = 1, 2, 3


@dataclass(frozen=True)
class Step:
    """The position of the first value at the new level, and the levels before and after."""

    position: int
    before: float
    after: float


def find_step(values: Sequence[float | None]) -> Step | None:
    """The step that describes a series better than one level and better than a line, or None.

    Shape: `values` in order, None for a gap. Unit: that of the values.
    Source: least squares for each place of the step, compared by Schwarz's criterion (1978).
    """
    placed = [(i, value) for i, value in enumerate(values) if value is not None]
    best: tuple[float, int] | None = None
    for cut in range(LEAST_BESIDE_STEP, len(placed) - LEAST_BESIDE_STEP + 1):
        left = _around_mean([y for _, y in placed[:cut]]) + _around_mean([y for _, y in placed[cut:]])
        if best is None or left < best[0]:
            best = left, cut
    if best is None:
        return None
    level = _around_mean([y for _, y in placed])
    count = len(placed)
    step = _score(best[0], count, STEP_COST, level)
    if step >= min(
        _score(level, count, LEVEL_COST, level), _score(_around_line(placed), count, LINE_COST, level)
    ):
        return None
    cut = best[1]
    before, after = [y for _, y in placed[:cut]], [y for _, y in placed[cut:]]
    return Step(placed[cut][0], math.fsum(before) / len(before), math.fsum(after) / len(after))


def _score(left: float, count: int, cost: int, level: float) -> float:
    """Schwarz's criterion; what is left over is floored, so that a perfect fit has a finite score."""
    return count * math.log(max(left, 1e-12 * level, 1e-300) / count) + cost * math.log(count)


def _around_mean(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def _around_line(placed: Sequence[tuple[int, float]]) -> float:
    count = len(placed)
    middle = math.fsum(x for x, _ in placed) / count
    spread = math.fsum((x - middle) ** 2 for x, _ in placed)
    together = math.fsum((x - middle) * y for x, y in placed)
    return max(0.0, _around_mean([y for _, y in placed]) - together**2 / spread)
