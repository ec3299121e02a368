"""The table of rights as a page: what one role may do, in words, and what shows more than the page it stands on."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from plumbline.people.models import LocalRole
from plumbline.people.presenters.local_roles import made_from, right_words
from plumbline.people.queries.local_roles import local_roles
from plumbline.people.rules.field_rights import FieldRight, read_field_rights
from plumbline.people.rules.permissions import ANY_STATE, Permission, Relation
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer, permission_table
from plumbline.shared import dates

RELATION_WORDS = {
    Relation.OWN: "their own",
    Relation.ASSIGNED: "assigned to them",
    Relation.TEAM: "of their team",
    Relation.SERVICE: "of their service",
    Relation.ALL: "all",
    Relation.ANSWERED: "answers what one named",
    Relation.AGGREGATE: "totals only",
}
LEFT_OUT = "no, left out"


def rights_page(asked: str, viewer: Viewer) -> dict[str, Any]:
    """The rows for the role asked for, or for the viewer's first role."""
    own = local_roles(viewer)
    local = next((one for one in own if one.public_id == asked), None)
    key = local.base if local else asked
    role = Role(key) if key in set(Role) else (viewer.roles[0] if viewer.roles else Role.SOCIAL_WORKER)
    without = local.actions_left_out if local else frozenset()
    return {
        "role": role,
        "role_field": {"text": "Role"},
        "role_label": local.name if local else role.label,
        "roles": [
            *({"value": one, "text": one.label, "selected": one == role and not local} for one in Role),
            *({"value": one.public_id, "text": _named(one), "selected": one == local} for one in own),
        ],
        "fields": [_field(one, role, without) for one in shown_by_a_right_of_their_own()],
        "rows": [_row(row, role, without) for row in permission_table().rows],
        "local": _local(local, viewer) if local else None,
        "make_url": reverse("local_role_make", args=[role])
        if viewer.has("local_role.make") and not local
        else "",
    }


def _row(row: Permission, role: Role, without: frozenset[str]) -> dict[str, str]:
    area, action = right_words(row.action)
    return {
        "area": area,
        "action": action,
        "state": "" if row.state == ANY_STATE else row.state,
        "note": row.note,
        "scope": _scope(row.cells[role], row.action in without),
    }


def _scope(relations: Collection[Relation], is_left_out: bool) -> str:
    held = ", ".join(RELATION_WORDS[relation] for relation in Relation if relation in relations)
    return LEFT_OUT if held and is_left_out else held or "no"


@cache
def shown_by_a_right_of_their_own() -> list[FieldRight]:
    """What is shown only under a right beyond the page's, read once a process."""
    return read_field_rights(settings.DEFINITIONS_DIR / "field_rights.csv", permission_table())


def _field(one: FieldRight, role: Role, without: frozenset[str]) -> dict[str, str]:
    relations = {relation for row in permission_table().of(one.action) for relation in row.cells[role]}
    return {
        "what": one.what,
        "right": ", ".join(right_words(one.action)),
        "scope": _scope(relations, one.action in without),
        "otherwise": one.otherwise,
    }


def _named(local: LocalRole) -> str:
    return f"{local.name} ({made_from(local)}{', no longer offered' if local.retired_at else ''})"


def _local(local: LocalRole, viewer: Viewer) -> dict[str, Any]:
    made = dates.in_words(dates.day_of(local.made_at))
    # The page is everybody's, and not everybody may see who works here.
    by = f" by {local.made_by.name}" if Relation.ALL in viewer.relations("role_grant.view") else ""
    return {
        "made": f"The council’s own, made {made_from(local)} on {made}{by}: {local.reason}",
        "retired": local.retired_at is not None,
        "retire_url": reverse("local_role_retire", args=[local.public_id])
        if viewer.has("local_role.make") and local.retired_at is None
        else "",
    }
