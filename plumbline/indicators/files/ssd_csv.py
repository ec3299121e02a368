"""The Standard Safeguarding Dataset read from one CSV file a table, under the names of its YAML or of its database."""

from collections.abc import Iterable, Mapping
from operator import itemgetter

from indicator_engine.tables import Keep, RecordTable
from plumbline.indicators.files.headings import Headings
from plumbline.indicators.files.sources import Member, place_of
from plumbline.indicators.files.staging import Stage
from plumbline.indicators.files.text_rows import cells_differ, read_rows

# Not records of children: a log of the scripts' versions, and the queue of another upload.
_LEFT_OUT = {"ssd_version_log", "ssd_api_data_staging"}
# Databases put their own names before that of the table.
_SCHEMAS = ("dbo.", "ssd_development.", "hdm_local.", "hdm.", "local.")


def table_of(stem: str, tables: Mapping[str, RecordTable]) -> RecordTable | None:
    """The table that a file of this name holds."""
    for schema in _SCHEMAS:
        stem = stem.removeprefix(schema)
    stem = stem.replace(" ", "_").replace("-", "_")
    for table in tables.values():
        if stem in (table.name, *table.also, table.name.removeprefix("ssd_")):
            return table
    return None


def is_left_out(stem: str) -> bool:
    """Whether the file is known and holds nothing to load."""
    return stem in _LEFT_OUT


def read_ssd(files: Iterable[Member], stage: Stage) -> None:
    """Puts the rows of all the tables on the stage."""
    seen: dict[str, str] = {}
    for member in files:
        table = table_of(member.stem, stage.tables)
        if table is None:
            if not is_left_out(member.stem):
                stage.findings.problems.note(
                    place_of(member), "No table has this name, so the file was not read."
                )
            continue
        if table.name in seen:
            stage.findings.problems.error(
                place_of(member), f"{seen[table.name]} holds the table {table.name} too. Keep one of them."
            )
            continue
        seen[table.name] = member.name
        _read_table(member, table, stage)


def _read_table(member: Member, table: RecordTable, stage: Stage) -> None:
    with read_rows(member) as text:
        forms = {column.name: column.also for column in table.columns}
        headings = Headings(table.name, forms, stage.choices)
        columns = headings.columns_of(text.heading, stage.findings, member.name)
        dropped = {column.name for column in table.columns if column.keep is Keep.NOTHING}
        # What is dropped at the door is never looked at.
        kept = [(at, column) for at, column in enumerate(columns) if column and column not in dropped]
        for needed in (table.key, table.person):
            if needed and needed not in columns:
                stage.findings.problems.error(
                    place_of(member, 1),
                    f"The column {needed} is missing, without which its rows mean nothing.",
                )
                return
        if not kept:
            stage.findings.problems.error(place_of(member, 1), f"No heading is a column of {table.name}.")
            return
        if text.encoding == "cp1252":
            stage.findings.problems.note(
                place_of(member), "The file is not in UTF-8 and was read as Windows-1252."
            )
        writer = stage.writer(table.name, [column for _, column in kept], member.name)
        pick = itemgetter(*(at for at, _ in kept)) if len(kept) > 1 else lambda row: (row[kept[0][0]],)
        width = len(text.heading)
        for line, row in text.rows:
            if len(row) != width:
                stage.findings.problems.error(place_of(member, line), cells_differ(len(row), width))
                continue
            writer.add(pick(row), line)
