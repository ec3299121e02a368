"""What a refused change says to the person: what is wrong and what to do instead."""

from datetime import date

from django import forms

from plumbline.people.rules.refusals import Reason, Refused
from plumbline.shared import dates

# The fields that a sentence belongs to, the first that the form has; with none it stands above the form.
DAY = ("on", "starts_on")
UNIT = ("unit", "parent", "into", "units")
SENTENCES: dict[Reason, tuple[tuple[str, ...], str]] = {
    Reason.BEFORE_IT_OPENED: (DAY, "The team opened on {day}. Enter that day or a later one"),
    Reason.NOT_OPEN: (DAY, "The team closes on {day}. Enter an earlier day, or select another team"),
    Reason.NAME_TAKEN: (("name",), "Another team has this name. Enter a different one"),
    Reason.NOTHING_CHANGES: ((), "This is how it stands already. Change something, or cancel"),
    Reason.UNDER_ITSELF: (("parent",), "A team cannot belong to itself or to a team below it. Select another"),
    Reason.ONLY_ONE_COUNCIL: (("parent", "kind"), "There is one council. Select what the team belongs to"),
    Reason.NOT_THE_COUNCIL: (UNIT, "The council itself cannot be moved, merged or closed"),
    Reason.STILL_IN_USE: (
        DAY,
        "{people} and {teams} are in it on that day or later. Move them first, or merge it with another team",
    ),
    Reason.ALREADY_CLOSING: (DAY, "The team is to close on {day} already"),
    Reason.TOO_FEW_TO_MERGE: (("units",), "Select at least two teams, or one and the team that stays open"),
    Reason.MERGED_INTO_ITSELF: (
        ("into",),
        "The team that stays open is also marked as closing. Take it out of one of the two",
    ),
    Reason.BELOW_ONE_THAT_CLOSES: (
        ("units", "into"),
        "One of these teams belongs to another that closes. Move it first, or leave it out: it goes on in the new team",
    ),
    Reason.OWN_REACH: (
        ("parent", "units"),
        "You hold a role there, and this would widen what you can see. Ask another administrator to do it",
    ),
    Reason.ADDRESS_TAKEN: (("email",), "Somebody has an account with this address. Find them in the list of people"),
    Reason.BEFORE_THE_POST: (DAY, "The post they hold began on {day}. Enter a later day"),
    Reason.MANAGES_THEMSELVES: (("manager", "reports_go_to"), "Nobody can be their own line manager. Select somebody else"),
    Reason.MANAGED_IN_A_CIRCLE: (
        ("manager", "reports_go_to"),
        "This person is managed by the other one, directly or further up. Select somebody else",
    ),
    Reason.HAS_LEFT: (DAY, "They, or the person you selected, have left by that day. Enter another day or select another person"),
    Reason.HAS_NOT_LEFT: (DAY, "They still work here on that day. Enter a day after they left"),
    Reason.OWN_RIGHT: ((), "You cannot propose or end a role of your own. Ask another administrator"),
    Reason.OWN_DECISION: ((), "You cannot decide on a role of your own. Somebody else has to"),
    Reason.OWN_PROPOSAL: ((), "You proposed this role, so a second person has to decide on it"),
    Reason.ALREADY_DECIDED: ((), "This role no longer waits for a decision. Go back to see how it stands"),
    Reason.NEEDS_AN_END: (("ends_on",), "Enter a last day: people from outside the council have access for a time only"),
    Reason.NEEDS_A_PLACE: (("unit",), "Select the team or service in which the role holds"),
    Reason.HAS_NO_PLACE: (("unit",), "This role always covers the whole council. Select the whole council"),
    Reason.ENDS_BEFORE_IT_STARTS: (("ends_on",), "The last day must be on or after the first day"),
    Reason.STARTS_IN_THE_PAST: (("starts_on",), "The first day must be today or later: rights do not count backwards"),
    Reason.ENDS_IN_THE_PAST: (("on", "decision"), "The end lies in the past. Enter today or later, or refuse the role"),
    Reason.ALREADY_HELD: (("role",), "They have this role there already, or it waits for agreement. Select another, or other days"),
    Reason.ALREADY_OVER: (("leaves",), "This has ended already. Go back to see how it stands"),
    Reason.ROLE_NAME_TAKEN: (("name",), "Another role has this name. Enter a different one"),
    Reason.NOTHING_LEFT_OUT: (("left_out",), "Select at least one right that the new role leaves out"),
    Reason.NOT_TO_LEAVE_OUT: (("left_out",), "One of these rights cannot be left out. Select from the list"),
    Reason.NO_LONGER_OFFERED: (("role",), "This role is no longer offered. Select another"),
    Reason.ABOUT_ONE_THING: (("unit",), "Select a team, or enter a colleague’s address: one of the two"),
    Reason.ABOUT_THEMSELVES: (("colleague",), "Enter the address of somebody else"),
    Reason.ALREADY_DECLARED: ((), "This interest is declared already"),
}  # fmt: skip


def say_why(form: forms.Form, refused: Refused) -> None:
    """Puts the refusal's sentence beside the field it belongs to."""
    fields, _ = SENTENCES[refused.reason]
    form.add_error(next((name for name in fields if name in form.fields), None), sentence_of(refused))


def sentence_of(refused: Refused) -> str:
    """The refusal in words."""
    return SENTENCES[refused.reason][1].format(
        **{name: _in_words(name, fact) for name, fact in refused.facts.items()}
    )


def _in_words(name: str, fact: object) -> str:
    if isinstance(fact, date):
        return dates.in_words(fact)
    if isinstance(fact, int):
        return counted(fact, *{"people": ("person", "people"), "teams": ("team", "teams")}[name])
    return str(fact)


def counted(number: int, one: str, many: str) -> str:
    """The number with its noun: "1 person", "3 people"."""
    return f"{number} {one if number == 1 else many}"
