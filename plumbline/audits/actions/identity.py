"""Notes where an audit's free text may identify somebody, and takes answers. The words themselves are never kept."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.moving import locked_audit
from plumbline.audits.models import Audit, IdentityWarning
from plumbline.audits.queries.identity import found_in
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


def scan_identity(*, by: Person | None, audit: Audit) -> int:
    """How many places still wait for an answer after looking at every text anew.

    Call it before sharing: texts may have been written since submission. What is not there any more and was never
    answered is forgotten; an answer stays tied to the words it was given for.
    """
    with transaction.atomic():
        row = locked_audit(audit)
        there = {(one.place, str(one.kind), one.digest) for one in found_in(row)}
        known = {(one.place, one.kind, one.digest): one for one in IdentityWarning.objects.filter(audit=row)}
        gone = [one.pk for key, one in known.items() if key not in there and one.answered_at is None]
        IdentityWarning.objects.filter(pk__in=gone).delete()
        new = [key for key in sorted(there) if key not in known]
        IdentityWarning.objects.bulk_create(
            [IdentityWarning(audit=row, place=place, kind=kind, digest=digest) for place, kind, digest in new]
        )
        if new or gone:
            detail = {"new": len(new), "gone": len(gone)}
            record(by=by, kind=Kind.ACTION, action="audit.identity_check", obj=row, detail=detail)
        return len(new) + sum(key in there and one.answered_at is None for key, one in known.items())


def answer_warnings(*, by: Person, audit: Audit, answers: Mapping[str, str]) -> int:
    """How many places were answered: digest of the words to why they identify nobody, wherever they stand.

    Empty answers do not count.
    """
    scan_identity(by=by, audit=audit)
    with transaction.atomic():
        row = locked_audit(audit)
        answered = 0
        for warning in IdentityWarning.objects.select_for_update().filter(
            audit=row, digest__in=list(answers), answered_at=None
        ):
            if text := answers[warning.digest].strip():
                warning.answer, warning.answered_at, warning.answered_by = text, timezone.now(), by
                warning.save(update_fields=["answer", "answered_at", "answered_by"])
                answered += 1
        if answered:
            detail = {"answered": answered}
            record(by=by, kind=Kind.ACTION, action="audit.identity_answer", obj=row, detail=detail)
    return answered
