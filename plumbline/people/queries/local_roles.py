"""Roles of the council's own, for those who may see the table of rights."""

from plumbline.people.models import LocalRole
from plumbline.people.scope import Viewer


def local_roles(viewer: Viewer) -> list[LocalRole]:
    """Every role of the council's own, those no longer offered last."""
    if not viewer.has("permission.view"):
        return []
    rows = LocalRole.objects.select_related("made_by").order_by("name", "pk")
    return sorted(rows, key=lambda one: one.retired_at is not None)


def local_roles_offered(viewer: Viewer) -> list[LocalRole]:
    """The roles of the council's own that can be proposed."""
    return [one for one in local_roles(viewer) if one.retired_at is None]


def local_role_by_id(viewer: Viewer, public_id: str) -> LocalRole | None:
    """The role of the council's own."""
    return next((one for one in local_roles(viewer) if one.public_id == public_id), None)
