"""Audit tools as a viewer may read them: versions, one version, those in use, the criteria they name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from plumbline.audits.files.reading import as_xlsform, as_yaml
from plumbline.audits.models import ToolState, ToolVersion
from plumbline.audits.rules.applicability import EVERYBODY
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_data import tool_from
from plumbline.framework.models import Criterion, SetState
from plumbline.framework.queries.standards import ExportFile, sets_for
from plumbline.people.scope import Viewer
from plumbline.shared.plain_text import slug

TOOLS_KEPT = 64


@dataclass(frozen=True)
class _Content:
    """A tool's content known by its digest, so that the same version is read once."""

    digest: str
    content: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        # The digest says it; the content is compared too, for a row whose digest was never worked out.
        return isinstance(other, _Content) and self.digest == other.digest and self.content == other.content


@lru_cache(maxsize=TOOLS_KEPT)
def _read(kept: _Content) -> Tool:
    return tool_from(kept.content)


def tool_of(version: ToolVersion) -> Tool:
    """The tool that the version holds, read once for each content."""
    return _read(_Content(version.digest, version.content))


def tools_for(viewer: Viewer, action: str = "audit_tool.view") -> QuerySet[ToolVersion]:
    """The versions on which the viewer may do the action, the newest first in each tool."""
    return ToolVersion.objects.visible_to(viewer, action).order_by("title", "key", "-created_at", "-pk")


def versions_for(viewer: Viewer) -> QuerySet[ToolVersion]:
    """The versions the viewer may see, with who made and published them."""
    return tools_for(viewer).select_related("created_by", "published_by")


def tools_in_use(viewer: Viewer) -> list[ToolVersion]:
    """The versions in use, by title."""
    return list(tools_for(viewer).filter(state=ToolState.PUBLISHED))


def tool_for(viewer: Viewer, public_id: str, action: str = "audit_tool.view") -> ToolVersion | None:
    """The version, if the viewer may do the action to it."""
    return (
        tools_for(viewer, action)
        .select_related("created_by", "published_by")
        .filter(public_id=public_id)
        .first()
    )


def tool_in_use(key: str) -> ToolVersion | None:
    """The version of the tool that is in use, whoever asks; none before it is published."""
    return ToolVersion.objects.as_system("audit-tools").filter(key=key, state=ToolState.PUBLISHED).first()


def compared_with(viewer: Viewer, row: ToolVersion) -> ToolVersion | None:
    """The version to compare with: the one in use, or for that one the version it replaced."""
    others = tools_for(viewer).filter(key=row.key).exclude(pk=row.pk)
    if row.state != ToolState.PUBLISHED:
        return others.filter(state=ToolState.PUBLISHED).first()
    return others.filter(state=ToolState.RETIRED).order_by("-published_at", "-pk").first()


def criteria_in_force() -> frozenset[str]:
    """The keys of the criteria in force, to check a tool against."""
    return frozenset(Criterion.objects.filter(set__state=SetState.PUBLISHED).values_list("key", flat=True))


def criteria_not_for_all() -> dict[str, list[str]]:
    """The criteria in force that are not for every child, each with whom it is for."""
    rows = Criterion.objects.filter(set__state=SetState.PUBLISHED).values_list("key", "applies_to")
    return {key: applies_to for key, applies_to in rows.order_by("pk") if EVERYBODY not in applies_to}


def criteria_named(viewer: Viewer, keys: Iterable[str]) -> dict[str, Criterion]:
    """The criteria in force with these keys, as far as the viewer may see them."""
    in_force = sets_for(viewer).filter(state=SetState.PUBLISHED).values("pk")
    found = Criterion.objects.filter(set__in=in_force, key__in=set(keys)).order_by("pk")
    return {criterion.key: criterion for criterion in found}


def export_of(row: ToolVersion, form: str) -> ExportFile | None:
    """The version as a file that imports back as the same tool; None for a form that is not offered."""
    kinds = {
        "yaml": ("application/yaml; charset=utf-8", as_yaml),
        "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsform),
    }
    if form not in kinds:
        return None
    content_type, write = kinds[form]
    name = f"{slug(f'{row.key} {row.version}') or 'audit-tool'}.{form}"
    return ExportFile(name, content_type, write(row.content), len(tool_of(row).questions))
