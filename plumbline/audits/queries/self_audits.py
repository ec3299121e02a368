"""Self-audits as their owner may read them, as they stand beside an audit, and counted over a round."""

from collections import defaultdict

from django.db.models import QuerySet

from plumbline.audits.models import Answer, Audit, Round, SelfAudit
from plumbline.audits.rules.self_audits import Compared, compare
from plumbline.audits.rules.states import COUNTED, LEFT_OUT
from plumbline.people.scope import Viewer


def self_audit_by_id(viewer: Viewer, public_id: str) -> SelfAudit:
    """The viewer's self-audit, with the audit it stands beside.

    Raises: SelfAudit.DoesNotExist otherwise.
    """
    rows = SelfAudit.objects.visible_to(viewer, "self_audit.give")
    return rows.select_related("audit__round", "audit__tool").get(public_id=public_id)


def to_give(viewer: Viewer) -> QuerySet[SelfAudit]:
    """The self-audits that wait for the viewer and may still be given, the earliest due first."""
    rows = SelfAudit.objects.visible_to(viewer, "self_audit.give").filter(
        given_at=None, audit__shared_at=None
    )
    if viewer.has("audit.view"):
        rows = rows.exclude(audit__in=Audit.objects.visible_to(viewer, "audit.view"))
    rows = rows.exclude(audit__state__in=LEFT_OUT).select_related("audit")
    return rows.order_by("audit__due_on", "pk")


def given_beside(audit: Audit) -> SelfAudit | None:
    """The self-audit that stands beside the audit; the caller has seen to it that the viewer may see the audit.

    None while the auditor still writes, whoever asks, so that neither rating can lead the other.
    """
    if not audit.round.self_audit or audit.state not in COUNTED:
        return None
    rows = SelfAudit.objects.as_system("self-audit").filter(audit=audit, given_at__isnull=False)
    return rows.select_related("person").first()


def is_awaited(audit: Audit) -> bool:
    """Whether somebody was asked for a self-audit and has not given it; once the audit is shared it is too late."""
    rows = SelfAudit.objects.as_system("self-audit").filter(audit=audit, given_at=None)
    return bool(audit.round.self_audit) and rows.exists()


def judgements_given(audits: list[int]) -> dict[int, dict[str, str] | None]:
    """The own judgements by audit, of the audits that were asked for them; none where they were not given."""
    rows = SelfAudit.objects.as_system("report-figures").filter(audit__in=audits)
    values = rows.values_list("audit_id", "judgements", "given_at")
    return {audit: own if given_at else None for audit, own, given_at in values}


def agreement_in(round: Round) -> tuple[int, int, Compared]:
    """How many self-audits were given and asked for in the audits that count, and how they agree with the auditors'."""
    rows = Audit.objects.as_system("round-figures").filter(round=round, state__in=COUNTED)
    own = judgements_given(list(rows.values_list("pk", flat=True)))
    given = {audit: judgements for audit, judgements in own.items() if judgements is not None}
    first: dict[int, dict[str, str]] = defaultdict(dict)
    answers = Answer.objects.filter(audit__in=given, is_current=True).exclude(judgement="")
    for audit, question, judgement in answers.values_list("audit_id", "question", "judgement"):
        first[audit][question] = judgement
    pairs = [(first[audit].get(key, ""), value) for audit, one in given.items() for key, value in one.items()]
    return len(given), len(own), compare(pairs)
