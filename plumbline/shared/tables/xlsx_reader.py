"""Workbooks read into sheets of plain values, under limits of size and time."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from plumbline.shared.given import FileError, Scalar
from plumbline.shared.tables.sheets import Row, Sheet, Workbook
from plumbline.shared.tables.xlsx_guard import MOST_CELLS, SAVE_AS, USUAL, Limits, guarded

MOST_SHEETS = 30
# Sheets are read as full rectangles, so a few cells far apart cost as much as all between them.
MOST_AREA = MOST_CELLS * 40


def read_xlsx(data: bytes, limits: Limits = USUAL) -> Workbook:
    """The sheets of the workbook: texts, numbers, dates and yes or no as they stand, empty cells as None.

    Raises: FileError for what is not a plain .xlsx workbook, holds macros, is larger than 5 MB (50 MB
    unpacked), or has more than 10,000 rows, 200 columns or 50,000 filled cells; `limits` sets other numbers.
    """
    checked = guarded(data, limits)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(checked.archive))
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = _read_sheets(book, names, checked.faults)
    except FileError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # A panic of the reader's Rust code is not an Exception.
        raise FileError(f"The workbook is damaged and cannot be read. {SAVE_AS}") from fault
    return Workbook(sheets)


def _read_sheets(
    book: CalamineWorkbook, names: list[str], faults: dict[str, dict[tuple[int, int], str]]
) -> tuple[Sheet, ...]:
    if len(names) > MOST_SHEETS:
        raise FileError(f"The workbook has more than {MOST_SHEETS} sheets. Take out those not needed.")
    sheets, area = [], 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        end = sheet.end or (-1, -1)
        area += (end[0] + 1) * (end[1] + 1)
        if area > MOST_AREA:
            raise FileError("The sheets of the workbook are too large. Split it.")
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append(Sheet(name, tuple(_row(row) for row in rows), faults.get(name, {})))
    return tuple(sheets)


def _row(cells: list[Any]) -> Row:
    return tuple(map(_value, cells))


def _value(cell: Any) -> Scalar:
    if cell == "" or isinstance(cell, str | bool | int):
        return cell if cell != "" else None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell
    return str(cell) if isinstance(cell, time | timedelta) else None
