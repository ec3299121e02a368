"""A look through a workbook before it is read: sizes, macros, far-away cells, formulas without values."""

import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from plumbline.shared.given import FileError, Place
from plumbline.shared.tables.sheets import LONGEST_CELL, column_letter, column_number

MOST_BYTES = 5 * 1024 * 1024
MOST_BYTES_UNPACKED = 50 * 1024 * 1024
MOST_FILES = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 200
# Enough for every definition, and few enough to be read within two seconds.
MOST_CELLS = 50_000
MOST_ELEMENTS = 300_000
MOST_CHARACTERS = 20_000_000


@dataclass(frozen=True)
class Limits:
    """How much a workbook may hold. What is allowed must still be read, and what is not be refused, in two seconds."""

    rows: int = MOST_ROWS
    cells: int = MOST_CELLS
    elements: int = MOST_ELEMENTS


# A list of one line a case: many rows of few cells.
LONG_LIST = Limits(rows=25_000, cells=400_000, elements=1_000_000)
USUAL = Limits()

SAVE_AS = "Open it in your spreadsheet program and save it as an Excel workbook (.xlsx)."
NO_VALUE = "holds a formula that was never worked out"
IN_ERROR = "holds an error of the spreadsheet program"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Scan:
    """What was seen in one file of the workbook."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    strings_used: Counter[int] = field(default_factory=Counter)
    string_lengths: list[int] = field(default_factory=list)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guarded:
    """A workbook that passed: a new archive of exactly what was looked at, and the faults of each sheet."""

    archive: bytes
    faults: dict[str, dict[tuple[int, int], str]]


def guarded(data: bytes, limits: Limits = USUAL) -> Guarded:
    """The workbook, packed anew from the parts that were checked, so that no reader sees anything else.

    Raises: FileError saying what is wrong with the file and what to do.
    """
    parts = _unpacked(data)
    scans: dict[str, Scan] = {}
    elements = 0
    for name, part in parts.items():
        scanner = _Scanner(limits, limits.elements - elements)
        scans[name] = scanner.scan(part)
        elements += scanner.elements
    named = _sheet_names(scans)
    for name, scan in scans.items():
        _check_size(scan, Place(sheet=named.get(name, "")), limits)
    if sum(scan.cells for scan in scans.values()) > limits.cells:
        _refuse(f"The workbook has more than {limits.cells:,} filled cells. Split it.")
    _check_strings(list(scans.values()))
    return Guarded(_packed(parts), {sheet: scans[name].faults for name, sheet in named.items()})


def _refuse(message: str) -> NoReturn:
    raise FileError(message)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The XML parts of the archive, read to their end under the limits; all other parts are left out."""
    if len(data) > MOST_BYTES:
        _refuse("The workbook is larger than 5 MB. Take out pictures and sheets that are not needed.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse(f"This is an old Excel workbook (.xls), or one with a password. {SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return _read_parts(archive, entries)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as fault:
        raise FileError(f"The workbook is damaged or not a workbook. {SAVE_AS}") from fault


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_FILES or len(set(names)) < len(names):
        _refuse(f"The workbook is not built as workbooks are. {SAVE_AS}")
    if any(entry.flag_bits & 1 for entry in entries):
        _refuse("The workbook has a password. Save it without one.")
    if any(name.casefold().endswith(("vbaproject.bin", "xl/workbook.bin")) for name in names):
        _refuse("The workbook holds macros or is in binary form. Save it as .xlsx, without macros.")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        _refuse(f"This is not an Excel workbook. {SAVE_AS}")
    if sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
        _refuse("The workbook is larger than 50 MB once unpacked. Take out what is not needed.")


def _read_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts = {}
    for entry in entries:
        if not entry.filename.casefold().endswith((".xml", ".rels")):
            continue
        # The reader stops at the declared size and then checks the sum, so a false size cannot unpack more.
        part = archive.read(entry)
        if len(part) != entry.file_size:
            _refuse(f"The workbook is damaged: its parts are not as long as it says. {SAVE_AS}")
        parts[entry.filename] = part
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        _refuse("The workbook is made for macros (.xlsm). Save it as .xlsx, without macros.")
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _sheet_names(scans: dict[str, Scan]) -> dict[str, str]:
    """The name of the sheet for each part that is one."""
    book = scans.get("xl/workbook.xml", Scan())
    targets = scans.get("xl/_rels/workbook.xml.rels", Scan()).targets
    named = {}
    for name, link in book.sheets:
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in scans:
            named[part] = name
    return named


def _check_size(scan: Scan, place: Place, limits: Limits) -> None:
    if scan.last_row > limits.rows:
        raise FileError(f"The sheet has more than {limits.rows:,} rows. Split it.", place)
    if scan.last_column > MOST_COLUMNS:
        last = column_letter(MOST_COLUMNS)
        raise FileError(f"The sheet has columns beyond {last}. Take out what is not needed.", place)


def _check_strings(scans: list[Scan]) -> None:
    tables = [scan.string_lengths for scan in scans if scan.string_lengths]
    if len(tables) > 1:
        _refuse(f"The workbook is not built as workbooks are. {SAVE_AS}")
    lengths = tables[0] if tables else []
    if max(lengths, default=0) > LONGEST_CELL:
        _refuse(f"A cell holds more than {LONGEST_CELL:,} characters. Split its text over more cells.")
    used = sum((scan.strings_used for scan in scans), Counter())
    if sum(lengths[n] * times for n, times in used.items() if 0 <= n < len(lengths)) > MOST_CHARACTERS:
        _refuse("The workbook holds too much text. Split it.")


class _Scanner:
    """Reads one XML part as a stream and keeps only what the checks need."""

    def __init__(self, limits: Limits, most_elements: int) -> None:
        self.elements = self._rows = 0
        self._limits = limits
        self._most_elements = most_elements
        self._scan = Scan()
        self._row = self._column = 0
        self._cell_type = ""
        self._has_value = self._has_formula = False
        self._text: list[str] | None = None
        self._string_length: int | None = None

    def scan(self, part: bytes) -> Scan:
        """What was seen in the part. Raises: FileError where it is not plain XML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = lambda *_: _refuse(
            f"The workbook is not built as workbooks are. {SAVE_AS}"
        )
        try:
            parser.Parse(part, True)
        except expat.ExpatError as fault:
            raise FileError(f"The workbook is damaged. {SAVE_AS}") from fault
        return self._scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > self._most_elements:
            _refuse("The workbook holds too much. Split it.")
        name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "is"):
            self._has_value = True
            wanted = name == "v" and (self._cell_type == "s" or self._has_formula)
            self._text = [] if wanted else None
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            self._rows += 1
            # Empty rows too: a sheet formatted to its last row is refused before a million of them are read.
            if self._rows > 2 * self._limits.rows:
                _refuse(
                    f"A sheet has more than {self._limits.rows:,} rows, empty ones counted. Delete the empty ones."
                )
        elif name == "si":
            self._string_length = 0
        elif name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self._scan.sheets.append((attributes.get("name", ""), link))
        elif name == "Relationship":
            self._scan.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell_type = attributes.get("t", "")
        self._has_value = self._has_formula = False
        if "r" not in attributes:
            self._column += 1
            return
        match = _REFERENCE.fullmatch(attributes["r"])
        if match is None:
            _refuse(f"The workbook is damaged: {attributes['r'][:20]} is not a cell. {SAVE_AS}")
        self._column, self._row = column_number(match[1]), int(match[2])

    def _number(self, given: str) -> int:
        if not re.fullmatch(r"[0-9]{1,7}", given):
            _refuse(f"The workbook is damaged: {given[:20]} is not a row. {SAVE_AS}")
        return int(given)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._end_cell()
        elif name == "v" and self._text is not None:
            value = "".join(self._text).strip()
            if self._cell_type == "s" and re.fullmatch(r"[0-9]{1,7}", value):
                self._scan.strings_used[int(value)] += 1
            # An empty value is the result of a formula only where the cell says that it holds text.
            self._has_value = bool(value) or self._cell_type == "str"
            self._text = None
        elif name == "si" and self._string_length is not None:
            self._scan.string_lengths.append(self._string_length)
            self._string_length = None

    def _end_cell(self) -> None:
        scan = self._scan
        if self._has_formula and not self._has_value:
            scan.faults[self._row, self._column] = NO_VALUE
        elif self._cell_type == "e":
            scan.faults[self._row, self._column] = IN_ERROR
        elif not self._has_value:
            return
        scan.cells += 1
        if scan.cells > self._limits.cells:
            _refuse(f"A sheet has more than {self._limits.cells:,} filled cells. Split it.")
        scan.last_row = max(scan.last_row, self._row)
        scan.last_column = max(scan.last_column, self._column)

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
        if self._string_length is not None:
            self._string_length += len(text)
