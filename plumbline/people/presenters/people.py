"""How the list of people is shown, and what may be asked of it."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from plumbline.people.presenters.words import last_day, unit_picks
from plumbline.people.queries.people import PeopleFilter
from plumbline.people.queries.units import Branch, UnitNames
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer
from plumbline.shared.plain_text import clean_line

LONGEST_SEARCH = 100


def asked_of(query: QueryDict, branches: list[Branch], *, may_ask_for_roles: bool) -> PeopleFilter:
    """What the address asks for; anything it cannot mean is left out."""
    units = {one.unit.public_id: one.unit for one in branches}
    role = query.get("role", "")
    return PeopleFilter(
        text=clean_line(query.get("q", ""))[:LONGEST_SEARCH],
        unit=units.get(query.get("team", "")),
        role=Role(role) if may_ask_for_roles and role in set(Role) else None,
        has_left=query.get("show") == "left",
    )


def filter_fields(wanted: PeopleFilter, branches: list[Branch], *, may_ask_for_roles: bool) -> dict[str, Any]:
    """The fields of the filter, as they stand now."""
    chosen = wanted.unit.public_id if wanted.unit else ""
    teams = [
        {"value": pick.key, "text": pick.label, "selected": pick.key == chosen}
        for pick in unit_picks(branches)
    ]
    roles = [{"value": role.value, "text": role.label, "selected": role == wanted.role} for role in Role]
    return {
        "q": {"id": "q", "name": "q", "label": {"text": "Name"}, "value": wanted.text, "type": "search"},
        "team": {
            "id": "team",
            "name": "team",
            "label": {"text": "Team or service"},
            "items": [{"value": "", "text": "All"}, *teams],
        },
        "role": {
            "id": "role",
            "name": "role",
            "label": {"text": "Role"},
            "items": [{"value": "", "text": "All"}, *roles],
        }
        if may_ask_for_roles
        else None,
        "show": {
            "id": "show",
            "name": "show",
            "label": {"text": "Show"},
            "items": [
                {"value": "working", "text": "People who work here", "selected": not wanted.has_left},
                {"value": "left", "text": "People who have left", "selected": wanted.has_left},
            ],
        },
    }


def people_rows(people: Iterable[Any], names: UnitNames, viewer: Viewer) -> list[dict[str, Any]]:
    """One row a person: name with link, posts, teams, line manager, last day."""
    return [
        {
            "name": person.name,
            "url": reverse("person", args=[person.public_id]),
            "posts": ", ".join(holding.post.title for holding in person.posts_then),
            "teams": ", ".join(
                dict.fromkeys(names.on(holding.post.unit_id, viewer.on) for holding in person.posts_then)
            ),
            "manager": ", ".join(
                row.manager.name
                for row in person.managers_then
                if row.manager_id not in viewer.conflict_people
            ),
            "last_day": last_day(person.left_on) if person.left_on else "",
        }
        for person in people
    ]


def empty_sentence(wanted: PeopleFilter, *, sees_others: bool) -> str:
    """Why the list is empty and what would fill it."""
    if wanted.text or wanted.unit or wanted.role:
        return "Nobody you may see fits these filters. Try part of the name, or clear the filters."
    if wanted.has_left:
        return "Nobody you may see has left."
    if not sees_others:
        return "You can see your own entry only, once you hold a post."
    return "Nobody works in the teams you may see yet. A system administrator adds people and their posts."
