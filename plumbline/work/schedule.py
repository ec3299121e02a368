"""Runs periodic jobs when they are due, each in one process at a time."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from plumbline.shared.area import PeriodicJob, areas
from plumbline.work.models import PeriodicRun

logger = logging.getLogger(__name__)
# A run that has not ended by then is taken to have died.
DEAD_AFTER = timedelta(hours=1)


def due_jobs() -> list[PeriodicJob]:
    """The periodic jobs of all areas."""
    return [job for area in areas() for job in area.jobs]


def run_due(only: str = "") -> list[str]:
    """The keys of the jobs that ran now; with `only`, that one whether due or not."""
    ran = []
    for job in due_jobs():
        if only not in ("", job.key) or not _claim(job, force=bool(only)):
            continue
        fault = ""
        try:
            job.run()
        except Exception as error:  # one job's fault must not keep the others from running
            fault = type(error).__name__
            logger.error("Periodic job %s stopped: %s", job.key, fault)
        PeriodicRun.objects.filter(key=job.key).update(ended_at=timezone.now(), fault=fault)
        ran.append(job.key)
    return ran


def _claim(job: PeriodicJob, *, force: bool) -> bool:
    now = timezone.now()
    with transaction.atomic():
        PeriodicRun.objects.get_or_create(key=job.key)
        runs = PeriodicRun.objects.filter(key=job.key)
        if not force:
            runs = runs.filter(Q(began_at=None) | Q(began_at__lte=now - timedelta(minutes=job.every_minutes)))
        runs = runs.filter(
            Q(began_at=None) | Q(ended_at__gte=F("began_at")) | Q(began_at__lte=now - DEAD_AFTER)
        )
        return bool(runs.update(began_at=now))
