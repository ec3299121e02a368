"""What the worker process does: runs long work, step by step, and keeps its faults free of content."""

import logging
from typing import Any

from django.utils import timezone
from django_tasks import task

from plumbline.people.models import Person
from plumbline.people.scope import viewer_for
from plumbline.shared import dates
from plumbline.shared.area import LongWork, Tell, WorkStopped, areas
from plumbline.work.models import Job, JobState

logger = logging.getLogger(__name__)


def long_work(kind: str) -> LongWork:
    """The long work of that kind.

    Raises: KeyError when no area offers it.
    """
    return {work.kind: work for area in areas() for work in area.long_work}[kind]


@task()
def run_job(public_id: str) -> None:
    """Runs the job if it still waits; its rights are decided anew, and it is asked between steps whether to stop."""
    jobs: Any = Job.objects.as_system("background-work")
    # A conditional update, so that a job that two workers were given runs once.
    if not jobs.filter(public_id=public_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=timezone.now()
    ):
        return
    job: Job = jobs.select_related("by").get(public_id=public_id)
    state, result = JobState.DONE, ""
    try:
        work = long_work(job.kind)
        person: Person = job.by
        viewer = viewer_for(person, dates.today())
        if person.left_on or not viewer.has(work.needs):
            state, result = JobState.FAILED, "You no longer have the right to do this."
        else:
            result = work.run(viewer, job.about_id, _teller(job))
    except WorkStopped as stopped:
        state, result = JobState.CANCELLED, str(stopped)
    except (
        Exception
    ) as fault:  # whatever goes wrong must be shown to the person who waits, without its content
        logger.error("Job %s stopped: %s", job.public_id, type(fault).__name__)
        state, result = (
            JobState.FAILED,
            "Something is wrong on our side. Nothing was half done. Try again, and tell your system administrator if it goes on.",
        )
    jobs.filter(pk=job.pk).update(state=state, result=result, ended_at=timezone.now())


def _teller(job: Job) -> Tell:
    jobs: Any = Job.objects.as_system("background-work")

    def tell(done: int, total: int) -> None:
        jobs.filter(pk=job.pk).update(done=done, total=total)
        if jobs.filter(pk=job.pk, cancel_asked_at__isnull=False).exists():
            raise WorkStopped(f"Stopped after {done:,}{f' of {total:,}' if total else ''}.")

    return tell
