"""Makes the plan of a period out of the cadences, and makes it anew where a cadence has changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.models import Activity, Occurrence, OccurrenceState, OccurrenceStatus
from plumbline.framework.rules.cadence import Event, Purpose, from_dict
from plumbline.framework.rules.due import Window, due_windows
from plumbline.people.models import Person, Unit, UnitKind
from plumbline.shared import dates

# One run of occurrences that follow each other: an activity, in one stream, at one place.
Series = tuple[int, str, int | None]
# And one of them: which cadence, the day first planned, and which of several on that day.
Key = tuple[int, str, int | None, str, date, int]


@dataclass(frozen=True)
class Plan:
    """What making the plan changed.

    Unit: occurrences.
    """

    added: int
    taken_out: int


def plan_period(*, by: Person | None, start: date, end: date) -> Plan:
    """What was added and taken out so that each activity in use is planned from `start` to `end`.

    The plan may be made again and again. What was recorded, moved or added by hand stays, and so does what is
    due already. What nobody has touched and is not due yet is taken out where the cadence asks for it no more,
    so that a changed cadence does not stand beside the old one; whoever was to see to it sees to what replaces it.
    """
    with transaction.atomic():
        activities = list(Activity.objects.filter(retired_on=None, schedule__in_use=True))
        wanted = {_key(one): one for one in _planned(activities, start, end)}
        kept, outdated, changed = _sorted_out(activities, wanted, start, end)
        rows: Any = Occurrence.objects.as_system("planning")
        rows.filter(pk__in=[row.pk for row in outdated]).delete()
        # Where the cadence was another one before, the new one counts from today: what it would have asked for
        # in the months gone by was asked of nobody.
        today = dates.today()
        new = [
            one
            for key, one in wanted.items()
            if key not in kept and (one.due_on > today or _series(one) not in changed)
        ]
        _hand_over(outdated, new)
        added = Occurrence.objects.bulk_create(new, batch_size=500)
        OccurrenceStatus.objects.bulk_create(
            [OccurrenceStatus(occurrence=one, state=OccurrenceState.PLANNED, by=by) for one in added],
            batch_size=500,
        )
        record(
            by=by,
            kind=Kind.ACTION,
            action="occurrence.plan",
            rows=len(added),
            detail={"from": start.isoformat(), "to": end.isoformat(), "taken_out": len(outdated)},
        )
    return Plan(len(added), len(outdated))


def _sorted_out(
    activities: list[Activity], wanted: dict[Key, Occurrence], start: date, end: date
) -> tuple[set[Key], list[Occurrence], set[Series]]:
    """What stands in the plan already: the keys that stay, the rows to take out, the series that were planned otherwise."""
    stored: Any = Occurrence.objects.as_system("planning")
    rows = stored.filter(is_extra=False, planned_for__range=(start, end), activity__in=activities)
    today = dates.today()
    kept: set[Key] = set()
    outdated: list[Occurrence] = []
    changed: set[Series] = set()
    for row in rows.select_related("activity").annotate(steps=Count("statuses")).order_by("pk"):
        key = _key(row)
        asked = wanted.get(key)
        is_asked = asked is not None and asked.cadence == row.cadence and key not in kept
        if not is_asked:
            changed.add(_series(row))
        is_untouched = row.state == OccurrenceState.PLANNED and row.steps <= 1 and row.due_on > today
        if is_untouched and not is_asked:
            outdated.append(row)
        else:
            kept.add(key)
    return kept, outdated, changed


def _key(one: Occurrence) -> Key:
    return (*_series(one), one.part, one.planned_for or one.due_on, one.turn)


def _series(one: Occurrence) -> Series:
    # Only what is planned for each team or home belongs to one; elsewhere the team is a choice made later.
    return (one.activity_id, one.stream, one.unit_id if one.activity.per else None)


def _hand_over(outdated: list[Occurrence], new: list[Occurrence]) -> None:
    """Gives what is new to whoever was to see to the last of its series before it, or else to the first after it."""
    before: dict[Series, list[Occurrence]] = {}
    for row in sorted(outdated, key=lambda row: row.due_on):
        before.setdefault(_series(row), []).append(row)
    for one in new:
        series = before.get(_series(one), [])
        earlier = [row for row in series if row.due_on <= one.due_on]
        if series:
            one.responsible_id = (earlier[-1] if earlier else series[0]).responsible_id


@dataclass(frozen=True)
class _Place:
    """A team or home with the days it is open; none where an activity is for the whole service."""

    unit: int | None = None
    opened_on: date = date.min
    closed_on: date | None = None

    def is_open(self, window: Window) -> bool:
        """Whether it is there on the day the window closes."""
        return self.opened_on <= window.latest and (self.closed_on is None or window.latest < self.closed_on)


def _planned(activities: list[Activity], start: date, end: date) -> Iterator[Occurrence]:
    places = _places()
    for activity in activities:
        # Counted over all its cadences, because two of them may fall due on the same days.
        turns: Counter[tuple[str, date]] = Counter()
        for given in activity.cadences:
            cadence = from_dict(given)
            if isinstance(cadence, Event):
                continue
            # What an activity does more often than it reports is planned apart from the reports.
            part = cadence.label or ("report" if cadence.purpose is Purpose.REPORT else "")
            for window in due_windows(cadence, start, end):
                turns[part, window.latest] += 1
                for place in places.get(activity.per, places[""]):
                    if not place.is_open(window):
                        continue
                    for stream in activity.streams or [""]:
                        yield Occurrence(
                            activity=activity,
                            stream=stream,
                            part=part,
                            cadence=given,
                            unit_id=place.unit,
                            earliest_on=max(window.earliest, place.opened_on),
                            due_on=window.latest,
                            planned_for=window.latest,
                            turn=turns[part, window.latest],
                        )


def _places() -> dict[str, list[_Place]]:
    units = Unit.objects.filter(kind__in=[UnitKind.TEAM, UnitKind.HOME])
    places: dict[str, list[_Place]] = {"": [_Place()], UnitKind.TEAM: [], UnitKind.HOME: []}
    for pk, kind, opened_on, closed_on in units.values_list("pk", "kind", "opened_on", "closed_on"):
        places[kind].append(_Place(pk, opened_on, closed_on))
    return places
