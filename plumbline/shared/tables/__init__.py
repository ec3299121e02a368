"""Tables in files: workbooks and CSV, read with limits and written so that nothing in them is run."""

from plumbline.shared.tables.csv_files import read_csv, write_csv
from plumbline.shared.tables.sheets import Sheet, Workbook, column_letter
from plumbline.shared.tables.xlsx_guard import LONG_LIST, Limits
from plumbline.shared.tables.xlsx_reader import read_xlsx
from plumbline.shared.tables.xlsx_writer import CellTooLongError, write_xlsx

__all__ = [
    "LONG_LIST",
    "CellTooLongError",
    "Limits",
    "Sheet",
    "Workbook",
    "column_letter",
    "read_csv",
    "read_xlsx",
    "write_csv",
    "write_xlsx",
]
