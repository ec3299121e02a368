"""Queues messages, starts and cancels long work."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.work.models import Job, JobState, Message
from plumbline.work.rules import MESSAGES


def queue_message(
    *,
    person: Person,
    kind: str,
    path: str = "/",
    due_on: date | None = None,
    number: int | None = None,
    needs: str = "",
    about: Model | None = None,
) -> Message | None:
    """The message queued in the caller's transaction, or nothing for a person without an account.

    Raises: KeyError for a kind that rules.MESSAGES does not know.
    """
    assert MESSAGES[kind]
    if person.user_id is None:
        return None
    return Message.objects.create(
        person=person,
        kind=kind,
        path=path,
        due_on=due_on,
        number=number,
        needs=needs,
        about_model=about._meta.label if about is not None else "",
        about_id=getattr(about, "public_id", "") if about is not None else "",
    )


def start_job(*, by: Person, kind: str, about_id: str = "") -> Job:
    """The job queued: a worker runs it with the rights the person has then."""
    from plumbline.work.tasks import run_job

    with transaction.atomic():
        job = Job.objects.create(kind=kind, by=by, about_id=about_id)
        record(by=by, kind=Kind.ACTION, action="job.start", obj=job, detail={"kind": kind})
        transaction.on_commit(lambda: run_job.enqueue(job.public_id))
    return job


def cancel_job(*, by: Person, job: Job) -> Job:
    """The job, told to stop at its next step; one that has not begun is cancelled at once."""
    with transaction.atomic():
        jobs: Any = Job.objects.as_system("background-work")
        locked: Job = jobs.select_for_update().get(pk=job.pk)
        if locked.state == JobState.WAITING:
            locked.state, locked.ended_at = JobState.CANCELLED, timezone.now()
        elif locked.state == JobState.RUNNING:
            locked.cancel_asked_at = timezone.now()
        else:
            return locked
        locked.save()
        record(by=by, kind=Kind.ACTION, action="job.cancel", obj=locked)
    return locked
