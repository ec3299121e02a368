"""A case list as a file: one heading row and one row a case, from CSV or a workbook, all as text with its place."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from plumbline.shared.given import FileError, Place, Scalar
from plumbline.shared.plain_text import clean_line
from plumbline.shared.tables import LONG_LIST, column_letter, read_csv, read_xlsx

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = LONG_LIST.rows
MOST_COLUMNS = 100
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


@dataclass(frozen=True)
class Table:
    """The headings and the rows of a case list. `numbers` says where each row stands in the file."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    digest: str
    faults: dict[tuple[int, int], str]

    def place(self, row: int, column: int) -> Place:
        """The place of a cell; `row` counts the rows here and `column` the columns, both from 0."""
        return Place(
            row=self.numbers[row], column=column_letter(column + 1), heading=self.headings[column][:40]
        )

    def values(self, column: int) -> list[str]:
        """All values of a column."""
        return [row[column] for row in self.rows]


def read_case_list(data: bytes) -> Table:
    """The case list in the file, recognised by its content. Empty rows are passed over.

    Raises: FileError for a file that is no table, holds macros or too much, or has no heading row.
    """
    if len(data) > MOST_BYTES:
        raise FileError("The file is larger than 5 MB. Take out the columns that are not needed.")
    if data.startswith(_OTHERS):
        raise FileError("This is neither CSV nor a workbook. Choose a .csv or .xlsx file.")
    faults: dict[tuple[int, int], str] = {}
    if data.startswith(_WORKBOOKS):
        sheet = next((one for one in read_xlsx(data, LONG_LIST).sheets if one.rows), None)
        rows: list[tuple[Scalar, ...]] = list(sheet.rows) if sheet else []
        faults = sheet.faults if sheet else {}
    else:
        if data.count(b"\n") > 2 * MOST_ROWS:
            raise FileError(f"The file has more than {MOST_ROWS:,} rows. Delete the empty ones, or split it.")
        rows = list(read_csv(data))
    filled = [
        (number, row) for number, row in enumerate(rows, start=1) if any(_is_filled(one) for one in row)
    ]
    if not filled:
        raise FileError("The file is empty. It needs a row of headings and one row for each case.")
    headings = tuple(clean_line(_text(one))[:120] for one in filled[0][1])
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > MOST_COLUMNS:
        raise FileError(f"The file has more than {MOST_COLUMNS} columns. Take out those not needed.")
    if len(filled) > MOST_ROWS + 1:
        raise FileError(f"The file has more than {MOST_ROWS:,} rows. Split it.")
    if len(filled) == 1:
        raise FileError("The file has headings and no cases. Write one row for each case.")
    width = len(headings)
    cases = tuple(
        tuple(_text(row[n]).strip() if n < len(row) else "" for n in range(width)) for _, row in filled[1:]
    )
    numbers = tuple(number for number, _ in filled[1:])
    return Table(headings, cases, numbers, hashlib.sha256(data).hexdigest(), faults)


def pack(table: Table) -> bytes:
    """The table as bytes that `unpack` reads at once, so that a file is looked through only when it is given."""
    faults = [[row, column, why] for (row, column), why in table.faults.items()]
    said = [table.headings, table.rows, table.numbers, table.digest, faults]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> Table:
    """The table that was packed."""
    headings, rows, numbers, digest, faults = json.loads(data)
    return Table(
        tuple(headings),
        tuple(map(tuple, rows)),
        tuple(numbers),
        digest,
        {(row, column): why for row, column, why in faults},
    )


def _is_filled(value: Scalar) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _text(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)
