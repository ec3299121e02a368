"""Backs up while another process writes, restores into an empty place, and compares every table."""

import json
import os
import random
import select
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connections

from plumbline.keeping.backup.archive import ArchiveError, checked_manifest
from plumbline.keeping.backup.restoring import RestoreError, restore_backup
from plumbline.keeping.backup.taking import make_backup
from plumbline.keeping.extra_databases import opened_database, sqlite_url
from plumbline.keeping.sums import TableSum, differences, sums_of_tables
from plumbline.people.models import Person
from tests.drills.ground import Ground, chain_is_whole, started_child
from tests.drills.writes import whole_and_partial, write_by_action

UPLOADS = 5


def drill(ground: Ground, trials: int) -> dict[str, int]:
    """The figures of as many backups under write load, each restored and each damaged once."""
    found: Counter[str] = Counter(
        drills=trials, rows=0, unequal=0, partial=0, lost=0, damaged_refused=0, damaged_taken=0
    )
    _make_uploads()
    chance = random.Random(20260131)
    for trial in range(trials):
        child, pipe = started_child(_writer(ground, trial))
        try:
            _wait_until_told(pipe, b"\n1\n")
            known = Person._base_manager.count()
            made = make_backup(settings.VAR / "backups", var=settings.VAR)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(pipe)
        found["rows"] += made.rows
        _restore_and_compare(made.path, trial, known, found)
        _damage_and_refuse(made.path, chance, found)
        made.path.unlink()
        connections.close_all()
    return dict(found) | {"caught_unequal": int(_notices_one_changed_row(ground))}


def _writer(ground: Ground, trial: int) -> Callable[[Callable[[int], None]], None]:
    def work(acknowledge: Callable[[int], None]) -> None:
        number = 0
        while True:
            write_by_action(ground, trial, number)
            acknowledge(number)
            number += 1

    return work


def _restore_and_compare(archive: Path, trial: int, known: int, found: Counter[str]) -> None:
    var = settings.VAR.parent / "restored"
    with opened_database("restored", sqlite_url(var / "plumbline.sqlite3")) as alias:
        restore_backup(archive, var=var, using=alias)
        tables = checked_manifest(archive)["tables"]
        expected = {table: TableSum(**total) for table, total in tables.items()}
        found["unequal"] += bool(differences(expected, sums_of_tables(alias)))
        found["unequal"] += not chain_is_whole(alias)
        found["lost"] += max(0, known - Person._base_manager.using(alias).count())
        found["partial"] += sum(1 for whole in whole_and_partial(trial, alias).values() if not whole)
    for path in (settings.VAR / "uploads").iterdir():
        found["unequal"] += (var / "uploads" / path.name).read_bytes() != path.read_bytes()
    shutil.rmtree(var)


def _damage_and_refuse(archive: Path, chance: random.Random, found: Counter[str]) -> None:
    content = bytearray(archive.read_bytes())
    if chance.random() < 0.5:
        del content[chance.randrange(len(content)) :]
    else:
        content[chance.randrange(10, len(content))] ^= chance.randrange(1, 256)
    damaged = archive.with_name("damaged.tar.gz")
    damaged.write_bytes(content)
    var = settings.VAR.parent / "untouched"
    with opened_database("untouched", sqlite_url(var / "plumbline.sqlite3")) as alias:
        try:
            restore_backup(damaged, var=var, using=alias)
            found["damaged_taken"] += 1
        except (ArchiveError, RestoreError):
            found["damaged_refused"] += 1
            found["damaged_taken"] += var.exists()
    shutil.rmtree(var, ignore_errors=True)
    damaged.unlink()


def _notices_one_changed_row(ground: Ground) -> bool:
    """Whether a restored database with one changed row is told from the one backed up."""
    made = make_backup(settings.VAR / "backups", var=settings.VAR)
    var = settings.VAR.parent / "changed"
    with opened_database("changed", sqlite_url(var / "plumbline.sqlite3")) as alias:
        restore_backup(made.path, var=var, using=alias)
        before = sums_of_tables(alias)
        Person._base_manager.using(alias).filter(pk=ground.manager.pk).update(name="Somebody Else")
        return len(differences(before, sums_of_tables(alias))) == 1


def _make_uploads() -> None:
    folder = settings.VAR / "uploads"
    folder.mkdir(exist_ok=True)
    for number in range(UPLOADS):
        (folder / f"{number}.txt").write_text(json.dumps({"upload": number}) * 500)


def _wait_until_told(pipe: int, line: bytes) -> None:
    """Returns when the child has told the line, so that it is in the middle of its work."""
    told = b""
    while line not in told:
        if not select.select([pipe], [], [], 60)[0] or not (piece := os.read(pipe, 65536)):
            raise TimeoutError("The writer stopped, or wrote nothing for a minute.")
        told += piece
