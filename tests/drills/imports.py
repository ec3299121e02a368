"""Kills an import of standards again and again, at any moment and after each of its writes; rows are none or all."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, connections

from plumbline.event_log.models import Event
from plumbline.event_log.queries import verify_chain
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.actions.in_force import put_in_force
from plumbline.framework.actions.write_standards import write_set
from plumbline.framework.files.content import StandardSet as SetContent
from plumbline.framework.models import Criterion, Standard, StandardSet
from plumbline.framework.queries.import_plan import plan_import
from tests.drills.ground import Ground, chain_is_whole, dies_after_write, file_is_whole, killed_child

Rows = tuple[int, ...]


@dataclass(frozen=True)
class Importing:
    """How one trial's file is imported, as the product does and without a transaction, and the rows that it left."""

    take_in: Callable[[int], None]
    in_parts: Callable[[int], None]
    rows: Callable[[int], Rows]


def drill(ground: Ground, trials: int) -> dict[str, int]:
    """The figures of as many kills, then those of an import without a transaction."""
    return figures_of(trials, STANDARDS)


def figures_of(trials: int, of: Importing) -> dict[str, int]:
    """What the kills of an import came to, and whether an import in parts was caught."""
    nothing = of.rows(-1)
    of.take_in(-1)
    whole, writes, seconds = of.rows(-1), *_measured(of)
    found: Counter[str] = Counter(
        kills=trials, none=0, whole=0, acknowledged=0, lost=0, partial=0, duplicate=0, writes_in_one=writes
    )
    chance = random.Random(20260131)
    for trial in range(trials):
        # Every other kill comes right after one of the writes, each in its turn.
        after = trial // 2 % writes + 1 if trial % 2 else None
        life = None if after else chance.uniform(seconds * 0.5, seconds * 2)
        told = _killed(trial, of.take_in, after, life)
        there = of.rows(trial)
        found["none"] += there == nothing
        found["whole"] += there == whole
        found["partial"] += there not in (nothing, whole) or not chain_is_whole()
        found["acknowledged"] += len(told)
        found["lost"] += bool(told) and there != whole
        # The person tries again, and once more: all of it is there, once.
        of.take_in(trial)
        of.take_in(trial)
        found["duplicate"] += of.rows(trial) != whole
    caught = 0
    for trial in range(1_000_000, 1_000_003):
        # In the middle of the writes, where a part must be left.
        _killed(trial, of.in_parts, writes * (trial - 1_000_000 + 1) // 4, None)
        caught += of.rows(trial) not in (nothing, whole)
    return dict(found) | {
        "chain_broken": int(not verify_chain().holds),
        "file_broken": int(not file_is_whole()),
        "caught_partial": caught,
    }


def file_of(trial: int) -> bytes:
    """The shipped standards under a name of the trial's own."""
    text = (settings.DEFINITIONS_DIR / "standards" / "practice_standards.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("key:"))
    lines[at] = f"key: drill-{trial + 10}"
    return "\n".join(lines).encode()


def rows_of(trial: int) -> Rows:
    """How many sets, standards, criteria and events the trial's import left."""
    sets = StandardSet._base_manager.filter(key=f"drill-{trial + 10}")
    ids = list(sets.values_list("public_id", flat=True))
    return (
        len(ids),
        Standard.objects.filter(set__in=sets).count(),
        Criterion.objects.filter(set__in=sets).count(),
        Event._base_manager.filter(action="framework.import", object_id__in=ids).count(),
    )


def import_file(trial: int) -> None:
    """As the product imports."""
    import_framework(by=None, data=file_of(trial), publish=True)


def import_without_transaction(trial: int) -> None:
    """The same rows, each step for itself."""
    plan = plan_import(file_of(trial), publish=True)
    assert isinstance(plan.content, SetContent)
    put_in_force(write_set(plan.content, by=None), by=None)


STANDARDS = Importing(import_file, import_without_transaction, rows_of)


def _killed(trial: int, how: Callable[[int], None], after: int | None, life: float | None) -> list[int]:
    def work(acknowledge: Callable[[int], None]) -> None:
        if after:
            dies_after_write(after)
        how(trial)
        acknowledge(trial)

    told = killed_child(work, life)
    connections.close_all()
    return told


def _measured(of: Importing) -> tuple[int, float]:
    """How many writes and how many seconds one import takes."""
    writes = 0

    def count(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:  # type: ignore[type-arg]
        nonlocal writes
        writes += sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, params, many, context)

    began = time.monotonic()
    with connection.execute_wrapper(count):
        of.take_in(-2)
    return writes, time.monotonic() - began
