"""What the people area offers to the shared pages."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from plumbline.people.actions.leaving import close_accounts
from plumbline.people.kinds import KINDS
from plumbline.people.queries.people import search_people
from plumbline.people.queries.rights import own_roles_ending, roles_to_decide
from plumbline.people.queries.units import search_units
from plumbline.people.scope import Viewer
from plumbline.shared.area import Area, Found, MenuItem, PeriodicJob, WorkItem


def work_items(viewer: Viewer, today: date) -> Iterator[WorkItem]:
    """Roles that wait for the viewer's decision, and own access that ends soon."""
    for grant in roles_to_decide(viewer):
        yield WorkItem(
            f"Agree or refuse the role proposed for {grant.person.name}",
            reverse("role_decide", args=[grant.public_id]),
        )
    for grant in own_roles_ending(viewer, today):
        if grant.ends_on:
            last = grant.ends_on - timedelta(days=1)
            yield WorkItem(f"Your role as {grant.role_name.lower()} ends", reverse("account"), last)


def search(viewer: Viewer, text: str) -> Iterator[Found]:
    """People and teams by name, earlier names of teams too."""
    for person in search_people(viewer, text):
        yield Found(person.name, reverse("person", args=[person.public_id]), "People")
    for unit, name in search_units(viewer, text):
        earlier = f"Until {name.ends_on:%B %Y}" if name.ends_on else ""
        yield Found(name.name, reverse("team", args=[unit.public_id]), "Teams", earlier)


AREA = Area(
    key="people",
    menu=(MenuItem("People", "people", "person.view", order=60),),
    work_items=work_items,
    search=search,
    jobs=(PeriodicJob("close-accounts", 60, close_accounts),),
    kinds=KINDS,
)
