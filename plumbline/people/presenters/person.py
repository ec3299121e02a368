"""How one person is shown: posts, line management, roles and interests, now and earlier."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.people.models import Interest, LineManagement, RoleGrant
from plumbline.people.presenters.local_roles import local_role_rows
from plumbline.people.presenters.words import (
    WHOLE_COUNCIL,
    last_day,
    period,
    role_tag,
)
from plumbline.people.queries.people import PersonStory
from plumbline.people.queries.rights import may_declare_for
from plumbline.people.queries.units import UnitNames
from plumbline.people.rules.grants import is_over
from plumbline.people.scope import Viewer
from plumbline.shared import dates


def person_page(viewer: Viewer, story: PersonStory, names: UnitNames) -> dict[str, Any]:
    """What the page of a person shows."""
    person, today = story.person, viewer.on
    posts = [
        {
            "title": one.post.title,
            "team": names.on(one.post.unit_id, max(one.starts_on, min(today, one.ends_on or today))),
            "url": reverse("team", args=[one.post.unit.public_id]),
            "period": period(one.starts_on, one.ends_on, today),
            "is_over": _over(one, today),
        }
        for one in story.holdings
    ]
    managers = [
        _link(row.manager, row, today, row.manager_id in story.visible_people) for row in story.managers
    ]
    manages = [_link(row.person, row, today, True) for row in story.manages]
    roles = [_role(viewer, grant, names) for grant in story.grants]
    interests = [_interest(viewer, one, names) for one in story.interests]
    return {
        "title": person.name,
        "person_id": person.public_id,
        "status": _status(person.left_on, today),
        "email": person.user.email if person.user and viewer.has("person.change") else "",
        "has_account": person.user is not None,
        "now": {
            "posts": _running(posts),
            "managers": _running(managers),
            "manages": _running(manages),
            "roles": _running(roles),
            "interests": _running(interests),
        },
        "earlier": {
            "posts": _past(posts),
            "managers": _past(managers),
            "manages": _past(manages),
            "roles": _past(roles),
            "interests": _past(interests),
        },
        "has_earlier": any(row["is_over"] for row in (*posts, *managers, *manages, *roles, *interests)),
        "shows_interests": may_declare_for(viewer, person) or bool(interests),
        "changes": _changes(viewer, story),
        "declare_url": _declare_url(viewer, story),
    }


def _status(left_on: date | None, today: date) -> str:
    if left_on is None:
        return ""
    if left_on <= today:
        return f"Has left. The last day was {last_day(left_on)}."
    return f"Leaves. The last day is {last_day(left_on)}."


def _over(row: Any, today: date) -> bool:
    return is_over(row.starts_on, row.ends_on, today)


def _running(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if not row["is_over"]]


def _past(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["is_over"]]


def _link(person: Any, row: LineManagement, today: date, is_visible: bool) -> dict[str, Any]:
    return {
        "name": person.name,
        "url": reverse("person", args=[person.public_id]) if is_visible else "",
        "period": period(row.starts_on, row.ends_on, today),
        "is_over": _over(row, today),
    }


def _role(viewer: Viewer, grant: RoleGrant, names: UnitNames) -> dict[str, Any]:
    today = viewer.on
    over = _over(grant, today) or grant.state == "refused"
    where = names.on(grant.unit_id, max(grant.starts_on, today)) if grant.unit_id else WHOLE_COUNCIL
    person_id = viewer.person_id
    waits = grant.state == "proposed" and not over
    return {
        "role": grant.role_name,
        "where": where,
        "period": period(grant.starts_on, grant.ends_on, today),
        "tag": role_tag(grant.state, grant.starts_on, grant.ends_on, today),
        "reason": grant.reason,
        "by": _who(grant),
        "is_over": over,
        "may_decide": waits
        and viewer.has("role_grant.decide")
        and person_id not in (grant.person_id, grant.proposed_by_id),
        "may_end": not over and viewer.has("role_grant.propose") and person_id != grant.person_id,
        "grant_id": grant.public_id,
    }


def _who(grant: RoleGrant) -> str:
    parts = []
    if grant.proposed_by:
        parts.append(f"proposed by {grant.proposed_by.name}")
    if grant.decided_by and grant.decided_at:
        verb = "refused" if grant.state == "refused" else "agreed"
        day = dates.in_words(grant.decided_at.astimezone(dates.LONDON).date())
        parts.append(f"{verb} by {grant.decided_by.name} on {day}")
    return ", ".join(parts)


def _interest(viewer: Viewer, one: Interest, names: UnitNames) -> dict[str, Any]:
    about = one.about_person.name if one.about_person else names.on(one.about_unit_id or 0, viewer.on)
    return {
        "about": about,
        "reason": one.reason,
        "period": period(one.starts_on, one.ends_on, viewer.on),
        "is_over": _over(one, viewer.on),
        "interest_id": one.public_id,
    }


def _declare_url(viewer: Viewer, story: PersonStory) -> str:
    if not may_declare_for(viewer, story.person):
        return ""
    if story.person.pk == viewer.person_id:
        return reverse("interest_declare")
    return reverse("interest_declare_for", args=[story.person.public_id])


def _changes(viewer: Viewer, story: PersonStory) -> list[dict[str, str]]:
    person = story.person
    links: list[tuple[str, str]] = []
    propose: list[dict[str, str]] = []
    has_left = person.left_on is not None and person.left_on <= viewer.on
    if viewer.has("person.change"):
        links += [("Change the name", "person_name")]
        links += (
            [("Record that they have come back", "person_come_back")]
            if has_left
            else [
                ("Move to another post", "person_post"),
                ("Change the line manager", "person_manager"),
                ("Record that they leave", "person_leave"),
            ]
        )
    if viewer.has("role_grant.propose") and person.pk != viewer.person_id and not has_left:
        propose = [{"text": "Propose a role", "href": f"{reverse('role_propose')}?person={person.public_id}"}]
    return [{"text": text, "href": reverse(name, args=[person.public_id])} for text, name in links] + propose


def grant_summary(grant: RoleGrant, names: UnitNames, today: date) -> list[tuple[str, str]]:
    """A role as rows of what and how, for the pages that decide on it or end it."""
    rows = [
        ("Person", grant.person.name),
        ("Role", grant.role_name),
        *local_role_rows(grant.local_role),
        ("Where", names.on(grant.unit_id, today) if grant.unit_id else WHOLE_COUNCIL),
        ("When", period(grant.starts_on, grant.ends_on, today)),
        ("Why", grant.reason),
    ]
    return rows + ([("Proposed by", grant.proposed_by.name)] if grant.proposed_by else [])


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page, as breadcrumbs."""
    return [{"text": text, "href": href} for text, href in steps]


def unit_ids_of(story: PersonStory) -> Iterable[int]:
    """The units the person's page speaks of."""
    yield from (one.post.unit_id for one in story.holdings)
    yield from (one.unit_id for one in story.grants if one.unit_id)
    yield from (one.about_unit_id for one in story.interests if one.about_unit_id)
