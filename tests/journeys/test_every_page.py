"""Every page that a role can reach by links: axe finds nothing, nothing scrolls sideways, nothing breaks."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import resolve

from plumbline.event_log.models import Kind
from plumbline.people.checks import every_pattern
from tests.journeys.conftest import DESK, PHONE, User

LEFT_OUT = re.compile(r"sign-out|/export|\.(yaml|xlsx|csv|ics)|\?|/static/|#")
NUMBERED = re.compile(r"/[0-9a-hjkmnp-tv-z]{12}(?=/|$)")
ROLES = [
    "qa-lead",
    "system-administrator",
    "information-governance",
    "team-manager",
    "business-support",
    "scrutiny-member",
    "director",
    "auditor",
    "social-worker",
    "moderator",
    "concern-handler",
    # Reads the report that may be shared.
    "lead-member",
]


def kind_of(path: str) -> str:
    """The path with ids left out: one page of each kind is enough."""
    return NUMBERED.sub("/ID", path)


def is_file(path: str) -> bool:
    """Whether the address hands over a file instead of a page."""
    needs = getattr(resolve(path).func, "access", None)
    return needs is not None and needs.reads == Kind.EXPORT


def visits(user: User, looked_at: set[str]) -> Iterator[tuple[str, bool]]:
    """The address of one page of each kind, found by following links as a person would, and whether it is open.

    A page of a kind that was looked at before is only read, for where it leads; everybody's home differs by what waits.
    """
    waiting, kinds = ["/"], set()
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in kinds or LEFT_OUT.search(path) or is_file(path):
            continue
        kinds.add(kind_of(path))
        is_open = path == "/" or kind_of(path) not in looked_at
        links = user.opens(path) if is_open else user.reads(path)
        waiting += [link for link in links if link.startswith("/") and kind_of(link) not in kinds]
        yield path, is_open


@pytest.fixture(scope="session")
def looked_at() -> set[str]:
    """The kinds of page that a role before has looked at: each is looked at once, as the first who reaches it."""
    return set()


@pytest.fixture(scope="session")
def reached() -> set[str]:
    """The routes that some role came to by links."""
    return set()


def page_routes() -> set[str]:
    """The routes that answer with a page of their own: no files, and no addresses that only take a form."""
    return {
        route
        for route, pattern in every_pattern()
        if (needs := getattr(pattern.callback, "access", None)) is not None
        and "GET" in needs.methods
        and needs.reads != Kind.EXPORT
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_at_a_desk_and_on_a_phone(
    user: User, role: str, looked_at: set[str], reached: set[str], record_property: Any
) -> None:
    user.signs_in(role)
    faults: dict[str, list[str]] = {}
    visited = 0
    for path, is_open in visits(user, looked_at):
        visited += 1
        reached.add(resolve(path.partition("#")[0]).route)
        if is_open:
            looked_at.add(kind_of(path))
            found = user.violations()
            user.page.set_viewport_size(PHONE)
            found += user.violations()
            if user.sideways() > 0:
                found.append(f"scrolls sideways by {user.sideways()} px at 375 px")
            user.page.set_viewport_size(DESK)
            if found:
                faults[path] = found
    record_property("pages", visited)
    assert visited > 10
    assert faults == {}


def test_the_pages_that_no_role_came_to_are_named(reached: set[str], record_property: Any) -> None:
    """Most of them are steps that nothing waits for in the demo council; a page that loses its last link shows here."""
    if not reached:
        pytest.skip("No role has gone through the pages in this run.")
    missed = sorted(page_routes() - reached)
    record_property("routes_nobody_reached", missed)
    # Printed for whoever runs it (`pytest -s`); the list is what they look for.
    print(f"Of {len(page_routes())} page routes nobody came to {len(missed)}:", *missed, sep="\n  ")  # noqa: T201
    assert len(missed) < len(page_routes()) / 2


def test_the_open_pages_are_accessible(user: User) -> None:
    for path in (
        "/account/sign-in",
        "/account/password/forgotten",
        "/help",
        "/accessibility",
        "/privacy",
        "/nothing/here",
    ):
        user.goes_to(path)
        assert user.violations() == [], path
        assert user.sideways() <= 0
