"""Rows of a CSV file as texts, whatever wrote it: byte order marks, UTF-16, Windows-1252, semicolons, tabs."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from plumbline.indicators.files.sources import Member, first_bytes, place_of
from plumbline.shared.given import FileError

MOST_EMPTY_ROWS = 20_000
MOST_COLUMNS = 500
# A row of every column of a table, its lists of outcomes written out, has some tens of thousands of characters.
LONGEST_LINE = 1_000_000
_LOOKED_AT = 64 * 1024
_WINDOWS = "cp1252"


@dataclass(frozen=True)
class TextRows:
    """The heading of a CSV file, the encoding it was read in, and its other rows each with its line."""

    heading: tuple[str, ...]
    encoding: str
    rows: Iterator[tuple[int, list[str]]]


@contextmanager
def read_rows(member: Member) -> Iterator[TextRows]:
    """The rows of the file, streamed; rows with nothing in them are left out.

    Raises: FileError naming the file and line, for open quotes, endless empty rows and text in no known encoding.
    """
    start = first_bytes(member, _LOOKED_AT)
    encoding = _encoding(start, member)
    with member.opened() as stream:
        text = io.TextIOWrapper(
            io.BufferedReader(_Raw(stream)), encoding=encoding, newline="", errors="strict"
        )
        reader = csv.reader(_lines(text, member), delimiter=_delimiter(start, encoding), strict=True)
        rows = _rows(reader, member, encoding)
        heading = next(rows, (1, []))[1]
        if len(heading) > MOST_COLUMNS:
            raise FileError(f"The file has more than {MOST_COLUMNS} columns.", place_of(member, 1))
        yield TextRows(tuple(heading), encoding, rows)


def cells_differ(cells: int, headings: int) -> str:
    """What is said of a row that has more or fewer cells than the heading: nobody knows which is which."""
    return f"The row has {cells} cells and the heading {headings}. Check its quotes and separators."


class _Raw(io.RawIOBase):
    """A stream that is only read; archives give one that cannot be wrapped as text itself."""

    def __init__(self, stream: object) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        given = self._stream.read(len(buffer))  # type: ignore[attr-defined,arg-type]
        buffer[: len(given)] = given  # type: ignore[index]
        return len(given)


def _lines(text: io.TextIOWrapper, member: Member) -> Iterator[str]:
    """The lines, none of them longer than memory should hold."""
    line = 0
    while piece := text.readline(LONGEST_LINE + 1):
        line += 1
        if len(piece) > LONGEST_LINE:
            raise FileError(f"The line is longer than {LONGEST_LINE:,} characters.", place_of(member, line))
        yield piece


def _encoding(start: bytes, member: Member) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise FileError("This is not a text file. Save it as CSV.", place_of(member))
    return "utf-8" if _is_utf8(member) else _WINDOWS


def _is_utf8(member: Member) -> bool:
    """Whether all of the file is UTF-8: the one odd name may stand in the last row."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with member.opened() as stream:
        try:
            while chunk := stream.read(1024 * 1024):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(start: bytes, encoding: str) -> str:
    heading = start.decode(encoding, errors="replace").splitlines()[0:1]
    counts = {mark: heading[0].count(mark) if heading else 0 for mark in ",;\t|"}
    return max(counts, key=lambda mark: counts[mark])


def _rows(reader: "Iterator[list[str]]", member: Member, encoding: str) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    line = 0
    try:
        for row in reader:
            line = reader.line_num  # type: ignore[attr-defined]
            # A blank is no value; most rows have something in their first cell, so that is looked at first.
            if not (row and (row[0].strip() or any(cell.strip() for cell in row))):
                empty += 1
                if empty > MOST_EMPTY_ROWS:
                    raise FileError(
                        f"More than {MOST_EMPTY_ROWS:,} rows are empty. Delete them and save again.",
                        place_of(member, line),
                    )
                continue
            yield line, row
    except csv.Error as fault:
        raise FileError(
            "A quote is open, stands in the middle of a cell, or a cell is far too long.",
            place_of(member, line + 1),
        ) from fault
    except UnicodeError as fault:
        raise FileError(
            f"The text is not in {encoding}. Save it as UTF-8.", place_of(member, line + 1)
        ) from fault
