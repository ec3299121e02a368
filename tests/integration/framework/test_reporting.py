"""Who reports to whom, and how much of it in time (catalogue D08 and C25)."""

import re
from datetime import date, timedelta
from typing import Any

from plumbline.framework.actions import recording
from plumbline.framework.models import Activity, Forum, ReportLine
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.framework.plans import MONTHLY, activity, planned


def line_to_board(of: Activity, cadence: dict[str, Any] | None = None) -> Forum:
    forum = Forum.objects.create(key="board", name="Board", cadence=MONTHLY if cadence is None else cadence)
    ReportLine.objects.create(activity=of, forum=forum)
    return forum


def done(cast: Cast, of: Activity, days_ago: int, **more: Any) -> Any:
    day = dates.today() - timedelta(days=days_ago)
    row = planned(cast, of, due_on=day, **more)
    return recording.record_done(by=cast.qa_officer, occurrence=row, held_on=day, outcome="")


def report(cast: Cast, row: Any, forum: Forum, days_ago: int) -> None:
    day: date = dates.today() - timedelta(days=days_ago)
    recording.give_report(by=cast.qa_officer, occurrence=row, forum=forum, given_on=day)


def text_of(client: Any, address: str) -> str:
    return str(client.get(address).content.decode())


def tags(client: Any) -> list[str]:
    return [
        words.strip()
        for words in re.findall(r'class="govuk-tag[^>]*>([^<]*)<', text_of(client, "/reporting"))
    ]


def test_reports_are_counted_as_on_time_late_and_overdue(cast: Cast, client_of: Any) -> None:
    of = activity()
    forum = line_to_board(of)
    client = client_of(cast.qa_lead)
    assert "No report was due." in text_of(client, "/reporting")
    report(cast, done(cast, of, 100), forum, 95)
    report(cast, done(cast, of, 80), forum, 30)
    done(cast, of, 60)
    done(cast, of, 3)  # not due yet
    said = "1 of the 3 reports due were received on time, 1 late. 1 is overdue."
    for address in ("/reporting", f"/forums/{forum.public_id}", "/planner/delivered"):
        assert said in text_of(client, address), address
    assert "1 of 3" in text_of(client, "/reporting")


def test_a_line_is_late_until_what_is_owed_is_received(cast: Cast, client_of: Any) -> None:
    of = activity()
    forum = line_to_board(of)
    client, row = client_of(cast.qa_lead), done(cast, of, 60)
    assert tags(client)[1:] == ["Late"]  # after the phase banner
    report(cast, row, forum, 1)
    assert tags(client)[1:] == ["Up to date"]
    page = text_of(client, "/reporting")
    assert "0 of the 1 report due was received on time, 1 late." in page


def test_a_forum_without_set_days_is_never_reported_to_late(cast: Cast, client_of: Any) -> None:
    of = activity()
    line_to_board(of, {"kind": "event"})
    done(cast, of, 300)
    assert "No report was due." in text_of(client_of(cast.qa_lead), "/reporting")


def test_an_activity_that_reports_quarterly_owes_no_report_of_each_month(cast: Cast, client_of: Any) -> None:
    quarterly = {"kind": "every", "interval": 3, "unit": "month", "purpose": "report"}
    of = activity(cadences=[MONTHLY, quarterly])
    line_to_board(of)
    done(cast, of, 90)
    assert "No report was due." in text_of(client_of(cast.qa_lead), "/reporting")
    row = done(cast, of, 80)
    row.cadence = quarterly
    row.save()
    assert "1 is overdue." in text_of(client_of(cast.qa_lead), "/reporting")


def test_what_concerns_a_declared_interest_is_not_counted(cast: Cast, client_of: Any) -> None:
    of = activity()
    line_to_board(of)
    done(cast, of, 90, unit=cast.units["north"])
    assert "1 is overdue." in text_of(client_of(cast.qa_lead), "/reporting")
    cast.declare_interest(cast.qa_lead, unit="north")
    assert "No report was due." in text_of(client_of(cast.qa_lead), "/reporting")
