"""What people do to audit tools: take one in as a draft, put it in use, remove a draft."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from plumbline.audits.models import Round, ToolState, ToolVersion
from plumbline.audits.queries.tool_import import ToolPlan, ToolStep, plan_tool
from plumbline.audits.rules.tool_data import digest_of
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


class NotADraft(Exception):
    """The version was put in use or removed in the meantime; a version that was in use is never edited."""


class PlanChanged(Exception):
    """The import would now do something else than the person was shown. Nothing was changed."""


def import_tool(*, by: Person | None, content: dict[str, Any], seen: str | None = None) -> ToolVersion:
    """The version that now holds the content: a new draft, a draft changed, or the one that says it already.

    `content` was read and checked by `read_tool_file`; `seen` is the fingerprint of the plan that was shown.

    Raises: PlanChanged where `seen` is no longer what would happen.
    """
    try:
        return _import(by=by, content=content, seen=seen)
    except IntegrityError:
        # Somebody imported the same version at the same moment. Theirs is there now, so plan against it.
        return _import(by=by, content=content, seen=seen)


@transaction.atomic
def _import(*, by: Person | None, content: dict[str, Any], seen: str | None) -> ToolVersion:
    # The lock makes a draft wait that somebody is just putting in use.
    list(ToolVersion.objects.as_system("audit-tools").select_for_update().filter(key=content["key"]))
    plan = plan_tool(content)
    if seen is not None and seen != plan.fingerprint:
        raise PlanChanged
    row = _apply(plan, by=by)
    if plan.would_change:
        record(
            by=by,
            kind=Kind.ACTION,
            action="audit_tool.import",
            obj=row,
            detail={"step": plan.step.value, "key": row.key, "version": row.version, "digest": row.digest},
        )
    return row


def _apply(plan: ToolPlan, *, by: Person | None) -> ToolVersion:
    if plan.same is not None:
        return plan.same
    assert plan.content is not None
    values: dict[str, Any] = {
        "title": plan.content["title"],
        "content": plan.content,
        "digest": digest_of(plan.content),
        "created_by": by,
        "created_at": timezone.now(),
    }
    if plan.step is ToolStep.CHANGE and plan.draft is not None:
        for name, value in values.items():
            setattr(plan.draft, name, value)
        plan.draft.save(update_fields=list(values))
        return plan.draft
    row = ToolVersion(key=plan.content["key"], version=plan.content["version"])
    for name, value in values.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


@transaction.atomic
def publish_tool(*, by: Person | None, row: ToolVersion) -> ToolVersion:
    """The version, now in use; the one before it is kept as replaced, and rounds begun with it keep it.

    Raises: NotADraft when somebody put it in use or removed it first.
    """
    draft = _locked_draft(row)
    versions = ToolVersion.objects.as_system("audit-tools").filter(key=draft.key, state=ToolState.PUBLISHED)
    replaced = list(versions.select_for_update().values_list("public_id", flat=True))
    versions.update(state=ToolState.RETIRED)
    draft.state, draft.published_at, draft.published_by = ToolState.PUBLISHED, timezone.now(), by
    draft.save(update_fields=["state", "published_at", "published_by"])
    record(
        by=by,
        kind=Kind.ACTION,
        action="audit_tool.publish",
        obj=draft,
        detail={"replaced": replaced, "digest": draft.digest},
    )
    return draft


@transaction.atomic
def discard_tool(*, by: Person, row: ToolVersion) -> None:
    """Removes a draft that no round uses.

    Raises: NotADraft when somebody put it in use or removed it first.
    """
    draft = _locked_draft(row)
    if Round.objects.as_system("audit-tools").filter(tool=draft).exists():
        raise NotADraft
    record(
        by=by,
        kind=Kind.ACTION,
        action="audit_tool.discard",
        obj=draft,
        detail={"key": draft.key, "version": draft.version},
    )
    draft.delete()


def _locked_draft(row: ToolVersion) -> ToolVersion:
    rows = ToolVersion.objects.as_system("audit-tools").select_for_update()
    draft = rows.filter(pk=row.pk, state=ToolState.DRAFT).first()
    if draft is None:
        raise NotADraft
    return draft
