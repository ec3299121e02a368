"""Every address, method, role, relation and state answers as permissions.csv says."""

from collections import Counter
from typing import Any

import pytest

from plumbline.people.checks import every_pattern
from plumbline.people.rules.roles import Role
from tests.proof.answers import wrong_headers
from tests.proof.conftest import Walker
from tests.proof.oracle import expected, read_cells
from tests.proof.routes import KIND_OF, guarded_routes, open_routes
from tests.proof.walking import METHODS, cells_of, walk
from tests.proof.world import World

pytestmark = pytest.mark.django_db
CELLS = read_cells()


@pytest.mark.parametrize("role", list(Role))
def test_every_request_is_answered_as_the_table_of_rights_says(
    world: World, role: str, record_property: Any
) -> None:
    walked = walk(world, role)
    record_property("cells", walked.made)
    assert walked.wrong == []


def test_a_stranger_is_sent_to_sign_in_from_every_guarded_address(world: World) -> None:
    client = Walker(None)
    for route in guarded_routes():
        for address, _ in route.requests(world, Role.QA_LEAD)[:1]:
            for method in METHODS:
                response = client.ask(method, address)
                assert response.status_code == 302, f"{method} {address}"
                assert response["Location"].startswith("/account/sign-in?next="), address
                assert wrong_headers(response) == [], address


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
        "tool_id",
        "interest_id",
        "set_id",
        "job_id",
        "occurrence_id",
        "hold_id",
        "disposal_id",
        "audit_id",
        "request_id",
        "exception_id",
        "contact_id",
        "sheet_id",
        "concern_id",
        "finding_id",
        "action_id",
        "moderation_id",
        "round_id",
        "slot_id",
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


def test_every_address_meets_every_relation_in_every_state_and_every_method(world: World) -> None:
    """What goes round from role to role comes to each: nothing is left to chance."""
    rows, methods, whole = set(), set(), set()
    for role in Role:
        for method, _, route, specimen, is_whole in cells_of(world, role):
            rows.add((route.route, specimen and (specimen.relation, specimen.state)))
            methods.add((route.route, method))
            whole |= {route.route} if is_whole else set()
    everything = {
        (route.route, specimen and (specimen.relation, specimen.state))
        for route in guarded_routes()
        for role in Role
        for _, specimen in route.requests(world, role)
    }
    assert rows == everything
    assert methods == {(route.route, method) for route in guarded_routes() for method in METHODS}
    assert whole == {route.route for route in guarded_routes()}


def test_what_a_stranger_may_open_is_what_was_agreed(world: World) -> None:
    """The anonymous surface: each route without a right stands in definitions/public_urls.txt, and nothing else answers 200."""
    assert (
        sorted(route for route, pattern in every_pattern() if not hasattr(pattern.callback, "access"))
        == open_routes()
    )
