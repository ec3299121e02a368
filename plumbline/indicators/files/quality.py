"""What is wrong with an extract: rule by rule, how many rows, which ones first, and which rules could not see enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import duckdb

from indicator_engine.tables import RecordTable
from plumbline.indicators.files.findings import Finding
from plumbline.indicators.files.quality_rules import Every, QualityRule, QualitySeverity, rules_for
from plumbline.indicators.files.values import Remark

MOST_SAMPLES = 10


class Outcome(StrEnum):
    """Whether a rule found faults, found none, or had too little to look at."""

    FAULTS = "faults"
    NONE = "none"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True)
class QualityResult:
    """What one rule found in one table. `samples` are references of records, never names or values.

    `rows` are all rows of the table; `missing` are the tables and columns the rule needed and did not get.
    """

    code: str
    official: str
    table: str
    title: str
    severity: QualitySeverity
    outcome: Outcome
    count: int
    rows: int
    samples: tuple[str, ...]
    effect: str
    indicators: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What an extract holds: rows by table, the tables supplied, columns empty throughout, and columns it was given."""

    rows: Mapping[str, int]
    supplied: frozenset[str]
    empty_columns: frozenset[str]
    given_columns: frozenset[str]
    is_hashed: bool = False


def check(
    connection: duckdb.DuckDBPyConnection,
    rules: tuple[QualityRule, ...],
    tables: Mapping[str, RecordTable],
    seen: Seen,
    *,
    as_at: date,
    findings: Iterable[Finding] = (),
) -> tuple[QualityResult, ...]:
    """The result of every rule, faults first, then by severity, table and code.

    The tables must be there under their names in the connection. `as_at` is the day the extract speaks of.
    """
    results = [
        _checked(connection, rule, tables[rule.table], seen, as_at)
        for rule in rules_for(rules, tables, set(seen.supplied))
    ]
    results += _told(rules, tuple(findings), seen)
    severities = list(QualitySeverity)
    outcomes = list(Outcome)
    kept = [
        result for result in results if result.outcome is not Outcome.NONE or not _is_for_every(rules, result)
    ]
    return tuple(
        sorted(
            kept,
            key=lambda result: (
                outcomes.index(result.outcome),
                severities.index(result.severity),
                result.table,
                result.code,
                result.title,
            ),
        )
    )


def _is_for_every(rules: tuple[QualityRule, ...], result: QualityResult) -> bool:
    # A hundred lines saying that each pointer of each table points somewhere tell nobody anything.
    return any(rule.code == result.code and rule.every is not None for rule in rules)


def _checked(
    connection: duckdb.DuckDBPyConnection, rule: QualityRule, table: RecordTable, seen: Seen, as_at: date
) -> QualityResult:
    missing = [name for name in rule.tables if name not in seen.supplied]
    if not missing and seen.rows.get(rule.table, 0):
        missing = [
            column
            for column in rule.columns
            if column in seen.empty_columns
            and not (column in seen.given_columns and _asks_for_empty(rule, column))
        ]
    if seen.is_hashed and not rule.reads_hashed:
        missing.append("identifiers that are not hashed")
    if missing or not seen.rows.get(rule.table, 0):
        outcome = Outcome.NOT_SEEN if missing else Outcome.NONE
        return _result(rule, outcome, 0, seen.rows.get(rule.table, 0), (), tuple(missing))
    reference = table.key or table.person or table.stored[0].name
    # A row without an identifier is found by its child.
    if rule.every is Every.KEY_MISSING and table.person:
        reference = table.person
    # The condition comes from a definition file, the names from the descriptions of tables. Nothing is from a person.
    found = connection.execute(
        f"SELECT count(*), min(reference, {MOST_SAMPLES}) FROM (SELECT r.{reference} AS reference "  # noqa: S608
        f"FROM (SELECT *, CAST(? AS DATE) AS as_at FROM {table.name}) AS r WHERE {rule.where})",
        [as_at],
    ).fetchone()
    count, samples = found or (0, None)
    return _result(
        rule,
        Outcome.FAULTS if count else Outcome.NONE,
        count,
        seen.rows[rule.table],
        tuple(str(sample) for sample in samples or ()),
    )


def _asks_for_empty(rule: QualityRule, column: str) -> bool:
    """Whether finding the column empty is what the rule is for."""
    return f"r.{column} IS NULL" in rule.where and column not in rule.where.replace(f"r.{column} IS NULL", "")


def _result(
    rule: QualityRule,
    outcome: Outcome,
    count: int,
    rows: int,
    samples: tuple[str, ...],
    missing: tuple[str, ...] = (),
    table: str = "",
) -> QualityResult:
    return QualityResult(
        code=rule.code,
        official=rule.official,
        table=table or rule.table,
        title=rule.title,
        severity=rule.severity,
        outcome=outcome,
        count=count,
        rows=rows,
        samples=samples,
        effect=rule.effect,
        indicators=rule.indicators,
        missing=missing,
    )


def _told(rules: tuple[QualityRule, ...], findings: tuple[Finding, ...], seen: Seen) -> list[QualityResult]:
    by_remark: dict[Remark, QualityRule] = {rule.remark: rule for rule in rules if rule.remark is not None}
    results = []
    for finding in findings:
        result = _result(
            by_remark[finding.remark],
            Outcome.FAULTS,
            finding.count,
            seen.rows.get(finding.table, 0),
            finding.samples,
            table=finding.table,
        )
        results.append(result)
    return results
