"""What sharing reads: what stands in the way, what was found, who has read and replied, what waits."""

from django.db.models import Exists, OuterRef, QuerySet

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditFinding,
    AuditState,
    Reading,
    Reply,
    Round,
    TalkedThrough,
)
from plumbline.audits.queries.identity import unanswered
from plumbline.audits.queries.moderation import (
    has_lowest_grade,
    has_stood_in_draw,
    waits_from_earlier_draw,
)
from plumbline.audits.rules.sharing import Blocker, share_blockers
from plumbline.framework.models import Criterion
from plumbline.improvement.models import Action, ActionState, Finding, FindingState
from plumbline.improvement.queries.actions import in_order
from plumbline.improvement.queries.findings import with_action_known
from plumbline.people.scope import Viewer

RELATED = ("round", "slot", "tool", "unit", "worker", "manager", "auditor")


def audit_for(viewer: Viewer, public_id: str) -> Audit:
    """The audit, when the viewer may see it.

    Raises: Audit.DoesNotExist otherwise.
    """
    return Audit.objects.visible_to(viewer, "audit.view").select_related(*RELATED).get(public_id=public_id)


def round_for(viewer: Viewer, public_id: str) -> Round:
    """The round, when the viewer may change it.

    Raises: Round.DoesNotExist otherwise.
    """
    return Round.objects.visible_to(viewer, "round.change").get(public_id=public_id)


def blockers_of(audit: Audit) -> list[Blocker]:
    """Everything that stands in the way of sharing the audit."""
    warnings = len(unanswered(audit))
    if audit.is_visit:
        # Nobody else was there, so there is nothing a second person could rate.
        return share_blockers(
            state=audit.state, open_warnings=warnings, is_lowest=False, is_drawn=False, stood_in_draw=True
        )
    return share_blockers(
        state=audit.state,
        open_warnings=warnings,
        is_lowest=has_lowest_grade(audit),
        is_drawn=bool(waits_from_earlier_draw(audit.round, [audit])),
        stood_in_draw=has_stood_in_draw(audit),
    )


def draft_findings_of(audit: Audit) -> list[Finding]:
    """The findings of the audit that wait for it to be shared."""
    rows = Finding.objects.as_system("sharing").filter(from_audit__audit=audit, state=FindingState.DRAFT)
    return list(rows.order_by("pk"))


def draft_actions_of(audit: Audit) -> list[Action]:
    """The actions of the audit that wait for it to be shared."""
    rows = Action.objects.as_system("sharing").filter(from_audit__audit=audit, state=ActionState.DRAFT)
    return list(rows.select_related("owner").order_by("pk"))


def findings_of(viewer: Viewer, audit: Audit) -> list[Finding]:
    """The findings of the audit that the viewer may see and that stand."""
    rows = with_action_known(Finding.objects.visible_to(viewer, "finding.view")).filter(
        from_audit__audit=audit
    )
    rows = rows.exclude(state=FindingState.WITHDRAWN).select_related("criterion", "unit")
    return list(rows.order_by("pk"))


def actions_of(viewer: Viewer, audit: Audit) -> list[Action]:
    """The actions of the audit that the viewer may see, in order."""
    rows = Action.objects.visible_to(viewer, "action.view").filter(from_audit__audit=audit)
    return list(in_order(rows, viewer.on).select_related("owner", "unit"))


def replies_to(audit: Audit) -> list[Reply]:
    """What worker and manager said, oldest first."""
    return list(Reply.objects.filter(audit=audit).select_related("person", "answered_by"))


def talked_through(audit: Audit) -> TalkedThrough | None:
    """The talk in supervision, if it was confirmed."""
    return TalkedThrough.objects.filter(audit=audit).select_related("confirmed_by").first()


def read_by(audit: Audit) -> set[int]:
    """The people who have opened the shared audit."""
    return set(Reading.objects.filter(audit=audit).values_list("person_id", flat=True))


def current_answer(audit: Audit, question: str) -> Answer | None:
    """The answer that stands to the question."""
    return Answer.objects.filter(audit=audit, question=question, is_current=True).first()


def criterion_of(key: str) -> Criterion | None:
    """The criterion in force with that key."""
    if not key:
        return None
    return (
        Criterion.objects.filter(set__state="published", key=key)
        .select_related("standard")
        .order_by("set_id")
        .first()
    )


def shared_without_reply(viewer: Viewer) -> QuerySet[Audit]:
    """The audits shared with a worker who has not replied, as far as the viewer may see them, longest first."""
    rows = Audit.objects.visible_to(viewer, "audit.view").filter(state=AuditState.SHARED)
    return rows.select_related("round", "unit", "worker").order_by("shared_at", "pk")


def to_share(viewer: Viewer) -> QuerySet[Audit]:
    """The audits that the viewer may share once nothing stands in the way."""
    rows = Audit.objects.visible_to(viewer, "audit.share")
    return rows.select_related("round", "unit").order_by("submitted_at", "pk")


def challenged(viewer: Viewer) -> QuerySet[Audit]:
    """The audits somebody disagrees with and has no answer to, for those who may give it."""
    waiting = Reply.objects.filter(audit=OuterRef("pk"), disagrees=True, answered_at=None)
    rows = Audit.objects.visible_to(viewer, "audit.close").filter(Exists(waiting))
    return rows.order_by("shared_at", "pk")


def waits_for_reply(viewer: Viewer) -> list[tuple[Audit, bool]]:
    """The shared audits of the viewer's own work without their reply, each with whether they have read it."""
    mine = Reply.objects.filter(audit=OuterRef("pk"), person_id=viewer.person_id or 0)
    read = Reading.objects.filter(audit=OuterRef("pk"), person_id=viewer.person_id or 0)
    rows = Audit.objects.visible_to(viewer, "audit.reply").filter(worker_id=viewer.person_id)
    found = rows.filter(~Exists(mine)).annotate(is_read=Exists(read)).order_by("shared_at", "pk")
    return [(row, row.is_read) for row in found]


def waits_for_talk(viewer: Viewer) -> QuerySet[Audit]:
    """The shared audits of those the viewer manages that were not talked through yet."""
    done = TalkedThrough.objects.filter(audit=OuterRef("pk"))
    rows = Audit.objects.visible_to(viewer, "audit.reply").filter(manager_id=viewer.person_id)
    return rows.filter(~Exists(done)).order_by("shared_at", "pk")


def has_findings_from(audit: Audit, question: str) -> bool:
    """Whether a finding was raised from the answer already."""
    rows = AuditFinding.objects.filter(audit=audit, question=question)
    return rows.exclude(finding__state=FindingState.WITHDRAWN).exists()
