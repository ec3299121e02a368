"""Where findings and actions came from, as far as the viewer may see it; and those hidden from a second rater."""

from typing import Any

from django.db.models import Q

from plumbline.audits.models import Audit, AuditAction, AuditFinding, Moderation
from plumbline.audits.presenters.visits import name_of
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.improvement.models import Action, Finding
from plumbline.people.scope import Viewer
from plumbline.shared.area import Source


def sources(viewer: Viewer, rows: list[Any], in_full: bool) -> dict[int, Source]:
    """By primary key where the findings or actions came from, in two queries whatever their number unless in full."""
    if isinstance(rows[0], Finding):
        links: Any = AuditFinding.objects.filter(finding__in=rows)
    elif isinstance(rows[0], Action):
        links = AuditAction.objects.filter(action__in=rows)
    else:
        return {}
    found = list(links.select_related("round"))
    audits = {
        audit.pk: audit
        for audit in Audit.objects.visible_to(viewer, "audit.view")
        .filter(pk__in={link.audit_id for link in found if link.audit_id})
        .select_related("tool")
    }
    return {
        int(link.finding_id if isinstance(link, AuditFinding) else link.action_id): _source(
            viewer, link, audits.get(link.audit_id), in_full and isinstance(link, AuditFinding)
        )
        for link in found
    }


def _source(viewer: Viewer, link: Any, audit: Audit | None, is_page: bool) -> Source:
    if audit is None:
        return Source(f"the round “{link.round.title}”")
    facts: tuple[tuple[str, str], ...] = ()
    act_url = ""
    if is_page:
        facts = _facts(link, audit)
        if viewer.may("audit.raise", audit):
            act_url = f"/audits/{audit.public_id}/actions/add?finding={link.finding.public_id}"
    words = name_of(audit) if audit.is_visit else f"the audit of {audit.reference}"
    return Source(words, f"/audits/{audit.public_id}", facts, act_url)


def _facts(link: AuditFinding, audit: Audit) -> tuple[tuple[str, str], ...]:
    question = whole_tool(audit.tool.content, {}, audit.local_questions).questions.get(link.question)
    facts = (("Question", question.text if question else ""), ("Evidence", link.evidence))
    return tuple(pair for pair in facts if pair[1])


def hides(viewer: Viewer, model: type[Any]) -> Q:
    """What came from an audit that the viewer still has to rate blind: a finding would tell how it was judged."""
    to_rate = (
        Moderation.objects.as_system("blind-rating")
        .filter(moderator_id=viewer.person_id, rated_at=None, is_cancelled=False)
        .values("audit_id")
    )
    if model is Finding:
        return Q(pk__in=AuditFinding.objects.filter(audit__in=to_rate).values("finding_id"))
    if model is Action:
        through = Action.findings.through.objects.filter(finding__from_audit__audit__in=to_rate)
        return Q(pk__in=AuditAction.objects.filter(audit__in=to_rate).values("action_id")) | Q(
            pk__in=through.values("action_id")
        )
    return Q(pk__in=())
