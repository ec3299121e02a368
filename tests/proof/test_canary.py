"""Tokens planted in every confidential field are never read by anybody without the right to their record.

Each role opens every page and file it can reach, follows the links found there, and unpacks what is packed.
It sets out from its walk, which asks for every address of every row; what is not asked there is asked here.
"""

import csv
import re
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, resolve

from plumbline.people.models import Person
from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.routes import guarded_routes, open_routes
from tests.proof.tokens import TOKEN, allowed_tokens, links_in, tokens_in
from tests.proof.walking import Asker, walk
from tests.proof.world import World

pytestmark = pytest.mark.django_db
# The walk asks for rows in every relation and state; beside those, so many pages of a kind are followed.
MOST_OF_A_KIND = 3
# An indicator is named by its key, not by a number; its page is one kind all the same.
NUMBERED = re.compile(r"/[0-9a-hjkmnp-tv-z]{12}(?=[/?]|$)|(?<=/indicators)/[a-z0-9-]+")
BESIDES = ["/search?q=zq", "/search?q=Officer", "/help?q=a"]


def open_addresses() -> list[str]:
    return [f"/{route}" for route in open_routes() if "<" not in route and route != "account/sign-out"]


class Reader:
    """Asks the view where it is wrapped in a right, as the walk does, and else the whole product."""

    def __init__(self, person: Person) -> None:
        self.views, self.client = Asker(person), Walker(person)

    def ask(self, method: str, address: str) -> Any:
        """The answer; nothing it wrote stays."""
        try:
            is_guarded = hasattr(resolve(address.partition("?")[0]).func, "access")
        except Resolver404:
            is_guarded = False
        return (self.views if is_guarded else self.client).ask(method, address)


def crawl(client: Any, start: list[str], known: set[str]) -> dict[str, set[str]]:
    """Each token found, in lower case, with the addresses it was found at; what is known is not asked again."""
    waiting, seen, found = list(start), set(known), {}
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop()
        kind = NUMBERED.sub("/ID", address.partition("?")[0])
        if address in seen or address.startswith(("/static/", "/account/sign-out")):
            continue
        seen.add(address)
        kinds[kind] += 1
        if kinds[kind] > MOST_OF_A_KIND:
            continue
        response = client.ask("GET", address)
        for word in tokens_in(response):
            found.setdefault(word, set()).add(address)
        waiting += links_in(response) - seen
        if "?" not in address:
            for word in tokens_in(client.ask("POST", address)):
                found.setdefault(word, set()).add(f"POST {address}")
    return found


@pytest.mark.parametrize("role", list(Role))
def test_no_token_reaches_a_role_without_the_right_to_its_record(
    world: World, role: str, record_property: Any
) -> None:
    walked, allowed = walk(world, role), allowed_tokens(world, role)
    start = [*open_addresses(), *BESIDES, *sorted(walked.links)]
    found = crawl(Reader(world.people[role]), start, walked.asked)
    record_property("tokens_read", len(walked.tokens | found.keys()))
    leaks = {word: sorted(places)[:3] for word, places in found.items() if word not in allowed}
    assert leaks == {}
    assert walked.tokens <= allowed


def test_no_token_reaches_a_stranger(world: World) -> None:
    guarded = [address for route in guarded_routes() for address, _ in route.requests(world, Role.QA_LEAD)]
    assert crawl(Walker(None), [*guarded, *open_addresses(), *BESIDES], set()) == {}


@pytest.mark.parametrize("role", [Role.QA_LEAD])
def test_the_crawl_finds_what_is_there_to_find(world: World, role: str) -> None:
    """A crawl that read nothing would prove nothing."""
    walked = walk(world, role)
    kinds = {kind for word, (kind, _) in world.tokens.items() if word.lower() in walked.tokens}
    assert kinds >= {"person", "role_grant", "interest", "standard_set", "occurrence", "job"}
    beside = crawl(Walker(world.people[role]), BESIDES, walked.asked | walked.links)
    assert {kind for word, (kind, _) in world.tokens.items() if word.lower() in beside} >= {"person"}


# Texts of the register that hold no token, each with the reason.
WITHOUT_TOKEN = {
    "account.": "addresses are planted through people.User.email",
    "sessions.": "sealed; looked at in the sign-in tests",
    "mfa.": "secrets of one's own second step; sealed",
    "socialaccount.": "empty: nobody in the world signs in from elsewhere",
    "django_tasks_database.": "jobs carry identifiers only",
    "event_log.": "identifiers only; looked at in the event log tests",
    "people.User.password": "a hash",
    "framework.CalendarFeed.token_hash": "a hash",
    "work.Message.about_id": "an identifier",
    "framework.FrameworkUpload.": "owner-checked files; looked at in the import tests",
    "indicators.ExtractUpload.report": "the words of a quality report, which are planted in indicators.Extract.quality",
    "indicators.IndicatorException.causes": "keys of a short list",
    "indicators.Target.steps": "days and numbers",
    "audits.Answer.judgement": "one of five words",
    "audits.FrameCase.age_band": "a key of a short list",
    "audits.FrameCase.sex": "a key of a short list",
    "audits.FrameCase.ethnicity": "a key of a short list",
    "audits.FrameCase.disability": "a key of a short list",
    "audits.Grade.grade": "a word of the tool's scale",
    "audits.Grade.proposed": "a word of the tool's scale",
}


def test_every_confidential_text_field_holds_a_token(world: World) -> None:
    with open(settings.DEFINITIONS_DIR / "privacy_register.csv", newline="", encoding="utf-8") as file:
        confidential = [
            (row["model"], row["field"])
            for row in csv.DictReader(file)
            if row["class"] in ("sensitive", "identifies-adult")
        ]
    bare = []
    for label, name in confidential:
        field = apps.get_model(label)._meta.get_field(name)
        if field.is_relation or field.get_internal_type() not in (
            "CharField",
            "TextField",
            "EmailField",
            "JSONField",
        ):
            continue
        if any(f"{label}.{name}".startswith(known) for known in WITHOUT_TOKEN):
            continue
        values = apps.get_model(label)._base_manager.values_list(name, flat=True)
        if not any(TOKEN.search(str(value)) for value in values):
            bare.append(f"{label}.{name}")
    assert bare == []
