"""Roles of a council's own: an existing role without some of its rights. What is left out is never more than it had."""

from collections.abc import Collection

from plumbline.people.rules.permissions import PermissionTable
from plumbline.people.rules.refusals import Reason
from plumbline.people.rules.roles import Role

# Nobody is kept from their own account and work, from seeing what they may do, from declaring an interest, or from
# raising an immediate concern about a child in an audit they can see.
ALWAYS_KEPT = frozenset(
    {"account.view", "work.view", "permission.view", "interest.view", "interest.declare", "audit.concern"}
)


def rights_to_leave_out(role: Role, table: PermissionTable) -> list[str]:
    """The actions of the role that a narrower role may leave out, in the order of the table."""
    held = (row.action for row in table.rows if row.cells[role])
    return [action for action in dict.fromkeys(held) if action not in ALWAYS_KEPT]


def with_what_follows(left_out: Collection[str], table: PermissionTable) -> frozenset[str]:
    """What is left out, with all that can be done to records that are then not seen."""
    unseen = {action.split(".")[0] for action in left_out if action.endswith(".view")}
    return frozenset(left_out) | {row.action for row in table.rows if row.action.split(".")[0] in unseen}


def against_narrowing(role: Role, left_out: Collection[str], table: PermissionTable) -> Reason | None:
    """Why the role cannot be narrowed so, if anything stands against it."""
    if not left_out:
        return Reason.NOTHING_LEFT_OUT
    return None if set(left_out) <= set(rights_to_leave_out(role, table)) else Reason.NOT_TO_LEAVE_OUT
