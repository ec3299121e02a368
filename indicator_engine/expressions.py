"""Conditions in definitions: a small part of SQL, checked against a derived table's columns and written as SQL.

Allowed: columns, settings (`$limit_days`), texts, numbers, true and false; and, or, not; = <> < <= > >=, between, in (a list),
is null; + and - of numbers; and these functions: has(flags, 'KEY'), has_only(flags, 'KEY'), has_none(flags),
months_after(date, n), days_after(date, n) and days_from(date, date). Everything else is refused by name.
A condition that is unknown (a part is null) is not met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from indicator_engine.faults import ExpressionFault

Setting = int | float | str
# What a column of each declared type is in a condition.
KIND_OF = {
    "date": "date",
    "planned": "date",
    "integer": "number",
    "decimal": "number",
    "text": "text",
    "flag": "text",
    "flags": "flags",
    "boolean": "truth",
}
COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}


@dataclass(frozen=True)
class Written:
    """A piece of SQL with its kind (date, number, text, flags, truth) and the columns it names."""

    sql: str
    kind: str
    columns: frozenset[str] = frozenset()


def write(
    text: str, columns: Mapping[str, str], settings: Mapping[str, Setting], *, kind: str | None = "truth"
) -> Written:
    """The condition or value as SQL over the columns (name to declared type).

    A date that is not `planned` is read as null while it is after `as_at`.
    Raises: ExpressionFault if anything in it is unknown, not allowed, or of the wrong kind.
    """
    written = _written(text, tuple(columns.items()), tuple(settings.items()))
    if kind and written.kind != kind:
        raise ExpressionFault(f"{text!r} is a {written.kind} where a {kind} is needed.")
    return written


# A definition's conditions are written when it is checked and again for every figure.
@lru_cache(maxsize=10_000)
def _written(
    text: str, columns: tuple[tuple[str, str], ...], settings: tuple[tuple[str, Setting], ...]
) -> Written:
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError as error:
        raise ExpressionFault(f"{text!r} cannot be read as a condition.") from error
    return _Writer(dict(columns), dict(settings)).write(tree)


class _Writer:
    def __init__(self, columns: Mapping[str, str], settings: Mapping[str, Setting]) -> None:
        self.columns, self.settings = columns, settings

    def write(self, node: exp.Expr) -> Written:
        if isinstance(node, exp.Paren):
            return self.write(node.this)
        if isinstance(node, exp.Column):
            return self._column(node)
        if isinstance(node, exp.Placeholder):
            return self._setting(str(node.this))
        if isinstance(node, exp.Literal):
            return _literal(str(node.this) if node.is_string else _number(str(node.this)))
        if isinstance(node, exp.Boolean):
            return Written("TRUE" if node.this else "FALSE", "truth")
        if isinstance(node, exp.Neg):
            inner = self._of(node.this, "number")
            return Written(f"(-{inner.sql})", "number", inner.columns)
        if isinstance(node, exp.And | exp.Or):
            return self._joined(node, " AND " if isinstance(node, exp.And) else " OR ")
        if isinstance(node, exp.Not):
            # A null is not met, and what is not met is no evidence of the opposite: NOT NULL stays null.
            inner = self._of(node.this, "truth")
            return Written(f"(NOT {inner.sql})", "truth", inner.columns)
        if isinstance(node, exp.Binary) and type(node) in COMPARISONS:
            return self._compared(node, COMPARISONS[type(node)])
        if isinstance(node, exp.Is):
            return self._is_null(node)
        if isinstance(node, exp.In):
            return self._one_of(node)
        if isinstance(node, exp.Between):
            return self._between(node)
        if isinstance(node, exp.Add | exp.Sub):
            return self._sum(node, "+" if isinstance(node, exp.Add) else "-")
        if isinstance(node, exp.Anonymous):
            return self._function(str(node.this).lower(), list(node.expressions))
        raise ExpressionFault(f"{node.sql(dialect='duckdb')!r} is not allowed in a condition.")

    def _of(self, node: exp.Expr, kind: str) -> Written:
        written = self.write(node)
        if written.kind != kind:
            raise ExpressionFault(
                f"{node.sql(dialect='duckdb')!r} is a {written.kind} where a {kind} is needed."
            )
        return written

    def _column(self, node: exp.Column) -> Written:
        name = str(node.this.this)
        if node.table or name not in self.columns:
            raise ExpressionFault(f"There is no column {node.sql()!r}. There are: {', '.join(self.columns)}.")
        declared = self.columns[name]
        masked = f"(CASE WHEN {name} <= as_at THEN {name} END)"
        sql = masked if declared == "date" and name not in ("as_at", "event_date") else name
        return Written(sql, KIND_OF[declared], frozenset({name}))

    def _setting(self, name: str) -> Written:
        if name not in self.settings:
            raise ExpressionFault(f"There is no setting {name!r}. Give it a value under settings.")
        return _literal(self.settings[name])

    def _joined(self, node: exp.Binary | exp.Connector, word: str) -> Written:
        left, right = self._of(node.left, "truth"), self._of(node.right, "truth")
        return Written(f"({left.sql}{word}{right.sql})", "truth", left.columns | right.columns)

    def _compared(self, node: exp.Binary, sign: str) -> Written:
        left, right = self.write(node.left), self.write(node.right)
        if left.kind != right.kind or left.kind == "flags":
            raise ExpressionFault(
                f"{node.sql(dialect='duckdb')!r} compares a {left.kind} with a {right.kind}."
            )
        return Written(f"({left.sql} {sign} {right.sql})", "truth", left.columns | right.columns)

    def _is_null(self, node: exp.Is) -> Written:
        if not isinstance(node.expression, exp.Null):
            raise ExpressionFault(f"{node.sql(dialect='duckdb')!r}: only `is null` and `is not null`.")
        inner = self.write(node.this)
        return Written(f"({inner.sql} IS NULL)", "truth", inner.columns)

    def _one_of(self, node: exp.In) -> Written:
        if not node.expressions:
            raise ExpressionFault(f"{node.sql(dialect='duckdb')!r}: `in` needs a list of values.")
        subject = self.write(node.this)
        options = [self._of(option, subject.kind) for option in node.expressions]
        listed = ", ".join(option.sql for option in options)
        return Written(f"({subject.sql} IN ({listed}))", "truth", subject.columns)

    def _between(self, node: exp.Between) -> Written:
        subject = self.write(node.this)
        low, high = self._of(node.args["low"], subject.kind), self._of(node.args["high"], subject.kind)
        sql = f"({subject.sql} BETWEEN {low.sql} AND {high.sql})"
        return Written(sql, "truth", subject.columns | low.columns | high.columns)

    def _sum(self, node: exp.Binary, sign: str) -> Written:
        left, right = self._of(node.left, "number"), self._of(node.right, "number")
        return Written(f"({left.sql} {sign} {right.sql})", "number", left.columns | right.columns)

    def _function(self, name: str, arguments: list[exp.Expr]) -> Written:
        if name not in FUNCTIONS:
            raise ExpressionFault(f"There is no function {name!r}. There are: {', '.join(FUNCTIONS)}.")
        kinds, shape, result = FUNCTIONS[name]
        if len(arguments) != len(kinds):
            raise ExpressionFault(f"{name} takes {len(kinds)} values, not {len(arguments)}.")
        parts = [self._of(argument, kind) for argument, kind in zip(arguments, kinds, strict=True)]
        if name in ("has", "has_only"):
            _key_only(arguments[1])
        columns = frozenset().union(*(part.columns for part in parts))
        return Written(shape.format(*(part.sql for part in parts)), result, columns)


# Name: kinds of its arguments, its SQL, the kind it gives.
FUNCTIONS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "has": (("flags", "text"), "(STRPOS({0}, '|' || {1} || '|') > 0)", "truth"),
    "has_only": (("flags", "text"), "({0} = '|' || {1} || '|')", "truth"),
    "has_none": (("flags",), "({0} = '')", "truth"),
    "months_after": (("date", "number"), "CAST({0} + {1} * INTERVAL '1 month' AS DATE)", "date"),
    "days_after": (("date", "number"), "({0} + CAST({1} AS INTEGER))", "date"),
    "days_from": (("date", "date"), "({1} - {0})", "number"),
}


def _literal(value: Setting) -> Written:
    if isinstance(value, str):
        escaped = value.replace("'", "''")
        return Written(f"'{escaped}'", "text")
    return Written(repr(value) if value >= 0 else f"({value!r})", "number")


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _key_only(node: exp.Expr) -> None:
    # The key is written out in the definition, so that it can be looked for in the record table's codes.
    if not (isinstance(node, exp.Literal) and node.is_string and str(node.this).replace("_", "").isalnum()):
        raise ExpressionFault(
            "has() and has_only() take a flag's name in quotation marks as their second value."
        )
