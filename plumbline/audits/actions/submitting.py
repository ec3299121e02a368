"""Submits an audit once nothing is missing."""

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.answers import begin
from plumbline.audits.actions.identity import scan_identity
from plumbline.audits.actions.moving import locked_audit, move_audit
from plumbline.audits.models import Audit
from plumbline.audits.queries.drafts import unsaved_pages
from plumbline.audits.queries.so_far import so_far
from plumbline.audits.rules.states import IN_HAND
from plumbline.audits.rules.submission import missing
from plumbline.people.models import Person
from plumbline.work.once import is_first_time


class NotComplete(Exception):
    """Something is missing, or somebody's unsaved words would be left behind."""


def submit_audit(*, by: Person, audit: Audit, key: str = "") -> Audit:
    """The audit, submitted; places that may identify somebody are noted once more.

    Raises: NotComplete when anything is missing, NotInState when it is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit)
        if key and not is_first_time(key, {"audit": row.public_id}):
            return row
        row = locked_audit(row, *IN_HAND)
        if missing(so_far(row)) or unsaved_pages(by.pk, row):
            raise NotComplete
        begin(by=by, audit=row)
        scan_identity(by=by, audit=row)
        row = move_audit(by=by, audit=row, to="submitted", submitted_at=timezone.now(), submitted_by=by)
    for name in ("state", "submitted_at", "submitted_by"):
        setattr(audit, name, getattr(row, name))
    return row
