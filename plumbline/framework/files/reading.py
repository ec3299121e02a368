"""Definition files read whatever their form, and written as YAML or as a workbook."""

from collections.abc import Collection
from dataclasses import dataclass

from plumbline.framework.files.content import Content, FileKind
from plumbline.framework.files.plain import as_plain
from plumbline.framework.files.printed import schedule_as_printed, standards_as_printed
from plumbline.framework.files.read_schedule import schedule_from
from plumbline.framework.files.read_standards import standards_from
from plumbline.framework.files.sheets_in import (
    kind_of_workbook,
    schedule_from_workbook,
    standards_from_workbook,
)
from plumbline.framework.files.sheets_out import sheets_of
from plumbline.shared.given import FileError, Given, Place, Problem, Problems, Told
from plumbline.shared.tables import read_xlsx, write_xlsx
from plumbline.shared.yaml_lines import read_yaml, write_yaml

# How archives, old Excel workbooks and pictures or PDFs begin: none of them is YAML.
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


@dataclass(frozen=True)
class Reading(Told):
    """What was read from a file: its content, or None where errors stop it, and all there is to say."""

    content: Content | None
    problems: tuple[Problem, ...]


def read_file(data: bytes, shipped_drivers: Collection[str] = (), areas: Collection[str] = ()) -> Reading:
    """The standards or the schedule in the file, recognised by its content, never by its name.

    Activities may cite the drivers that ship, given by their keys, and those that the file itself lists;
    criteria may speak to the areas, also given by their keys.
    Nothing is raised for a bad file: all that is wrong with it is in the problems.
    """
    problems = Problems()
    try:
        if data.startswith(_OTHERS):
            raise FileError("This is not YAML and not a workbook. Choose a .yaml or .xlsx file.")
        read = _from_workbook if data.startswith(_WORKBOOKS) else _from_yaml
        content = read(data, problems, shipped_drivers, areas)
    except FileError as fault:
        problems.error(fault.place, str(fault))
        content = None
    return Reading(None if problems.has_errors else content, problems.told())


def _from_workbook(
    data: bytes, problems: Problems, drivers: Collection[str], areas: Collection[str]
) -> Content:
    book = read_xlsx(data)
    kind = kind_of_workbook(book)
    if kind is FileKind.STANDARDS:
        return standards_from(standards_from_workbook(book, problems), problems, areas)
    if kind is FileKind.SCHEDULE:
        return schedule_from(schedule_from_workbook(book, problems), problems, drivers)
    raise FileError(
        "The workbook needs either a sheet “Standards” or a sheet “Activities”, with a row of headings."
    )


def _from_yaml(data: bytes, problems: Problems, drivers: Collection[str], areas: Collection[str]) -> Content:
    given = read_yaml(data)
    kind = given.get("kind").value
    if kind is None:
        return _without_kind(given, problems, drivers, areas)
    if kind == FileKind.STANDARDS:
        return standards_from(given, problems, areas)
    if kind == FileKind.SCHEDULE:
        return schedule_from(given, problems, drivers)
    kinds = " or ".join(known.value for known in FileKind)
    raise FileError(f"The kind of this file is not known. Write {kinds}.", given.get("kind").place)


def _without_kind(
    given: Given, problems: Problems, drivers: Collection[str], areas: Collection[str]
) -> Content:
    """A file that does not say what it is: a copy of a printed document, or one of ours without its kind."""
    keys = given.mapping
    if "processes" in keys:
        return schedule_from(schedule_as_printed(given, problems), problems, drivers, is_as_printed=True)
    if "standards" in keys and "meta" in keys:
        return standards_from(standards_as_printed(given, problems), problems, is_as_printed=True)
    if "standards" in keys:
        return standards_from(given, problems, areas)
    if "activities" in keys:
        return schedule_from(given, problems, drivers)
    raise FileError(
        "This file holds neither standards nor a schedule. Begin it with “kind: practice-standards” and a "
        "list of standards, or with “kind: qa-schedule” and a list of activities.",
        Place(line=given.place.line),
    )


def as_yaml(content: Content) -> bytes:
    """The definition as a YAML file that `read_file` reads back as the same content."""
    return write_yaml(as_plain(content))


def as_xlsx(content: Content) -> bytes:
    """The definition as a workbook that `read_file` reads back as the same content.

    Raises: CellTooLongError where a list of texts is longer than a cell can hold.
    """
    return write_xlsx(sheets_of(content))
