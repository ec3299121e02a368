"""Which columns of which record tables a figure rests on, read from the SQL of its derived tables.

A table that is only joined on for a column that nobody asks for is not needed: a count of contacts does not rest on the
early help that may follow them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import sqlglot
from sqlglot import exp

from indicator_engine.definition import Indicator
from indicator_engine.derived import FOLDER, derived
from indicator_engine.statements import columns_used

Columns = dict[str, set[str]]
Parts = Mapping[str, exp.Expr]
# What a return tells beyond its records: a figure is better with it, and stands without it.
HELPFUL = frozenset({"local_previous_plans"})


def columns_behind(indicator: Indicator, by: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Columns of record tables, by table, that the figure rests on when shown by the breakdowns."""
    used = set(columns_used(indicator)) - {"age", "as_at", "event_date"}
    found: Columns = {}
    _add(found, _derived_reads(indicator.events, frozenset({*used, *_always(indicator)})))
    people = dict.fromkeys(("age", "age_band", "leaver_age"), "birth_date")
    personal = {people.get(name, name) for name in {*by, *(columns_used(indicator) & {"age"})}}
    if wanted := personal & {"birth_date", "sex", "ethnicity", "disability"}:
        _add(found, _derived_reads("people", frozenset({"person_id", *wanted})))
    if worked := {f"{name}_id" for name in by if name in ("team", "worker")}:
        _add(found, _derived_reads(indicator.events, frozenset(worked)))
        _add(found, _derived_reads("allocations", frozenset({"person_id", "from_date", "to_date", *worked})))
    if "plan_type" in by:
        _add(
            found, _derived_reads("plan_types", frozenset({"person_id", "from_date", "to_date", "plan_type"}))
        )
    return {table: tuple(sorted(columns)) for table, columns in sorted(found.items())}


def tables_behind(indicator: Indicator, by: Iterable[str] = ()) -> tuple[str, ...]:
    """The record tables that the figure rests on: when one was not supplied, it says nothing."""
    return tuple(table for table in columns_behind(indicator, by) if table not in HELPFUL)


def _always(indicator: Indicator) -> tuple[str, ...]:
    return ("record_id", "person_id", "as_at" if indicator.is_stock else "event_date")


@cache
def _derived_reads(name: str, wanted: frozenset[str]) -> Mapping[str, frozenset[str]]:
    tree = sqlglot.parse_one(derived(name).sql, dialect="duckdb")
    return {table: frozenset(columns) for table, columns in _reads(tree, set(wanted), {}).items()}


def _reads(tree: exp.Expr, wanted: set[str], parts: Parts) -> Columns:
    """What a SELECT reads for the wanted columns of its result."""
    own = tree.ctes if isinstance(tree, exp.Query) else ()
    parts = {**parts, **{part.alias: part.this for part in own}}
    if isinstance(tree, exp.Subquery):
        return _reads(tree.this, wanted, parts)
    if isinstance(tree, exp.SetOperation):
        # Columns of the second SELECT go by their place, those of the first by their name.
        places = [number for number, name in enumerate(tree.left.named_selects) if name in wanted]
        names = tree.right.named_selects
        found = _reads(tree.left, wanted, parts)
        _add(found, _reads(tree.right, {names[place] for place in places}, parts))
        return found
    assert isinstance(tree, exp.Select), tree
    return _select_reads(tree, wanted, parts)


def _select_reads(select: exp.Select, wanted: set[str], parts: Parts) -> Columns:
    joins = list(select.args.get("joins") or ())
    first = select.args["from_"].this
    sources = {first.alias_or_name: first, **{join.this.alias_or_name: join.this for join in joins}}
    optional = {join.this.alias_or_name: join for join in joins if join.side == "LEFT"}
    pieces = [piece for piece in select.expressions if piece.alias_or_name in wanted]
    pieces += [select.args[key] for key in ("where", "group", "having") if select.args.get(key)]
    pieces += [join.args["on"] for join in joins if join.side != "LEFT" and join.args.get("on")]
    needed = sources.keys() - optional.keys()
    asked: Columns = {}
    while pieces:
        for column in pieces.pop().find_all(exp.Column):
            for alias in [column.table] if column.table else list(sources):
                asked.setdefault(alias, set()).add(column.name)
                if alias in optional and alias not in needed:
                    needed |= {alias}
                    pieces.append(optional[alias].args["on"])
    found: Columns = {}
    for alias in needed:
        _add(found, _source_reads(sources[alias], asked.get(alias, set()), parts))
    return found


def _source_reads(source: exp.Expr, columns: set[str], parts: Parts) -> Mapping[str, Iterable[str]]:
    if isinstance(source, exp.Subquery):
        return _reads(source, columns, parts)
    name = source.name
    if name in parts:
        return _reads(parts[name], columns, parts)
    if name.startswith(("ssd_", "local_")):
        return {name: columns}
    return _derived_reads(name, frozenset(columns)) if (FOLDER / f"{name}.sql").exists() else {}


def _add(found: Columns, more: Mapping[str, Iterable[str]]) -> None:
    for table, columns in more.items():
        found.setdefault(table, set()).update(columns)
