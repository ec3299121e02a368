"""A role of the council's own answers every address as the table says of its base, without what it leaves out."""

from typing import Any

import pytest

from plumbline.people.models import LocalRole, RoleGrant
from plumbline.people.rules.narrowing import ALWAYS_KEPT
from plumbline.people.rules.roles import Role
from tests.proof.conftest import Walker
from tests.proof.oracle import Cells, answer_class, expected, has, read_cells, seeing, visible_ids
from tests.proof.routes import guarded_routes
from tests.proof.test_flip import method_of
from tests.proof.test_lists import LISTS, shown_ids
from tests.proof.walking import Asker
from tests.proof.world import World

pytestmark = pytest.mark.django_db
CELLS = read_cells()
# Requests tried for one right that is left out.
ENOUGH = 2


def every_second_right(role: str) -> frozenset[str]:
    """Rights to leave out, and with a right to see all that is done to what is then not seen; worked out by hand."""
    held = sorted({action for action, _, by in CELLS if by == role and CELLS[action, _, by]} - ALWAYS_KEPT)
    chosen = set(held[::2])
    unseen = {action.split(".")[0] for action in chosen if action.endswith(".view")}
    return frozenset(chosen | {action for action, _, _ in CELLS if action.split(".")[0] in unseen})


def narrowed(role: str, left_out: frozenset[str]) -> Cells:
    """The table with the cells of what is left out emptied for the role."""
    return {
        key: frozenset() if key[2] == role and key[0] in left_out else words for key, words in CELLS.items()
    }


@pytest.mark.parametrize("role", [Role.QA_LEAD, Role.AUDITOR])
def test_what_a_local_role_leaves_out_is_refused_and_missing_from_lists(world: World, role: str) -> None:
    left_out, person = every_second_right(role), world.people[role]
    cells = narrowed(role, left_out)
    local_role = LocalRole.objects.create(
        name="Half", base=role, left_out=LocalRole.as_kept(left_out), reason="Test", made_by=person
    )
    grant = RoleGrant.objects.as_system("sign-in").filter(person=person, state="agreed")
    assert grant.update(local_role=local_role) == 1
    client, views, wrong, met = Walker(person), Asker(person), [], dict[str, int]()
    for route in guarded_routes():
        for at, (address, specimen) in enumerate(route.requests(world, role)):
            wanted = expected(cells, route.needs.action, role, specimen)
            is_other = wanted != expected(CELLS, route.needs.action, role, specimen)
            if is_other:
                met[route.needs.action] = met.get(route.needs.action, 0) + 1
            # One row of each address too: no page may break on rights that no role had without each other.
            if at == 0 or (is_other and met[route.needs.action] <= ENOUGH):
                answer = answer_class(views.ask(method_of(route), address))
                wrong += [] if answer == wanted else [f"{address}: {answer}, not {wanted}"]
    assert wrong == []
    assert len(met) > len(left_out) / 2
    assert [one for one in LISTS if lists_otherwise(world, client, one, role, cells)] == []


def lists_otherwise(world: World, client: Walker, one: Any, role: str, cells: Cells) -> bool:
    """Whether a list that may be opened shows other rows than the narrowed table gives."""
    if not has(cells, seeing(one.action), role):
        return False
    specimens = world.specimens(one.kind, role)
    wanted = visible_ids(cells, one.action, role, specimens)
    return shown_ids(world, client, one) & {specimen.public_id for specimen in specimens} != wanted
