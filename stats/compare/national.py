"""Quartile bands, ranks and neighbours, as LAIT, the DfE dashboard and Fingertips make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isclose

from stats.arguments import number

FEWEST_FOR_QUINTILES = 5
"""The number of values under which no quintiles are made. Unit: values. Source: Fingertips 6780897."""


class Polarity(StrEnum):
    """Which way a measure is good, in the words of LAIT's data dictionary."""

    HIGH = "High"
    LOW = "Low"
    NEUTRAL = "-"


class Band(StrEnum):
    """Quartile bands: A is the best quarter, D the worst."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True)
class Quartiles:
    """The five figures that part the authorities into quarters, and how many of them had a value.

    Unit: as the measure.
    """

    lowest: float
    lower: float
    median: float
    upper: float
    highest: float
    n: int
    of: int


@dataclass(frozen=True)
class Neighbours:
    """What the statistical neighbours have, by both official conventions. Unit: as the measure.

    `mean` is LAIT's figure, `median` the DfE dashboard's. All are None when no neighbour has a value.
    """

    mean: float | None
    median: float | None
    lowest: float | None
    highest: float | None
    n: int
    of: int

    @property
    def words(self) -> str:
        """Both figures, labelled, with the range and how many neighbours they rest on."""
        if self.mean is None or self.median is None:
            return f"based on {self.n} of {self.of}: no neighbour has a value"
        return (
            f"median {self.median:.1f} (DfE dashboard), mean {self.mean:.1f} (LAIT), "
            f"range {self.lowest:.1f} to {self.highest:.1f}, based on {self.n} of {self.of}"
        )


def quartiles(values: Sequence[float | None]) -> Quartiles | None:
    """The quartiles of all that have a value, None when none has.

    Unit: as the measure. Raises: ValueError for a value that is not a finite number or None.
    Source: LAIT 2e30e39: R's quantile type 7, which is Excel's QUARTILE.INC.
    """
    import numpy as np

    known = _known("values", values)
    if not known:
        return None
    lowest, lower, median, upper, highest = (float(q) for q in np.quantile(known, (0, 0.25, 0.5, 0.75, 1)))
    return Quartiles(lowest, lower, median, upper, highest, len(known), len(values))


def quartile_band(value: float | None, among: Quartiles | None, polarity: Polarity) -> Band | None:
    """The band of a value, a value on a boundary in the band of the lower values; None where there is none.

    A neutral measure has no bands. Unit: as the measure.
    Raises: ValueError for a value that is not a finite number or None.
    Source: LAIT 2e30e39 (quartile bands).
    """
    if value is None or among is None or polarity is Polarity.NEUTRAL:
        return None
    at = number("value", value, "a number, or None where there is none", lambda v: True)
    place = sum(not _up_to(at, bound) for bound in (among.lower, among.median, among.upper))
    return (tuple(Band) if polarity is Polarity.LOW else tuple(reversed(Band)))[place]


def rank(values: Sequence[float | None], polarity: Polarity) -> tuple[int | None, ...]:
    """The rank of each value, 1 the best; ties share the smaller number, missing values have none.

    A neutral measure has no ranks. Shape: as `values`. Raises: ValueError for a value that is not a finite
    number or None. Source: LAIT 2e30e39 (rank, ties at the minimum).
    """
    known = _known("values", values)
    if polarity is Polarity.NEUTRAL:
        return (None,) * len(values)
    if polarity is Polarity.HIGH:
        return tuple(None if v is None else 1 + sum(other > v for other in known) for v in values)
    return tuple(None if v is None else 1 + sum(other < v for other in known) for v in values)


def neighbours(values: Sequence[float | None]) -> Neighbours:
    """The mean (as LAIT makes it) and the median (as the DfE dashboard makes it) of the neighbours' values.

    Unit: as the measure. Raises: ValueError for a value that is not a finite number or None.
    Source: LAIT 2e30e39 (simple mean, missing left out); DfE CSC_outcomes_and_enablers 2f5d11a (median).
    """
    import numpy as np

    known = _known("values", values)
    if not known:
        return Neighbours(None, None, None, None, 0, len(values))
    return Neighbours(
        mean=sum(known) / len(known),
        median=float(np.median(known)),
        lowest=min(known),
        highest=max(known),
        n=len(known),
        of=len(values),
    )


def quintile(value: float | None, values: Sequence[float | None], polarity: Polarity) -> int | None:
    """The fifth a value lies in, 1 the best (1 the lowest for a neutral measure); a bound is in the lower fifth.

    None without a value or with fewer than five values to compare with.
    Raises: ValueError for a value that is not a finite number or None.
    Source: Fingertips 6780897 (quintiles, upper bound inclusive).
    """
    import numpy as np

    known = _known("values", values)
    if value is None or len(known) < FEWEST_FOR_QUINTILES:
        return None
    at = number("value", value, "a number, or None where there is none", lambda v: True)
    bounds = np.quantile(known, (0.2, 0.4, 0.6, 0.8))
    fifth = 1 + sum(not _up_to(at, float(bound)) for bound in bounds)
    return 6 - fifth if polarity is Polarity.HIGH else fifth


def _known(argument: str, values: Sequence[float | None]) -> list[float]:
    needed = "numbers, or None where there is none"
    return [number(argument, value, needed, lambda v: True) for value in values if value is not None]


def _up_to(value: float, bound: float) -> bool:
    # A bound is interpolated and may miss the value it equals by a rounding error.
    return value <= bound or isclose(value, bound, rel_tol=1e-9)
