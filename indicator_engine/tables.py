"""What the tables of an extract are: their columns, types and meanings, as `definitions/record_tables` describes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indicator_engine.yaml_file import DefinitionError, Value, read_file


class ColumnType(StrEnum):
    """What a column holds. `stored_as` is its type in Parquet and in SQL."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"
    FLAGS = "flags"

    @property
    def stored_as(self) -> str:
        """The SQL type: dates have no time, flags are 'Y', 'N' or NULL, several flags stand between bars."""
        return {"date": "DATE", "integer": "BIGINT", "decimal": "DOUBLE"}.get(self.value, "VARCHAR")


class Keep(StrEnum):
    """How much of a value is stored: all, nothing (names, addresses, free words), or a postcode's sector."""

    ALL = "all"
    NOTHING = "no"
    SECTOR = "sector"


@dataclass(frozen=True)
class Column:
    """One column. `also` are other names of it in files; `refers_to` is the table and column it points to.

    `unknown` are numbers that some systems write where they do not know: they are stored as NULL.
    """

    name: str
    type: ColumnType
    meaning: str
    codelist: str = ""
    codes: tuple[str, ...] = ()
    keep: Keep = Keep.ALL
    also: tuple[str, ...] = ()
    refers_to: tuple[str, str] | None = None
    unknown: tuple[float, ...] = ()


@dataclass(frozen=True)
class RecordTable:
    """One table. `key` names its row and `person` whose row it is; both are empty where there is no such column."""

    name: str
    title: str
    grain: str
    source: str
    columns: tuple[Column, ...]
    key: str = ""
    person: str = ""
    also: tuple[str, ...] = ()

    @property
    def stored(self) -> tuple[Column, ...]:
        """The columns of the Parquet file: all but those dropped at the door."""
        return tuple(column for column in self.columns if column.keep is not Keep.NOTHING)

    def column(self, name: str) -> Column:
        """The column of that name. Raises: KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


_TABLE_NEEDS = ("name", "title", "grain", "source", "columns")
_TABLE_MAY = ("key", "person", "also")
_COLUMN_NEEDS = ("name", "type", "meaning")
_COLUMN_MAY = ("codelist", "codes", "keep", "also", "refers_to", "unknown")


def load_tables(folder: Path) -> dict[str, RecordTable]:
    """All tables described in the folder, by name, in the order of their names.

    Raises: DefinitionError naming the file and line of what is wrong.
    """
    tables: dict[str, RecordTable] = {}
    read = {path: read_file(path) for path in sorted(folder.glob("*.yaml"))}
    for path, value in read.items():
        table = _table(value)
        if table.name != path.stem:
            value.keys["name"].refuse(f"The table must have the name of its file, {path.stem}.")
        tables[table.name] = table
    for path, value in read.items():
        _check_references(path, value, tables)
    return tables


def _table(value: Value) -> RecordTable:
    value.check_keys(_TABLE_NEEDS, _TABLE_MAY)
    columns = tuple(_column(item) for item in value.keys["columns"].items)
    names = [column.name for column in columns]
    for item in value.keys["columns"].items:
        if names.count(item.says("name")) > 1:
            item.refuse(f"The column {item.says('name')} is given twice.")
    for role in ("key", "person"):
        if value.says(role) and value.says(role) not in names:
            value.keys[role].refuse(f"{value.says(role)} is not a column of this table.")
    return RecordTable(
        name=value.says("name"),
        title=value.says("title"),
        grain=value.says("grain"),
        source=value.says("source"),
        columns=columns,
        key=value.says("key"),
        person=value.says("person"),
        also=value.words("also"),
    )


def _column(value: Value) -> Column:
    value.check_keys(_COLUMN_NEEDS, _COLUMN_MAY)
    kind = _one_of(value, "type", [kind.value for kind in ColumnType])
    keep = _one_of(value, "keep", [keep.value for keep in Keep]) if "keep" in value.keys else Keep.ALL
    if value.says("codelist") and kind not in (ColumnType.CODE, ColumnType.FLAGS):
        value.refuse("Only a column of type code or flags has a codelist.")
    pointed = value.says("refers_to").split(".")
    if len(pointed) != 2 and "refers_to" in value.keys:
        value.refuse("Write refers_to as table.column.")
    return Column(
        name=value.says("name"),
        type=ColumnType(kind),
        meaning=value.says("meaning"),
        codelist=value.says("codelist"),
        codes=value.words("codes"),
        keep=Keep(keep),
        also=value.words("also"),
        unknown=tuple(map(float, value.words("unknown"))),
        refers_to=(pointed[0], pointed[1]) if len(pointed) == 2 else None,
    )


def _one_of(value: Value, key: str, known: Iterable[str]) -> str:
    said = value.says(key)
    return said if said in known else value.refuse(f"The {key} {said} is not one of {', '.join(known)}.")


def _check_references(path: Path, value: Value, tables: dict[str, RecordTable]) -> None:
    for column, item in zip(tables[path.stem].columns, value.keys["columns"].items, strict=True):
        if column.refers_to is None:
            continue
        table, name = column.refers_to
        if table not in tables or name not in {other.name for other in tables[table].columns}:
            raise DefinitionError(
                path, item.line, f"{column.name} refers to {table}.{name}, which is not there."
            )
