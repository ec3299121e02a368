"""What every drill stands on: a small council in a fresh database, and children that can be killed."""

import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from plumbline.event_log.models import ChainHead, Event
from plumbline.people.actions.people import add_person
from plumbline.people.actions.units import open_unit
from plumbline.people.models import Person, Unit, UnitKind
from plumbline.shared import dates

LONGEST_CHILD_SECONDS = 60
READY = -1


@dataclass(frozen=True)
class Ground:
    """The team that people are added to, and who manages them."""

    team: Unit
    manager: Person


def make_ground() -> Ground:
    """The council in a freshly migrated database with the product's settings."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    day = dates.today()
    council = open_unit(by=None, name="Fernshire", kind=UnitKind.COUNCIL, parent=None, on=day)
    team = open_unit(by=None, name="Safeguarding North", kind=UnitKind.TEAM, parent=council, on=day)
    manager = add_person(by=None, name="Manager", title="Manager", unit=team, starts_on=day)
    return Ground(team, manager)


def killed_child(work: Callable[[Callable[[int], None]], None], after_seconds: float | None) -> list[int]:
    """What a child acknowledged before it was killed. `work` is given the function that acknowledges.

    Without a time the child is expected to kill itself; it is given a minute.
    """
    child, pipe = started_child(work)
    try:
        # The first thing a child tells is that its connection stands: lives are counted from there.
        select.select([pipe], [], [], LONGEST_CHILD_SECONDS)
        if after_seconds is not None:
            time.sleep(after_seconds)
    finally:
        if after_seconds is None:
            _wait_for_end(child)
        else:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return acknowledged(pipe)


def started_child(work: Callable[[Callable[[int], None]], None]) -> tuple[int, int]:
    """The id of a child that does the work, and the end of the pipe its acknowledgements come out of."""
    # A connection must not be shared over a fork, and each child opens its own, as a server's worker does.
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            connection.ensure_connection()
            _tell(writing, READY)
            work(lambda number: _tell(writing, number))
            code = 0
        finally:
            # Not sys.exit: nothing of the parent's clearing up may run here.
            os._exit(code)
    os.close(writing)
    return child, reading


def acknowledged(pipe: int) -> list[int]:
    """Every number a child told, up to its end."""
    told = b""
    while piece := os.read(pipe, 65536):
        told += piece
    os.close(pipe)
    return [int(line) for line in told.split() if int(line) != READY]


def dies_after_write(number: int) -> None:
    """From now on this process kills itself right after it has sent the given write to the database."""
    seen = 0

    def wrapper(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:  # type: ignore[type-arg]
        nonlocal seen
        result = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return result

    connection.execute_wrappers.append(wrapper)


def chain_is_whole(using: str = "default") -> bool:
    """Whether the head of the event log names the last event and their number: the quick check after each trial."""
    head = ChainHead.objects.using(using).first()
    events = Event._base_manager.using(using)
    last = events.order_by("-pk").first()
    if head is None or last is None:
        return head is None and last is None
    return head.count == events.count() and head.hash == last.hash


def file_is_whole() -> bool:
    """Whether SQLite finds nothing broken."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchone()[0] == "ok")


def _tell(pipe: int, number: int) -> None:
    os.write(pipe, f"{number}\n".encode())


def _wait_for_end(child: int) -> None:
    ends_at = time.monotonic() + LONGEST_CHILD_SECONDS
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > ends_at:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(0.001)
