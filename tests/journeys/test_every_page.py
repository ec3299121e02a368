"""Every page that a role can reach by links: axe finds nothing, nothing scrolls sideways, nothing breaks."""

import re

import pytest

from tests.journeys.conftest import User

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
]


def kind_of(path: str) -> str:
    """The path with ids left out: one page of each kind is enough."""
    return NUMBERED.sub("/ID", path)


def reachable(user: User) -> list[str]:
    """One address of each kind of page, found by following links as a person would."""
    waiting, kinds, found = ["/"], set(), []
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in kinds or LEFT_OUT.search(path):
            continue
        kinds.add(kind_of(path))
        user.goes_to(path)
        found.append(path)
        links = user.page.evaluate(
            "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
        )
        waiting += [link for link in links if link.startswith("/") and kind_of(link) not in kinds]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_accessible_at_a_desk_and_on_a_phone(user: User, phone: User, role: str) -> None:
    user.signs_in(role)
    phone.context.add_cookies(user.context.cookies())
    faults: dict[str, list[str]] = {}
    for path in reachable(user):
        user.goes_to(path)
        found = user.violations()
        phone.goes_to(path)
        if phone.sideways() > 0:
            found.append(f"scrolls sideways by {phone.sideways()} px at 375 px")
        if found:
            faults[path] = found
    assert faults == {}


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
