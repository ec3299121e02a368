"""Workbooks: read under limits, written without formulas."""

import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.shared.given import FileError
from plumbline.shared.tables import CellTooLongError, Sheet, column_letter, read_xlsx, write_xlsx
from plumbline.shared.tables.sheets import column_number

REPEATABLE = settings(derandomize=True, deadline=None, max_examples=40)
START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
SMALL = write_xlsx([Sheet("Page", (("Heading",), ("value",)))])


def workbook(parts: dict[str, bytes | None]) -> bytes:
    """A small workbook with some of its parts replaced, added or, for None, left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SMALL)) as source:
        held = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in (held | parts).items():
            if part is not None:
                target.writestr(name, part)
    return packed.getvalue()


def cells(inner: bytes) -> bytes:
    """A workbook whose only sheet holds this XML."""
    return workbook({SHEET: START + inner + END})


def strings(text: bytes, times: int = 1) -> bytes:
    """A table of shared strings."""
    item = b"<si><t>" + text + b"</t></si>"
    return (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + item * times + b"</sst>"
    )


def many_cells(rows: int, columns: int, cell: bytes) -> bytes:
    names = [column_letter(column).encode() for column in range(1, columns + 1)]
    return b"".join(
        b'<row r="%d">' % row + b"".join(cell % (name, row) for name in names) + b"</row>"
        for row in range(1, rows + 1)
    )


def with_declared_size(data: bytes, name: str, size: int) -> bytes:
    """The archive with another unpacked size written for one part, in both places where it stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true_size = struct.pack("<L", archive.getinfo(name).file_size)
    return data.replace(true_size, struct.pack("<L", size))


def refusal_of(data: bytes) -> str:
    with pytest.raises(FileError) as refusal:
        read_xlsx(data)
    return f"{refusal.value.place}: {refusal.value}"


def test_values_are_read_as_they_stand_with_row_one_first() -> None:
    rows = (
        (None, None, None, None),
        (None, "text", 2.5, 3),
        (date(2026, 4, 1), True, False, "two\nlines"),
    )

    (sheet,) = read_xlsx(write_xlsx([Sheet("Page", rows)])).sheets

    assert sheet.rows == rows


def test_a_date_with_a_time_keeps_its_time() -> None:
    book = openpyxl.Workbook()
    book.active.append([datetime(2026, 4, 1, 9, 30)])  # noqa: DTZ001
    packed = io.BytesIO()
    book.save(packed)

    assert read_xlsx(packed.getvalue()).sheets[0].rows == (("2026-04-01 09:30:00",),)


def test_the_same_sheets_always_give_the_same_bytes() -> None:
    sheets = [Sheet("Page", (("a", 1, date(2026, 4, 1)),))]

    assert write_xlsx(sheets) == write_xlsx(sheets)


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\ufeff=1",
    "＝1",
    '=HYPERLINK("http://x.example")',
]


@pytest.mark.parametrize(
    "text", [*FORMULAS, "http://x.example", "mailto:a@b.example", "00123", "1e5", "TRUE"]
)
def test_texts_are_written_as_text_and_never_as_formulas_links_or_numbers(text: str) -> None:
    data = write_xlsx([Sheet("Page", (("Heading",), (text,)))])

    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_control_characters_are_taken_out_before_writing() -> None:
    data = write_xlsx([Sheet("Page", (("a\x00b\x07c\ufeffd\x1be",),))])

    assert read_xlsx(data).sheets[0].rows == (("abcde",),)


def test_a_text_that_no_cell_can_hold_is_refused_rather_than_cut() -> None:
    write_xlsx([Sheet("Page", (("x" * 32_767,),))])

    with pytest.raises(
        CellTooLongError, match=r"Sheet Page, row 2, column C: the text is 32,768 characters long"
    ):
        write_xlsx([Sheet("Page", (("a", "b", "c"), (None, None, "x" * 32_768)))])


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**30, date(1800, 1, 1)])
def test_what_workbooks_cannot_hold_as_a_number_is_written_as_text(value: float | date) -> None:
    assert read_xlsx(write_xlsx([Sheet("Page", ((value,),))])).sheets[0].rows == ((str(value),),)


@REPEATABLE
@given(
    st.lists(st.lists(st.none() | st.text(st.characters(codec="utf-8"), max_size=8), min_size=2, max_size=2))
)
def test_any_text_is_written_and_read_without_failing(rows: list[list[str | None]]) -> None:
    read_xlsx(write_xlsx([Sheet("Page", tuple(map(tuple, rows)))]))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a workbook"),
        (b"hello", "not a workbook"),
        (SMALL[: len(SMALL) // 2], "damaged or not a workbook"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "an old Excel workbook (.xls), or one with a password"),
        (b"PK\x05\x06" + b"\0" * 18, "This is not an Excel workbook."),
        (SMALL + b"0" * 5 * 1024 * 1024, "larger than 5 MB"),
        (workbook({"[Content_Types].xml": None}), "This is not an Excel workbook."),
        (workbook({"xl/vbaProject.bin": b"x"}), "holds macros"),
        (workbook({"xl/workbook.bin": b"x"}), "binary form"),
        (workbook({"[Content_Types].xml": b"<a>macroEnabled</a>"}), "made for macros (.xlsm)"),
        (workbook({"xl/workbook.xml": b"<workbook"}), "damaged"),
        (workbook({f"xl/extra{n}.xml": b"<a/>" for n in range(500)}), "not built as workbooks are"),
        (workbook({SHEET: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + START + END}), "not built as workbooks are"),
    ],
)
def test_what_is_no_plain_workbook_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    assert said in refusal_of(data)


def test_a_workbook_that_unpacks_to_too_much_is_refused_by_what_it_declares() -> None:
    data = cells(b" " * 51 * 1024 * 1024)

    assert len(data) < 100_000
    assert "larger than 50 MB once unpacked" in refusal_of(data)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    data = with_declared_size(cells(b" " * 60_000_000), SHEET, 4000)

    assert "damaged" in refusal_of(data)


def test_a_workbook_that_declares_more_than_it_holds_is_refused() -> None:
    data = with_declared_size(cells(b" " * 70_001), SHEET, 80_001)

    assert "damaged" in refusal_of(data)


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (
            b'<row r="10001"><c r="A10001"><v>1</v></c></row>',
            "sheet Page: The sheet has more than 10,000 rows.",
        ),
        (
            b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
            "sheet Page: The sheet has more than 10,000 rows.",
        ),
        (b'<row r="1"><c r="XFD1048576" t="e"/></row>', "The sheet has more than 10,000 rows."),
        (b"<row><c/><c><v>1</v></c></row>" * 10_001, "The sheet has more than 10,000 rows."),
        (b'<row r="1"><c r="GS1"><v>1</v></c></row>', "sheet Page: The sheet has columns beyond GR."),
        (b'<row r="1"><c r="A1&#x30;0001"><v>1</v></c></row>', "The sheet has more than 10,000 rows."),
        (b'<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', "ZZZZ1 is not a cell"),
        (b'<row r="-4"><c><v>1</v></c></row>', "-4 is not a row"),
        (b'<row r="0"><c r="A0"><v>1</v></c></row>', "damaged"),
        (b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "damaged"),
        (b"<a/>" * 700_000, "The workbook holds too much."),
    ],
)
def test_sheets_too_large_or_broken_are_refused(inner: bytes, said: str) -> None:
    assert said in refusal_of(cells(inner))


def test_too_many_filled_cells_are_refused() -> None:
    data = cells(many_cells(10_000, 11, b'<c r="%s%d"><v>1</v></c>'))

    assert "more than 50,000 filled cells" in refusal_of(data)


def test_one_long_text_used_in_many_cells_is_refused_before_it_is_copied() -> None:
    sheet = START + many_cells(1000, 10, b'<c r="%s%d" t="s"><v>0</v></c>') + END

    assert "holds too much text" in refusal_of(workbook({SHEET: sheet, STRINGS: strings(b"x" * 32_000)}))


def test_a_text_longer_than_a_cell_can_hold_is_refused() -> None:
    assert "more than 32,767 characters" in refusal_of(workbook({STRINGS: strings(b"x" * 32_768)}))


def test_formatted_cells_without_a_value_do_not_count() -> None:
    data = cells(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"/>')

    assert read_xlsx(data).sheets[0].rows == ((1,),)


def test_formulas_without_a_value_and_errors_are_named_by_row_and_column() -> None:
    row = (
        b'<c r="A1"><f>1+1</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>1+1</f><v>2</v></c>'
        b'<c r="D1"><f>1+1</f><v></v></c><c r="E1" t="str"><f>""</f><v></v></c>'
    )

    (sheet,) = read_xlsx(cells(b'<row r="1">' + row + b"</row>")).sheets

    assert sheet.faults == {
        (1, 1): "holds a formula that was never worked out",
        (1, 2): "holds an error of the spreadsheet program",
        (1, 4): "holds a formula that was never worked out",
    }
    assert sheet.rows[0][2] == 2


def test_columns_have_the_letters_that_spreadsheets_show() -> None:
    assert [column_letter(column) for column in (1, 26, 27, 200, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "GR",
        "ZZ",
        "AAA",
    ]
    assert all(column_number(column_letter(column)) == column for column in range(1, 1000))
