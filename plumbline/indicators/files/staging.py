"""Rows on their way into an extract: each value cleaned by its column's type, written to one plain file a table."""

import csv
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from indicator_engine.codelists import CodeList
from indicator_engine.tables import Column, ColumnType, Keep, RecordTable
from plumbline.indicators.files.findings import Findings, Row
from plumbline.indicators.files.pseudonyms import Pseudonyms, Ready
from plumbline.indicators.files.spellings import Choices, LeftOut, Spellings, Unknown, read_flags
from plumbline.indicators.files.values import (
    Read,
    Remark,
    read_date,
    read_decimal,
    read_id,
    read_integer,
    read_sector,
    read_text,
    tidy,
)
from plumbline.shared.given import Place, Scalar

# How NULL is written in staged files. No value is these two characters: `tidy` takes them for nothing.
NULL = "\\N"
# Letters, digits and what stands between them, but not a whole number written as 12.0, nor nothing written as NULL.
_PLAIN_ID = re.compile(r"(?!\d+\.0+\Z|NULL\Z)[A-Za-z0-9_./:-]+\Z")
_MOST_REMEMBERED = 200_000
_TELL_EVERY = 20_000

Progress = Callable[[int, str], None]
Clean = Callable[[Scalar], str]

_READERS: dict[ColumnType, Callable[[Scalar], Read]] = {
    ColumnType.DATE: read_date,
    ColumnType.INTEGER: read_integer,
    ColumnType.DECIMAL: read_decimal,
    ColumnType.TEXT: read_text,
    ColumnType.ID: read_id,
}


class Stage:
    """Takes rows for tables from a reader, and says what it met.

    Shape: `folder` gets one CSV file a table that had a row, all stored columns in their order.
    """

    def __init__(
        self,
        folder: Path,
        tables: Mapping[str, RecordTable],
        codelists: Mapping[str, CodeList],
        *,
        choices: Choices,
        pseudonyms: Pseudonyms,
        progress: Progress,
    ) -> None:
        self.tables, self.pseudonyms, self.findings = tables, pseudonyms, Findings()
        self.choices = choices
        self.supplied: set[str] = set()
        # Columns that some source held, even if it left them empty.
        self.given: set[str] = set()
        # Tables with a row or at least a heading. Of one that only might have held rows, the columns are not known.
        self.written: set[str] = set()
        self.rows = 0
        self._folder, self._progress = folder, progress
        self._spellings = {name: Spellings(codelist, choices) for name, codelist in codelists.items()}
        self._files: dict[str, tuple[IO[str], Any]] = {}
        self._writers: dict[tuple[str, tuple[str, ...], str], TableWriter] = {}

    def writer(self, table: str, columns: Sequence[str], source: str) -> "TableWriter":
        """Takes rows of these columns of the table, from the file or sheet `source`. The table counts as supplied."""
        named = (table, tuple(columns), source)
        if named in self._writers:
            return self._writers[named]
        self.supplied.add(table)
        self.given.update(columns)
        self.written.add(table)
        if table not in self._files:
            descriptor = os.open(self._folder / f"{table}.csv", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            file = os.fdopen(descriptor, "w", encoding="utf-8", newline="")
            self._files[table] = (file, csv.writer(file, lineterminator="\n"))
        write = self._files[table][1].writerow
        self._writers[named] = writer = TableWriter(self, self.tables[table], columns, source, write)
        return writer

    def supply(self, *tables: str) -> None:
        """Note that the return holds these tables, even if it has no row for them."""
        self.supplied.update(tables)

    def spellings(self, codelist: str) -> Spellings:
        """The spellings of that code set."""
        return self._spellings[codelist]

    def code(self, codelist: str, raw: Scalar, at: Row) -> tuple[str | None, bool]:
        """The code, and whether there was nothing to tell: an unknown spelling is told, and one that is left out."""
        try:
            return self.spellings(codelist).code_of(raw), True
        except Unknown as fault:
            self.findings.spelling(codelist, str(fault), at)
        except LeftOut as said:
            self.findings.left_out(codelist, str(said), at)
        return None, False

    def count_row(self, source: str) -> None:
        """Count a row, and tell how far the reading is from time to time."""
        self.rows += 1
        if self.rows % _TELL_EVERY == 0:
            self._progress(self.rows, source)

    def close(self) -> None:
        """Close the staged files."""
        for file, _ in self._files.values():
            file.close()
        self._files = {}


class TableWriter:
    """Cleans and writes the rows of one table from one source."""

    def __init__(
        self,
        stage: Stage,
        table: RecordTable,
        columns: Sequence[str],
        source: str,
        write: Callable[[list[str]], Any],
    ) -> None:
        self._stage, self._table, self._source, self._write = stage, table, source, write
        self._line = 0
        at = {column: position for position, column in enumerate(columns)}
        unknown = at.keys() - {column.name for column in table.columns}
        if unknown:
            raise KeyError(f"{table.name} has no columns {sorted(unknown)}")
        # A column that was not given is NULL in every row.
        self._plan = [(at.get(column.name, -1), self._cleaner(column)) for column in table.stored]

    def add(self, values: Sequence[Scalar], line: int) -> None:
        """Clean the values and write the row; `line` is where it stands in its source."""
        self._line = line
        self._write([clean(values[at]) if at >= 0 else NULL for at, clean in self._plan])
        self._stage.count_row(self._source)

    def _cleaner(self, column: Column) -> Clean:
        if column.type in (ColumnType.CODE, ColumnType.FLAG):
            return _remembering(lambda raw: self._code(column, raw))
        if column.type is ColumnType.FLAGS:
            return _remembering(lambda raw: self._flags(column, raw))
        if column.type is ColumnType.ID:
            return self._id_cleaner(column)
        read = read_sector if column.keep is Keep.SECTOR else _READERS[column.type]
        return _remembering(lambda raw: self._told(column, read(raw)))

    def _id_cleaner(self, column: Column) -> Clean:
        pseudonyms = self._stage.pseudonyms
        hashes = pseudonyms.hashes(self._table, column)
        kind = (
            "person" if column.refers_to or column.name == "pers_person_id" else column.name.partition("_")[2]
        )

        def clean(raw: Scalar) -> str:
            # Most identifiers are plain, and need no closer look.
            if raw.__class__ is Ready or (not hashes and isinstance(raw, str) and _PLAIN_ID.match(raw)):
                return str(raw)
            value, remark = read_id(raw)
            if remark:
                self._refuse_id(column, raw)
            if value is None:
                return NULL
            return pseudonyms.of(value, kind) if hashes else value

        return clean

    def _refuse_id(self, column: Column, raw: Scalar) -> None:
        self._stage.findings.remark(self._table.name, column.name, Remark.GARBLED_ID, self._at)
        self._stage.findings.problems.error(
            Place(path=(self._source,), row=self._line, heading=column.name),
            f"{column.name} is {tidy(raw)}: a spreadsheet has rounded this number and its digits are lost. "
            "Export it again as text.",
        )

    @property
    def _at(self) -> Row:
        return Row(self._source, self._line)

    def _told(self, column: Column, read: Read) -> tuple[str, bool]:
        value, remark = read
        if value is not None and column.unknown and float(value) in column.unknown:
            value, remark = None, Remark.NOT_KNOWN
        if remark:
            self._stage.findings.remark(self._table.name, column.name, remark, self._at)
        return (NULL if value is None else value), remark is None

    def _code(self, column: Column, raw: Scalar) -> tuple[str, bool]:
        codelist = column.codelist or "yes_no"
        code, is_plain = self._stage.code(codelist, raw, self._at)
        return code or NULL, is_plain

    def _flags(self, column: Column, raw: Scalar) -> tuple[str, bool]:
        findings, listed = (
            self._stage.findings,
            self._stage.spellings(column.codelist) if column.codelist else None,
        )
        try:
            flags = read_flags(raw, column.codes, listed)
        except (ValueError, RecursionError):
            findings.remark(self._table.name, column.name, Remark.BAD_FLAGS, self._at)
            return NULL, False
        for name in flags.unknown:
            if listed:
                findings.spelling(column.codelist, name.casefold(), self._at)
            else:
                findings.remark(self._table.name, column.name, Remark.UNKNOWN_KEY, self._at)
        for name in flags.left_out:
            findings.left_out(column.codelist, name.casefold(), self._at)
        return (NULL if flags.stored is None else flags.stored), not flags.unknown and not flags.left_out


def _remembering(clean: Callable[[Scalar], tuple[str, bool]]) -> Clean:
    """The cleaner, which does the work once for each value; values with a remark are not remembered but told again."""
    known: dict[Any, str] = {}

    def remembered(raw: Scalar) -> str:
        # 1, True and 1.0 are one key of a dictionary, and mean the same here.
        found = known.get(raw)
        if found is None:
            found, is_plain = clean(raw)
            if is_plain and len(known) < _MOST_REMEMBERED:
                known[raw] = found
        return found

    return remembered
