"""Keeps files until they are checked and loaded, starts that work once, remembers spellings, clears files away."""

import os
import shutil
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.indicators.models import ExtractUpload, SpellingChoice
from plumbline.indicators.queries.places import files_of, folder_of, uploads_folder
from plumbline.indicators.queries.uploads import is_working, same_records
from plumbline.people.models import Person
from plumbline.work.actions import start_job

KEPT_FOR = timedelta(hours=24)
CHECK, LOAD = "check-extract", "load-extract"


class NotReady(Exception):
    """The files cannot be loaded as they are, or not any more. Nothing was changed."""


def keep_files(
    *,
    by: Person,
    files: Sequence[tuple[str, IO[bytes]]],
    as_at: date | None,
    child_population: int | None,
) -> ExtractUpload:
    """The files kept where nobody else reads them, for the person who gave them, and their check begun."""
    with transaction.atomic():
        upload = ExtractUpload(
            owner=by, files=sorted(name for name, _ in files), as_at=as_at, child_population=child_population
        )
        folder = files_of(upload.public_id)
        folder.mkdir(mode=0o700)
        try:
            upload.size = sum(_written(folder / name, stream) for name, stream in files)
            upload.save()
            detail = {"files": len(files), "bytes": upload.size}
            record(by=by, kind=Kind.ACTION, action="extract.upload", obj=upload, detail=detail)
            return start_check(by=by, upload=upload)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _written(path: Path, stream: IO[bytes]) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(stream, file, 1024 * 1024)
        return file.tell()


def start_check(*, by: Person, upload: ExtractUpload) -> ExtractUpload:
    """The upload with its check begun; a second press while it runs changes nothing."""
    with transaction.atomic():
        kept = _locked(upload)
        if kept.extract_id is None and not is_working(kept):
            kept.report, kept.job = {}, start_job(by=by, kind=CHECK, about_id=kept.public_id)
            kept.save(update_fields=["report", "job"])
    return kept


def start_load(*, by: Person, upload: ExtractUpload, name: str, seen: str) -> ExtractUpload:
    """The upload with its load begun under the name; a second press changes nothing.

    `seen` is the digest of what the person read a report on. Raises: NotReady.
    """
    with transaction.atomic():
        kept = _locked(upload)
        if kept.extract_id is not None or is_working(kept):
            return kept
        report = kept.report
        if not report.get("is_ready") or report["to_map"] or report["digest"] != seen or same_records(kept):
            raise NotReady
        kept.name, kept.job = name, start_job(by=by, kind=LOAD, about_id=kept.public_id)
        kept.save(update_fields=["name", "job"])
    return kept


def say_spellings(*, by: Person, upload: ExtractUpload, said: Mapping[tuple[str, str], str]) -> ExtractUpload:
    """The upload, checked again once nothing is left to say; what was said is remembered for the council."""
    moment = timezone.now()
    with transaction.atomic():
        kept = _locked(upload)
        if is_working(kept) or not said:
            return kept
        SpellingChoice.objects.bulk_create(
            [
                SpellingChoice(codelist=codelist, spelling=spelling, code=code, set_by=by, set_at=moment)
                for (codelist, spelling), code in said.items()
            ],
            update_conflicts=True,
            unique_fields=["codelist", "spelling"],
            update_fields=["code", "set_by", "set_at"],
        )
        detail = {"said": len(said), "left_out": sum(not code for code in said.values())}
        record(by=by, kind=Kind.ACTION, action="extract.spellings", obj=kept, detail=detail)
        asked = kept.report.get("to_map", [])
        kept.report["to_map"] = [one for one in asked if (one["codelist"], one["spelling"]) not in said]
        kept.save(update_fields=["report"])
        return kept if kept.report["to_map"] else start_check(by=by, upload=kept)


def forget_spelling(*, by: Person, choice: int) -> None:
    """What was said of a spelling is asked anew at the next load; extracts that are loaded stay as they are."""
    with transaction.atomic():
        if SpellingChoice.objects.filter(pk=choice).delete()[0]:
            record(by=by, kind=Kind.ACTION, action="extract.forget_spelling")


def discard(*, by: Person, upload: ExtractUpload) -> None:
    """Deletes the files and all that was found in them. Safe to do twice."""
    with transaction.atomic():
        if ExtractUpload.objects.filter(pk=upload.pk).delete()[0]:
            record(by=by, kind=Kind.ACTION, action="extract.discard", obj=upload)
    shutil.rmtree(files_of(upload.public_id), ignore_errors=True)


def remove_old_uploads() -> int:
    """How many uploads were cleared away a day after they were given, with whatever a crash left. Safe to do twice."""
    deleted, _ = ExtractUpload.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    before = time.time() - KEPT_FOR.total_seconds()
    known = set(ExtractUpload.objects.filter(extract=None).values_list("public_id", flat=True))
    left = [part for part in uploads_folder().iterdir() if part.name not in known]
    left += folder_of("").glob(".*.unfinished-*")
    left += Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()
    for part in left:
        if part.stat().st_mtime < before:
            shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)
    return deleted


def _locked(upload: ExtractUpload) -> ExtractUpload:
    # The lock makes a second press of the button wait, and then find the work begun.
    rows: Any = ExtractUpload.objects.select_for_update(of=("self",)).select_related("job", "extract")
    found: ExtractUpload = rows.get(pk=upload.pk)
    return found
