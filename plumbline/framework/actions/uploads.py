"""Keeps a file between its check and its import, takes it in once, and clears it away."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.import_framework import import_framework
from plumbline.framework.files.content import StandardSet
from plumbline.framework.models import FrameworkUpload
from plumbline.people.models import Person
from plumbline.shared.importing import Importer
from plumbline.shared.plain_text import clean_line

KEPT_FOR = timedelta(hours=24)
LONGEST_NAME = 120


def keep_upload(*, by: Person, name: str, data: bytes) -> FrameworkUpload:
    """The file kept under a random name, to be checked by the person who gave it and nobody else."""
    with transaction.atomic():
        upload = FrameworkUpload.objects.create(
            owner=by, name=clean_line(name)[:LONGEST_NAME] or "file", data=data
        )
        record(by=by, kind=Kind.ACTION, action="framework.upload", obj=upload, detail={"bytes": len(data)})
    return upload


@transaction.atomic
def import_upload(*, by: Person, upload: FrameworkUpload, seen: str) -> FrameworkUpload:
    """The upload with its result; a second confirmation of the same file changes nothing.

    Raises: ImportRefused and PlanChanged, as importing a file does.
    """
    # The lock makes a second press of the button wait, and then find the file used.
    kept = FrameworkUpload.objects.select_for_update().get(pk=upload.pk)
    if kept.used_at is not None:
        return kept
    imported = import_framework(by=by, data=bytes(kept.data), publish=False, seen=seen)
    row, plan = imported.row, imported.plan
    kept.data = b""
    kept.used_at = timezone.now()
    kept.result = {
        "id": row.public_id,
        "title": row.title,
        "version": row.version,
        "step": plan.step.value,
        "is_standards": isinstance(plan.content, StandardSet),
        "changes": plan.change_words(),
    }
    kept.save(update_fields=["data", "used_at", "result"])
    return kept


@transaction.atomic
def import_other(*, by: Person, upload: FrameworkUpload, importer: Importer, seen: str) -> FrameworkUpload:
    """The upload with its result, taken in by the area whose kind of file it is; a second time changes nothing.

    Raises: StaleError where it would no longer do what was shown.
    """
    kept = FrameworkUpload.objects.select_for_update().get(pk=upload.pk)
    if kept.used_at is not None:
        return kept
    plan = importer.take_in(by, bytes(kept.data), seen)
    kept.data, kept.used_at = b"", timezone.now()
    sentence = "It is taken in." if plan.would_change else "Nothing was changed."
    kept.result = {"sentence": sentence, "changes": list(plan.changes)}
    kept.save(update_fields=["data", "used_at", "result"])
    return kept


def remove_old_uploads() -> int:
    """How many files were cleared away a day after they were given. Safe to do twice."""
    deleted, _ = FrameworkUpload.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
