"""Why a change to people, teams or rights is refused: reasons, never words."""

from enum import StrEnum


class Reason(StrEnum):
    """What stands against a change."""

    # Teams
    BEFORE_IT_OPENED = "before it opened"
    NOT_OPEN = "not open"
    NAME_TAKEN = "name taken"
    NOTHING_CHANGES = "nothing changes"
    UNDER_ITSELF = "under itself"
    ONLY_ONE_COUNCIL = "only one council"
    NOT_THE_COUNCIL = "not the council"
    STILL_IN_USE = "still in use"
    ALREADY_CLOSING = "already closing"
    TOO_FEW_TO_MERGE = "too few to merge"
    MERGED_INTO_ITSELF = "merged into itself"
    BELOW_ONE_THAT_CLOSES = "below one that closes"
    OWN_REACH = "own reach"
    # People
    ADDRESS_TAKEN = "address taken"
    BEFORE_THE_POST = "before the post"
    MANAGES_THEMSELVES = "manages themselves"
    MANAGED_IN_A_CIRCLE = "managed in a circle"
    HAS_LEFT = "has left"
    HAS_NOT_LEFT = "has not left"
    # Rights
    OWN_RIGHT = "own right"
    OWN_DECISION = "own decision"
    OWN_PROPOSAL = "own proposal"
    ALREADY_DECIDED = "already decided"
    NEEDS_AN_END = "needs an end"
    NEEDS_A_PLACE = "needs a place"
    HAS_NO_PLACE = "has no place"
    ENDS_BEFORE_IT_STARTS = "ends before it starts"
    STARTS_IN_THE_PAST = "starts in the past"
    ENDS_IN_THE_PAST = "ends in the past"
    ALREADY_HELD = "already held"
    ALREADY_OVER = "already over"
    # Roles of the council's own
    ROLE_NAME_TAKEN = "role name taken"
    NOTHING_LEFT_OUT = "nothing left out"
    NOT_TO_LEAVE_OUT = "not to leave out"
    NO_LONGER_OFFERED = "no longer offered"
    # Interests
    ABOUT_ONE_THING = "about one thing"
    ABOUT_THEMSELVES = "about themselves"
    ALREADY_DECLARED = "already declared"


# A try at these is written to the event log: somebody reached for a right of their own or for both keys.
GUARDED = frozenset({Reason.OWN_REACH, Reason.OWN_RIGHT, Reason.OWN_DECISION, Reason.OWN_PROPOSAL})


class Refused(Exception):
    """A change that the rules do not allow. Facts are names of teams, days and counts; never a person's name."""

    def __init__(self, reason: Reason, **facts: object) -> None:
        super().__init__(str(reason))
        self.reason, self.facts = reason, facts
