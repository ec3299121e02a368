"""What a workbook is, once read: sheets of rows of values, and the cells whose value cannot be trusted."""

from dataclasses import dataclass, field

from plumbline.shared.given import Scalar

Row = tuple[Scalar, ...]

# The longest text that a cell of a workbook holds. Source: Excel specifications and limits, Microsoft.
LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows, of which `rows[0]` is row 1, all of one width, with None for an empty cell.

    `faults` says for a row and column (both from 1) why the value of that cell is not known.
    """

    name: str
    rows: tuple[Row, ...]
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook in their order."""

    sheets: tuple[Sheet, ...]


def column_letter(column: int) -> str:
    """The letters of the column, counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of the column, counted from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
