"""Workbooks written from rows of plain values: nothing in them is a formula or a link."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

import xlsxwriter

from plumbline.shared.given import Scalar
from plumbline.shared.plain_text import without_controls
from plumbline.shared.tables.sheets import LONGEST_CELL, Sheet, column_letter

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# A fixed date, so that the same content always gives the same bytes. Workbooks have no time zones.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001
_FIRST_DATE = date(1900, 3, 1)
_WIDEST, _NARROWEST = 60, 10
# Excel counts characters in the halves of UTF-16; an emoji is two.
_HALVES = "utf-16-le"


class CellTooLongError(ValueError):
    """A text that no cell can hold. The message names the sheet, row and column."""


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a workbook, the first row of each as its heading; control characters are taken out.

    Raises: CellTooLongError for a text longer than a cell can hold, rather than cutting off its end.
    """
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, _OPTIONS)
    book.set_properties({"created": _CREATED})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for n, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                style = day if isinstance(value, date) else heading if n == 0 else plain
                _write_cell(page, (sheet.name, n, column), value, style)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
    book.close()
    return packed.getvalue()


def _write_cell(page: Any, at: tuple[str, int, int], value: Scalar, style: Any) -> None:
    name, row, column = at
    if value is None:
        return
    if not _has_own_type(value):
        value = str(value)
    if isinstance(value, bool):
        page.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, style)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, style)
    elif value:
        text = without_controls(value)
        if len(text.encode(_HALVES)) // 2 > LONGEST_CELL:
            raise CellTooLongError(
                f"Sheet {name}, row {row + 1}, column {column_letter(column + 1)}: the text is {len(text):,} "
                f"characters long and a cell holds {LONGEST_CELL:,}. Shorten it, or save as YAML instead."
            )
        page.write_string(row, column, text, style)


def _has_own_type(value: Scalar) -> bool:
    """Whether workbooks keep the value exactly: not days before 1900, nor very large numbers."""
    if isinstance(value, date):
        return value >= _FIRST_DATE
    if isinstance(value, int | float):
        return isfinite(value) and abs(value) < 1e15
    return isinstance(value, str)


def _widths(sheet: Sheet) -> list[int]:
    columns = max((len(row) for row in sheet.rows), default=0)
    longest = [
        max(
            (len(str(row[column])) for row in sheet.rows if column < len(row) and row[column] is not None),
            default=0,
        )
        for column in range(columns)
    ]
    return [min(_WIDEST, max(_NARROWEST, width + 2)) for width in longest]
