"""Every address, method, role, relation and state answers as permissions.csv says."""

from collections import Counter
from typing import Any

import pytest

from plumbline.people.checks import every_pattern
from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.oracle import Specimen, answer_class, expected, read_cells
from tests.proof.routes import KIND_OF, Route, guarded_routes, open_routes
from tests.proof.test_canary import allowed_tokens, tokens_in
from tests.proof.world import World

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# A method decides nothing by itself, so all eight are tried on one row of each state, and these two on every row.
ON_EVERY_ROW = ("GET", "POST")
CELLS = read_cells()


def walk(world: World, role: str, routes: list[Route]) -> tuple[int, list[str]]:
    """How many requests were made, and each that was answered otherwise than the oracle says, or told too much."""
    client, wrong, made = Walker(world.people[role]), [], 0
    allowed = allowed_tokens(world, role)
    for route in routes:
        states: set[str] = set()
        for address, specimen in route.requests(world, role):
            state = specimen.state if specimen else "*"
            methods = ON_EVERY_ROW if state in states else METHODS
            states.add(state)
            for method in methods:
                made += 1
                response = client.ask(method, address)
                answer = answer_class(response)
                wanted = expected(CELLS, route.needs.action, role, specimen)
                if answer != wanted:
                    wrong.append(described(method, route, role, specimen, wanted, answer))
                if leaked := tokens_in(response) - allowed:
                    wrong.append(f"{method} {address} as {role} shows {sorted(leaked)[:3]}")
    return made, wrong


def described(
    method: str, route: Route, role: str, specimen: Specimen | None, wanted: int, answer: int
) -> str:
    about = f" for {specimen.relation} in state {specimen.state}" if specimen else ""
    return f"{method} {route.route} as {role}{about}: {answer}, not {wanted}"


@pytest.mark.parametrize("role", list(Role))
def test_every_request_is_answered_as_the_table_of_rights_says(
    world: World, role: str, record_property: Any
) -> None:
    made, wrong = walk(world, role, guarded_routes())
    record_property("cells", made)
    assert wrong == []


def test_a_stranger_is_sent_to_sign_in_from_every_guarded_address(world: World) -> None:
    client = Walker(None)
    for route in guarded_routes():
        for address, _ in route.requests(world, Role.QA_LEAD):
            for method in METHODS:
                response = client.ask(method, address)
                assert response.status_code == 302, f"{method} {address}"
                assert response["Location"].startswith("/account/sign-in?next="), address


def test_every_part_of_an_address_is_mapped_to_rows_of_the_world(world: World) -> None:
    unmapped = {
        name
        for route in guarded_routes()
        for name in route.parameters
        if name not in KIND_OF and name not in world.literals
    }
    assert unmapped == set()


def test_a_view_about_a_confidential_row_names_its_model() -> None:
    confidential = {
        "person_id",
        "grant_id",
        "interest_id",
        "set_id",
        "job_id",
        "occurrence_id",
        "hold_id",
        "disposal_id",
        "audit_id",
        "contact_id",
        "concern_id",
        "finding_id",
        "action_id",
        "moderation_id",
    }
    forgotten = [
        route.route
        for route in guarded_routes()
        if confidential & set(route.parameters) and not route.needs.of
    ]
    assert forgotten == []


def test_each_cell_of_the_walk_has_rows_allowed_and_rows_refused(world: World) -> None:
    """A cell that no row could pass, or none could fail, would prove nothing."""
    seen: dict[tuple[str, str], Counter[int]] = {}
    for role in Role:
        for route in guarded_routes():
            for _, specimen in route.requests(world, role):
                answers = seen.setdefault(
                    (route.needs.action, specimen.state if specimen else "*"), Counter()
                )
                answers[expected(CELLS, route.needs.action, role, specimen)] += 1
    everyone = {action for action, state, _ in CELLS if all(CELLS[action, state, role] for role in Role)}
    in_table = {(action, state) for action, state, _ in CELLS}
    vacuous = [
        key
        for key, answers in seen.items()
        if key in in_table and (not answers[200] or (len(answers) == 1 and key[0] not in everyone))
    ]
    assert vacuous == []


def test_what_a_stranger_may_open_is_what_was_agreed(world: World) -> None:
    """The anonymous surface: each route without a right stands in definitions/public_urls.txt, and nothing else answers 200."""
    assert (
        sorted(route for route, pattern in every_pattern() if not hasattr(pattern.callback, "access"))
        == open_routes()
    )
