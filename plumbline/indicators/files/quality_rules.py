"""The rules that an extract is checked by, read from `definitions/quality_rules`: data that an analyst can question."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indicator_engine.lined_yaml import Lined, read
from indicator_engine.tables import RecordTable
from plumbline.indicators.files.values import Remark


class QualitySeverity(StrEnum):
    """How bad a fault is: it makes figures wrong, may do so, or is only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Every(StrEnum):
    """What is checked of every table without saying so for each."""

    KEY_MISSING = "key_missing"
    KEY_TWICE = "key_twice"
    PERSON_MISSING = "person_missing"
    ORPHAN = "orphan"


@dataclass(frozen=True)
class QualityRule:
    """One rule: `where` is true of a row at fault, which it calls `r`; `as_at` is the day of the extract.

    `official` is its number in a national return. `tables` and `columns` are what it must see to say anything: those
    that the condition names and `needs`, but for those that are `optional`.
    """

    code: str
    title: str
    severity: QualitySeverity
    effect: str
    indicators: tuple[str, ...] = ()
    official: str = ""
    table: str = ""
    where: str = ""
    tables: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    every: Every | None = None
    remark: Remark | None = None
    reads_hashed: bool = True


_NEEDS = ("code", "severity", "title", "effect")
_MAY = ("official", "table", "where", "indicators", "every", "remark", "needs", "optional", "hashed")
_WORD = re.compile(r"[a-z0-9_]+")


def load_rules(folder: Path, tables: Mapping[str, RecordTable]) -> tuple[QualityRule, ...]:
    """All rules in the folder, in the order of their files and lines.

    Raises: DefinitionFault naming the file and line of what is wrong.
    """
    rules: list[QualityRule] = []
    codes: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        for item in read(path).mapping(("title", "rules"), ("title", "rules"))["rules"].items():
            rule = _rule(item, tables)
            if rule.code in codes:
                raise item.fault(f"The code {rule.code} is given twice.")
            codes.add(rule.code)
            rules.append(rule)
    return tuple(rules)


def _rule(value: Lined, tables: Mapping[str, RecordTable]) -> QualityRule:
    given = value.mapping((*_NEEDS, *_MAY), _NEEDS)
    severity = value.says("severity")
    if severity not in list(QualitySeverity):
        raise given["severity"].fault(f"{severity} is not one of {', '.join(QualitySeverity)}.")
    kinds = [kind for kind in ("where", "every", "remark") if kind in given]
    if len(kinds) != 1:
        raise value.fault("Give one of where, every and remark.")
    if kinds == ["where"] and value.says("table") not in tables:
        raise value.fault(f"There is no table {value.says('table')}.")
    if kinds == ["every"] and value.says("every") not in list(Every):
        raise given["every"].fault(f"{value.says('every')} is not one of {', '.join(Every)}.")
    if kinds == ["remark"] and value.says("remark") not in list(Remark):
        raise given["remark"].fault(f"{value.says('remark')} is not one of {', '.join(Remark)}.")
    words = set(_WORD.findall(value.says("where")))
    named = {value.says("table"), *(words & tables.keys())} - {""}
    seen = {column.name for name in named for column in tables[name].stored}
    return QualityRule(
        code=value.says("code"),
        title=value.says("title"),
        severity=QualitySeverity(severity),
        effect=value.says("effect"),
        indicators=value.words("indicators"),
        official=value.says("official"),
        table=value.says("table"),
        where=value.says("where"),
        tables=tuple(sorted(named)),
        columns=tuple(sorted((words & seen | set(value.words("needs"))) - set(value.words("optional")))),
        every=Every(value.says("every")) if kinds == ["every"] else None,
        remark=Remark(value.says("remark")) if kinds == ["remark"] else None,
        reads_hashed=value.says("hashed") != "cannot",
    )


def rules_for(
    rules: tuple[QualityRule, ...], tables: Mapping[str, RecordTable], supplied: set[str]
) -> Iterator[QualityRule]:
    """The rules with a condition, those for every table written out for each table that was supplied."""
    for rule in rules:
        if rule.every is not None:
            for table in tables.values():
                if table.name in supplied:
                    yield from _written_out(rule, table, supplied)
        elif rule.where:
            yield rule


def _written_out(rule: QualityRule, table: RecordTable, supplied: set[str]) -> Iterator[QualityRule]:
    conditions: list[tuple[str, tuple[str, ...], str]] = []
    key, person = table.key, table.person
    if rule.every is Every.KEY_MISSING and key:
        conditions = [(key, (key,), f"r.{key} IS NULL")]
    elif rule.every is Every.KEY_TWICE and key:
        twice = f"SELECT {key} FROM {table.name} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608
        conditions = [(key, (key,), f"r.{key} IN ({twice})")]
    elif rule.every is Every.PERSON_MISSING and person and person != key:
        conditions = [(person, (), f"r.{person} IS NULL")]
    elif rule.every is Every.ORPHAN:
        for column in table.stored:
            if column.refers_to and column.refers_to[0] in supplied:
                other, target = column.refers_to
                there = f"SELECT 1 FROM {other} AS other WHERE other.{target} = r.{column.name}"  # noqa: S608
                conditions.append(
                    (column.name, (column.name,), f"r.{column.name} IS NOT NULL AND NOT EXISTS ({there})")
                )
    for column_name, columns, where in conditions:
        yield QualityRule(
            code=rule.code,
            title=f"{rule.title} ({column_name})",
            severity=rule.severity,
            effect=rule.effect,
            indicators=rule.indicators,
            official=rule.official,
            table=table.name,
            where=where,
            tables=(table.name,),
            columns=columns if rule.every is Every.ORPHAN else (),
            every=rule.every,
        )
