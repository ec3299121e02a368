"""Extracts loaded all or nothing: read, checked and kept as an immutable folder of Parquet, or nothing at all."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from indicator_engine.codelists import CodeList, load_codelists
from indicator_engine.tables import RecordTable, load_tables
from plumbline.indicators.files.annex_a import read_annex_a
from plumbline.indicators.files.cin_xml import read_cin
from plumbline.indicators.files.findings import MOST_SPELLINGS
from plumbline.indicators.files.manifest import FILE as MANIFEST
from plumbline.indicators.files.manifest import Manifest, SourceFile, day_in, read_manifest
from plumbline.indicators.files.packing import content_digest, empty_columns, opened, pack, reference, take_in
from plumbline.indicators.files.pseudonyms import Pseudonyms
from plumbline.indicators.files.quality import QualityResult, Seen, check
from plumbline.indicators.files.quality_rules import QualityRule, load_rules
from plumbline.indicators.files.shapes import Shape, detect
from plumbline.indicators.files.sources import Member
from plumbline.indicators.files.spellings import Choices, UnknownSpelling
from plumbline.indicators.files.ssd_csv import read_ssd
from plumbline.indicators.files.ssda903 import read_903
from plumbline.indicators.files.staging import Progress, Stage
from plumbline.shared.given import FileError, Place, Problem, Problems, Told

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
_HEADINGS = "headings:"
_UNFINISHED = ".unfinished-"


class Cancelled(Exception):
    """Raise it from `progress` to stop a load; nothing is left of it."""


class ExtractExists(Exception):
    """An extract of that name is there and holds other records. Extracts are never changed: choose another name."""


@dataclass(frozen=True)
class Definitions:
    """What a load goes by: tables, code sets and rules."""

    tables: Mapping[str, RecordTable]
    codelists: Mapping[str, CodeList]
    rules: tuple[QualityRule, ...]


@dataclass(frozen=True)
class LoadReport(Told):
    """What came of a load. `folder` is where the extract is, None where it was not loaded.

    `was_there` says that an extract of this name with the same records was there already. `spellings` have to be
    mapped by a person; those of headings never stop a load.
    """

    shape: Shape | None
    folder: Path | None
    manifest: Manifest | None
    quality: tuple[QualityResult, ...]
    spellings: tuple[UnknownSpelling, ...]
    problems: tuple[Problem, ...]
    was_there: bool = False
    left_out: tuple[UnknownSpelling, ...] = ()

    @property
    def to_map(self) -> tuple[UnknownSpelling, ...]:
        """The spellings of values that nobody has chosen a code for."""
        return tuple(spelling for spelling in self.spellings if not spelling.codelist.startswith(_HEADINGS))


@lru_cache(maxsize=4)
def shipped_definitions(folder: Path = DEFINITIONS) -> Definitions:
    """The definitions in the folder, read once.

    Raises: DefinitionFault.
    """
    tables = load_tables(folder / "record_tables")
    return Definitions(
        tables, load_codelists(folder / "codelists"), load_rules(folder / "quality_rules", tables)
    )


def _silent(rows: int, source: str) -> None:
    """Tells nobody."""


def load(
    path: Path,
    into: Path,
    *,
    created_at: datetime,
    choices: Choices | None = None,
    progress: Progress = _silent,
    key: bytes | None = None,
    as_at: date | None = None,
    leave_unknown_empty: bool = False,
    definitions: Definitions | None = None,
) -> LoadReport:
    """Loads what is at the path into the folder `into`, whose name is the extract's, and tells what came of it.

    Nothing is loaded where the report has errors, or spellings `to_map` unless `leave_unknown_empty`. `choices` are
    the codes that people chose, by code set and spelling. `key` hashes the identifiers of people. `as_at` is the day
    the records speak of: else the return's own reference date, else the day of `created_at`.

    Raises: ExtractExists; what `progress` raises.
    """
    run = _Run(
        path, into.name, created_at, choices or {}, progress, key, as_at, definitions or shipped_definitions()
    )
    into.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(into) as work:
        report = run.report(work)
        if report.manifest is None or report.errors or (report.to_map and not leave_unknown_empty):
            return report
        if into.exists():
            return _there_already(report, into)
        left_empty = tuple(str(one) for one in (*report.to_map, *report.left_out))
        manifest = replace(report.manifest, left_empty=left_empty)
        extract = work / "extract"
        manifest.write(extract)
        (extract / MANIFEST).chmod(0o600)
        extract.rename(into)
    return replace(report, folder=into, manifest=manifest)


def examine(
    path: Path,
    *,
    created_at: datetime,
    choices: Choices | None = None,
    progress: Progress = _silent,
    key: bytes | None = None,
    as_at: date | None = None,
    definitions: Definitions | None = None,
    beside: Path | None = None,
) -> LoadReport:
    """What `load` would tell, with nothing loaded: the quality report that a person reads first.

    What is made on the way lies in a folder of its own in `beside`, else in the system's, and is gone at the end.
    """
    run = _Run(
        path, "", created_at, choices or {}, progress, key, as_at, definitions or shipped_definitions()
    )
    with tempfile.TemporaryDirectory(prefix="plumbline-examine-", dir=beside) as work:
        return run.report(Path(work))


def clear_leftovers(folder: Path) -> int:
    """Deletes what loads into this folder left behind when their process was killed, and gives their number.

    Call it only while no load runs there: what a running load has written looks the same.
    """
    left = [part for part in folder.glob(f".*{_UNFINISHED}*") if part.is_dir()]
    for part in left:
        shutil.rmtree(part)
    return len(left)


@contextmanager
def _workplace(into: Path) -> Iterator[Path]:
    # Beside the extract, so that the last step is a rename on one disk; readable by nobody else.
    work = Path(tempfile.mkdtemp(prefix=f".{into.name}{_UNFINISHED}", dir=into.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _there_already(report: LoadReport, into: Path) -> LoadReport:
    assert report.manifest is not None
    try:
        there = read_manifest(into)
    except (FileNotFoundError, ValueError):
        # Not whole, or written by another version of the product: not known to hold the same records.
        there = None
    if there is None or there.digest != report.manifest.digest:
        raise ExtractExists(f"The extract {into.name} is there and holds other records. Choose another name.")
    return replace(report, folder=into, manifest=there, was_there=True)


@dataclass(frozen=True)
class _Run:
    """One reading of one return."""

    path: Path
    name: str
    created_at: datetime
    choices: Choices
    progress: Progress
    key: bytes | None
    as_at: date | None
    definitions: Definitions
    problems: Problems = field(default_factory=Problems)

    def report(self, work: Path) -> LoadReport:
        """What the return holds and what is wrong with it; the tables lie in `work` afterwards."""
        try:
            shape, files = detect(self.path, self.definitions.tables)
        except FileError as fault:
            self.problems.error(fault.place, str(fault))
            return LoadReport(None, None, None, (), (), self.problems.told())
        stage = self._staged(work, shape, files)
        if stage is None:
            return LoadReport(shape, None, None, (), (), self.problems.told())
        manifest, quality = self._packed(work, shape, files, stage)
        findings = stage.findings
        told, left_out = findings.problems.told(), findings.spellings_left_out
        return LoadReport(shape, None, manifest, quality, findings.spellings, told, left_out=left_out)

    def _staged(self, work: Path, shape: Shape, files: tuple[Member, ...]) -> Stage | None:
        (work / "staged").mkdir(mode=0o700)
        stage = Stage(
            work / "staged",
            self.definitions.tables,
            self.definitions.codelists,
            choices=self.choices,
            pseudonyms=Pseudonyms(self.key),
            progress=self.progress,
        )
        try:
            if shape is Shape.SSD:
                read_ssd(files, stage)
            elif shape is Shape.SSDA903:
                read_903(files, stage, self.as_at or self.created_at.date())
            elif shape is Shape.ANNEX_A:
                read_annex_a(files[0], stage)
            else:
                read_cin(files[0], stage)
        except FileError as fault:
            self.problems.error(fault.place, str(fault))
            return None
        finally:
            stage.close()
        if stage.findings.has_more_spellings:
            stage.findings.problems.note(
                Place(), f"More than {MOST_SPELLINGS:,} spellings are not known. Only the first are listed."
            )
        return stage

    def _packed(
        self, work: Path, shape: Shape, files: tuple[Member, ...], stage: Stage
    ) -> tuple[Manifest, tuple[QualityResult, ...]]:
        tables, supplied = self.definitions.tables, stage.supplied
        extract = work / "extract"
        extract.mkdir(mode=0o700)
        rows, checksums, empty = {}, {}, []
        with opened(work) as connection:
            for table in tables.values():
                staged = work / "staged" / f"{table.name}.csv"
                rows[table.name] = take_in(connection, table, staged)
                staged.unlink(missing_ok=True)
                if rows[table.name]:
                    self.progress(stage.rows, table.name)
                    empty += empty_columns(connection, table)
                checksums[table.name] = pack(connection, table, rows[table.name], extract)
            facts = reference(connection)
            seen = Seen(
                rows, frozenset(supplied), frozenset(empty), frozenset(stage.given), stage.pseudonyms.are_used
            )
            quality = check(
                connection,
                self.definitions.rules,
                tables,
                seen,
                as_at=self.as_at or day_in(facts) or self.created_at.date(),
                findings=stage.findings.remarks,
            )
            digest = content_digest(connection, tables.values(), rows, supplied)
        manifest = Manifest(
            name=self.name,
            shape=shape.value,
            created_at=self.created_at,
            digest=digest,
            sources=tuple(SourceFile(member.name, member.size, member.checksum()) for member in files),
            rows=rows,
            not_supplied=tuple(sorted(tables.keys() - supplied)),
            empty_columns=tuple(sorted(empty)),
            columns_not_supplied=tuple(
                f"{name}.{column.name}"
                for name in sorted(supplied)
                for column in tables[name].stored
                if column.name not in stage.given and name in stage.written
            ),
            window_months=shape.window_months,
            codelists={name: codelist.date for name, codelist in sorted(self.definitions.codelists.items())},
            is_hashed=stage.pseudonyms.are_used,
            reference=facts,
            files=checksums,
        )
        return manifest, quality
