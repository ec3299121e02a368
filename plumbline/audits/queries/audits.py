"""One audit as far as the viewer may see it, with all that its pages show."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from plumbline.audits.models import (
    Answer,
    AnswerDraft,
    Audit,
    AuditStep,
    CoverSheet,
    Discussion,
    Grade,
    VoiceContact,
)
from plumbline.audits.queries.so_far import current_answers, so_far
from plumbline.audits.rules.submission import AuditSoFar
from plumbline.people.scope import Viewer

# Somebody who typed so recently is taken to be at it still. Nothing is locked: what two people write is merged.
PRESENT_FOR = timedelta(minutes=15)
WITH = ("round", "tool", "unit", "worker", "manager", "auditor", "case", "submitted_by")


@dataclass(frozen=True)
class Contents:
    """What an audit holds, read once for a page."""

    audit: Audit
    so_far: AuditSoFar
    answers: dict[str, Answer] = field(default_factory=dict)
    discussion: Discussion | None = None
    voices: list[VoiceContact] = field(default_factory=list)


def audit_for(viewer: Viewer, public_id: str) -> Audit:
    """The audit that the viewer may see.

    Raises: Audit.DoesNotExist otherwise.
    """
    return Audit.objects.visible_to(viewer, "audit.view").select_related(*WITH).get(public_id=public_id)


def contents_of(audit: Audit) -> Contents:
    """What the audit holds; the caller has seen to it that the viewer may see the audit."""
    answers = current_answers(audit)
    return Contents(
        audit,
        so_far(audit, answers),
        answers,
        Discussion.objects.filter(audit=audit).select_related("recorded_by").first(),
        list(VoiceContact.objects.filter(audit=audit)),
    )


def grades_of_every_stage(audit: Audit) -> list[Grade]:
    """The current grades of auditor, moderator and final, with who gave them."""
    return list(Grade.objects.filter(audit=audit, is_current=True).select_related("given_by"))


def steps_of(audit: Audit) -> list[AuditStep]:
    """Each state the audit came to."""
    return list(AuditStep.objects.filter(audit=audit).select_related("by"))


def versions_of(audit: Audit, question: str) -> list[Answer]:
    """Every version of the answer to a question, the newest first."""
    rows = Answer.objects.filter(audit=audit, question=question)
    return list(rows.select_related("given_by").order_by("-number"))


def others_at_work(viewer: Viewer, audit: Audit) -> list[tuple[str, str, object]]:
    """Who else typed in this audit in the last quarter of an hour: name, page, when."""
    since = timezone.now() - PRESENT_FOR
    rows = AnswerDraft.objects.filter(audit=audit, saved_at__gte=since).exclude(
        person_id=viewer.person_id or 0
    )
    return [(one.person.name, one.page, one.saved_at) for one in rows.select_related("person")]


def cover_sheet_of(viewer: Viewer, audit: Audit) -> CoverSheet | None:
    """The audit's cover sheet, if the viewer may read it."""
    return CoverSheet.objects.visible_to(viewer, "cover_sheet.view").filter(audit=audit).first()


def voice_for(viewer: Viewer, public_id: str) -> VoiceContact:
    """One attempt to hear somebody, of an audit that the viewer may write in.

    Raises: VoiceContact.DoesNotExist otherwise.
    """
    audits = Audit.objects.visible_to(viewer, "audit.write").values("pk")
    rows = VoiceContact.objects.filter(audit__in=audits)
    rows = rows.select_related("audit", *(f"audit__{name}" for name in WITH))
    return rows.get(public_id=public_id)


def sheet_for(viewer: Viewer, public_id: str) -> CoverSheet:
    """The cover sheet with its audit; the right to the sheet decides, also once the audit is closed.

    Raises: CoverSheet.DoesNotExist where the viewer may not read it.
    """
    sheets = CoverSheet.objects.visible_to(viewer, "cover_sheet.view")
    sheets = sheets.select_related("audit", *(f"audit__{name}" for name in WITH))
    return sheets.get(public_id=public_id)
