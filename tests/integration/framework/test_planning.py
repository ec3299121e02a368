"""Making the plan of a year, and making it again after something changed."""

from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.framework.actions import planning, recording
from plumbline.framework.actions.plan_period import Plan, plan_period
from plumbline.framework.models import Activity
from plumbline.people.models import Unit
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.framework.plans import MONTHLY, activity, rows

YEAR: dict[str, date] = {"start": date(2026, 4, 1), "end": date(2027, 3, 31)}
APRIL: dict[str, date] = {"start": date(2026, 4, 1), "end": date(2026, 4, 30)}
SIX_WEEKLY = {"kind": "every", "interval": 6, "unit": "week"}


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the day it is."""
    return lambda day: monkeypatch.setattr(dates, "today", lambda: day)


def due_days(**of: Any) -> list[date]:
    return list(rows().filter(**of).order_by("due_on").values_list("due_on", flat=True))


def change_cadence(cast: Cast, of: Activity, *cadences: dict[str, Any]) -> None:
    planning.change_activity(
        by=cast.qa_officer, activity=of, changes={"cadences": list(cadences)}, snapshot={"name": of.name}
    )


def test_planning_a_year_twice_adds_nothing_twice(cast: Cast) -> None:
    activity()
    year = {"start": date(2026, 4, 1), "end": date(2027, 3, 31)}
    assert plan_period(by=cast.qa_officer, **year) == Plan(12, 0)
    assert plan_period(by=cast.qa_officer, **year) == Plan(0, 0)
    assert rows().count() == 12


def test_what_was_moved_or_recorded_stays_when_the_year_is_planned_again(cast: Cast) -> None:
    activity()
    year = {"start": date(2026, 4, 1), "end": date(2027, 3, 31)}
    plan_period(by=cast.qa_officer, **year)
    first = rows().first()
    moved = planning.move(
        by=cast.qa_officer, occurrence=first, due_on=first.due_on + timedelta(days=9), reason="Half term"
    )
    assert plan_period(by=cast.qa_officer, **year) == Plan(0, 0)
    assert moved.planned_for == first.planned_for
    assert [step.reason for step in moved.statuses.all()][-1].endswith("Half term")


def test_an_activity_for_each_team_is_planned_for_each_open_team(cast: Cast) -> None:
    activity(per="team")
    assert plan_period(by=None, start=date(2026, 4, 1), end=date(2026, 4, 30)).added == 4


def test_each_stream_has_a_series_of_its_own_and_events_have_none(cast: Cast) -> None:
    activity(streams=["A", "B"])
    activity("escalation", cadences=[{"kind": "event"}])
    assert plan_period(by=None, start=date(2026, 4, 1), end=date(2026, 4, 30)).added == 2


def test_a_schedule_set_aside_is_not_planned(cast: Cast) -> None:
    planning.use_schedule(by=cast.qa_lead, schedule=activity().schedule, in_use=False)
    assert plan_period(by=None, start=date(2026, 4, 1), end=date(2026, 4, 30)).added == 0


def test_a_changed_cadence_replaces_what_is_not_due_yet_and_leaves_what_is(cast: Cast, on: Any) -> None:
    of = activity()
    on(date(2026, 10, 10))
    plan_period(by=cast.qa_officer, **YEAR)
    first = rows().order_by("due_on").first()
    recording.record_done(by=cast.qa_officer, occurrence=first, held_on=first.due_on, outcome="")
    change_cadence(cast, of, SIX_WEEKLY)
    assert plan_period(by=cast.qa_officer, **YEAR) == Plan(added=4, taken_out=6)
    until_today = [date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)]
    until_today += [date(2026, 8, 31), date(2026, 9, 30)]
    after = [date(2026, 10, 27), date(2026, 12, 8), date(2027, 1, 19), date(2027, 3, 2)]
    assert due_days() == until_today + after
    assert plan_period(by=cast.qa_officer, **YEAR) == Plan(0, 0)


def test_a_changed_cadence_leaves_what_was_moved_by_hand(cast: Cast, on: Any) -> None:
    of = activity()
    on(date(2026, 4, 1))
    plan_period(by=cast.qa_officer, **YEAR)
    last = rows().order_by("due_on").last()
    day = last.due_on - timedelta(days=3)
    planning.move(by=cast.qa_officer, occurrence=last, due_on=day, reason="Easter")
    change_cadence(cast, of, SIX_WEEKLY)
    plan_period(by=cast.qa_officer, **YEAR)
    assert day in due_days()
    assert len(due_days()) == 9


def test_who_saw_to_the_old_dates_sees_to_the_new_ones(cast: Cast, on: Any) -> None:
    of = activity()
    on(date(2026, 4, 1))
    plan_period(by=cast.qa_officer, **YEAR)
    for row in rows():
        planning.assign(by=cast.qa_officer, occurrence=row, person=cast.sam)
    change_cadence(cast, of, SIX_WEEKLY)
    plan_period(by=cast.qa_officer, **YEAR)
    assert {row.responsible_id for row in rows()} == {cast.sam.pk}


def test_what_happens_only_on_events_is_planned_no_more(cast: Cast, on: Any) -> None:
    of = activity()
    on(date(2026, 10, 10))
    plan_period(by=cast.qa_officer, **YEAR)
    change_cadence(cast, of, {"kind": "event"})
    assert plan_period(by=cast.qa_officer, **YEAR) == Plan(0, taken_out=6)
    assert max(due_days()) == date(2026, 9, 30)


def test_a_visit_given_to_a_team_later_is_not_planned_a_second_time(cast: Cast, on: Any) -> None:
    activity()
    on(date(2026, 4, 1))
    plan_period(by=cast.qa_officer, **YEAR)
    rows().update(unit=cast.units["north"])
    assert plan_period(by=cast.qa_officer, **YEAR) == Plan(0, 0)


def test_two_cadences_without_a_name_that_fall_on_the_same_days_are_both_planned(cast: Cast) -> None:
    activity(cadences=[MONTHLY, {"kind": "minimum", "count": 1}])
    assert plan_period(by=None, **APRIL) == Plan(2, 0)
    assert plan_period(by=None, **APRIL) == Plan(0, 0)
    assert due_days() == [date(2026, 4, 30)] * 2


def test_a_team_has_nothing_planned_before_it_opened_or_after_it_closed(cast: Cast) -> None:
    activity(per="team")
    Unit.objects.filter(key="north").update(opened_on=date(2026, 6, 15))
    Unit.objects.filter(key="south").update(closed_on=date(2026, 6, 15))
    plan_period(by=None, **YEAR)
    north, south = due_days(unit__key="north"), due_days(unit__key="south")
    assert (min(north), len(north)) == (date(2026, 6, 30), 10)
    assert (max(south), len(south)) == (date(2026, 5, 31), 2)
    assert rows().filter(unit__key="north").earliest("due_on").earliest_on >= date(2026, 6, 15)


def test_the_page_says_what_planning_changed(cast: Cast, client_of: Any, on: Any) -> None:
    of = activity()
    on(date(2026, 4, 1))
    client = client_of(cast.qa_officer)
    first = client.post("/planner/plan", {"year": "2026"}, follow=True).content.decode()
    assert "12 occurrences were added." in first
    change_cadence(cast, of, {"kind": "yearly", "count": 1})
    again = client.post("/planner/plan", {"year": "2026"}, follow=True).content.decode()
    assert "1 occurrence was added. 12 not due yet were taken out" in again
