"""When a role may be proposed, agreed and ended: never alone, never for oneself, outsiders never without an end."""

from dataclasses import dataclass
from datetime import date

from plumbline.people.rules.permissions import PermissionTable, Relation
from plumbline.people.rules.refusals import Reason
from plumbline.people.rules.roles import Role

# People whose access nears its end are told this long before.
NOTICE_DAYS = 14


def has_a_place(role: Role, table: PermissionTable) -> bool:
    """Whether some right of the role reaches a team or a service, so that the role must say which."""
    return any(row.cells[role] & {Relation.TEAM, Relation.SERVICE} for row in table.rows)


@dataclass(frozen=True)
class Wish:
    """A role that somebody would have from a day, perhaps to a day."""

    role: Role
    is_in_a_unit: bool
    starts_on: date
    ends_on: date | None = None

    def overlaps(self, starts_on: date, ends_on: date | None) -> bool:
        """Whether the wish and a period share a day."""
        return (self.ends_on is None or starts_on < self.ends_on) and (
            ends_on is None or self.starts_on < ends_on
        )


def against_dates(wish: Wish, today: date) -> Reason | None:
    """What is wrong with the days of a role, if anything."""
    if wish.starts_on < today:
        return Reason.STARTS_IN_THE_PAST
    if wish.ends_on is None:
        return Reason.NEEDS_AN_END if wish.role.is_external else None
    return Reason.ENDS_BEFORE_IT_STARTS if wish.ends_on <= wish.starts_on else None


def against_place(wish: Wish, table: PermissionTable) -> Reason | None:
    """What is wrong with where a role holds: a place it needs is missing, or one that would not limit it is given."""
    if has_a_place(wish.role, table):
        return None if wish.is_in_a_unit else Reason.NEEDS_A_PLACE
    return Reason.HAS_NO_PLACE if wish.is_in_a_unit else None


def against_proposing(
    wish: Wish, *, is_for_themselves: bool, today: date, table: PermissionTable
) -> Reason | None:
    """Why a person may not propose the role, if anything stands against it."""
    if is_for_themselves:
        return Reason.OWN_RIGHT
    return against_place(wish, table) or against_dates(wish, today)


def against_deciding(
    *,
    agrees: bool,
    is_waiting: bool,
    is_for_themselves: bool,
    is_own_proposal: bool,
    ends_on: date | None,
    today: date,
) -> Reason | None:
    """Why a person may not agree or refuse a proposed role, if anything stands against it."""
    if is_for_themselves:
        return Reason.OWN_DECISION
    if is_own_proposal:
        return Reason.OWN_PROPOSAL
    if not is_waiting:
        return Reason.ALREADY_DECIDED
    return Reason.ENDS_IN_THE_PAST if agrees and ends_on is not None and ends_on <= today else None


def is_over(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Whether a role no longer counts; it stops at the midnight that begins its end date."""
    return ends_on is not None and (ends_on <= today or ends_on <= starts_on)
