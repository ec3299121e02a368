"""Kills an import of standards again and again, at any moment and after each of its writes; rows are none or all."""

import random
import time
from collections import Counter
from collections.abc import Callable

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

Import = Callable[[bytes], None]


def drill(ground: Ground, trials: int) -> dict[str, int]:
    """The figures of as many kills, then those of an import without a transaction."""
    import_file(file_of(-1))
    whole, writes, seconds = rows_of(-1), *_measured(file_of(-2))
    found: Counter[str] = Counter(
        kills=trials, none=0, whole=0, acknowledged=0, lost=0, partial=0, duplicate=0, writes_in_one=writes
    )
    chance = random.Random(20260131)
    for trial in range(trials):
        # Every other kill comes right after one of the writes, each in its turn.
        after = trial // 2 % writes + 1 if trial % 2 else None
        life = None if after else chance.uniform(seconds * 0.5, seconds * 2)
        told = _killed(trial, import_file, after, life)
        there = rows_of(trial)
        found["none"] += there == (0, 0, 0, 0)
        found["whole"] += there == whole
        found["partial"] += there not in ((0, 0, 0, 0), whole) or not chain_is_whole()
        found["acknowledged"] += len(told)
        found["lost"] += bool(told) and there != whole
        # The person tries again, and once more: all of it is there, once.
        import_file(file_of(trial))
        import_file(file_of(trial))
        found["duplicate"] += rows_of(trial) != whole
    caught = 0
    for trial in range(1_000_000, 1_000_003):
        _killed(trial, import_without_transaction, trial - 1_000_000 + 1, None)
        caught += rows_of(trial) not in ((0, 0, 0, 0), whole)
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


def rows_of(trial: int) -> tuple[int, int, int, int]:
    """How many sets, standards, criteria and events the trial's import left."""
    sets = StandardSet._base_manager.filter(key=f"drill-{trial + 10}")
    ids = list(sets.values_list("public_id", flat=True))
    return (
        len(ids),
        Standard.objects.filter(set__in=sets).count(),
        Criterion.objects.filter(set__in=sets).count(),
        Event._base_manager.filter(action="framework.import", object_id__in=ids).count(),
    )


def import_file(data: bytes) -> None:
    """As the product imports."""
    import_framework(by=None, data=data, publish=True)


def import_without_transaction(data: bytes) -> None:
    """The same rows, each step for itself."""
    plan = plan_import(data, publish=True)
    assert isinstance(plan.content, SetContent)
    put_in_force(write_set(plan.content, by=None), by=None)


def _killed(trial: int, how: Import, after: int | None, life: float | None) -> list[int]:
    def work(acknowledge: Callable[[int], None]) -> None:
        if after:
            dies_after_write(after)
        how(file_of(trial))
        acknowledge(trial)

    told = killed_child(work, life)
    connections.close_all()
    return told


def _measured(data: bytes) -> tuple[int, float]:
    """How many writes and how many seconds one import takes."""
    writes = 0

    def count(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:  # type: ignore[type-arg]
        nonlocal writes
        writes += sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, params, many, context)

    began = time.monotonic()
    with connection.execute_wrapper(count):
        import_file(data)
    return writes, time.monotonic() - began
