"""How services and teams are shown: the tree of a day, one team, and its history in words."""

from datetime import date
from itertools import pairwise
from typing import Any

from django.urls import reverse

from plumbline.people.models import Unit, UnitKind
from plumbline.people.presenters.refusals import counted
from plumbline.people.queries.units import Branch, UnitStory, Weight
from plumbline.people.scope import Viewer
from plumbline.shared import dates

KINDS = {kind.value: str(kind.label) for kind in UnitKind}


def dated_address(url: str, day: date, today: date) -> str:
    """The address, with the day in it unless it is today."""
    return url if day == today else f"{url}?on_day={day.day}&on_month={day.month}&on_year={day.year}"


def tree_nodes(branches: list[Branch], day: date, today: date) -> list[dict[str, Any]]:
    """The tree as nested lists of name, kind and address."""
    return [
        {
            "name": one.name,
            "kind": KINDS[one.unit.kind],
            "url": dated_address(reverse("team", args=[one.unit.public_id]), day, today),
            "closing": f"closes on {dates.in_words(one.unit.closed_on)}" if one.unit.closed_on else "",
            "below": tree_nodes(one.below, day, today),
        }
        for one in branches
    ]


def counts_of(branches: list[Branch]) -> str:
    """How many services, teams and homes the tree holds, in words."""
    kinds = [one.unit.kind for top in branches for one in top.with_all_below()]
    return ", ".join(
        (
            counted(kinds.count(UnitKind.SERVICE), "service", "services"),
            counted(kinds.count(UnitKind.TEAM), "team", "teams"),
            counted(kinds.count(UnitKind.HOME), "home", "homes"),
        )
    )


def as_it_stood(day: date, today: date) -> str:
    """The day the page speaks of, as the end of a sentence."""
    if day == today:
        return "today"
    return f"as it {'stood' if day < today else 'will stand'} on {dates.in_words(day)}"


def team_page(viewer: Viewer, story: UnitStory, people: list[Any], day: date) -> dict[str, Any]:
    """What the page of a team shows."""
    unit, today = story.unit, viewer.on
    above = [pk for pk in reversed(story.tree.above(unit.pk)) if pk in story.units]
    below = sorted(
        (pk for pk in story.tree.children.get(unit.pk, ()) if pk in story.units),
        key=lambda pk: story.names.on(pk, day).lower(),
    )
    is_closed = unit.closed_on is not None and unit.closed_on <= day
    return {
        "title": story.names.on(unit.pk, day),
        "kind": KINDS[unit.kind],
        "status": _status(unit, day),
        "called_now": _called_now(story, day, today),
        "above": [_unit(story, pk, day, today) for pk in above],
        "below": [_unit(story, pk, day, today) for pk in below],
        "people": [
            {
                "name": person.name,
                "url": reverse("person", args=[person.public_id]),
                "posts": ", ".join(
                    holding.post.title for holding in person.posts_then if holding.post.unit_id == unit.pk
                ),
                "manager": ", ".join(
                    row.manager.name
                    for row in person.managers_then
                    if row.manager_id not in viewer.conflict_people
                ),
            }
            for person in people
        ],
        "history": history(story, today),
        "came_from": [
            {**_successor(story, one.before, one.on), "on": dates.in_words(one.on)}
            for one in story.lineage.came_from
        ],
        "went_to": [
            {**_successor(story, one.after, one.on), "on": dates.in_words(one.on)}
            for one in story.lineage.went_to
        ],
        "changes": [] if is_closed else _changes(viewer, unit),
    }


def _unit(story: UnitStory, pk: int, day: date, today: date) -> dict[str, str]:
    address = reverse("team", args=[story.units[pk].public_id])
    return {"name": story.names.on(pk, day), "url": dated_address(address, day, today)}


def _successor(story: UnitStory, unit: Unit, on: date) -> dict[str, str]:
    return {"name": story.names.on(unit.pk, on), "url": reverse("team", args=[unit.public_id])}


def _status(unit: Unit, day: date) -> str:
    if day < unit.opened_on:
        return f"Opens on {dates.in_words(unit.opened_on)}."
    if unit.closed_on is None:
        return ""
    verb = "Closed" if unit.closed_on <= day else "Closes"
    return f"{verb} on {dates.in_words(unit.closed_on)}."


def _called_now(story: UnitStory, day: date, today: date) -> str:
    now = story.names.on(story.unit.pk, today)
    return now if now != story.names.on(story.unit.pk, day) else ""


def history(story: UnitStory, today: date) -> list[dict[str, str]]:
    """What happened to the unit, oldest first, one sentence each with its day."""
    unit, names = story.unit, story.names
    spoken = names.all_of(unit.pk)
    events: list[tuple[date, int, str]] = []
    if spoken:
        events.append((unit.opened_on, 0, f"Opened as {spoken[0].name}"))
    for earlier, later in pairwise(spoken):
        events.append((later.starts_on, 2, f"Renamed from {earlier.name} to {later.name}"))
    for earlier_place, later_place in pairwise(story.places):
        old = names.on(earlier_place.parent_id, later_place.starts_on)
        new = names.on(later_place.parent_id, later_place.starts_on)
        events.append((later_place.starts_on, 3, f"Moved from {old} to {new}"))
    for day, before in _by_day([(one.on, one.before) for one in story.lineage.came_from]):
        events.append((day, 1, f"Took over work of {_listed([names.on(one.pk, day) for one in before])}"))
    for day, after in _by_day([(one.on, one.after) for one in story.lineage.went_to]):
        events.append(
            (day, 4, f"Its work, or part of it, went to {_listed([names.on(one.pk, day) for one in after])}")
        )
    if unit.closed_on is not None:
        events.append((unit.closed_on, 5, "Closed"))
    return [
        {"on": dates.in_words(day), "sentence": sentence, "planned": "planned" if day > today else ""}
        for day, _, sentence in sorted(events)
    ]


def _by_day(rows: list[tuple[date, Unit]]) -> list[tuple[date, list[Unit]]]:
    days: dict[date, list[Unit]] = {}
    for day, unit in rows:
        days.setdefault(day, []).append(unit)
    return list(days.items())


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _changes(viewer: Viewer, unit: Unit) -> list[dict[str, str]]:
    if not viewer.has("unit.change"):
        return []
    links = [("Rename", "team_rename")]
    if unit.kind != UnitKind.COUNCIL:
        links += [("Move to another service", "team_move"), ("Close", "team_close")]
    return [{"text": text, "href": reverse(name, args=[unit.public_id])} for text, name in links]


def merge_confirmation(names: list[str], target: str, weight: Weight, on: date) -> dict[str, Any]:
    """What a merge will do, in numbers."""
    return {
        "title": "Check before you merge",
        "lines": [
            f"{_listed(names)} {'closes' if len(names) == 1 else 'close'} on {dates.in_words(on)}. Their work goes on in {target}.",
            f"{counted(weight.people, 'person keeps their post', 'people keep their posts')}, line managers and history, in {target}.",
            f"{counted(weight.roles, 'role goes', 'roles go')} on in {target}.",
            f"{counted(weight.teams, 'team below belongs', 'teams below belong')} to {target} from that day.",
            "Earlier days keep the earlier teams. A merge cannot be undone by one click.",
        ],
        "submit": "Merge the teams",
    }


def close_confirmation(name: str, weight: Weight, on: date) -> dict[str, Any]:
    """What closing will do, in numbers."""
    return {
        "title": f"Check before you close {name}",
        "lines": [
            f"{name} closes on {dates.in_words(on)}. Nobody works in it then, and no team belongs to it.",
            f"{counted(weight.roles, 'role that is held in it ends', 'roles held in it end')} at the midnight that begins that day.",
            "Its name and history stay.",
        ],
        "submit": "Close the team",
    }
