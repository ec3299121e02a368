"""The drivers of a file, what makes the council assure quality: read, checked, and found again by their keys."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from plumbline.framework.files.content import MOST_DRIVERS, Driver, DriverKind, Level
from plumbline.framework.files.fields import Fields, near_ones, whole_number
from plumbline.framework.files.read_standards import HEADER_KEYS, read_header
from plumbline.shared.given import FileError, Given, Problem, Problems, Told
from plumbline.shared.yaml_lines import read_yaml

DRIVER_KEYS = {"key", "title", "kind", "level", "publisher", "year", "replaced_by", "link"}
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100


@dataclass(frozen=True)
class DriversReading(Told):
    """The drivers of a file, none where errors stop it, and all there is to say of it."""

    content: tuple[Driver, ...]
    problems: tuple[Problem, ...]


def read_drivers(data: bytes) -> DriversReading:
    """The drivers that ship. Nothing is raised for a bad file: what is wrong is in the problems."""
    problems = Problems()
    listed: tuple[Driver, ...] = ()
    try:
        fields = Fields(read_yaml(data), problems)
        fields.tell_unknown(HEADER_KEYS | {"drivers"}, "the drivers")
        read_header(fields)
        listed = Drivers(fields, (), level=None).listed()
        if not listed and not problems.has_errors:
            at = fields.given.get("drivers").place
            problems.error(at, "There are no drivers here. Write at least one.")
    except FileError as fault:
        problems.error(fault.place, str(fault))
    return DriversReading(() if problems.has_errors else listed, problems.told())


class Drivers:
    """The drivers that a file lists under `drivers`, beside the keys known already.

    `level` is taken where a driver gives none; without it each driver has to give one.
    """

    def __init__(self, fields: Fields, known: Collection[str], *, level: Level | None) -> None:
        self.problems = fields.problems
        self._known = frozenset(known)
        self._level = level
        self._drivers: dict[str, Driver] = {}
        replaced: list[tuple[str, Given]] = []
        for given in fields.mappings("drivers", "key: corporate-plan", most=MOST_DRIVERS):
            driver = self._read(given)
            if self._is_free(driver.key, given):
                self._drivers[driver.key] = driver
                replaced.append((driver.key, given.get("replaced_by")))
        for key, given in replaced:
            self._check_replaced(key, given)

    def listed(self) -> tuple[Driver, ...]:
        """The drivers of the file, in order."""
        return tuple(self._drivers.values())

    def cited(self, given: Given) -> tuple[str, ...]:
        """The keys that an activity cites, each once; an error for one that no driver has."""
        parts = given.items if isinstance(given.value, tuple) else (given,)
        keys = (self._key_of(part) for part in parts if not part.is_blank)
        return tuple(dict.fromkeys(filter(None, keys)))

    def _read(self, given: Given) -> Driver:
        fields = Fields(given, self.problems)
        fields.tell_unknown(DRIVER_KEYS, "drivers")
        if given.get("key").is_blank:
            self.problems.error(given.place, "Write the key of the driver, such as corporate-plan.")
        kind = fields.choice("kind", DriverKind)
        if given.get("kind").is_blank:
            kinds = ", ".join(kind.value for kind in DriverKind)
            self.problems.error(given.place, f"Write the kind of the driver, one of: {kinds}.")
        level = fields.choice("level", Level) or self._level
        if given.get("level").is_blank and level is None:
            self.problems.error(given.place, "Write the level of the driver: national or local.")
        return Driver(
            key=fields.key("key"),
            title=fields.line("title", needed="Write the title of the driver."),
            kind=kind or DriverKind.PLAN,
            level=level or Level.LOCAL,
            publisher=fields.line("publisher"),
            year=self._year(given.get("year")),
            replaced_by=fields.key("replaced_by"),
            link=self._link(fields),
        )

    def _year(self, given: Given) -> int | None:
        year = None if given.is_blank else whole_number(given)
        if not given.is_blank and (year is None or not _EARLIEST_YEAR <= year <= _LATEST_YEAR):
            self.problems.error(given.place, "Write the year of this edition, such as 2026.")
            return None
        return year

    def _link(self, fields: Fields) -> str:
        link = fields.line("link")
        # People press what stands here, so nothing but a plain address is taken in.
        if link and not re.fullmatch(r"https://[A-Za-z0-9][^\s\"'<>]*", link):
            self.problems.error(
                fields.given.get("link").place, "Write a whole address that begins with https://."
            )
            return ""
        return link

    def _is_free(self, key: str, given: Given) -> bool:
        place = given.get("key").place
        if key in self._known:
            self.problems.error(place, f"A driver that ships has the key {key}. Cite it, or write another.")
        elif key in self._drivers:
            self.problems.error(place, f"The driver {key} is given twice. Keep one of them.")
        return bool(key) and key not in self._known and key not in self._drivers

    def _check_replaced(self, key: str, given: Given) -> None:
        """That what took its place is a driver, and does not lead back to it."""
        passed = [key]
        following = self._drivers[key].replaced_by
        if following and self._key_of(given) is None:
            return
        while following in self._drivers and following not in passed:
            passed.append(following)
            following = self._drivers[following].replaced_by
        if following == key:
            self.problems.error(given.place, f"{key} would in the end replace itself. Correct one of them.")

    def _key_of(self, given: Given) -> str | None:
        key = Fields(Given({"driver": given}, given.place), self.problems).line("driver")
        if key in self._drivers or key in self._known:
            return key
        if key:
            such = near_ones(key, [*self._drivers, *self._known])
            self.problems.error(
                given.place, f"No driver has the key “{key[:60]}”. Add it to the drivers{such}."
            )
        return None
