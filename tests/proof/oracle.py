"""What each request should answer, worked out from permissions.csv and a relationship table written by hand.

It shares no code with the policy: it reads the file with the csv module and knows relations only by the table below.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent.parent / "definitions" / "permissions.csv"

# How a specimen of each name stands to the person of any role in the world: everybody's post and grant are in
# team North of service Safeguarding, and everybody has declared an interest in team West of that service.
RELATIONS: dict[str, frozenset[str]] = {
    "own": frozenset({"own", "all"}),
    "own and team": frozenset({"own", "team", "service", "all"}),
    "assigned": frozenset({"assigned", "all"}),
    "answered": frozenset({"answered", "all"}),
    "team": frozenset({"team", "service", "all"}),
    "service": frozenset({"service", "all"}),
    "elsewhere": frozenset({"all"}),
    "conflict": frozenset(),
}


@dataclass(frozen=True)
class Specimen:
    """One row of the world, as one role's person stands to it."""

    kind: str
    public_id: str
    relation: str
    state: str = "*"
    token: str = ""


Cells = dict[tuple[str, str, str], frozenset[str]]


def read_cells() -> Cells:
    """(action, state, role) to the words in the cell."""
    cells: Cells = {}
    with open(FILE, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for column, value in row.items():
                if column not in ("action", "state", "class", "note"):
                    cells[row["action"], row["state"], column] = frozenset(value.replace("-", " ").split())
    return cells


@cache
def _states(action: str) -> frozenset[str]:
    """The states in which the file speaks of the action; turning a cell changes none of them."""
    return frozenset(state for found, state, _ in read_cells() if found == action)


def has(cells: Cells, action: str, role: str) -> bool:
    """Whether the role may do the action to anything."""
    return any(cells[action, state, role] for state in _states(action))


def may(cells: Cells, action: str, role: str, specimen: Specimen) -> bool:
    """Whether the role's person may do the action to the specimen."""
    states = _states(action)
    state = "*" if states == {"*"} else specimen.state
    return state in states and bool(cells[action, state, role] & RELATIONS[specimen.relation])


def seeing(action: str) -> str:
    """The right to see what the action is about."""
    view = action.split(".")[0] + ".view"
    return view if _states(view) else action


def expected(cells: Cells, action: str, role: str, specimen: Specimen | None) -> int:
    """200 for allowed, 403 for seen but not allowed, 404 for not seen."""
    view = seeing(action)
    if not has(cells, view, role):
        return 404
    if specimen is not None and not may(cells, view, role, specimen):
        return 404
    if not has(cells, action, role):
        return 403
    if specimen is not None and not may(cells, action, role, specimen):
        return 403
    return 200


def visible_ids(cells: Cells, action: str, role: str, specimens: list[Specimen]) -> set[str]:
    """The public ids of the specimens that a list for the role must show."""
    return {one.public_id for one in specimens if may(cells, action, role, one)}


def answer_class(response: Any) -> int:
    """A response as the oracle counts: refused with 404 or 403, or let through."""
    return response.status_code if response.status_code in (403, 404) else 200
