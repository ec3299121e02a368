"""Periods, roles and picks in words, as every page about people writes them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from plumbline.people.forms.fields import Pick
from plumbline.people.queries.units import Branch, UnitNames
from plumbline.people.rules.grants import is_over
from plumbline.shared import dates

WHOLE_COUNCIL = "The whole council"
INDENT = "\u00a0\u00a0"


def last_day(ends_on: date) -> str:
    """The last day that counts, in words."""
    return dates.in_words(ends_on - timedelta(days=1))


def period(starts_on: date, ends_on: date | None, today: date) -> str:
    """The days in words, with the last one that counts: "since 1 April 2024", "1 April 2024 to 30 June 2025"."""
    if ends_on is None:
        return f"{'since' if starts_on <= today else 'from'} {dates.in_words(starts_on)}"
    if ends_on <= starts_on:
        return f"taken back on {dates.in_words(starts_on)}"
    if ends_on == starts_on + timedelta(days=1):
        return f"on {dates.in_words(starts_on)}"
    return f"{dates.in_words(starts_on)} to {last_day(ends_on)}"


def role_tag(state: str, starts_on: date, ends_on: date | None, today: date) -> dict[str, str]:
    """The state of a role as a tag."""
    if state == "refused":
        return {"text": "Refused", "classes": "govuk-tag--grey"}
    if is_over(starts_on, ends_on, today):
        return {"text": "Ended" if state == "agreed" else "Taken back", "classes": "govuk-tag--grey"}
    if state == "proposed":
        return {"text": "Waiting for agreement", "classes": "govuk-tag--yellow"}
    if starts_on > today:
        return {"text": "Agreed, not yet begun", "classes": "govuk-tag--blue"}
    return {"text": "In force", "classes": "govuk-tag--green"}


def unit_picks(branches: Sequence[Branch]) -> list[Pick]:
    """The units for a list to select from, indented as in the tree."""
    return [Pick(one.unit.public_id, INDENT * one.depth + one.name, one.unit) for one in branches]


def people_picks(people: Sequence[Any], names: UnitNames, day: date, besides: Any = None) -> list[Pick]:
    """The people for a list to select from, each with post and team so that two of one name can be told apart."""
    picks = []
    for person in people:
        if person == besides:
            continue
        post = person.posts_then[0].post if person.posts_then else None
        where = f" ({post.title}, {names.on(post.unit_id, day)})" if post else ""
        picks.append(Pick(person.public_id, person.name + where, person))
    return picks


def holding_picks(holdings: Sequence[Any], names: UnitNames, day: date) -> list[Pick]:
    """The posts somebody may leave."""
    # A holding has no public id of its own, but its post has.
    return [
        Pick(one.post.public_id, f"{one.post.title}, {names.on(one.post.unit_id, day)}", one)
        for one in holdings
    ]
