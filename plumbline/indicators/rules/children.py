"""How many children a rate is of: those of the mid-year before, as published, or as given with the extract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MID_YEAR = (6, 30)


@dataclass(frozen=True)
class Children:
    """The children of the area. `by_mid_year` are published numbers; without any the extract's own number holds.

    Source: data standards, counting rules: a rate is of the previous mid-year population.
    """

    of_extract: int | None
    by_mid_year: Mapping[int, int] = field(default_factory=dict)

    def mid_year(self, day: date) -> int | None:
        """The year of the last published 30 June before the day; None for the extract's own number."""
        wanted = day.year if (day.month, day.day) > MID_YEAR else day.year - 1
        return max((year for year in self.by_mid_year if year <= wanted), default=None)

    def at(self, day: date) -> int | None:
        """The number for a figure that ends on the day; None where there is none."""
        if not self.by_mid_year:
            return self.of_extract
        year = self.mid_year(day)
        return None if year is None else self.by_mid_year[year]

    def words(self, day: date) -> str:
        """The number with its vintage: 51,150 children at mid-2023."""
        number, year = self.at(day), self.mid_year(day)
        if number is None:
            return ""
        return f"{number:,} children " + ("as given with the extract" if year is None else f"at mid-{year}")
