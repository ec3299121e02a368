"""Tokens planted in every confidential field are never read by anybody without the right to their record.

Each role opens every page and file it can reach, follows the links found there, and unpacks what is packed.
The walk looks for tokens in the answers to what it asks, so what it asks is asked here only to find more links.
"""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.oracle import Specimen, may, read_cells
from tests.proof.routes import guarded_routes, open_routes
from tests.proof.world import World

pytestmark = pytest.mark.django_db
CELLS = read_cells()
TOKEN = re.compile(r"zq[a-z_]+\d{5}qz", re.IGNORECASE)
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
MOST_PAGES = 1500
# The right that decides who may read the tokens of a kind.
RIGHT = {
    "person": "person.view",
    "role_grant": "role_grant.view",
    "interest": "interest.view",
    "standard_set": "standard_set.view",
    "occurrence": "occurrence.view",
    "job": "job.view",
    "upload": "framework.import",
    "legal_hold": "legal_hold.view",
    "disposal": "disposal.view",
    "audit": "audit.view",
    "answer_draft": "audit.write",
    "cover_sheet": "cover_sheet.view",
    "concern": "concern.view",
    "finding": "finding.view",
    "action": "action.view",
    "moderation": "moderation.view",
    "moderation_draw": "moderation.assign",
}
# Rows that only the person who made them reaches, whatever anybody's role.
OWN_ONLY = ("upload", "answer_draft")


def unpacked(response: Any) -> str:
    """All text of an answer: headers, page, and every member of a workbook or archive."""
    body = getattr(response, "content_read", None) or response.content
    parts = [str(response.headers)]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    else:
        parts.append(body.decode("utf-8", "replace"))
    return "\n".join(parts)


def tokens_in(response: Any) -> set[str]:
    """The tokens in an answer, in lower case."""
    return {word.lower() for word in TOKEN.findall(unpacked(response))}


def to_begin_with(world: World, role: str) -> tuple[list[str], set[str]]:
    """The addresses to begin with, one for each route, relation and state, and all that the walk asks for."""
    first, walked = [], set()
    for route in guarded_routes():
        kinds = set()
        for address, specimen in route.requests(world, role):
            walked.add(address)
            kind = (specimen.relation, specimen.state) if specimen else None
            if kind not in kinds:
                kinds.add(kind)
                first.append(address)
    return first, walked


def crawl(world: World, role: str | None) -> dict[str, set[str]]:
    """Each token found, in lower case, with the addresses it was found at."""
    client = Walker(world.people[role] if role else None)
    waiting, walked = to_begin_with(world, role or Role.QA_LEAD)
    waiting += [f"/{route}" for route in open_routes() if "<" not in route and route != "account/sign-out"]
    waiting += ["/search?q=zq", "/search?q=Officer", "/help?q=a"]
    begun, seen, found = set(waiting), set(), {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop()
        is_known = address in seen or (address in walked and address not in begun)
        if is_known or address.startswith(("/static/", "/account/sign-out")):
            continue
        seen.add(address)
        response = client.ask("GET", address.replace("&amp;", "&"))
        for word in tokens_in(response):
            found.setdefault(word, set()).add(address)
        if response.status_code == 200 and "html" in response.headers.get("Content-Type", ""):
            waiting += [link for link in LINK.findall(unpacked(response)) if link not in seen]
        if address not in walked:
            for word in tokens_in(client.ask("POST", address)):
                found.setdefault(word, set()).add(f"POST {address}")
    assert len(seen) < MOST_PAGES, "the crawl came to no end"
    return found


def allowed_tokens(world: World, role: str) -> set[str]:
    """The tokens of the records that the role may see, by the table alone."""
    rows: dict[tuple[str, str], Specimen] = {}
    for one in list(RIGHT):
        for specimen in world.specimens(one, role):
            rows[one, specimen.public_id] = specimen
    for (kind, other), specimens in world.of_role.items():
        for specimen in specimens:
            # Other roles' own rows: their people are colleagues in team North, all else is somebody else's.
            relation = "team" if kind == "person" else "elsewhere"
            if other != role and kind not in OWN_ONLY:
                rows.setdefault(
                    (kind, specimen.public_id), Specimen(kind, specimen.public_id, relation, specimen.state)
                )
    allowed = set()
    for (kind, public_id), names in world.deciders.items():
        if may(CELLS, RIGHT[kind], role, rows[kind, public_id]):
            allowed |= names
    for word, (kind, public_id) in world.tokens.items():
        found = rows.get((kind, public_id))
        if kind in RIGHT and found is not None and may(CELLS, RIGHT[kind], role, found):
            allowed.add(word.lower())
    return allowed | names_that_go_with_records(world, role)


def names_that_go_with_records(world: World, role: str) -> set[str]:
    """Names shown as part of another record the role may see, and one's own name."""
    return {
        word.lower()
        for word, (kind, public_id) in world.tokens.items()
        if kind == "person" and public_id == world.people[role].public_id
    }


@pytest.mark.parametrize("role", list(Role))
def test_no_token_reaches_a_role_without_the_right_to_its_record(
    world: World, role: str, record_property: Any
) -> None:
    found = crawl(world, role)
    allowed = allowed_tokens(world, role)
    record_property("tokens_read", len(found))
    leaks = {word: sorted(places)[:3] for word, places in found.items() if word not in allowed}
    assert leaks == {}


def test_no_token_reaches_a_stranger(world: World) -> None:
    assert crawl(world, None) == {}


def test_the_crawl_finds_what_is_there_to_find(world: World) -> None:
    """A crawl that read nothing would prove nothing."""
    found = crawl(world, Role.QA_LEAD)
    kinds = {kind for word, (kind, _) in world.tokens.items() if word.lower() in found}
    assert kinds >= {"person", "role_grant", "interest", "standard_set", "occurrence", "job"}


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
    "audits.Answer.judgement": "one of five words",
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
