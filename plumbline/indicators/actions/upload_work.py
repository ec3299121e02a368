"""The long work on files that were given on the page: their check, and their load."""

import shutil
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from plumbline.indicators.actions.loading import load_extract
from plumbline.indicators.files.load import ExtractExists, LoadReport, examine
from plumbline.indicators.files.manifest import day_in
from plumbline.indicators.models import ExtractUpload
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.places import files_of, uploads_folder, what_was_given
from plumbline.indicators.queries.uploads import spelling_choices
from plumbline.indicators.rules.held import not_held
from plumbline.people.models import Person
from plumbline.people.scope import Viewer, person_behind
from plumbline.shared import dates
from plumbline.shared.area import Tell

GONE = "The files are no longer here. Give them again."


def check_files(viewer: Viewer, about_id: str, tell: Tell) -> str:
    """What the check found, in a sentence; its report is kept with the upload."""
    upload = _own(viewer, about_id)
    if upload is None:
        return GONE
    report = examine(
        what_was_given(about_id, upload.files),
        created_at=timezone.now(),
        choices=spelling_choices(),
        progress=lambda rows, source: tell(rows, 0),
        as_at=upload.as_at,
        beside=uploads_folder(),
    )
    told = report_of(report, upload)
    ExtractUpload.objects.filter(pk=upload.pk).update(report=told)
    if not told["is_ready"]:
        return "The files cannot be loaded. The page says why."
    return f"{told['rows']:,} rows are read. The page says what is wrong with them."


def load_files(viewer: Viewer, about_id: str, tell: Tell) -> str:
    """What came of the load, in a sentence: all of it is loaded, or nothing."""
    upload = _own(viewer, about_id)
    if upload is None:
        return GONE
    by: Person = person_behind(viewer)
    total = upload.report["rows"]
    try:
        report, row = load_extract(
            by=by,
            path=what_was_given(about_id, upload.files),
            name=upload.name,
            as_at=upload.as_at,
            child_population=upload.child_population,
            # Some shapes hold one row in several tables, so the rows read may pass the rows there will be.
            progress=lambda rows, source: tell(min(rows, total), total),
        )
    except ExtractExists:
        return (
            f"Nothing was loaded: there is an extract {upload.name} with other records. Choose another name."
        )
    if row is None:
        ExtractUpload.objects.filter(pk=upload.pk).update(report=report_of(report, upload))
        return "Nothing was loaded. The page says what is left to do."
    ExtractUpload.objects.filter(pk=upload.pk).update(extract=row, loaded_at=timezone.now(), report={})
    shutil.rmtree(files_of(about_id), ignore_errors=True)
    return f"{row.name} is loaded: {row.rows:,} rows."


def report_of(report: LoadReport, upload: ExtractUpload) -> dict[str, Any]:
    """The report as it is kept: references of records and spellings of codes, never a name."""
    manifest = report.manifest
    day = upload.as_at or (day_in(manifest.reference) if manifest else None) or dates.today()
    return {
        "is_ready": manifest is not None and not report.errors,
        "shape": report.shape.value if report.shape else "",
        "as_at": day.isoformat(),
        "digest": manifest.digest if manifest else "",
        "rows": sum(manifest.rows.values()) if manifest else 0,
        "tables": dict(manifest.rows) if manifest else {},
        "not_supplied": list(manifest.not_supplied) if manifest else [],
        "lacking": len(not_held(manifest, indicators())) if manifest else 0,
        "quality": [asdict(one) for one in report.quality],
        "errors": [str(one) for one in report.errors],
        "notes": [str(one) for one in report.notes],
        "to_map": [asdict(one) for one in report.to_map],
        "left_out": [asdict(one) for one in report.left_out],
    }


def _own(viewer: Viewer, about_id: str) -> ExtractUpload | None:
    rows = ExtractUpload.objects.filter(public_id=about_id, owner_id=viewer.person_id, extract=None)
    upload = rows.first()
    return upload if upload and files_of(about_id).is_dir() else None
