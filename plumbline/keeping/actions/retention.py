"""Sets how long records are kept, places and lifts holds, and removes what is due once two people agree."""

from django.db import transaction
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.keeping.models import Disposal, DisposalState, LegalHold, RetentionRule
from plumbline.keeping.queries.retention import Rule, due_rows, rules_in_force
from plumbline.keeping.rules.retention import Against, NotKept, digest_of, last_day_due
from plumbline.people.models import Person, Unit
from plumbline.shared import dates
from plumbline.shared.plain_text import clean_line

AT_ONCE = 500


def set_rule(*, by: Person, kind: str, months: int | None, reason: str) -> RetentionRule:
    """The council's own period for a kind; none for good.

    Raises: NotKept when it is how the rule stands.
    """
    with transaction.atomic():
        before = rules_in_force()[kind]
        if (before.months, before.reason) == (months, clean_line(reason)):
            raise NotKept(Against.NOTHING_CHANGES)
        rule, _ = RetentionRule.objects.update_or_create(
            kind=kind,
            defaults={
                "months": months,
                "reason": clean_line(reason),
                "changed_by": by,
                "changed_at": timezone.now(),
            },
        )
        detail = {
            "kind": kind,
            "months": str(months or "for good"),
            "before": str(before.months or "for good"),
        }
        record(by=by, kind=Kind.ACTION, action="retention.change", detail=detail)
    return rule


def place_hold(
    *,
    by: Person,
    title: str,
    reason: str,
    kind: str = "",
    unit: Unit | None = None,
    person: Person | None = None,
) -> LegalHold:
    """The hold. A disposal that is being carried out ends first; one that waits can then no longer be agreed."""
    with transaction.atomic():
        _waiting_locked()
        hold = LegalHold.objects.create(
            title=clean_line(title),
            reason=clean_line(reason),
            kind=kind,
            unit=unit,
            person=person,
            placed_by=by,
        )
        record(by=by, kind=Kind.ACTION, action="legal_hold.place", obj=hold, detail={"kind": kind or "all"})
    return hold


def lift_hold(*, by: Person, hold: LegalHold, reason: str) -> LegalHold:
    """The hold, lifted: what it covered may be proposed for disposal again.

    Raises: NotKept when it is lifted already.
    """
    with transaction.atomic():
        hold = LegalHold.objects.as_system("retention").select_for_update(of=("self",)).get(pk=hold.pk)
        if hold.lifted_at is not None:
            raise NotKept(Against.LIFTED_ALREADY)
        hold.lifted_by, hold.lifted_at, hold.lift_reason = by, timezone.now(), clean_line(reason)
        hold.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
        record(by=by, kind=Kind.ACTION, action="legal_hold.lift", obj=hold)
    return hold


def propose_disposal(*, by: Person, kind: str) -> Disposal:
    """A disposal of exactly the records of the kind that are due today. Nothing is removed yet.

    Raises: NotKept when nothing is due, or one waits already.
    """
    today = dates.today()
    with transaction.atomic():
        if kind in _waiting_locked():
            raise NotKept(Against.WAITS_ALREADY)
        rule = rules_in_force()[kind]
        references = _references(rule)
        ended_by = None if rule.months is None else last_day_due(today, rule.months)
        if not references or rule.months is None or ended_by is None:
            raise NotKept(Against.NOTHING_DUE)
        disposal = Disposal.objects.create(
            kind=kind,
            months=rule.months,
            ended_by=ended_by,
            references="\n".join(references),
            count=len(references),
            digest=digest_of(references),
            proposed_by=by,
        )
        record(by=by, kind=Kind.ACTION, action="disposal.propose", obj=disposal, detail=_facts(disposal))
    return disposal


def decide_disposal(*, by: Person, disposal: Disposal, agree: bool) -> Disposal:
    """The disposal: carried out at once when agreed, so that what was agreed to is what is removed.

    Raises: NotKept for one's own proposal, one decided already, or when what is due is no longer what was proposed.
    """
    with transaction.atomic():
        disposal = Disposal.objects.as_system("retention").select_for_update(of=("self",)).get(pk=disposal.pk)
        if not disposal.waits:
            raise NotKept(Against.DECIDED_ALREADY)
        if disposal.proposed_by_id == by.pk:
            raise NotKept(Against.OWN_PROPOSAL)
        if agree:
            _remove(disposal)
        disposal.state = DisposalState.DONE if agree else DisposalState.REFUSED
        disposal.decided_by, disposal.decided_at = by, timezone.now()
        disposal.save(update_fields=["state", "decided_by", "decided_at"])
        action = "disposal.agree" if agree else "disposal.refuse"
        record(by=by, kind=Kind.ACTION, action=action, obj=disposal, detail=_facts(disposal))
    return disposal


def _remove(disposal: Disposal) -> None:
    rule = rules_in_force()[disposal.kind]
    agreed = disposal.references.split("\n")
    still_due = set(_references(rule))
    if rule.months != disposal.months or not still_due.issuperset(agreed):
        raise NotKept(Against.NO_LONGER_THE_SAME)
    removed = 0
    for start in range(0, len(agreed), AT_ONCE):
        rows = rule.kind.finished().filter(public_id__in=agreed[start : start + AT_ONCE])
        if rule.kind.remove is not None:
            removed += rule.kind.remove(rows)
        else:
            removed += rows.delete()[1].get(rows.model._meta.label, 0)
    if removed != len(agreed):  # one was taken up again in the meantime
        raise NotKept(Against.NO_LONGER_THE_SAME)


def _references(rule: Rule) -> list[str]:
    return sorted(due_rows(rule, dates.today()).values_list("public_id", flat=True))


def _waiting_locked() -> set[str]:
    """The kinds with a disposal that waits, each locked: a hold and a disposal never pass each other unseen."""
    waiting = Disposal.objects.as_system("retention").filter(state=DisposalState.PROPOSED)
    return set(waiting.select_for_update(of=("self",)).values_list("kind", flat=True))


def _facts(disposal: Disposal) -> dict[str, str]:
    return {"kind": disposal.kind, "count": str(disposal.count), "digest": disposal.digest}
