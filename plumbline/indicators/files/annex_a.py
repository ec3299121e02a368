"""Ofsted's Annex A workbook read, list by list, into the dataset's tables. Lists are known by their headings."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from plumbline.indicators.files import annex_a_care, annex_a_need
from plumbline.indicators.files.annex_a_lists import LISTS, AnnexList
from plumbline.indicators.files.annex_a_rows import ABSENT, Rows
from plumbline.indicators.files.findings import Row
from plumbline.indicators.files.headings import Headings, bare
from plumbline.indicators.files.people import People
from plumbline.indicators.files.pseudonyms import Ready
from plumbline.indicators.files.sources import Member, is_workbook, place_of
from plumbline.indicators.files.staging import Stage
from plumbline.indicators.files.values import Remark
from plumbline.shared.given import FileError, Place, Scalar
from plumbline.shared.tables import Limits, Sheet, column_letter, read_xlsx
from plumbline.shared.tables.xlsx_guard import IN_ERROR, MOST_BYTES, NO_VALUE

# Twice what the largest councils send, and still read within ten seconds.
LIMITS = Limits(rows=40_000, cells=900_000, elements=3_000_000)
_TAKE = {
    1: annex_a_need.take_contact,
    2: annex_a_need.take_early_help,
    3: annex_a_need.take_referral,
    4: annex_a_need.take_assessment,
    5: annex_a_need.take_enquiry,
    6: annex_a_need.take_need,
    7: annex_a_need.take_plan,
    8: annex_a_care.take_care,
    9: annex_a_care.take_care_leaver,
    10: annex_a_care.take_adoption,
}
# Adopters are not children.
_ADOPTERS = 11
# A title and some notes may stand above the headings.
_ROWS_ABOVE = 12
_FEWEST_HEADINGS = 3


def is_annex_a(member: Member) -> bool:
    """Whether the file is a workbook, of any kind: what is wrong with it is said when it is read."""
    with member.opened() as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    if not start.startswith(b"PK"):
        return False
    if member.inside:
        return member.ending in ("xlsx", "xlsm")
    return is_workbook(member.path)


@dataclass(frozen=True)
class _Found:
    """A sheet that holds a list: which, in which row its headings stand, and the column of each heading."""

    known: AnnexList
    sheet: Sheet
    heading_row: int
    columns: list[str]


def read_annex_a(member: Member, stage: Stage) -> None:
    """Puts the rows of all lists on the stage.

    Raises: FileError for workbooks that cannot be read, hold macros or are too large.
    """
    if member.size > MOST_BYTES:
        raise FileError("The workbook is larger than 5 MB. Take out pictures and sheets that are not needed.")
    with member.opened() as stream:
        data = stream.read(MOST_BYTES + 1)
    book = read_xlsx(data, LIMITS)
    hidden = _hidden(data)
    found: dict[int, str] = {}
    people = People(stage)
    rows = Rows(stage, people)
    for sheet in book.sheets:
        if sheet.name in hidden:
            stage.findings.problems.note(
                Place(sheet=sheet.name),
                "The sheet is hidden and was not read. Show it if it belongs to the return.",
            )
            continue
        listed = _list_in(sheet, stage)
        if listed is None:
            if sheet.rows:
                stage.findings.problems.note(
                    Place(sheet=sheet.name), "No list has these headings. It was not read."
                )
        elif listed.known.number == _ADOPTERS:
            found[_ADOPTERS] = sheet.name
            stage.findings.problems.note(
                Place(sheet=sheet.name), "Adopters have no table in the dataset. The list was not read."
            )
        elif listed.known.number in found:
            stage.findings.problems.error(
                Place(sheet=sheet.name),
                f"It holds list {listed.known.number}, as sheet {found[listed.known.number]} does. Keep one.",
            )
        else:
            found[listed.known.number] = sheet.name
            _read_list(listed, stage, people, rows)
    rows.finish()
    people.write()
    _tell_missing(member, stage, found)


def _hidden(data: bytes) -> set[str]:
    # The archive was looked through by `read_xlsx` before it is opened here.
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}


def _list_in(sheet: Sheet, stage: Stage) -> _Found | None:
    for position, row in enumerate(sheet.rows[:_ROWS_ABOVE]):
        given = {bare(str(cell)) for cell in row if cell is not None}
        if len(given) < _FEWEST_HEADINGS:
            continue
        for known in LISTS:
            headings = Headings(f"annex_a_{known.number}", known.forms, stage.choices)
            columns = {headings.column_of(cell) for cell in row if cell is not None}
            if set(known.needed) <= columns:
                findings = stage.findings
                told = headings.columns_of(row, findings, sheet.name) if known.number != _ADOPTERS else []
                return _Found(known, sheet, position, told)
    return None


def _read_list(found: _Found, stage: Stage, people: People, rows: Rows) -> None:
    known = found.known
    rows.supply(known.number)
    for child, values, at in _values(found, stage, people):
        people.saw(child, at, sex=values.get("sex"), ethnicity=values.get("ethnicity"), dob=values.get("dob"))
        rows.take_disability(child, values, at)
        _TAKE[known.number](rows, child, values, at)


def _values(found: _Found, stage: Stage, people: People) -> Iterator[tuple[Ready, Mapping[str, Scalar], Row]]:
    faulty: dict[int, list[int]] = {}
    for line, column in sorted(found.sheet.faults):
        faulty.setdefault(line, []).append(column)
    for line, row in enumerate(found.sheet.rows, start=1):
        if line <= found.heading_row + 1 or all(cell is None for cell in row):
            continue
        values: dict[str, Scalar] = dict.fromkeys(found.known.forms, ABSENT)
        values.update({column: cell for column, cell in zip(found.columns, row, strict=True) if column})
        at = Row(found.sheet.name, line)
        for column in faulty.get(line, ()):
            if column <= len(found.columns) and found.columns[column - 1]:
                values[found.columns[column - 1]] = None
                _tell_fault(found, at, column, stage)
        child = people.child(values.get("child"), at)
        if child is not None:
            yield child, values, at


def _tell_fault(found: _Found, at: Row, column: int, stage: Stage) -> None:
    if found.sheet.faults[at.line, column] == IN_ERROR:
        stage.findings.remark(f"list {found.known.number}", found.columns[column - 1], Remark.CELL_ERROR, at)
        return
    place = Place(sheet=at.source, row=at.line, column=column_letter(column))
    stage.findings.problems.error(place, f"The cell {NO_VALUE}. Save the workbook with its values.")


def _tell_missing(member: Member, stage: Stage, found: Mapping[int, str]) -> None:
    missing = [known for known in LISTS if known.number not in found]
    if len(missing) == len(LISTS):
        raise FileError("No sheet has the headings of an Annex A list.", place_of(member))
    for known in missing:
        stage.findings.problems.note(
            place_of(member), f"List {known.number}, {known.title.casefold()}, is not there."
        )
