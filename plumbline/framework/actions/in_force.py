"""Puts a version of the standards in force; part of other actions, which record the event."""

from collections.abc import Collection

from django.utils import timezone

from plumbline.framework.models import SetState, StandardSet
from plumbline.people.models import Person


def put_in_force(row: StandardSet, *, by: Person | None, also_replaces: Collection[str] = ()) -> list[str]:
    """The public ids of the versions replaced: the one of the same set, and those of other sets if asked.

    Runs in the caller's transaction.
    """
    now = timezone.now()
    in_force = StandardSet.objects.as_system("framework-publish").filter(state=SetState.PUBLISHED)
    replaced = [
        old
        for old in in_force.select_for_update().order_by("pk")
        if old.pk != row.pk and (old.key == row.key or old.public_id in also_replaces)
    ]
    StandardSet.objects.as_system("framework-publish").filter(pk__in=[old.pk for old in replaced]).update(
        state=SetState.RETIRED, retired_at=now, retired_by=by
    )
    row.state, row.published_at, row.published_by = SetState.PUBLISHED, now, by
    row.save(update_fields=["state", "published_at", "published_by"])
    return [old.public_id for old in replaced]
