"""Files that wait to be loaded, as only their owner reaches them, and what spellings were said to mean."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from plumbline.indicators.models import Extract, ExtractUpload, SpellingChoice
from plumbline.indicators.queries.extracts import has_records
from plumbline.people.scope import Viewer
from plumbline.work.models import JobState

WORKING = (JobState.WAITING, JobState.RUNNING)
# A load asks every few thousand rows whether to stop: far sooner than this.
DEAD_AFTER = timedelta(minutes=5)


def upload_for(viewer: Viewer, public_id: str) -> ExtractUpload | None:
    """The upload, if it is the viewer's own."""
    rows = ExtractUpload.objects.select_related("job", "extract")
    return rows.filter(public_id=public_id, owner_id=viewer.person_id).first()


def uploads_of(viewer: Viewer) -> QuerySet[ExtractUpload]:
    """The viewer's uploads that are not loaded yet, the newest first."""
    return ExtractUpload.objects.filter(owner_id=viewer.person_id, extract=None).order_by("-pk")


def is_working(upload: ExtractUpload) -> bool:
    """Whether a check or a load of it waits or runs. One that does not stop when asked to has died with its process."""
    if upload.job is None or upload.job.state not in WORKING:
        return False
    asked = upload.job.cancel_asked_at
    return asked is None or timezone.now() - asked < DEAD_AFTER


def same_records(upload: ExtractUpload) -> Extract | None:
    """The extract that holds the same records as at the same day, with its records still there."""
    rows = Extract.objects.as_system("extract").filter(
        digest=upload.report.get("digest"), as_at=upload.report.get("as_at")
    )
    return next((row for row in rows if has_records(row)), None)


def spelling_choices() -> dict[tuple[str, str], str]:
    """The codes that people chose, by code set and spelling; an empty one leaves the spelling out."""
    return {(row.codelist, row.spelling): row.code for row in SpellingChoice.objects.all()}


def choices_made() -> QuerySet[SpellingChoice]:
    """What was said of spellings, by code set."""
    return SpellingChoice.objects.select_related("set_by").order_by("codelist", "spelling")
