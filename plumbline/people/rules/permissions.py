"""definitions/permissions.csv as a table: what each role may do, to which rows, in which state."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from plumbline.people.rules.roles import Role

ANY_STATE = "*"


class Relation(StrEnum):
    """How a row stands to a person. A cell of the table lists the relations that give the right."""

    OWN = "own"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    TEAM = "team"
    SERVICE = "service"
    ALL = "all"
    AGGREGATE = "aggregate"


# The classes whose reading is written to the event log.
LOGGED_CLASSES = frozenset({"case", "staff", "restricted", "exempt"})
CLASSES = LOGGED_CLASSES | {"public", "internal"}


@dataclass(frozen=True)
class Permission:
    """One row of the table: an action in a state, with a cell for each role."""

    action: str
    state: str
    data_class: str
    cells: dict[Role, frozenset[Relation]]
    note: str = ""


class PermissionTable:
    """All rows, by action."""

    def __init__(self, rows: Iterable[Permission]) -> None:
        self._rows: dict[str, list[Permission]] = {}
        for row in rows:
            self._rows.setdefault(row.action, []).append(row)

    def __contains__(self, action: str) -> bool:
        return action in self._rows

    @property
    def rows(self) -> list[Permission]:
        return [row for rows in self._rows.values() for row in rows]

    def of(self, action: str) -> list[Permission]:
        """The rows of an action, one a state.

        Raises: KeyError for an action the table does not know, because a right that nobody wrote down is a mistake.
        """
        return self._rows[action]

    def data_class(self, action: str) -> str:
        """The class of the records the action touches."""
        return self.of(action)[0].data_class

    def relations(self, role: Role, action: str, state: str) -> frozenset[Relation]:
        """The relations that give the role the right in the state; none where no row speaks of it."""
        for row in self.of(action):
            if row.state in (state, ANY_STATE):
                return row.cells.get(role, frozenset())
        return frozenset()


class PermissionsMistake(ValueError):
    """The file of permissions has a mistake; the message names the line and column."""


def read_permissions(path: Path) -> PermissionTable:
    """The table that the file holds.

    Raises: PermissionsMistake naming the line and column of an unknown role, relation or class, or a repeated row.
    """
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns = {"action", "state", "class", "note", *Role}
        given = set(reader.fieldnames or ())
        if given != columns:
            wrong = ", ".join(sorted(given ^ columns))
            raise PermissionsMistake(f"{path.name}: these columns are missing or unknown: {wrong}.")
        rows = [_row(path.name, reader.line_num, line) for line in reader]
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.action, row.state) in seen:
            raise PermissionsMistake(f"{path.name}: {row.action} in state {row.state} stands there twice.")
        seen.add((row.action, row.state))
        if (row.action, ANY_STATE) in seen and row.state != ANY_STATE:
            raise PermissionsMistake(
                f"{path.name}: {row.action} has a row for any state and one for {row.state}; keep one kind."
            )
    return PermissionTable(rows)


def _row(name: str, line: int, cells: dict[str, str]) -> Permission:
    # The reader gathers cells too many under None: a comma in a note that is not in quotation marks shifts cells.
    if None in cells or None in cells.values():
        raise PermissionsMistake(f"{name}, line {line}: it has too many or too few cells for the columns.")
    if cells["class"] not in CLASSES:
        raise PermissionsMistake(
            f"{name}, line {line}, column class: {cells['class']!r}. Write one of {', '.join(sorted(CLASSES))}."
        )
    rights: dict[Role, frozenset[Relation]] = {}
    for role in Role:
        words = [] if cells[role] in ("", "-") else cells[role].split()
        try:
            rights[role] = frozenset(Relation(word) for word in words)
        except ValueError:
            raise PermissionsMistake(
                f"{name}, line {line}, column {role}: {cells[role]!r}. Write relations out of {', '.join(Relation)}, or -."
            ) from None
    return Permission(cells["action"], cells["state"], cells["class"], rights, cells["note"])
