"""Takes the second rating, given blind, and settles the final grade with its reason; first and second are kept."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.moving import NotInState, locked_audit, move_audit
from plumbline.audits.models import Audit, AuditState, Grade, GradeStage, Judgement, Moderation
from plumbline.audits.rules.grading import Proposed
from plumbline.audits.rules.second_rating import graded_parts, missing_of, proposed_for
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_data import tool_in_case
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.work.actions import queue_message


class NotTheirs(Exception):
    """Only the moderator named rates, and an auditor does not settle the grade of their own audit."""


class Incomplete(Exception):
    """A judgement, a grade or a reason is still missing."""


def save_judgements(*, by: Person, moderation: Moderation, judgements: Mapping[str, str]) -> Moderation:
    """The second rating with the judgements so far; it is not given yet.

    Raises: NotTheirs for anybody but its moderator; NotInState once it was given or taken back.
    """
    with transaction.atomic():
        row = _unrated(by, moderation)
        tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
        known = set(Judgement.values)
        row.judgements = {
            key: value for key, value in judgements.items() if key in tool.questions and value in known
        }
        row.save(update_fields=["judgements"])
        record(by=by, kind=Kind.ACTION, action="moderation.judge", obj=row)
    return row


def give_second_rating(
    *,
    by: Person,
    moderation: Moderation,
    grades: Mapping[str, str],
    reason: str = "",
    comment: str = "",
    about_the_audit: str = "",
) -> Moderation:
    """The second rating, given: its grades are kept beside the first, which the moderator may read from now on.

    `grades` are by section key, the overall one under the empty key.
    Raises: NotTheirs, NotInState as above; Incomplete when a judgement, a grade, or the reason for a grade that
    differs from the one proposed is missing.
    """
    with transaction.atomic():
        row = _unrated(by, moderation)
        tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
        _require_grades(tool, grades)
        if missing_of(tool, row.judgements):
            raise Incomplete
        proposals = proposed_for(tool, row.judgements, grades)
        if not reason and any(one.grade and one.grade != grades[part] for part, one in proposals.items()):
            raise Incomplete
        _keep_grades(by, row.audit, GradeStage.SECOND, grades, reason, proposals)
        row.comment, row.about_the_audit, row.rated_at = comment, about_the_audit, timezone.now()
        row.save(update_fields=["comment", "about_the_audit", "rated_at"])
        record(by=by, kind=Kind.ACTION, action="moderation.rate", obj=row)
    return row


def settle(*, by: Person, moderation: Moderation, grades: Mapping[str, str], reason: str) -> Moderation:
    """The moderation with its final grade and why; the audit is moderated, and its auditor is told.

    Raises: NotTheirs for the auditor; NotInState unless it was rated and is not settled; Incomplete without a
    reason or with a grade missing.
    """
    with transaction.atomic():
        row = _locked(moderation)
        audit = locked_audit(row.audit, AuditState.IN_MODERATION)
        if row.is_cancelled or row.rated_at is None or row.settled_at is not None:
            raise NotInState
        if audit.auditor_id == by.pk:
            raise NotTheirs
        tool = tool_in_case(audit.tool.content, audit.not_asked)
        _require_grades(tool, grades)
        if not reason.strip():
            raise Incomplete
        _keep_grades(by, audit, GradeStage.FINAL, grades, reason, {})
        row.final_reason, row.settled_at, row.settled_by = reason, timezone.now(), by
        row.save(update_fields=["final_reason", "settled_at", "settled_by"])
        move_audit(by=by, audit=audit, to=AuditState.MODERATED)
        record(by=by, kind=Kind.ACTION, action="moderation.settle", obj=row)
        queue_message(
            person=audit.auditor,
            kind="moderation-settled",
            path=f"/moderation/{row.public_id}",
            needs="moderation.view",
            about=row,
        )
    return row


def _locked(moderation: Moderation) -> Moderation:
    rows: Any = Moderation.objects.as_system("recording")
    row: Moderation = rows.select_for_update(of=("self",)).select_related("audit__tool").get(pk=moderation.pk)
    return row


def _unrated(by: Person, moderation: Moderation) -> Moderation:
    row = _locked(moderation)
    if row.moderator_id != by.pk:
        raise NotTheirs
    if row.is_cancelled or row.rated_at is not None:
        raise NotInState
    return row


def _require_grades(tool: Tool, grades: Mapping[str, str]) -> None:
    if set(grades) != set(graded_parts(tool)) or not all(tool.grade_label(one) for one in grades.values()):
        raise Incomplete


def _keep_grades(
    by: Person,
    audit: Audit,
    stage: GradeStage,
    grades: Mapping[str, str],
    reason: str,
    proposals: Mapping[str, Proposed],
) -> None:
    Grade.objects.filter(audit=audit, stage=stage, is_current=True).update(is_current=False)
    none = Proposed("", "")
    for part, given in grades.items():
        proposed = proposals.get(part, none)
        differs = stage == GradeStage.FINAL or (proposed.grade and proposed.grade != given)
        Grade.objects.create(
            audit=audit,
            section=part,
            stage=stage,
            grade=given,
            proposed=proposed.grade,
            rule=proposed.why,
            reason=reason if differs else "",
            given_by=by,
        )
