"""A round is completed by the forum that received its report and agreed its plan."""

from datetime import date, timedelta

import pytest

from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.actions.rounds import agree_plan
from plumbline.audits.models import Round
from plumbline.audits.presenters.rounds import status_tag
from plumbline.framework.models import Forum
from plumbline.shared import dates
from tests.factories.audits import make_round
from tests.factories.cast import Cast
from tests.factories.reports import make_report
from tests.integration.conftest import SignedIn

pytestmark = pytest.mark.django_db


def boxes(day: date) -> dict[str, str]:
    return {
        "agreed_on_day": str(day.day),
        "agreed_on_month": str(day.month),
        "agreed_on_year": str(day.year),
    }


def board() -> Forum:
    return Forum.objects.create(key="auditors", name="Auditors’ meeting")


def row(made: Round) -> Round:
    return Round.objects.as_system("recording").get(pk=made.pk)


def test_an_issued_round_leads_to_the_forum_that_agrees_its_plan_and_is_completed_with_it(cast: Cast) -> None:
    of, forum, officer = make_report(cast, state="issued").round, board(), SignedIn(cast.qa_officer)
    address = f"/rounds/{of.public_id}/agreed"
    assert status_tag(row(of))["text"] == "Audits completed, analysis in progress"
    for page in (f"/rounds/{of.public_id}", "/this-month", "/"):
        assert f'href="{address}"' in officer.get(page).content.decode(), page
    officer.post(address, {"forum": forum.public_id} | boxes(dates.today()))
    assert (row(of).plan_forum, row(of).plan_agreed_on) == (forum, dates.today())
    assert status_tag(row(of))["text"] == "Completed"
    said = officer.get(f"/rounds/{of.public_id}").content.decode()
    assert f"Auditors’ meeting, {dates.in_words(dates.today())}" in said
    assert address not in said
    assert of.title not in officer.get("/this-month").content.decode()


def test_a_forum_cannot_have_agreed_the_plan_before_the_report_was_issued_or_after_today(cast: Cast) -> None:
    of, forum = make_report(cast, state="issued").round, board()
    for days, words in ((-1, "when the report was issued, or later."), (1, "must be today or in the past.")):
        form = {"forum": forum.public_id} | boxes(dates.today() + timedelta(days=days))
        said = SignedIn(cast.qa_officer).post(f"/rounds/{of.public_id}/agreed", form).content.decode()
        assert words in said
    assert row(of).state == "finalised"


@pytest.mark.parametrize("state", ["analysis", "drafted", "completed"])
def test_no_plan_is_agreed_before_the_report_is_issued_or_twice(cast: Cast, state: str) -> None:
    of = make_round(cast, state=state)
    with pytest.raises(RoundNotInState):
        agree_plan(by=cast.qa_lead, round=of, forum=board(), agreed_on=dates.today())
    assert row(of).plan_forum is None


def test_an_auditor_cannot_complete_a_round(cast: Cast) -> None:
    of = make_round(cast, state="finalised")
    assert SignedIn(cast.amira).get(f"/rounds/{of.public_id}/agreed").status_code == 403
