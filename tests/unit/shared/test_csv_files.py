"""CSV that no spreadsheet runs, and that reads back as it was."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline.shared.given import FileError
from plumbline.shared.plain_text import without_controls
from plumbline.shared.tables import read_csv, write_csv

REPEATABLE = settings(derandomize=True, deadline=None, max_examples=300)
STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹣", "−"]
BEFORE = [
    "",
    " ",
    "  ",
    "\t",
    "\r",
    "\n",
    "\x00",
    "\x0b",
    "\ufeff",
    "\u200b",
    "\u00a0",
    "\u3000",
    "\u2028",
    "\ufeff \x1f",
]
TEXTS = st.lists(st.sampled_from([*STARTS, *BEFORE, "'", '"', ",", ";", "a", "1", "é"]), max_size=5).map(
    "".join
)


def written_cell(text: str) -> str:
    """What stands in the file for the text, before any reader turns it back."""
    line = write_csv([[text, "end"]]).decode("utf-8-sig").removesuffix("end\r\n").removesuffix(",")
    return line[1:-1].replace('""', '"') if line.startswith('"') else line


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(before: str, start: str) -> None:
    assert written_cell(f"{before}{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("before", ["\t", "\r", "\n"])
def test_a_text_that_begins_with_a_tab_or_line_end_gets_an_apostrophe(before: str) -> None:
    assert written_cell(f"{before}plain").startswith("'")


@pytest.mark.parametrize("text", ["plain", "a=b", "1-2", "'quoted'", "O'Neill", "", "é"])
def test_other_texts_are_written_as_they_are(text: str) -> None:
    assert written_cell(text) == text


def test_numbers_stay_numbers() -> None:
    assert write_csv([[-5, -5.5, 0, 1e20]]).decode("utf-8-sig") == "-5,-5.5,0,1e+20\r\n"


def test_dates_yes_and_no_and_blanks_are_written_plainly() -> None:
    assert write_csv([[date(2026, 4, 1), True, False, None]]).decode("utf-8-sig") == "2026-04-01,yes,no,\r\n"


@REPEATABLE
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_what_is_written_reads_back_without_its_control_characters(rows: list[list[str]]) -> None:
    read = read_csv(write_csv(rows))

    assert read == tuple(tuple(without_controls(cell) for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (b"a,b\n1,caf\xe9", "line 2", "The file is not in UTF-8."),
        (b'a,b\n1,"open', "line 2", "A quote is open"),
        (b'a,b\n1,"open" x', "line 2", "A quote is open"),
        (b"a" * (20 * 1024 * 1024 + 1), "the file", "larger than 20 MB"),
    ],
)
def test_a_broken_csv_is_refused_with_its_line(data: bytes, place: str, said: str) -> None:
    with pytest.raises(FileError, match=said) as refusal:
        read_csv(data)

    assert str(refusal.value.place) == place
