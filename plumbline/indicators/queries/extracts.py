"""The extracts a viewer may see, and which of them the pages speak of."""

from django.db.models import QuerySet

from plumbline.indicators.models import Extract, ExtractState
from plumbline.indicators.queries.places import folder_of
from plumbline.people.scope import Viewer


def extracts_for(viewer: Viewer, action: str = "extract.view") -> QuerySet[Extract]:
    """The extracts, the newest first."""
    return Extract.objects.visible_to(viewer, action).select_related("loaded_by").order_by("-as_at", "-pk")


def extract_by_id(viewer: Viewer, public_id: str, action: str = "extract.view") -> Extract:
    """The extract.

    Raises: Extract.DoesNotExist where the viewer may not see it.
    """
    return extracts_for(viewer, action).get(public_id=public_id)


def asked_extract(viewer: Viewer, name: str) -> tuple[Extract | None, list[Extract]]:
    """The extract of that name, else the newest, whose figures the viewer may see; and all there are to choose from."""
    rows = list(extracts_for(viewer, "indicator.view").defer("manifest", "quality"))
    return next((one for one in rows if one.name == name), rows[0] if rows else None), rows


def has_records(extract: Extract) -> bool:
    """Whether the children behind its figures can still be looked up."""
    return bool(extract.state == ExtractState.LOADED) and folder_of(extract.name).is_dir()
