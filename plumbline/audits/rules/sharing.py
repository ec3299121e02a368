"""What stands in the way of sharing or closing an audit, in words that say what to do."""

from enum import StrEnum


class Blocker(StrEnum):
    """Why an audit cannot be shared yet."""

    WARNINGS = "warnings"
    LOWEST = "lowest"
    DRAWN = "drawn"
    NOT_DRAWN = "not_drawn"


BLOCKER_WORDS: dict[Blocker, str] = {
    Blocker.WARNINGS: "A check found words that may name somebody. Answer each warning first.",
    Blocker.LOWEST: "It has the lowest grade, so it needs a second rating first.",
    Blocker.DRAWN: "It was drawn for a second rating that has not been given yet.",
    Blocker.NOT_DRAWN: "The share to moderate has not been drawn from it yet. Draw it first.",
}


def share_blockers(
    *, state: str, open_warnings: int, is_lowest: bool, is_drawn: bool, stood_in_draw: bool
) -> list[Blocker]:
    """Everything that stands in the way of sharing; nothing for an audit that may be shared.

    Sharing before the draw would let somebody take an audit out of the share that is moderated.
    """
    found = [Blocker.WARNINGS] if open_warnings else []
    if state == "submitted":
        if is_lowest:
            found.append(Blocker.LOWEST)
        elif is_drawn:
            found.append(Blocker.DRAWN)
        elif not stood_in_draw:
            found.append(Blocker.NOT_DRAWN)
    return found


def closing_needs_reason(*, has_reply: bool, is_talked_through: bool) -> bool:
    """Whether closing must say why: the worker has not replied, or it was not talked through in supervision."""
    return not (has_reply and is_talked_through)


def kind_for(judgement: str) -> str:
    """The kind of finding a judgement suggests: what is met is a strength as readily as the rest is a gap."""
    return "strength" if judgement == "met" else "gap"
