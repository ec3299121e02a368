"""What a figure is to come to by when, and how far it is from that: one meaning for list, page, exceptions and report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline.indicators.rules.values import rounded

# Source: 004 9.4: targets agreed with the board at 6 and 12 months, all met by 18 months and after.
MONTHS = (0, 6, 12, 18)


class Standing(StrEnum):
    """How a figure stands to what was aimed at; each has a word, a colour never stands alone."""

    ON = "on"
    NEAR = "near"
    OFF = "off"

    @property
    def words(self) -> str:
        return {"on": "On target", "near": "Near target", "off": "Off target"}[self]


@dataclass(frozen=True)
class Profile:
    """What is aimed at from a day on, by months after it. Unit: that of the indicator; percent 0 to 100.

    Within the `tolerance` on the wrong side a figure is near; where neither side is better, on both.
    """

    starts_on: date
    steps: Mapping[int, float]
    tolerance: float
    polarity: str

    def aim_on(self, day: date) -> float | None:
        """What is aimed at on the day; None before the first step."""
        months = (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month
        months -= day.day < self.starts_on.day and not _ends_month(day)
        reached = [step for step in self.steps if step <= months]
        return self.steps[max(reached)] if reached else None


@dataclass(frozen=True)
class Judged:
    """A figure beside its target. `gap` is figure minus target, both as they are printed."""

    standing: Standing
    value: float
    aim: float
    gap: float


def judge(profile: Profile, unit: str, value: float | None, day: date) -> Judged | None:
    """How the figure of the day stands; None without a figure or a target for it.

    Figures are judged as they are printed, so that no page says 90.0% and below 90%.
    """
    aim = profile.aim_on(day)
    if value is None or aim is None:
        return None
    printed = rounded(unit, value)
    gap = round(printed - aim, 6)
    short = {"higher": -gap, "lower": gap}.get(profile.polarity, abs(gap))
    if short <= 0 or (profile.polarity not in ("higher", "lower") and short <= profile.tolerance):
        return Judged(Standing.ON, printed, aim, gap)
    near = profile.polarity in ("higher", "lower") and short <= profile.tolerance
    return Judged(Standing.NEAR if near else Standing.OFF, printed, aim, gap)


def distance(unit: str, gap: float) -> str:
    """The distance in words: 9.4 points above."""
    if not gap:
        return "at the target"
    number = f"{abs(gap):,.0f}" if unit == "count" and gap == int(gap) else f"{abs(gap):,.1f}"
    named = "" if unit != "percent" else " point" if number == "1.0" else " points"
    return f"{number}{named} {'above' if gap > 0 else 'below'}"


def _ends_month(day: date) -> bool:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal() - 1 == day.toordinal()
