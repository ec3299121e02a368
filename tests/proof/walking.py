"""One role's walk over every address: what was asked, what was answered wrongly, which tokens and links were met.

Every role asks every address, as it stands to its rows in every relation, in every state that its column of the table
tells apart. States that are alike to it, the methods a view does not answer, and the way (through the whole product,
or the view wrapped in its right as the product would ask it) go round from role to role, so that every address meets
each of them. With PLUMBLINE_WHOLE_PRODUCT=1 nothing goes round: every role asks for every row. Who may not see a kind
of row at all is refused before any row is looked for, so there one row stands for the others.
"""

import os
from collections import Counter
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
from plumbline.people.rules.roles import Role
from plumbline.people.scope import viewer_of
from plumbline.shared import dates
from tests.proof.answers import writes_noted, wrong_headers
from tests.proof.conftest import Walker, confirmed_just_now
from tests.proof.oracle import Specimen, answer_class, expected, has, read_cells, seeing
from tests.proof.routes import Route, guarded_routes
from tests.proof.tokens import allowed_tokens, links_in, tokens_in
from tests.proof.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
CELLS = read_cells()
WHOLE = os.environ.get("PLUMBLINE_WHOLE_PRODUCT") == "1"
Asked = tuple[str, Specimen | None]
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
    """What the role asks: a method decides nothing by itself, so those a view does not answer are tried on one row."""
    turn = list(Role).index(Role(role))
    for number, (route, rows) in enumerate(plan(world)[role]):
        others = [method for method in METHODS if method not in route.needs.methods]
        met = (
            others
            if WHOLE
            else [others[(number + turn) % len(others)], others[(number + turn + 3) % len(others)]]
        )
        for at, (address, specimen) in enumerate(rows):
            is_whole = at == 0 and (WHOLE or (number + turn) % 3 == 0)
            for method in (*route.needs.methods, *(met if at == 0 else ())):
                yield method, address, route, specimen, is_whole


def plan(world: World) -> dict[str, list[tuple[Route, list[Asked]]]]:
    """The rows that each role asks each route for: one of each relation and of the states its table cannot tell apart.

    Of states that are alike to a role, that one is asked for which fewest roles before it have asked.
    """
    if not world.plan:
        met: Counter[Any] = Counter()
        for role in Role:
            world.plan[role] = [(route, _rows(world, route, role, met)) for route in guarded_routes()]
    found: dict[str, list[tuple[Route, list[Asked]]]] = world.plan
    return found


def _rows(world: World, route: Route, role: str, met: Counter[Any]) -> list[Asked]:
    alike: dict[Any, list[Asked]] = {}
    is_seen = has(CELLS, seeing(route.needs.action), role)
    for address, specimen in route.requests(world, role):
        key = specimen and (
            rights_in(route.needs.action, specimen.state, role),
            is_seen and specimen.relation,
        )
        alike.setdefault((key, WHOLE and address), []).append((address, specimen))
    chosen = []
    for rows in alike.values():
        places = [specimen and (route.route, specimen.relation, specimen.state) for _, specimen in rows]
        at = min(range(len(rows)), key=lambda one: met[places[one]])
        met[places[at]] += 1
        # The first of a kind is the one that most hangs on, such as the round with all the audits: everybody asks for it.
        chosen += [rows[0], rows[at]] if at else [rows[0]]
    return chosen


def rights_in(action: str, state: str, role: str) -> tuple[frozenset[str] | None, ...]:
    """The cells of the table that decide what the role may do in the state, its right to see first."""
    return tuple(
        CELLS.get((one, state, role), CELLS.get((one, "*", role))) for one in (seeing(action), action)
    )


def walk(world: World, role: str) -> Walk:
    """The walk of the role, made once in a process."""
    if role not in world.walks:
        world.walks[role] = _walked(world, role)
    found: Walk = world.walks[role]
    return found


def _walked(world: World, role: str) -> Walk:
    person, found = world.people[role], Walk()
    client, views, allowed = Walker(person), Asker(person), allowed_tokens(world, role)
    for method, address, route, specimen, is_whole in cells_of(world, role):
        found.made += 1
        found.asked.add(address)
        wanted = expected(CELLS, route.needs.action, role, specimen)
        with writes_noted() as written:
            answers = [views.ask(method, address)]
        if written and method in ("GET", "HEAD"):
            found.wrong.append(f"{method} {address} as {role} writes to {sorted(written)}")
        if is_whole and method in ("GET", "POST"):
            answers.append(client.ask(method, address))
            faults = wrong_headers(answers[-1])
            found.wrong += [f"{method} {address} as {role}: {fault}" for fault in faults]
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
