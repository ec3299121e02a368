"""How often an activity is to happen: the five kinds of cadence, kept as values and said in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

# Ten years in months and weeks: longer than any schedule, and short enough for dates to stay real.
LONGEST = {"month": 120, "week": 520}
MOST_A_MONTH = 31
MOST_A_YEAR = 366


class Unit(StrEnum):
    """What an interval is counted in."""

    WEEK = "week"
    MONTH = "month"


class Purpose(StrEnum):
    """What is due: doing the activity, or reporting on it (monitor monthly, report quarterly)."""

    DO = "do"
    REPORT = "report"


class CadenceError(ValueError):
    """A cadence that cannot be used: `field` is the key at fault, the message says what to write."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def _refuse(field: str, message: str) -> NoReturn:
    raise CadenceError(field, message)


def _whole(field: str, given: object, most: int, example: int) -> None:
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= most:
        _refuse(field, f"Write a whole number from 1 to {most} for {field}, such as {example}.")


@dataclass(frozen=True)
class Every:
    """Once in every `interval` weeks or months."""

    interval: int
    unit: Unit
    purpose: Purpose = Purpose.DO
    label: str = ""

    def __post_init__(self) -> None:
        _whole("interval", self.interval, LONGEST[self.unit], 1)


@dataclass(frozen=True)
class Range:
    """Once in every `least` to `most` weeks or months (every 6 to 8 weeks)."""

    least: int
    most: int
    unit: Unit
    purpose: Purpose = Purpose.DO
    label: str = ""

    def __post_init__(self) -> None:
        _whole("least", self.least, LONGEST[self.unit], 6)
        _whole("most", self.most, LONGEST[self.unit], 8)
        if self.most <= self.least:
            _refuse(
                "most", f"Write a number above {self.least} for most: it is the longer of the two intervals."
            )


@dataclass(frozen=True)
class Minimum:
    """At least `count` times in each calendar month."""

    count: int
    purpose: Purpose = Purpose.DO
    label: str = ""

    def __post_init__(self) -> None:
        _whole("count", self.count, MOST_A_MONTH, 1)


@dataclass(frozen=True)
class Yearly:
    """A programme planned through the year: `count` times in it, or None where no number is given."""

    count: int | None
    purpose: Purpose = Purpose.DO
    label: str = ""

    def __post_init__(self) -> None:
        if self.count is not None:
            _whole("count", self.count, MOST_A_YEAR, 4)


@dataclass(frozen=True)
class Event:
    """When something happens: never due by the calendar."""

    purpose: Purpose = Purpose.DO
    label: str = ""


Cadence = Every | Range | Minimum | Yearly | Event

KINDS: dict[str, type[Cadence]] = {
    "every": Every,
    "range": Range,
    "minimum": Minimum,
    "yearly": Yearly,
    "event": Event,
}
_KIND_OF = {kind_type: kind for kind, kind_type in KINDS.items()}
_KEYS = {
    "every": ("interval", "unit"),
    "range": ("least", "most", "unit"),
    "minimum": ("count", "unit"),
    "yearly": ("count",),
    "event": (),
}
SHARED_KEYS = ("kind", "purpose", "label")


def keys_of(kind: str) -> tuple[str, ...]:
    """The keys that a cadence of this kind may carry."""
    return (*SHARED_KEYS, *_KEYS.get(kind, ()))


def _choice(field: str, given: object, allowed: list[str]) -> str:
    if not isinstance(given, str) or given not in allowed:
        _refuse(field, f"Write one of {', '.join(allowed)} for {field}.")
    return given


def from_dict(given: Mapping[str, object]) -> Cadence:
    """The cadence that the mapping of a definition file, or a stored one, describes.

    Raises: CadenceError naming the key at fault and what to write.
    """
    kind = _choice("kind", given.get("kind"), list(KINDS))
    for key in given:
        if key not in keys_of(kind):
            _refuse(key, f"Take out {key}: a cadence of kind {kind} has {', '.join(keys_of(kind))}.")
    purpose = Purpose(_choice("purpose", given.get("purpose", "do"), [p.value for p in Purpose]))
    label = given.get("label", "")
    if not isinstance(label, str):
        _refuse("label", "Write a few words for label, or leave it out.")
    unit = Unit.MONTH
    if kind in ("every", "range"):
        unit = Unit(_choice("unit", given.get("unit"), [unit.value for unit in Unit]))
    # The dataclasses refuse what is not a whole number, whatever its type.
    number: dict[str, Any] = {key: given.get(key) for key in ("interval", "least", "most", "count")}
    match kind:
        case "every":
            return Every(number["interval"], unit, purpose, label)
        case "range":
            return Range(number["least"], number["most"], unit, purpose, label)
        case "minimum":
            _choice("unit", given.get("unit", "month"), ["month"])
            return Minimum(number["count"], purpose, label)
        case "yearly":
            return Yearly(number["count"], purpose, label)
        case _:
            return Event(purpose, label)


def to_dict(cadence: Cadence) -> dict[str, object]:
    """The mapping that `from_dict` reads back as the same cadence: definition files and storage use it."""
    kind = _KIND_OF[type(cadence)]
    written: dict[str, object] = {"kind": kind}
    for key in _KEYS[kind]:
        value = getattr(cadence, key, Unit.MONTH)
        if value is not None:
            written[key] = str(value) if isinstance(value, Unit) else value
    if cadence.purpose is not Purpose.DO:
        written["purpose"] = cadence.purpose.value
    if cadence.label:
        written["label"] = cadence.label
    return written


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def frequency_words(cadence: Cadence) -> str:
    """The cadence in plain words without its label: "every 6 to 8 weeks", "4 times a year"."""
    match cadence:
        case Every(interval=12, unit=Unit.MONTH):
            return "every year"
        case Every(interval=1, unit=unit):
            return f"every {unit}"
        case Every(interval=interval, unit=unit):
            return f"every {interval} {unit}s"
        case Range(least=least, most=most, unit=unit):
            return f"every {least} to {most} {unit}s"
        case Minimum(count=count):
            return f"at least {_times(count)} a month"
        case Yearly(count=None):
            return "as planned through the year"
        case Yearly(count=int(count)):
            return f"{_times(count)} a year"
        case _:
            return "when it happens"


def words(cadence: Cadence) -> str:
    """The cadence in words, which `cadence_from_words` reads back: "report every 3 months: to members"."""
    said = frequency_words(cadence)
    if cadence.purpose is Purpose.REPORT:
        said = f"report {said}"
    return f"{said}: {cadence.label}" if cadence.label else said


def times_a_year(cadence: Cadence) -> tuple[float, float] | None:
    """The fewest and most times a year the cadence asks for, or None where it names no number.

    Unit: times a year.
    """
    a_year = {Unit.MONTH: 12.0, Unit.WEEK: 365.25 / 7}
    match cadence:
        case Every(interval=interval, unit=unit):
            return a_year[unit] / interval, a_year[unit] / interval
        case Range(least=least, most=most, unit=unit):
            return a_year[unit] / most, a_year[unit] / least
        case Minimum(count=count):
            return 12.0 * count, 12.0 * count
        case Yearly(count=int(count)):
            return float(count), float(count)
        case _:
            return None
