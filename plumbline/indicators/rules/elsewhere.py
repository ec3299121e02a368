"""Published figures as they were printed, and how an authority stands beside England and its statistical neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from stats.compare import Band, Neighbours, Polarity, Quartiles, neighbours, quartile_band, quartiles, rank

POLARITY = {"higher": Polarity.HIGH, "lower": Polarity.LOW, "neutral": Polarity.NEUTRAL}
# What stands in the place of a figure that was not printed, and what it means.
HIDDEN = {
    "c": "hidden",
    "k": "under 0.5%",
    "low": "nearly nothing",
    "u": "not reliable",
    "x": "not known",
    "z": "does not apply",
    "": "not published",
}


@dataclass(frozen=True)
class Measure:
    """What a published figure counts, for which indicator, and in which unit it was printed."""

    indicator: str
    source: str
    unit: str
    as_of: str
    says: str

    def day(self, year: int) -> date:
        """The day the year's figure is of, or the last day of the year it counts."""
        return date(year, 3, 31) if self.as_of.endswith("31 March") else date(year, 9, 30)


@dataclass(frozen=True)
class Source:
    """Where a figure was published, and when: a date, a month or a year, as far as it is known."""

    file: str
    publication: str
    release: str
    published: str


@dataclass(frozen=True)
class Printed:
    """One published figure, as text. What was hidden stays the letter that was printed and has no number."""

    numerator: str
    denominator: str
    value: str

    @property
    def number(self) -> float | None:
        """The value as a number, None where none was printed."""
        return printed_number(self.value)


@dataclass(frozen=True)
class Place:
    """An area with its published figure of the year, None where the publication has no row for it."""

    name: str
    printed: Printed | None

    @property
    def number(self) -> float | None:
        """The value as a number, None where none was printed."""
        return self.printed.number if self.printed else None


@dataclass(frozen=True)
class Standing:
    """How an authority stands: its neighbours' mean, median and range; its rank among them; its quarter of England.

    `rank` and `band` are None for a neutral measure and for an authority without a printed number.
    """

    summary: Neighbours
    rank: int | None
    ranked: int
    band: Band | None
    england: Quartiles | None


def printed_number(text: str) -> float | None:
    """The number that was printed, None for a letter and for nothing."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def standing(
    own: float | None, ten: Sequence[Place], all_authorities: Sequence[float | None], polarity: str
) -> Standing:
    """Where an authority's published value stands among its neighbours and among all authorities."""
    values, way = [one.number for one in ten], POLARITY[polarity]
    everybody = quartiles(all_authorities)
    return Standing(
        summary=neighbours(values),
        rank=rank([own, *values], way)[0],
        ranked=sum(one is not None for one in [own, *values]),
        band=quartile_band(own, everybody, way),
        england=everybody,
    )
