"""Each list shows exactly the rows that the table of rights gives: none too many, none missing."""

from dataclasses import dataclass

import pytest

from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.oracle import has, read_cells, seeing, visible_ids
from tests.proof.world import World

pytestmark = pytest.mark.django_db
CELLS = read_cells()


@dataclass(frozen=True)
class List:
    """A list page: its address, the kind of row it lists, and the right that decides which."""

    address: str
    kind: str
    action: str


LISTS = [
    List("/people", "person", "person.view"),
    List("/jobs", "job", "job.view"),
    List("/audit-tools", "tool", "audit_tool.view"),
    List("/occurrences", "occurrence", "occurrence.view"),
    List("/holds", "legal_hold", "legal_hold.view"),
    List("/rounds", "round", "round.view"),
    List("/disposals", "disposal", "disposal.view"),
    List("/allocation/requests", "audit_request", "audit_request.view"),
    List("/reports", "report", "report.view"),
    List("/findings", "finding", "finding.view"),
    List("/actions", "action", "action.view"),
    List("/moderation", "moderation", "moderation.view"),
    List("/concerns", "concern", "concern.view"),
    List("/exceptions", "indicator_exception", "exception.view"),
]


def shown_ids(world: World, client: Walker, one: List) -> set[str]:
    """The public ids of the list's kind on all of its pages: a row is shown where its address or its token is."""
    pages = []
    for page in range(1, 20):
        response = client.ask("GET", f"{one.address}{'&' if '?' in one.address else '?'}page={page}")
        pages.append(response.content.decode())
        if f"page={page + 1}" not in pages[-1]:
            break
    text = "".join(pages)
    return {
        specimen.public_id
        for specimen in world.every_specimen(one.kind)
        if specimen.public_id in text or (specimen.token and specimen.token in text)
    }


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.address)
def test_a_list_shows_exactly_what_the_role_may_see(world: World, role: str, one: List) -> None:
    if not has(CELLS, seeing(one.action), role):
        return
    specimens = world.specimens(one.kind, role)
    wanted = visible_ids(CELLS, one.action, role, specimens)
    # Rows of other roles' own are not the role's specimens; none of them may be shown unless all may.
    mine = {specimen.public_id for specimen in specimens}
    found = shown_ids(world, Walker(world.people[role]), one)
    assert found & mine == wanted
    if "all" not in {
        word for key, words in CELLS.items() if key[0] == one.action and key[2] == role for word in words
    }:
        team = {
            specimen.public_id for specimen in world.every_specimen(one.kind) if "team" in specimen.relation
        }
        assert found - mine <= team
