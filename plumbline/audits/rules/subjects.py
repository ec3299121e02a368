"""What an audit tool looks at: the case of a child, or a worker, a team or an establishment without a case."""

from collections.abc import Collection
from enum import StrEnum

from plumbline.audits.rules.allocation import Refusal


class Subject(StrEnum):
    """What one audit with the tool is about. All but the first are visits: nothing is drawn for them."""

    CASE = "case"
    WORKER = "worker"
    TEAM = "team"
    ESTABLISHMENT = "establishment"


class Hears(StrEnum):
    """Whose views must be logged before it can be submitted. An audit of a case hears both."""

    CHILD = "child"
    FAMILY = "family"


# The words for the subject, for the talk that belongs to it, and for whose answer waits once it is shared.
LABELS: dict[Subject, str] = {
    Subject.CASE: "The case of a child",
    Subject.WORKER: "A worker",
    Subject.TEAM: "A team",
    Subject.ESTABLISHMENT: "An establishment",
}
TALKS: dict[Subject, str] = {
    Subject.CASE: "Talk with the worker",
    Subject.WORKER: "Talk with the worker",
    Subject.TEAM: "Talk with the team and its manager",
    Subject.ESTABLISHMENT: "Talk with the registered manager",
}
# What stands against somebody making a visit. Managers observe their own workers; nobody observes themselves.
_ALWAYS = frozenset({Refusal.OWN_CASE, Refusal.INTEREST, Refusal.AWAY})
_INDEPENDENT = _ALWAYS | {Refusal.OWN_TEAM, Refusal.SUPERVISEE, Refusal.OWN_MANAGER}
# How those that speak of a case read where there is none.
REFUSAL_WORDS: dict[Refusal, str] = {
    Refusal.OWN_CASE: "it is their own work",
    Refusal.OWN_TEAM: "they work there or manage it",
    Refusal.OWN_MANAGER: "their own manager manages it",
}


def refusals_that_count(found: Collection[Refusal], *, is_independent: bool) -> tuple[Refusal, ...]:
    """Of the reasons that hold for somebody, those that stand against making the visit."""
    asked = _INDEPENDENT if is_independent else _ALWAYS
    return tuple(one for one in found if one in asked)
