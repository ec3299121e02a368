"""Which step an action may take from which state, and the one meaning of open and overdue."""

from datetime import date

# From a state to those it may go to. The diagram in the documentation and every action read this table.
ACTION_MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"proposed", "withdrawn"}),
    # A new owner is asked anew, so an action that was agreed may wait for its owner again.
    "proposed": frozenset({"agreed", "proposed", "withdrawn"}),
    "agreed": frozenset({"in_progress", "done", "proposed", "withdrawn"}),
    "in_progress": frozenset({"in_progress", "done", "proposed", "withdrawn"}),
    "done": frozenset({"closed", "in_progress"}),
    "closed": frozenset({"in_progress"}),
    "withdrawn": frozenset(),
}
FINISHED = frozenset({"closed", "withdrawn"})
# A draft has not been put to anybody yet, and what is done waits for the one who checks it, not for its owner.
NEVER_LATE = FINISHED | {"draft", "done"}

# Source: Plumbline; the first look tells whether anything moved, the second whether it lasted.
IMPACT_AFTER_MONTHS = (3, 6)

# Waits for its owner to act.
WITH_OWNER = frozenset({"proposed", "agreed", "in_progress"})


def is_open(state: str) -> bool:
    """Whether somebody still has to do something: neither closed nor withdrawn."""
    return state not in FINISHED


def is_overdue(state: str, due_on: date, on: date) -> bool:
    """Whether the action is late on the day: its owner was asked, has not done it, and its day has passed."""
    return state not in NEVER_LATE and due_on < on


def standing(state: str, due_on: date, on: date) -> int:
    """The place of an action in every list: 0 overdue, 1 still to do, 2 done and to be checked, 3 over."""
    if is_overdue(state, due_on, on):
        return 0
    return 3 if state in FINISHED else 2 if state == "done" else 1


def may_move(before: str, after: str) -> bool:
    """Whether an action may go from the one state to the other."""
    return after in ACTION_MOVES.get(before, frozenset())
