"""The inspection workbook (eleven lists) of the children in an extract, as it would be made on a day."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from plumbline.demo.children.reading import opened

SQL = Path(__file__).with_suffix(".sql")
NAME = "annex_a.xlsx"


def write_annex_a(extract: Path, on: date, out: Path) -> dict[str, int]:
    """Rows by list. The workbook is written a row at a time."""
    connection = opened(extract)
    connection.execute(f"set variable on_day = date '{on}'")
    out.mkdir(parents=True, exist_ok=True)
    # Dates of documents would make two runs differ; the workbook says when the extract was made instead.
    book = xlsxwriter.Workbook(
        str(out / NAME), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    made = datetime(on.year, on.month, on.day, tzinfo=UTC)
    book.set_properties({"title": "Synthetic: nobody is real", "created": made})
    bold = book.add_format({"bold": True})
    rows: dict[str, int] = {}
    for sheet, sql in _statements(SQL.read_text(encoding="utf-8")):
        answer = connection.execute(sql)
        if not sheet:
            continue
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, [column[0] for column in answer.description], bold)
        rows[sheet] = 0
        while some := answer.fetchmany(1_000):
            for row in some:
                rows[sheet] += 1
                _write_row(page, rows[sheet], row)
    book.close()
    connection.close()
    return rows


def _write_row(page: Worksheet, number: int, row: tuple[Any, ...]) -> None:
    for place, value in enumerate(row):
        if isinstance(value, str):
            # Ids stay text: a number would lose the zeros in front.
            page.write_string(number, place, value)
        elif value is not None:
            page.write(number, place, value)


def _statements(text: str) -> list[tuple[str, str]]:
    """Each statement with the list it fills, or none."""
    found = []
    for part in re.split(r";\s*\n", text):
        named = re.search(r"^-- (List \d+)$", part, re.MULTILINE)
        if part.strip():
            found.append((named.group(1) if named else "", part))
    return found
