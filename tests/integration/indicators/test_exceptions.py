"""Exceptions: raised once a run, told by a manager, answered by a plan that somebody else agrees, and reported."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.improvement.models import Action
from plumbline.indicators.actions import exceptions as actions
from plumbline.indicators.actions.targets import set_target
from plumbline.indicators.models import ExceptionState, Extract, Figure, IndicatorException
from plumbline.indicators.queries.definitions import indicators
from plumbline.shared import dates
from plumbline.work.models import Message
from tests.factories.cast import Cast

KEY = "re-referrals-in-12-months"


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def stored() -> Any:
    return IndicatorException.objects.as_system("exception")


@pytest.fixture
def off(cast: Cast, extract: Extract) -> IndicatorException:
    """Re-referrals off target: one in four each month, where one in ten is aimed at."""
    set_target(
        by=None,
        indicator=indicators()[KEY],
        starts_on=date(2025, 10, 1),
        steps=[[0, 10]],
        tolerance=5,
        owner=cast.ben,
    )
    actions.look_again()
    return stored().get(reason="off_target")  # type: ignore[no-any-return]


def figure(extract: Extract, month: int, numerator: int) -> None:
    """A later month, as a newer extract would have it."""
    Figure.objects.create(
        extract=extract,
        indicator=KEY,
        version="1",
        kind="month",
        starts_on=date(2026, month, 1),
        ends_on=dates.last_of_month(date(2026, month, 1)),
        numerator=numerator,
        denominator=4,
    )


def test_a_run_off_target_raises_one_exception_however_often_and_however_long(
    off: IndicatorException, extract: Extract, cast: Cast
) -> None:
    assert (off.first_on, off.owner, off.state) == (date(2025, 10, 31), cast.ben, ExceptionState.RAISED)
    assert off.said == "25.0% against 10%: 15.0 points above, March 2026"
    assert Message.objects.as_system("background-work").filter(kind="exception-yours").count() == 1
    assert actions.look_again() == 0
    figure(extract, 4, 2)
    assert actions.look_again() == 0
    kept = stored().get(reason="off_target")
    assert (kept.last_on, kept.latest) == (
        date(2026, 4, 30),
        "50.0% against 10%: 40.0 points above, April 2026",
    )
    figure(extract, 5, 0)
    actions.look_again()
    assert stored().get(reason="off_target").state == ExceptionState.BACK_ON_TARGET
    figure(extract, 6, 1)
    assert actions.look_again() == 1
    assert stored().filter(reason="off_target").count() == 2


def test_one_that_is_closed_is_not_raised_again_while_its_run_goes_on(
    off: IndicatorException, extract: Extract, cast: Cast
) -> None:
    actions.close(by=cast.qa_lead, exception=off, outcome="Known, and nothing more to learn.")
    figure(extract, 4, 2)
    assert actions.look_again() == 0
    assert stored().get(reason="off_target").state == ExceptionState.CLOSED


def test_a_month_worse_than_chance_raises_one_without_an_owner(extract: Extract, cast: Cast) -> None:
    rows = Figure.objects.filter(indicator=KEY, of="", kind="month", denominator__gt=0)
    rows.update(numerator=10, denominator=100)
    rows.filter(ends_on__month__in=(2, 4, 6, 8, 10, 12)).update(numerator=14)
    assert actions.look_again() == 0
    rows.filter(ends_on=extract.as_at).update(numerator=60)
    assert [actions.look_again(), actions.look_again()] == [1, 0]
    # Off target in the same month: the exception that is open speaks for both.
    set_target(
        by=None, indicator=indicators()[KEY], starts_on=date(2025, 10, 1), steps=[[0, 10]], owner=cast.ben
    )
    assert actions.look_again() == 0
    row = stored().get()
    assert (row.reason, row.owner, row.said) == ("signal", None, "60.0%, 60 of 100, March 2026")


def test_the_manager_tells_the_story_and_somebody_else_agrees_the_plan_and_closes(
    off: IndicatorException, cast: Cast, client_of: Any
) -> None:
    page = reverse("indicator_exception", args=[off.public_id])
    ben, lead = client_of(cast.ben), client_of(cast.qa_lead)
    assert "Say what lies behind" in text(ben.get("/"))
    assert client_of(cast.cath).get(page).status_code == 404
    told = {"story": "Two families came back.", "causes": ["caseload"], "key": "k1"}
    form = ben.get(f"{page}/explain").content.decode()
    cause = form.partition('name="causes"')[2].partition('value="')[2].partition('"')[0]
    assert ben.post(f"{page}/explain", told | {"causes": [cause]})["Location"] == page
    assert "Agree the plan for" in text(lead.get("/"))
    soon = dates.today() + timedelta(days=30)
    day = {"review_on_day": soon.day, "review_on_month": soon.month, "review_on_year": soon.year}
    assert "Set an action first" in text(lead.post(f"{page}/plan", day | {"key": "k2"}))
    due = {"due_on_day": soon.day, "due_on_month": soon.month, "due_on_year": soon.year}
    act = {"text": "Visit within a week", "owner": cast.sam.public_id, "key": "k3"} | due
    for _ in range(2):
        ben.post(f"{page}/act", act)
    made = Action.objects.as_system("retention").get()
    assert "the exception on" in text(client_of(cast.sam).get(f"/actions/{made.public_id}"))
    with pytest.raises(actions.OwnException):
        actions.agree_plan(by=cast.ben, exception=off, review_on=soon)
    assert lead.post(f"{page}/plan", day | {"key": "k4"})["Location"] == page
    lead.post(f"{page}/monitor", day | {"note": "Better in two teams.", "key": "k5"})
    shown = text(lead.get(page))
    for part in ("Two families came back.", "Visit within a week", "Better in two teams.", "Monitored"):
        assert part in shown
    assert ben.get(f"{page}/close").status_code == 403
    lead.post(f"{page}/close", {"outcome": "Visits are made in a week now.", "key": "k6"})
    assert stored().get(reason="off_target").state == ExceptionState.CLOSED


def test_the_report_of_a_quarter_holds_each_exception_with_its_plan_and_so_does_its_file(
    off: IndicatorException, cast: Cast, client_of: Any
) -> None:
    actions.explain(by=cast.ben, exception=off, story="Two families came back.", causes=[])
    soon = dates.today() + timedelta(days=30)
    actions.act(by=cast.ben, exception=off, text="Visit within a week", owner=cast.sam, due_on=soon)
    lead = client_of(cast.qa_lead).confirmed()
    page = text(lead.get(reverse("exception_report")))
    assert "1 exception in the quarter, 1 of them new, 0 closed. 0 wait for their story." in page
    assert "Two families came back." in page
    assert "Visit within a week" in page
    file = lead.get(reverse("exception_report_csv")).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    assert row["Story"] == "Two families came back."
    assert row["Corrective action plan"].startswith("Visit within a week (Sam, by ")
    earlier = text(lead.get(f"{reverse('exception_report')}?quarter=2020-21-Q1"))
    assert "No indicator was off target" in earlier
    assert client_of(cast.ben).get(reverse("exception_report")).status_code == 403


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(
    off: IndicatorException, cast: Cast, client_of: Any, django_assert_num_queries: Any
) -> None:
    client = client_of(cast.qa_lead)
    client.get("/exceptions")
    with CaptureQueriesContext(connection) as few:
        client.get("/exceptions")
    for number in range(5):
        copy = stored().get(pk=off.pk)
        copy.pk, copy.public_id = None, f"abcdefgh{number:04d}"
        copy.first_on = copy.last_on = date(2020, 1, 1 + number)
        copy.save(force_insert=True)
    with django_assert_num_queries(len(few)):
        client.get("/exceptions")
