"""What is asked of a synthetic council: its size, its years, its seed, and the day its extract is made."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

# Years lived before the first one shown, so that children are in care for ten years and plans are second plans.
YEARS_BEFORE = 16


@dataclass(frozen=True)
class World:
    """A synthetic council.

    The same seed, size and years up to the same day make the same children, whatever day the extract is made.
    """

    seed: int
    until: date
    scale: float = 1.0
    years: int = 6
    made_on: date | None = None
    faults: bool = False

    def __post_init__(self) -> None:
        if self.as_at > self.until.toordinal():
            raise ValueError("The day the extract is made must not be after the end of the simulated years.")
        if self.scale <= 0 or self.years < 1:
            raise ValueError("The scale must be above 0 and the years at least 1.")

    @cached_property
    def last_day(self) -> int:
        """The last day that is simulated."""
        return self.until.toordinal()

    @cached_property
    def as_at(self) -> int:
        """The day on which the extract is made: nothing recorded later is in it."""
        return (self.made_on or self.until).toordinal()

    @cached_property
    def window(self) -> int:
        """The first day shown."""
        after = self.until.replace(year=self.until.year - self.years, day=min(self.until.day, 28))
        return after.toordinal()

    @cached_property
    def first_day(self) -> int:
        """The first day that is simulated."""
        return self.until.replace(year=self.until.year - self.years - YEARS_BEFORE, day=1).toordinal()
