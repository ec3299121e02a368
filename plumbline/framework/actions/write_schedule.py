"""Writes a schedule as rows, set by set; part of an import, which records the event."""

from collections.abc import Mapping

from django.utils import timezone

from plumbline.framework.files import content
from plumbline.framework.files.plain import as_plain, content_digest
from plumbline.framework.models import Activity, ActivityVersion, Forum, ReportLine, Schedule
from plumbline.framework.queries.stored_content import content_of_schedule
from plumbline.framework.rules.cadence import to_dict
from plumbline.people.models import Person
from plumbline.shared import dates

_FORUM_FIELDS = ("name", "aliases", "purpose", "cadence")
_HEADER_FIELDS = ("title", "version", "effective_from", "licence", "source")


def write_schedule(given: content.Schedule, *, by: Person | None) -> Schedule:
    """The schedule made or brought up to date. Forums must already go by the keys they are kept under.

    Activities that are not in it any more are retired, never deleted. Runs in the caller's transaction.
    """
    header = {name: getattr(given, name) for name in _HEADER_FIELDS}
    header |= {"drivers": as_plain(given).get("drivers", [])}
    header |= {"digest": content_digest(given), "changed_at": timezone.now()}
    row, _ = Schedule.objects.update_or_create(key=given.key, defaults=header)
    before = {activity.key: activity for activity in content_of_schedule(row).activities}
    forums = _write_forums(given)
    _write_activities(row, given, before, forums, by=by)
    return row


def _write_forums(given: content.Schedule) -> dict[str, int]:
    """The database numbers of the schedule's forums by key."""
    wanted = [
        Forum(
            key=forum.key,
            name=forum.name,
            aliases=list(forum.aliases),
            purpose=forum.purpose,
            cadence=to_dict(forum.cadence) if forum.cadence else None,
        )
        for forum in given.forums
    ]
    known = dict(Forum.objects.filter(key__in=[forum.key for forum in wanted]).values_list("key", "pk"))
    for forum in wanted:
        forum.pk = known.get(forum.key)
    Forum.objects.bulk_update([forum for forum in wanted if forum.pk], _FORUM_FIELDS)
    Forum.objects.bulk_create(forum for forum in wanted if not forum.pk)
    return {forum.key: forum.pk for forum in wanted}


def activity_values(given: content.Activity, position: int) -> dict[str, object]:
    """The stored fields of an activity as a file gives it."""
    return {
        "name": given.name,
        "description": given.description,
        "purpose": given.purpose,
        "type": given.type.value,
        "corner": given.corner.value,
        "responsible": list(given.responsible),
        "countersigned_by": list(given.countersigned_by),
        "frequency": given.frequency,
        "cadences": [to_dict(cadence) for cadence in given.cadences],
        "per": given.per.value if given.per else "",
        "streams": list(given.streams),
        "volume_least": given.volume.least if given.volume else None,
        "volume_most": given.volume.most if given.volume else None,
        "intended_outcome": given.intended_outcome,
        "reporting_arrangements": given.reporting_arrangements,
        "drivers": list(given.drivers),
        "flag": given.flag,
        "position": position,
        "retired_on": None,
    }


def activity_snapshot(given: content.Activity) -> dict[str, object]:
    """The activity as it is kept among its versions: the mapping a file would hold."""
    alone = content.Schedule(key="", title="", version="", activities=(given,))
    listed = as_plain(alone)["activities"]
    assert isinstance(listed, list)
    return dict(listed[0])


def _write_activities(
    row: Schedule,
    given: content.Schedule,
    before: Mapping[str, content.Activity],
    forums: Mapping[str, int],
    *,
    by: Person | None,
) -> None:
    known = dict(Activity.objects.filter(schedule=row).values_list("key", "pk"))
    rows = [
        Activity(pk=known.get(one.key), schedule=row, key=one.key, **activity_values(one, position))
        for position, one in enumerate(given.activities, start=1)
    ]
    if rows:
        fields = list(activity_values(given.activities[0], 1))
        Activity.objects.bulk_update([activity for activity in rows if activity.pk], fields)
        Activity.objects.bulk_create(activity for activity in rows if not activity.pk)
    gone = Activity.objects.filter(schedule=row, retired_on=None).exclude(
        key__in=[one.key for one in given.activities]
    )
    gone.update(retired_on=dates.today())
    changed = [
        (activity, one)
        for activity, one in zip(rows, given.activities, strict=True)
        if before.get(one.key) != one
    ]
    ReportLine.objects.filter(activity__in=[activity.pk for activity, _ in changed]).delete()
    ReportLine.objects.bulk_create(
        ReportLine(activity=activity, forum_id=forums[line.forum], how=line.how.value)
        for activity, one in changed
        for line in one.reports_to
    )
    ActivityVersion.objects.bulk_create(
        ActivityVersion(activity=activity, content=activity_snapshot(one), by=by) for activity, one in changed
    )
