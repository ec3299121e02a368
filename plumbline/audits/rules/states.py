"""Which stage a round or an audit may go to from which, and the one meaning of late, complete and open."""

from datetime import date

# From a state to those it may go to. Every action and the diagram in the documentation read these tables.
ROUND_MOVES: dict[str, frozenset[str]] = {
    "proposed": frozenset({"planned", "cancelled"}),
    # A round of visits has no case list and no draw: it goes straight to what is given out.
    "planned": frozenset({"cohort", "allocated", "cancelled"}),
    "cohort": frozenset({"drawn", "planned", "cancelled"}),
    "drawn": frozenset({"allocated", "cancelled"}),
    "allocated": frozenset({"auditing", "cancelled"}),
    "auditing": frozenset({"cases_audited", "cancelled"}),
    "cases_audited": frozenset({"analysis", "auditing"}),
    "analysis": frozenset({"drafted", "cases_audited", "auditing"}),
    "drafted": frozenset({"finalised", "analysis"}),
    "finalised": frozenset({"completed", "drafted"}),
    "completed": frozenset(),
    "cancelled": frozenset(),
}
AUDIT_MOVES: dict[str, frozenset[str]] = {
    "allocated": frozenset({"started", "exempted", "replaced"}),
    "started": frozenset({"discussed", "submitted", "exempted", "replaced"}),
    "discussed": frozenset({"submitted", "exempted", "replaced"}),
    "submitted": frozenset({"in_moderation", "returned", "shared"}),
    "in_moderation": frozenset({"moderated", "returned"}),
    "returned": frozenset({"submitted", "exempted", "replaced"}),
    "moderated": frozenset({"shared", "in_moderation"}),
    "shared": frozenset({"replied", "closed", "in_moderation"}),
    "replied": frozenset({"closed", "in_moderation"}),
    "closed": frozenset({"in_moderation"}),
    "exempted": frozenset(),
    "replaced": frozenset(),
}
# The auditor still writes.
IN_HAND = frozenset({"allocated", "started", "discussed", "returned"})
# Left out of the round, so they count nowhere but in its record of what was left out.
LEFT_OUT = frozenset({"exempted", "replaced"})
SHARED = frozenset({"shared", "replied", "closed"})
# Counted in the figures of a round: submitted and not sent back.
COUNTED = frozenset({"submitted", "in_moderation", "moderated"}) | SHARED


def round_may_move(before: str, after: str) -> bool:
    """Whether a round may go from the one stage to the other."""
    return after in ROUND_MOVES.get(before, frozenset())


def audit_may_move(before: str, after: str) -> bool:
    """Whether an audit may go from the one state to the other."""
    return after in AUDIT_MOVES.get(before, frozenset())


def is_complete(state: str) -> bool:
    """Whether an audit counts: it was submitted and is not back with its auditor."""
    return state in COUNTED


def is_late(state: str, due_on: date, on: date) -> bool:
    """Whether an audit is late on the day: it is still with its auditor and its day has passed."""
    return state in IN_HAND and due_on < on


def stage_of(states: list[str], stage: str) -> str:
    """The stage of a round under way that its audits' states give; any other stage stays as it is.

    All submitted but not yet all shared is "cases audited"; all shared is "audits completed".
    """
    counted = [state for state in states if state not in LEFT_OUT]
    if stage not in ("allocated", "auditing", "cases_audited", "analysis") or not counted:
        return stage
    if all(state in SHARED for state in counted):
        return "analysis"
    if all(state in COUNTED for state in counted):
        return "cases_audited"
    return "allocated" if stage == "allocated" and set(counted) == {"allocated"} else "auditing"
