"""Derived tables: one SELECT a file, with its columns described at its head; a row is a counted event or spell.

A head is made of comments, and is what a definition's conditions are checked against:

    -- title: Referrals
    -- grain: one row a referral of a child
    -- kind: flow                      (flow, stock, or part: only read by other derived tables)
    -- breakdowns: team worker         (only where others than the usual ones are possible)
    -- column days_open integer: what it is

A flow has `record_id`, `person_id`, `event_date`, `team_id` and `worker_id`; a stock has `as_at` instead of
`event_date`, and a row for every spell open on each of the days in the table `as_at_dates`. The type `planned` is a
date that may be known before it comes, such as a due date; any other date is hidden from a figure whose period ends
before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
KINDS = ("flow", "stock", "part")
TYPES = ("date", "planned", "integer", "decimal", "text", "flag", "flags", "boolean")
BREAKDOWNS = ("team", "worker", "plan_type", "age_band", "sex", "ethnicity", "disability")
COMMON = {"record_id": "text", "person_id": "text", "team_id": "text", "worker_id": "text"}


@dataclass(frozen=True)
class Column:
    """One column of a derived table, with what it means to a reader."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Derived:
    """One derived table: what its rows are, its columns, its SELECT and the tables it reads."""

    name: str
    title: str
    grain: str
    kind: str
    breakdowns: tuple[str, ...]
    columns: Mapping[str, Column]
    sql: str

    @property
    def derived_read(self) -> tuple[str, ...]:
        """Names of the other derived tables it reads."""
        names = set(re.findall(r"\b(?:FROM|JOIN)\s+([a-z0-9_]+)", self.sql))
        return tuple(sorted(name for name in names if (FOLDER / f"{name}.sql").exists()))

    @property
    def is_dated(self) -> bool:
        """True if its rows depend on the days asked about."""
        return "as_at_dates" in self.sql or any(derived(name).is_dated for name in self.derived_read)


@cache
def derived(name: str) -> Derived:
    """The derived table of that name.

    Raises: KeyError if there is no such file; ValueError if its head is wrong.
    """
    path = FOLDER / f"{name}.sql"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not path.exists():
        raise KeyError(name)
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^-- (title|grain|kind|breakdowns): (.+)$", text, re.MULTILINE))
    described = re.findall(r"^-- column (\w+) (\w+): (.+)$", text, re.MULTILINE)
    columns = {name: Column(name, type_, meaning) for name, type_, meaning in described}
    wrong = [column.name for column in columns.values() if column.type not in TYPES]
    if wrong or head.get("kind") not in KINDS or "title" not in head or "grain" not in head:
        raise ValueError(f"The head of {path.name} is not as derived/__init__.py describes. {wrong}")
    breakdowns = tuple(head["breakdowns"].split()) if "breakdowns" in head else BREAKDOWNS
    sql = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    return Derived(name, head["title"], head["grain"], head["kind"], breakdowns, columns, sql)


def all_derived() -> dict[str, Derived]:
    """Every derived table, by name."""
    return {path.stem: derived(path.stem) for path in sorted(FOLDER.glob("*.sql"))}


def in_order(names: set[str]) -> list[Derived]:
    """The derived tables named and those they read, each after what it reads."""
    ordered: dict[str, Derived] = {}

    def add(name: str) -> None:
        if name not in ordered:
            table = derived(name)
            for needed in table.derived_read:
                add(needed)
            ordered[name] = table

    for name in sorted(names):
        add(name)
    return list(ordered.values())
