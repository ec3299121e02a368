"""The audits of the viewer's own work that were shared with them, with the feedback in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditFinding,
    Grade,
    GradeStage,
    Judgement,
    Reply,
    SelfAudit,
    TalkedThrough,
)
from plumbline.audits.rules.states import SHARED
from plumbline.improvement.models import Finding, FindingState
from plumbline.people.scope import Viewer


@dataclass(frozen=True)
class OwnAudit:
    """One audit with what was judged and found, and what the viewer said; nothing of the child's or family's words."""

    audit: Audit
    answers: list[Answer] = field(default_factory=list)
    grades: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    talked: TalkedThrough | None = None
    own: dict[str, str] | None = None


def own_audits_of(viewer: Viewer) -> QuerySet[Audit]:
    """The audits of the viewer's own work that were shared with them, the newest first."""
    rows = Audit.objects.visible_to(viewer, "own_audits.view")
    rows = rows.filter(worker_id=viewer.person_id or 0, state__in=SHARED)
    return rows.select_related("round", "tool").order_by("-shared_at", "-pk")


def with_feedback(viewer: Viewer, audits: Iterable[Audit]) -> list[OwnAudit]:
    """The audits with the feedback in them, in a number of queries that does not grow."""
    rows = list(audits)
    keys = [row.pk for row in rows]
    answers: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(audit__in=keys, is_current=True, judgement__in=Judgement.values):
        answers[answer.audit_id].append(answer)
    grades: dict[str, dict[int, dict[str, str]]] = {stage: defaultdict(dict) for stage in GradeStage.values}
    given_grades = Grade.objects.filter(audit__in=keys, is_current=True)
    for stage, audit, section, grade in given_grades.values_list("stage", "audit_id", "section", "grade"):
        grades[stage][audit][section] = grade
    findings: dict[int, list[Finding]] = defaultdict(list)
    found = Finding.objects.visible_to(viewer, "finding.view").exclude(state=FindingState.WITHDRAWN)
    for link in AuditFinding.objects.filter(audit__in=keys, finding__in=found).select_related("finding"):
        findings[link.audit_id or 0].append(link.finding)
    replies: dict[int, list[Reply]] = defaultdict(list)
    for reply in Reply.objects.filter(audit__in=keys, person_id=viewer.person_id or 0):
        replies[reply.audit_id].append(reply)
    talks = {talk.audit_id: talk for talk in TalkedThrough.objects.filter(audit__in=keys)}
    own = SelfAudit.objects.visible_to(viewer, "self_audit.give") if viewer.has("self_audit.give") else None
    given = own.filter(audit__in=keys, given_at__isnull=False) if own is not None else ()
    judged = {row.audit_id: row.judgements for row in given}
    return [
        OwnAudit(
            row,
            answers[row.pk],
            grades[GradeStage.FIRST][row.pk] | grades[GradeStage.FINAL][row.pk],
            findings[row.pk],
            replies[row.pk],
            talks.get(row.pk),
            judged.get(row.pk),
        )
        for row in rows
    ]
