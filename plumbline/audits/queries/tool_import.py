"""What importing an audit tool would do, worked out without changing anything."""

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from plumbline.audits.files.reading import ToolReading
from plumbline.audits.models import ToolState, ToolVersion
from plumbline.audits.rules.tool_data import digest_of
from plumbline.audits.rules.tool_difference import difference
from plumbline.framework.rules.versions import free_version, is_version_of
from plumbline.shared.given import Problem


class ToolStep(StrEnum):
    """What an import would do."""

    REFUSE = "refuse"
    NOTHING = "nothing"
    DRAFT = "draft"
    CHANGE = "change"


@dataclass(frozen=True)
class ToolPlan:
    """One import as it would go: `same` is kept already, `draft` would be changed, `base` is compared with."""

    step: ToolStep
    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    content: dict[str, Any] | None = None
    same: ToolVersion | None = None
    draft: ToolVersion | None = None
    base: ToolVersion | None = None
    changes: tuple[str, ...] = ()
    given_version: str = ""

    @property
    def would_change(self) -> bool:
        """Whether anything would be different afterwards."""
        return self.step in (ToolStep.DRAFT, ToolStep.CHANGE)

    @property
    def fingerprint(self) -> str:
        """A short hash of all that would change, so that a person agrees to what they were shown.

        Unit: 16 hexadecimal digits.
        """
        rows = [row.pk if row else 0 for row in (self.same, self.draft, self.base)]
        said = (self.step, digest_of(self.content or {}), self.draft.digest if self.draft else "", rows)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def plan_reading(reading: ToolReading) -> ToolPlan:
    """What importing the file that was read would do."""
    if reading.content is None:
        return ToolPlan(ToolStep.REFUSE, errors=reading.errors, notes=reading.notes)
    return replace(plan_tool(reading.content), notes=reading.notes)


def plan_tool(content: dict[str, Any]) -> ToolPlan:
    """What taking in the checked content would do.

    The same words under the same version change nothing. A draft of that version is changed. Otherwise it becomes a
    draft, under another version where the name is taken: a version that was in use is never edited.
    """
    rows = list(ToolVersion.objects.as_system("audit-tools").filter(key=content["key"]).order_by("-pk"))
    given = content["version"]
    same = next(
        (row for row in rows if is_version_of(row.version, given) and _says(row.content) == _says(content)),
        None,
    )
    if same is not None:
        return ToolPlan(ToolStep.NOTHING, content=content, same=same, given_version=given)
    draft = next((row for row in rows if row.version == given and row.state == ToolState.DRAFT), None)
    in_use = next((row for row in rows if row.state == ToolState.PUBLISHED), None)
    base = draft or in_use or (rows[0] if rows else None)
    changes = tuple(difference(base.content, content).words()) if base else ()
    if draft is not None:
        return ToolPlan(
            ToolStep.CHANGE, content=content, draft=draft, base=base, changes=changes, given_version=given
        )
    named = {**content, "version": free_version(given, {row.version for row in rows})}
    return ToolPlan(ToolStep.DRAFT, content=named, base=base, changes=changes, given_version=given)


def _says(content: dict[str, Any]) -> str:
    """The digest of what a tool says, whatever its version is called."""
    return digest_of({**content, "version": ""})
