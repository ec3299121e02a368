"""Workbooks turned into the shape of our YAML files, every value with its sheet, row, column and heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from plumbline.framework.files import layout
from plumbline.framework.files.content import FileKind
from plumbline.framework.files.layout import Column
from plumbline.shared.given import FileError, Given, Place, Problems, Scalar
from plumbline.shared.plain_text import clean_line
from plumbline.shared.tables import Sheet, Workbook, column_letter

# Titles above the table are common; further down, a row of headings is no heading.
_HEADING_ROWS = 10
_REQUIRED = {
    "Standards": {"text"},
    "Activities": {"name"},
    "Forums": {"name"},
    "Drivers": {"key", "title"},
    "Notes": {"key", "on", "text"},
}


@dataclass(frozen=True)
class _Table:
    """A sheet with its heading row found: for each known key the column (from 1), and the rows below it."""

    sheet: Sheet
    heading_row: int
    columns: dict[str, int]

    def rows(self, problems: Problems) -> Iterator[tuple[int, dict[str, Given]]]:
        """The number of each row that is not empty, and its values by key."""
        for number, row in enumerate(self.sheet.rows[self.heading_row :], start=self.heading_row + 1):
            values = {}
            for key, column in self.columns.items():
                place = self.place(number, column)
                if fault := self.sheet.faults.get((number, column)):
                    problems.error(place, f"The cell {fault}. Write the value itself into the cell.")
                values[key] = Given(_cell(row[column - 1]), place)
            if not all(value.is_blank for value in values.values()):
                yield number, values

    def place(self, row: int, column: int) -> Place:
        heading = self.sheet.rows[self.heading_row - 1][column - 1]
        return Place(
            sheet=self.sheet.name,
            row=row,
            column=column_letter(column),
            heading=clean_line(str(heading or ""))[:60],
        )


def kind_of_workbook(book: Workbook) -> FileKind | None:
    """What the workbook defines, by its sheets and headings; None where it cannot be told."""
    found = {
        FileKind.STANDARDS: _sheet(book, "Standards", layout.STANDARDS),
        FileKind.SCHEDULE: _sheet(book, "Activities", layout.ACTIVITIES),
    }
    kinds = [kind for kind, sheet in found.items() if sheet is not None]
    return kinds[0] if len(kinds) == 1 else None


def standards_from_workbook(book: Workbook, problems: Problems) -> Given:
    """The standards of the workbook in the shape of our YAML files."""
    table = _needed(book, "Standards", layout.STANDARDS, problems)
    notes = _notes(book, problems)
    standards: dict[str, dict[str, Given]] = {}
    criteria: dict[str, list[Given]] = {}
    current = ""
    for row, values in table.rows(problems):
        standard = {key[9:]: values.pop(key) for key in list(values) if key.startswith("standard.")}
        place = Place(sheet=table.sheet.name, row=row)
        number = _words(standard.get("number", Given(None)))
        current = number or current
        first = standards.setdefault(current, {"number": Given(None, place)} | standard)
        _check_same(first, standard, current, problems)
        if any(not value.is_blank for value in values.values()):
            named = notes.pop(_words(values.get("key", Given(None))), [])
            criterion = {key: _listed(key, value) for key, value in values.items()}
            if named:
                criterion["notes"] = Given(tuple(named), place)
            criteria.setdefault(current, []).append(Given(criterion, place))
    for key, lost in notes.items():
        problems.error(
            lost[0].place, f"No criterion has the key “{key}”. Write the key of one of the criteria."
        )
    listed = [
        Given(
            values | {"criteria": Given(tuple(criteria.get(number, ())), values["number"].place)},
            values["number"].place,
        )
        for number, values in standards.items()
    ]
    return _with_about(book, "standards", listed, table, problems)


def schedule_from_workbook(book: Workbook, problems: Problems) -> Given:
    """The schedule of the workbook in the shape of our YAML files."""
    table = _needed(book, "Activities", layout.ACTIVITIES, problems)
    activities = []
    for row, values in table.rows(problems):
        place = Place(sheet=table.sheet.name, row=row)
        volume = {key[7:]: values.pop(key) for key in list(values) if key.startswith("volume.")}
        activity = {key: _listed(key, value) for key, value in values.items()}
        if any(not value.is_blank for value in volume.values()):
            activity["volume"] = Given(volume, place)
        if "reports_to" in activity:
            lines = tuple(_report_line(line) for line in activity["reports_to"].items)
            activity["reports_to"] = Given(lines, activity["reports_to"].place)
        activities.append(Given(activity, place))
    given = _with_about(book, "activities", activities, table, problems)
    beside = {"Forums": layout.FORUMS, "Drivers": layout.DRIVERS}
    listed = {
        name.casefold(): _rows_beside(book, name, columns, problems) for name, columns in beside.items()
    }
    return Given(given.mapping | {key: rows for key, rows in listed.items() if rows}, given.place)


def _rows_beside(book: Workbook, name: str, columns: tuple[Column, ...], problems: Problems) -> Given | None:
    """The rows of a sheet that stands beside the main one; None where the workbook has no such sheet."""
    table = _sheet(book, name, columns) if name.casefold() in _sheet_names(book) else None
    if table is None:
        return None
    rows = [
        Given({key: _listed(key, value) for key, value in values.items()}, Place(sheet=name, row=row))
        for row, values in table.rows(problems)
    ]
    return Given(tuple(rows), Place(sheet=name))


def _cell(value: Scalar) -> Scalar:
    return clean_line(value) and value if isinstance(value, str) else value


def _words(given: Given) -> str:
    return "" if given.is_blank else clean_line(str(given.value))


def _listed(key: str, given: Given) -> Given:
    """The value as a list where its cell holds one item a line."""
    if key not in layout.LISTS or not isinstance(given.value, str):
        return given
    lines = (line.strip() for line in given.value.splitlines())
    return Given(tuple(Given(line, given.place) for line in lines if line), given.place)


def _report_line(given: Given) -> Given:
    """ "oversight-board: annual report" as forum and form; without a colon it is a report."""
    forum, colon, how = str(given.value).rpartition(":")
    if not colon:
        return given
    return Given(
        {"forum": Given(forum.strip(), given.place), "how": Given(how.strip(), given.place)}, given.place
    )


def _check_same(first: dict[str, Given], standard: dict[str, Given], number: str, problems: Problems) -> None:
    """A standard's title and purpose may be left out after its first row, but may not differ."""
    for key in ("title", "purpose"):
        one, other = first.get(key, Given(None)), standard.get(key, Given(None))
        if one.is_blank and not other.is_blank:
            first[key] = other
        elif not other.is_blank and _words(one) != _words(other):
            problems.error(
                other.place,
                f"Standard {number} has another {key} in row {one.place.row}. Write the same in both rows.",
            )


def _notes(book: Workbook, problems: Problems) -> dict[str, list[Given]]:
    """The notes by the key of their criterion."""
    table = _sheet(book, "Notes", layout.NOTES) if "notes" in _sheet_names(book) else None
    notes: dict[str, list[Given]] = {}
    for row, values in table.rows(problems) if table else ():
        key = _words(values.pop("key"))
        if not key:
            problems.error(
                table.place(row, table.columns["key"]), "Write the key of the criterion."
            ) if table else None
        notes.setdefault(key, []).append(Given(values, Place(sheet="Notes", row=row)))
    notes.pop("", None)
    return notes


def _with_about(book: Workbook, key: str, rows: list[Given], table: _Table, problems: Problems) -> Given:
    place = Place(sheet=table.sheet.name)
    sheet = next((sheet for sheet in book.sheets if _folded(sheet.name) == "about"), None)
    known = {_folded(name): column.key for column in layout.ABOUT for name in (column.heading, *column.also)}
    about: dict[str, Given] = {}
    for number, row in enumerate(sheet.rows if sheet else (), start=1):
        field = _folded(row[0])
        at = Place(sheet="About", row=number, column="B", heading=clean_line(str(row[0] or ""))[:60])
        if sheet and (fault := sheet.faults.get((number, 2))):
            problems.error(at, f"The cell {fault}. Write the value itself into the cell.")
        if field in known:
            about[known[field]] = Given(_cell(row[1]) if len(row) > 1 else None, at)
        elif field and (number, field) != (1, "field"):
            problems.note(at, f"“{clean_line(str(row[0]))[:60]}” is not kept.")
    if "title" not in about:
        at = Place(sheet="About")
        problems.error(at, "Add a sheet “About” with a row “Title”, and the title beside it.")
        about["title"] = Given("-", at)
    return Given(about | {key: Given(tuple(rows), place)}, place)


def _folded(value: Scalar) -> str:
    return clean_line(str(value or "")).casefold().rstrip(".:*?")


def _sheet_names(book: Workbook) -> set[str]:
    return {_folded(sheet.name) for sheet in book.sheets}


def _needed(book: Workbook, name: str, columns: tuple[Column, ...], problems: Problems) -> _Table:
    table = _sheet(book, name, columns)
    if table is None:
        raise FileError(f"The workbook has no sheet “{name}” with a row of headings. Add it.")
    known = set(table.columns.values())
    for column, heading in enumerate(table.sheet.rows[table.heading_row - 1], start=1):
        if heading is not None and column not in known:
            at = table.place(table.heading_row, column)
            problems.note(at, f"The column “{clean_line(str(heading))[:60]}” is not kept.")
    return table


def _sheet(book: Workbook, name: str, columns: tuple[Column, ...]) -> _Table | None:
    """The sheet of this name; else, for the main ones, the only sheet with most of the headings."""
    for sheet in book.sheets:
        if _folded(sheet.name) == name.casefold():
            return _table(sheet, name, columns, least=1)
    if name in ("Standards", "Activities"):
        found = [table for sheet in book.sheets if (table := _table(sheet, name, columns, least=3))]
        return found[0] if len(found) == 1 else None
    return None


def _table(sheet: Sheet, name: str, columns: tuple[Column, ...], *, least: int) -> _Table | None:
    known = {_folded(text): c.key for c in reversed(columns) for text in (*c.also, c.heading)}
    best: dict[str, int] = {}
    best_row = 0
    for number, row in enumerate(sheet.rows[:_HEADING_ROWS], start=1):
        found: dict[str, int] = {}
        for column, heading in enumerate(row, start=1):
            if isinstance(heading, str) and (key := known.get(_folded(heading))):
                found.setdefault(key, column)
        if len(found) > len(best):
            best, best_row = found, number
    if len(best) < least:
        return None
    missing = _REQUIRED[name] - set(best)
    if missing:
        if least > 1:
            return None
        headings = " and ".join(sorted(f"“{c.heading}”" for c in columns if c.key in missing))
        raise FileError(f"The sheet has no column {headings}. Add it.", Place(sheet=sheet.name, row=best_row))
    return _Table(sheet, best_row, best)
