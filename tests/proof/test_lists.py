"""Each list shows exactly the rows that the table of rights gives: none too many, none missing."""

import re
from dataclasses import dataclass

import pytest

from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.oracle import has, read_cells, seeing, visible_tokens
from tests.proof.world import World

pytestmark = pytest.mark.django_db
CELLS = read_cells()
TOKEN = re.compile(r"Zq[a-z_]+\d{5}qz")


@dataclass(frozen=True)
class List:
    """A list page: its address, the kind of row it lists, and the right that decides which."""

    address: str
    kind: str
    action: str


LISTS = [
    List("/people", "person", "person.view"),
    List("/jobs", "job", "job.view"),
]


def shown_tokens(client: Walker, one: List) -> set[str]:
    """The tokens of the list's kind on all of its pages."""
    found: set[str] = set()
    for page in range(1, 20):
        response = client.ask("GET", f"{one.address}{'&' if '?' in one.address else '?'}page={page}")
        text = response.content.decode()
        found |= {token for token in TOKEN.findall(text) if token.startswith(f"Zq{one.kind}")}
        if f"page={page + 1}" not in text:
            break
    return found


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.address)
def test_a_list_shows_exactly_what_the_role_may_see(world: World, role: str, one: List) -> None:
    if not has(CELLS, seeing(CELLS, one.action), role):
        return
    wanted = visible_tokens(CELLS, one.action, role, world.specimens(one.kind, role))
    everything = {specimen.token for specimen in world.specimens(one.kind, role)}
    # Rows of other roles' own are not the role's specimens; none of them may be shown unless all may.
    others = {token for token, (kind, _) in world.tokens.items() if kind == one.kind} - everything
    found = shown_tokens(Walker(world.people[role]), one)
    assert found - others == wanted
    if "all" not in {
        word for key, words in CELLS.items() if key[0] == one.action and key[2] == role for word in words
    }:
        team = {
            specimen.token
            for key, rows in world.of_role.items()
            if key[0] == one.kind
            for specimen in rows
            if "team" in specimen.relation
        }
        assert found & others <= team
