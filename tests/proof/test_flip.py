"""Flipping any one cell of permissions.csv changes answers: no cell is dead, and the walk would notice each."""

import re
from typing import Any

import pytest

from plumbline.people.rules.permissions import Relation
from plumbline.people.rules.roles import Role
from plumbline.people.scope import permission_table
from tests.proof.conftest import Walker
from tests.proof.oracle import Cells, answer_class, expected, read_cells, seeing, visible_ids
from tests.proof.routes import Route, guarded_routes
from tests.proof.test_lists import LISTS, List, shown_ids
from tests.proof.walking import Asker
from tests.proof.world import World

pytestmark = pytest.mark.django_db
CELLS = read_cells()
# Requests tried for one flip; the walk makes all of them, and here one disagreement is enough.
ENOUGH = 3


def flipped(cells: Cells, key: tuple[str, str, str]) -> Cells:
    """The table with one cell turned: nothing becomes all, anything becomes nothing."""
    return {**cells, key: frozenset() if cells[key] else frozenset({"all"})}


def unmasked(cells: Cells, key: tuple[str, str, str]) -> Cells:
    """The table with the right to see opened, where without it the cell could change no answer."""
    action, state, role = key
    closed = [
        (seen, in_state, by)
        for seen, in_state, by in cells
        if seen == seeing(action) != action
        and by == role
        and (state in (in_state, "*") or in_state == "*")
        and not cells[seen, in_state, by] - {"aggregate"}
    ]
    return {**cells, **dict.fromkeys(closed, frozenset({"all"}))}


def governed(world: World, role: str, cells: Cells, turned: Cells) -> list[tuple[str, str, int]]:
    """The requests whose right answer the flip changes: method, address, the answer by the true table."""
    found = []
    actions = {
        action for action, state, by in turned if turned[action, state, by] != CELLS[action, state, by]
    }
    for route in guarded_routes():
        if not actions & {route.needs.action, seeing(route.needs.action)}:
            continue
        for address, specimen in route.requests(world, role):
            wanted = expected(cells, route.needs.action, role, specimen)
            if expected(turned, route.needs.action, role, specimen) != wanted:
                found.append((method_of(route), address, wanted))
                if len(found) == ENOUGH:
                    return found
    return found


def method_of(route: Route) -> str:
    return "GET" if "GET" in route.needs.methods else "POST"


def set_cell(key: tuple[str, str, str], words: frozenset[str]) -> None:
    """Turns the cell in the table that the product runs on."""
    action, state, role = key
    (row,) = [row for row in permission_table().of(action) if row.state == state]
    row.cells[Role(role)] = frozenset(Relation(word) for word in words)


@pytest.mark.parametrize("role", list(Role))
def test_each_flip_of_a_cell_is_noticed(world: World, role: str, record_property: Any) -> None:
    client, views, unnoticed, flips = Walker(world.people[role]), Asker(world.people[role]), [], 0
    for key in [key for key in CELLS if key[2] == role]:
        flips += 1
        base = unmasked(CELLS, key)
        turned = flipped(base, key)
        changed = [one for one in turned if turned[one] != CELLS[one]]
        for one in changed:
            set_cell(one, turned[one])
        try:
            requests = governed(world, role, base, turned)
            noticed = any(
                answer_class(views.ask(method, address)) != wanted for method, address, wanted in requests
            )
            noticed = noticed or any(list_differs(world, client, one, role, turned) for one in LISTS)
            noticed = noticed or part_changed(world, client, key, turned)
        finally:
            for one in changed:
                set_cell(one, CELLS[one])
        if not noticed:
            unnoticed.append(key)
    record_property("flips", flips)
    assert unnoticed == []


def list_differs(world: World, client: Walker, one: List, role: str, turned: Cells) -> bool:
    """Whether a list that the flip should change shows other rows than the true table gives."""
    specimens = world.specimens(one.kind, role)
    wanted = visible_ids(CELLS, one.action, role, specimens)
    if visible_ids(turned, one.action, role, specimens) == wanted:
        return False
    return shown_ids(world, client, one) & {specimen.public_id for specimen in specimens} != wanted


def part_changed(world: World, client: Walker, key: tuple[str, str, str], turned: Cells) -> bool:
    """Whether a page answers otherwise under the flipped cell, for cells that decide only what is on it."""
    action, state, role = key
    if action == "occurrence.view" and "aggregate" in CELLS[key]:
        address = "/planner"
    elif action == "briefing.count":
        (row,) = [one for one in world.specimens("briefing", role) if one.state == state]
        address = f"/briefings/{row.public_id}"
    else:
        return False
    with_flip = words_of(client.ask("GET", address))
    set_cell(key, CELLS[key])
    without = words_of(client.ask("GET", address))
    set_cell(key, turned[key])
    return with_flip != without


def words_of(response: Any) -> str:
    """What a page says, without the tokens of its forms, which are new on each."""
    return re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]*"', "", response.content.decode())
