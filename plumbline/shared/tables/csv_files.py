"""CSV written so that no spreadsheet runs what is in it, and read back as it was."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from plumbline.shared.given import FileError, Place, Scalar
from plumbline.shared.plain_text import without_controls

MOST_BYTES = 20 * 1024 * 1024
# What begins a formula in Excel, LibreOffice or Google Sheets; the full-width forms are folded onto these.
# Source: OWASP ASVS 5.0.0, 1.2.10.
_STARTS = "=+-@"
_GUARD = "'"


def _is_skipped(character: str) -> bool:
    """Whether spreadsheets may skip the character at the start of a cell: blanks, controls, marks."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _starts_formula(text: str) -> bool:
    if text[:1] in ("\t", "\r", "\n"):
        return True
    for character in text:
        if _is_skipped(character):
            continue
        return unicodedata.normalize("NFKC", character)[0] in _STARTS or character == "−"
    return False


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    Text that already begins with apostrophes before such a start gets one more, so that `restored` is exact.
    """
    return _GUARD + text if _starts_formula(text.lstrip(_GUARD)) else text


def restored(text: str) -> str:
    """The text as it was before `neutral`."""
    return text[1:] if text.startswith(_GUARD) and _starts_formula(text.lstrip(_GUARD)) else text


def write_csv(rows: Iterable[Sequence[Scalar]]) -> bytes:
    """The rows as CSV in UTF-8 with a byte order mark, as Excel expects; numbers stay numbers.

    Control characters are taken out; texts that could be formulas get a leading apostrophe.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Scalar) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    # The guard goes on after the controls are gone: they must not hide a formula behind them.
    return neutral(without_controls(value)) if isinstance(value, str) else value.isoformat()


def read_csv(data: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of a CSV file as texts, leading apostrophes of `write_csv` taken off again.

    Raises: FileError naming the line, for files over 20 MB, not in UTF-8 or with an open quote.
    """
    if len(data) > MOST_BYTES:
        raise FileError("The file is larger than 20 MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise FileError("The file is not in UTF-8. Save it as “CSV UTF-8”.", Place(line=line)) from fault
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return tuple(tuple(restored(cell) for cell in row) for row in reader)
    except csv.Error as fault:
        raise FileError(
            "A quote is open or stands in the middle of a cell. Check the quotes.",
            Place(line=reader.line_num),
        ) from fault
