"""One role's walk over every address: what was asked, what was answered wrongly, which tokens and links were met.

The first row of each route is asked for through the whole product, with every method. All other cells are asked of the
view itself, wrapped in its right, as the product would ask it: sign-in, session and headers are the same for each of
them. Both ways are compared where both are taken. Who may not see the kind of row at all is refused before any row is
looked for, so there one row of each state stands for the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from plumbline.people.models import Person
from plumbline.people.scope import viewer_of
from plumbline.shared import dates
from tests.proof.conftest import Walker, confirmed_just_now
from tests.proof.oracle import Specimen, answer_class, expected, has, read_cells, seeing
from tests.proof.routes import Route, guarded_routes
from tests.proof.tokens import allowed_tokens, links_in, tokens_in
from tests.proof.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
CELLS = read_cells()
Cell = tuple[str, str, Route, Specimen | None, bool]


class Asker:
    """Asks views as one person, without what lies between them and the network; whatever they write is undone."""

    def __init__(self, person: Person) -> None:
        self.user, self.factory = person.user, RequestFactory()
        self.viewer = viewer_of(person.user, dates.today())
        self.known = confirmed_just_now(person.user)

    def ask(self, method: str, address: str) -> Any:
        """The answer of the view that the address leads to."""
        request: Any = self.factory.generic(method, address)
        request.resolver_match = found = resolve(request.path_info)
        request.user, request.viewer = self.user, self.viewer
        request.session, request.request_id = SessionStore(), "walk"
        request.session.update(self.known)
        request._messages = FallbackStorage(request)
        with transaction.atomic():
            try:
                response = found.func(request, *found.args, **found.kwargs)
                if response.streaming:
                    response.content_read = b"".join(response.streaming_content)
            except Http404:
                response = HttpResponse(status=404)
            except PermissionDenied:
                response = HttpResponse(status=403)
            transaction.set_rollback(True)
        return response


@dataclass
class Walk:
    """What a walk found."""

    made: int = 0
    wrong: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)


def cells_of(world: World, role: str) -> Iterator[Cell]:
    """Method, address, route, row, and whether it is the first of its route.

    A method decides nothing by itself, so all eight are tried on one row, and those the view answers on every row.
    """
    for route in guarded_routes():
        states: set[str] = set()
        is_seen = has(CELLS, seeing(route.needs.action), role)
        for address, specimen in route.requests(world, role):
            state = specimen.state if specimen else "*"
            is_first, is_new = not states, state not in states
            states.add(state)
            if is_seen or is_new:
                for method in METHODS if is_first else route.needs.methods:
                    yield method, address, route, specimen, is_first


def walk(world: World, role: str) -> Walk:
    """The walk of the role, made once in a process."""
    if role not in world.walks:
        world.walks[role] = _walked(world, role)
    found: Walk = world.walks[role]
    return found


def _walked(world: World, role: str) -> Walk:
    person, found = world.people[role], Walk()
    client, views, allowed = Walker(person), Asker(person), allowed_tokens(world, role)
    for method, address, route, specimen, is_first in cells_of(world, role):
        found.made += 1
        found.asked.add(address)
        wanted = expected(CELLS, route.needs.action, role, specimen)
        answers = [views.ask(method, address)]
        if is_first and method in ("GET", "POST"):
            answers.append(client.ask(method, address))
        for response in answers:
            answer = answer_class(response)
            if answer != wanted:
                found.wrong.append(_described(method, route, role, specimen, wanted, answer))
            tokens = tokens_in(response)
            found.tokens |= tokens
            if tokens - allowed:
                found.wrong.append(f"{method} {address} as {role} shows {sorted(tokens - allowed)[:3]}")
            found.links |= links_in(response)
    return found


def _described(
    method: str, route: Route, role: str, specimen: Specimen | None, wanted: int, answer: int
) -> str:
    about = f" for {specimen.relation} in state {specimen.state}" if specimen else ""
    return f"{method} {route.route} as {role}{about}: {answer}, not {wanted}"
