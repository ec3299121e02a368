"""What the tables of an extract are: their columns, types and meanings, as `definitions/record_tables` describes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indicator_engine.lined_yaml import Lined, read


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

    Raises: DefinitionFault naming the file and line of what is wrong.
    """
    tables: dict[str, RecordTable] = {}
    given = {path: read(path) for path in sorted(folder.glob("*.yaml"))}
    for path, value in given.items():
        table = _table(value)
        if table.name != path.stem:
            raise value.mapping(())["name"].fault(f"The table must have the name of its file, {path.stem}.")
        tables[table.name] = table
    for path, value in given.items():
        _check_references(path, value, tables)
    return tables


def _table(value: Lined) -> RecordTable:
    given = value.mapping((*_TABLE_NEEDS, *_TABLE_MAY), _TABLE_NEEDS)
    columns = tuple(_column(item) for item in given["columns"].items())
    names = [column.name for column in columns]
    for item in given["columns"].items():
        if names.count(item.says("name")) > 1:
            raise item.fault(f"The column {item.says('name')} is given twice.")
    for role in ("key", "person"):
        if value.says(role) and value.says(role) not in names:
            raise given[role].fault(f"{value.says(role)} is not a column of this table.")
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


def _column(value: Lined) -> Column:
    given = value.mapping((*_COLUMN_NEEDS, *_COLUMN_MAY), _COLUMN_NEEDS)
    kind = _one_of(value, "type", [kind.value for kind in ColumnType])
    keep = _one_of(value, "keep", [keep.value for keep in Keep]) if "keep" in given else Keep.ALL
    if value.says("codelist") and kind not in (ColumnType.CODE, ColumnType.FLAGS):
        raise value.fault("Only a column of type code or flags has a codelist.")
    pointed = value.says("refers_to").split(".")
    if len(pointed) != 2 and "refers_to" in given:
        raise value.fault("Write refers_to as table.column.")
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


def _one_of(value: Lined, key: str, known: Sequence[str]) -> str:
    said = value.says(key)
    if said not in known:
        raise value.fault(f"The {key} {said} is not one of {', '.join(known)}.")
    return said


def _check_references(path: Path, value: Lined, tables: dict[str, RecordTable]) -> None:
    for column, item in zip(tables[path.stem].columns, value.mapping(())["columns"].items(), strict=True):
        if column.refers_to is None:
            continue
        table, name = column.refers_to
        if table not in tables or name not in {other.name for other in tables[table].columns}:
            raise item.fault(f"{column.name} refers to {table}.{name}, which is not there.")
