"""The table of rights as a page: what one role may do, in words."""

from typing import Any

from plumbline.people.rules.permissions import ANY_STATE, Relation
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer, permission_table

RELATION_WORDS = {
    Relation.OWN: "their own",
    Relation.ASSIGNED: "assigned to them",
    Relation.TEAM: "of their team",
    Relation.SERVICE: "of their service",
    Relation.ALL: "all",
    Relation.ANSWERED: "answers what one named",
    Relation.AGGREGATE: "totals only",
}


def rights_page(asked: str, viewer: Viewer) -> dict[str, Any]:
    """The rows for the role asked for, or for the viewer's first role."""
    role = Role(asked) if asked in set(Role) else (viewer.roles[0] if viewer.roles else Role.SOCIAL_WORKER)
    rows = [
        {
            "area": row.action.split(".")[0].replace("_", " ").capitalize(),
            "action": row.action.split(".")[1].replace("_", " "),
            "state": "" if row.state == ANY_STATE else row.state,
            "note": row.note,
            "scope": ", ".join(
                RELATION_WORDS[relation] for relation in Relation if relation in row.cells[role]
            )
            or "no",
        }
        for row in permission_table().rows
    ]
    return {
        "role": role,
        "role_field": {"text": "Role"},
        "role_label": role.label,
        "roles": [{"value": one, "text": one.label, "selected": one == role} for one in Role],
        "rows": rows,
    }
