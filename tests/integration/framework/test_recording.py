"""What was recorded stays readable, whatever is done to it afterwards."""

from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.framework.actions import recording
from plumbline.framework.models import Forum
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.integration.framework.plans import planned, rows


def test_a_reopened_occurrence_is_blank_and_its_history_keeps_the_day_and_the_outcome(
    cast: Cast, client_of: Any
) -> None:
    held = dates.today() - timedelta(days=1)
    row = recording.record_done(
        by=cast.qa_officer, occurrence=planned(cast), held_on=held, outcome="Chronologies need work"
    )
    again = recording.reopen(by=cast.qa_lead, occurrence=row, reason="Wrong team")
    assert (again.state, again.held_on, again.outcome, again.reason) == ("planned", None, "", "")
    page = client_of(cast.qa_lead).get(f"/occurrences/{row.public_id}").content.decode()
    _, history = page.split("History")
    assert "Chronologies need work" in history
    assert dates.in_words(held) in history
    assert "Wrong team" in history


def test_what_is_recorded_after_reopening_stands_beside_what_was_recorded_before(cast: Cast) -> None:
    day = dates.today()
    row = recording.record_done(by=cast.qa_officer, occurrence=planned(cast), held_on=day, outcome="First")
    recording.reopen(by=cast.qa_lead, occurrence=row, reason="Typed too soon")
    recording.record_done(by=cast.qa_officer, occurrence=row, held_on=day, outcome="Second")
    assert [(step.state, step.outcome) for step in rows().get().statuses.all()] == [
        ("planned", ""),
        ("done", "First"),
        ("planned", ""),
        ("done", "Second"),
    ]


def test_nothing_is_recorded_as_done_before_its_day_whoever_asks(cast: Cast) -> None:
    row, tomorrow = planned(cast), dates.today() + timedelta(days=1)
    with pytest.raises(recording.InTheFuture):
        recording.record_done(by=cast.qa_officer, occurrence=row, held_on=tomorrow, outcome="")
    assert rows().get().state == "planned"


def test_no_forum_has_received_a_report_before_its_day(cast: Cast) -> None:
    forum = Forum.objects.create(key="board", name="Board")
    row = recording.record_done(
        by=cast.qa_officer, occurrence=planned(cast), held_on=dates.today(), outcome=""
    )
    later: date = dates.today() + timedelta(days=1)
    with pytest.raises(recording.InTheFuture):
        recording.give_report(by=cast.qa_officer, occurrence=row, forum=forum, given_on=later)
    assert not row.reports.exists()
