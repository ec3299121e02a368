"""Which shape of return was given: seen from what is in it, never asked."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from indicator_engine.tables import RecordTable
from plumbline.indicators.files.annex_a import is_annex_a
from plumbline.indicators.files.cin_stream import is_cin_census, is_xml
from plumbline.indicators.files.sources import Member, members
from plumbline.indicators.files.ssd_csv import table_of
from plumbline.indicators.files.ssda903 import list_of
from plumbline.shared.given import FileError


class Shape(StrEnum):
    """The shapes that can be read."""

    SSD = "ssd"
    ANNEX_A = "annex_a"
    SSDA903 = "ssda903"
    CIN_CENSUS = "cin_census"

    @property
    def words(self) -> str:
        """Its name in words."""
        return {
            Shape.SSD: "Standard Safeguarding Dataset",
            Shape.ANNEX_A: "Ofsted Annex A workbook",
            Shape.SSDA903: "SSDA903 return",
            Shape.CIN_CENSUS: "Children in need census",
        }[self]

    @property
    def window_months(self) -> int | None:
        """How many months of events it tells; None where the council chooses.

        Source: Department for Education, guides to the census and to the SSDA903; Ofsted, annex A, of which the lists
        on adoption reach back twelve months.
        """
        return {Shape.SSD: None, Shape.ANNEX_A: 6, Shape.SSDA903: 12, Shape.CIN_CENSUS: 12}[self]


_EXPECTED = (
    "Give the CSV files of the Standard Safeguarding Dataset or of an SSDA903 return (in a folder or a .zip), "
    "an Annex A workbook (.xlsx) or a children in need census (.xml)."
)


def detect(path: Path, tables: Mapping[str, RecordTable]) -> tuple[Shape, tuple[Member, ...]]:
    """The shape of what is at the path, and the files that belong to it.

    Raises: FileError where it is none that can be read, or more than one at a time.
    """
    files = members(path)
    found: dict[Shape, list[Member]] = {}
    for member in files:
        if shape := _shape_of(member, tables):
            found.setdefault(shape, []).append(member)
    if not found:
        raise FileError(f"None of the files is one that can be read. {_EXPECTED}")
    if len(found) > 1:
        raise FileError(
            "The files belong to different returns: "
            + "; ".join(f"{belong[0].name} to the {shape.words}" for shape, belong in found.items())
            + ". Give one return at a time."
        )
    shape, belonging = next(iter(found.items()))
    if shape in (Shape.ANNEX_A, Shape.CIN_CENSUS) and len(belonging) > 1:
        raise FileError(f"There are {len(belonging)} files of the {shape.words}. Give one at a time.")
    # The other CSV files of a set are handed on too: their reader says which it did not know.
    rest = [
        member
        for member in files
        if member not in belonging and shape in (Shape.SSD, Shape.SSDA903) and member.ending == "csv"
    ]
    return shape, tuple(belonging + rest)


def _shape_of(member: Member, tables: Mapping[str, RecordTable]) -> Shape | None:
    if is_annex_a(member):
        return Shape.ANNEX_A
    if is_xml(member):
        return Shape.CIN_CENSUS if is_cin_census(member) else None
    # Files of both sets may be called missing.csv; only those of the return have its headings.
    if list_of(member):
        return Shape.SSDA903
    is_text = member.ending in ("csv", "txt", "tsv")
    return Shape.SSD if is_text and table_of(member.stem, tables) else None
