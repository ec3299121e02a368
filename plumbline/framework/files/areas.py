"""What a national framework judges or asks for, area by area: read, checked, and cited by criteria of the standards."""

from collections.abc import Collection
from dataclasses import dataclass

from plumbline.framework.files.content import LONGEST_TITLE
from plumbline.framework.files.fields import Fields, near_ones
from plumbline.framework.files.read_standards import HEADER_KEYS, read_header
from plumbline.shared.given import FileError, Given, Problem, Problems, Told
from plumbline.shared.yaml_lines import read_yaml

KIND = "judged-areas"
MOST_AREAS = 200


@dataclass(frozen=True)
class Area:
    """One thing that a framework looks at; `part` is the heading it stands under."""

    key: str
    part: str
    title: str
    meaning: str


@dataclass(frozen=True)
class JudgedAreas:
    """A framework with its areas. `key` is that of the driver it is, `year` that of the edition described."""

    key: str
    title: str
    publisher: str
    year: int
    source: str
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class AreasReading(Told):
    """The framework of a file, None where errors stop it, and all there is to say of it."""

    content: JudgedAreas | None
    problems: tuple[Problem, ...]


def read_areas(data: bytes, drivers: Collection[str], taken: Collection[str] = ()) -> AreasReading:
    """The framework in the file: one of the drivers, with areas whose keys no other file has taken.

    Nothing is raised for a bad file: what is wrong is in the problems.
    """
    problems = Problems()
    read = None
    try:
        read = _framework(Fields(read_yaml(data), problems), drivers, taken)
    except FileError as fault:
        problems.error(fault.place, str(fault))
    return AreasReading(None if problems.has_errors else read, problems.told())


def _framework(fields: Fields, drivers: Collection[str], taken: Collection[str]) -> JudgedAreas:
    given, problems = fields.given, fields.problems
    if given.get("kind").value != KIND:
        raise FileError(f"The kind of this file is not known. Write {KIND}.", given.get("kind").place)
    fields.tell_unknown(HEADER_KEYS | {"publisher", "year", "areas"}, "the areas")
    header = read_header(fields)
    if header.key not in drivers:
        where = given.get("key").place
        problems.error(
            where, f"No driver has the key “{header.key}”. Add it{near_ones(header.key, drivers)}."
        )
    year = fields.whole("year")
    if year is None:
        problems.error(given.get("year").place, "Write the year of this edition, such as 2026.")
    used = set(taken)
    areas = tuple(
        _area(one, problems, used) for one in fields.mappings("areas", "key: ilacs-help", most=MOST_AREAS)
    )
    if not areas and not problems.has_errors:
        problems.error(given.get("areas").place, "There are no areas here. Write at least one.")
    return JudgedAreas(
        header.key,
        header.title,
        fields.line("publisher", needed="Write who published it."),
        year or 0,
        fields.text("source", needed="Write the document that the areas are taken from."),
        areas,
    )


def _area(given: Given, problems: Problems, used: set[str]) -> Area:
    fields = Fields(given, problems)
    fields.tell_unknown({"key", "part", "title", "meaning"}, "areas")
    fields.line("key", needed="Write the key of the area, such as ilacs-help.")
    key = fields.key("key")
    if key in used:
        problems.error(given.get("key").place, f"The area {key} is given twice. Write another key.")
    used.add(key)
    return Area(
        key=key,
        part=fields.line("part", needed="Write the part of the framework that the area belongs to."),
        title=fields.line("title", needed="Write the title of the area.", longest=LONGEST_TITLE),
        meaning=fields.line("meaning", needed="Write in one sentence what the area is about."),
    )
