"""The schedule: planning, recording, who sees what, the planner's figures, the calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from plumbline.framework.actions import recording
from plumbline.framework.actions.calendar import make_feed
from plumbline.framework.actions.plan_period import plan_period
from plumbline.framework.models import ActivityVersion
from plumbline.framework.queries import occurrences as queries
from plumbline.framework.queries import planner
from plumbline.framework.rules.delivery import Status
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.framework.plans import MONTHLY, activity, planned, rows


def test_overdue_done_and_done_late_are_said_by_one_function(cast: Cast) -> None:
    row, today = planned(cast), dates.today()
    assert queries.status_of(row, today) is Status.OVERDUE
    late = recording.record_done(by=cast.qa_officer, occurrence=row, held_on=today, outcome="Good")
    assert queries.status_of(late, today) is Status.DONE_LATE
    again = recording.reopen(by=cast.qa_lead, occurrence=late, reason="Wrong team")
    assert queries.status_of(again, today) is Status.OVERDUE
    missed = recording.record_missed(by=cast.qa_officer, occurrence=again, reason="Nobody came")
    assert queries.status_of(missed, today) is Status.MISSED
    assert [step.state for step in missed.statuses.all()] == ["planned", "done", "planned", "missed"]


def test_what_somebody_else_has_recorded_is_not_recorded_again(cast: Cast, client_of: Any) -> None:
    row = planned(cast)
    recording.record_done(by=cast.qa_officer, occurrence=row, held_on=dates.today(), outcome="First")
    with pytest.raises(recording.NotInState):
        recording.record_done(by=cast.qa_lead, occurrence=row, held_on=dates.today(), outcome="Second")
    assert rows().get().outcome == "First"


def test_ben_sees_what_is_planned_for_his_team_and_nothing_of_another(cast: Cast, client_of: Any) -> None:
    of = activity()
    own = planned(cast, of, unit=cast.units["north"])
    other = planned(cast, of, unit=cast.units["fostering"])
    client = client_of(cast.ben)
    assert client.get(f"/occurrences/{own.public_id}").status_code == 200
    assert client.get(f"/occurrences/{other.public_id}").status_code == 404
    assert client.get(f"/occurrences/{own.public_id}/done").status_code == 403


def test_the_person_who_sees_to_it_records_it(cast: Cast, client_of: Any) -> None:
    row, today = planned(cast, responsible=cast.cath), dates.today()
    address = f"/occurrences/{row.public_id}/done"
    form = {
        "held_on_day": today.day,
        "held_on_month": today.month,
        "held_on_year": today.year,
        "outcome": "Went well",
    }
    assert client_of(cast.cath).post(address, form)["Location"] == f"/occurrences/{row.public_id}"
    assert rows().get().state == "done"


def test_a_day_in_the_future_cannot_be_recorded_as_done(cast: Cast, client_of: Any) -> None:
    row, day = planned(cast, responsible=cast.cath), dates.today() + timedelta(days=3)
    form = {"held_on_day": day.day, "held_on_month": day.month, "held_on_year": day.year}
    page = client_of(cast.cath).post(f"/occurrences/{row.public_id}/done", form)
    assert "Day it was done must be today or in the past." in page.content.decode()
    assert rows().get().state == "planned"


def test_a_declared_interest_hides_a_team_from_the_quality_lead_too(cast: Cast, client_of: Any) -> None:
    row = planned(cast, unit=cast.units["north"])
    cast.declare_interest(cast.qa_lead, unit="north")
    assert client_of(cast.qa_lead).get(f"/occurrences/{row.public_id}").status_code == 404


def test_a_scrutiny_member_sees_the_totals_and_no_row(cast: Cast, client_of: Any) -> None:
    row = planned(cast, unit=cast.units["north"])
    recording.record_done(
        by=cast.qa_officer, occurrence=row, held_on=dates.today(), outcome="Only for the service"
    )
    client = client_of(cast.scrutiny_member)
    page = client.get("/planner").content.decode()
    assert "1 done late" in page
    assert "You see totals only." in page
    assert "/occurrences?" not in page
    assert "Only for the service" not in page
    assert client.get(f"/occurrences/{row.public_id}").status_code == 404


def test_the_planner_figures_add_up_to_the_rows(cast: Cast) -> None:
    of = activity()
    plan_period(by=None, start=date(2026, 4, 1), end=date(2027, 3, 31))
    viewer = cast.viewer(cast.qa_lead)
    counted, linked = planner.rows_counted(viewer, date(2026, 4, 1), date(2027, 4, 1))
    grid = planner.grid_of(counted, dates.today())
    assert linked
    assert (
        sum(number for cell in grid.values() for number in cell.counts.values())
        == rows().filter(activity=of).count()
        == 12
    )


def test_changing_an_activity_keeps_how_it_read(cast: Cast, client_of: Any) -> None:
    of = activity()
    form = {"name": "Team visits", "cadence_words": "every 6 weeks"}
    assert client_of(cast.qa_officer).post(f"/schedule/{of.public_id}/change", form).status_code == 302
    of.refresh_from_db()
    assert (of.name, of.cadences) == ("Team visits", [{"kind": "every", "interval": 6, "unit": "week"}])
    assert ActivityVersion.objects.get().content["name"] == "Visits"


def test_a_cadence_that_cannot_be_read_is_refused_in_words(cast: Cast, client_of: Any) -> None:
    of = activity()
    page = client_of(cast.qa_officer).post(
        f"/schedule/{of.public_id}/change", {"name": "x", "cadence_words": "now and then"}
    )
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    of.refresh_from_db()
    assert of.cadences == [MONTHLY]


def test_the_calendar_opens_by_its_secret_and_holds_no_name_and_no_outcome(cast: Cast, client: Any) -> None:
    row = planned(cast, responsible=cast.cath, unit=cast.units["fostering"])
    secret = make_feed(by=cast.cath, has_everything=False)
    answer = client.get(f"/calendar/{secret}.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Visits"
    assert str(event["uid"]) == f"{row.public_id}@plumbline"
    assert cast.cath.name not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/calendar/another.ics").status_code == 404


def test_a_calendar_stops_when_the_account_closes_or_the_address_is_replaced(cast: Cast, client: Any) -> None:
    old = make_feed(by=cast.cath, has_everything=True)
    new = make_feed(by=cast.cath, has_everything=True)
    assert client.get(f"/calendar/{old}.ics").status_code == 404
    assert client.get(f"/calendar/{new}.ics").status_code == 200
    cast.cath.user.is_active = False
    cast.cath.user.save()
    assert client.get(f"/calendar/{new}.ics").status_code == 404


@pytest.mark.parametrize(
    "address", ["/planner", "/schedule", "/occurrences", "/planner/delivered", "/reporting", "/"]
)
def test_pages_of_the_schedule_ask_no_more_as_the_plan_grows(
    cast: Cast, client_of: Any, address: str
) -> None:
    client, of = client_of(cast.qa_lead), activity()

    def queries_made() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    planned(cast, of, unit=cast.units["north"], responsible=cast.ben)
    client.get(address)
    few = queries_made()
    for number in range(15):
        planned(
            cast,
            of,
            unit=cast.units["south"],
            responsible=cast.sam,
            due_on=dates.today() - timedelta(days=number),
        )
    assert queries_made() <= few
