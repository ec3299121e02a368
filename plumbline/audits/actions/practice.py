"""Begins, writes, finishes and removes practice audits. Nothing here writes to any record of a real audit."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.models import PracticeAudit, ToolVersion
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person

# Practice is for learning, not for keeping. Source: Plumbline; a month lets a course be finished.
KEPT_FOR = timedelta(days=30)


class Finished(Exception):
    """A finished practice audit is read, not written."""


def begin_practice(*, by: Person, tool: ToolVersion, case: str) -> PracticeAudit:
    """The practice audit, begun."""
    with transaction.atomic():
        made = PracticeAudit.objects.create(owner=by, tool=tool, case=case)
        record(by=by, kind=Kind.ACTION, action="practice.begin", obj=made)
    return made


def save_practice(*, by: Person, practice: PracticeAudit, **parts: Any) -> PracticeAudit:
    """The practice audit with the parts of its work as given: answers and grades are added to those there are.

    Raises: Finished once it is finished.
    """
    with transaction.atomic():
        row = _locked(practice)
        if row.finished_at is not None:
            raise Finished
        for name, value in parts.items():
            before = row.work.get(name)
            is_added = isinstance(before, Mapping) and name in ("answers", "grades")
            row.work[name] = {**before, **value} if is_added else value
        row.changed_at = timezone.now()
        row.save(update_fields=["work", "changed_at"])
        record(by=by, kind=Kind.ACTION, action="practice.save", obj=row, detail={"parts": sorted(parts)})
    return row


def finish_practice(*, by: Person, practice: PracticeAudit) -> PracticeAudit:
    """The practice audit, finished: it can be read until it goes."""
    with transaction.atomic():
        row = _locked(practice)
        row.finished_at = row.finished_at or timezone.now()
        row.save(update_fields=["finished_at"])
        record(by=by, kind=Kind.ACTION, action="practice.finish", obj=row)
    return row


def delete_practice(*, by: Person, practice: PracticeAudit) -> None:
    """Removes the practice audit with all that was written in it."""
    with transaction.atomic():
        row = _locked(practice)
        record(by=by, kind=Kind.ACTION, action="practice.delete", obj=row)
        row.delete()


def remove_old_practice() -> int:
    """How many practice audits went because nobody wrote in them for a month. Safe to do twice."""
    rows = PracticeAudit.objects.as_system("practice").filter(changed_at__lt=timezone.now() - KEPT_FOR)
    return rows.delete()[0]


def _locked(practice: PracticeAudit) -> PracticeAudit:
    rows: Any = PracticeAudit.objects.as_system("practice")
    row: PracticeAudit = rows.select_for_update().get(pk=practice.pk)
    return row
