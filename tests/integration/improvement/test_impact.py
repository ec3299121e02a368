"""What a closed action changed: looked at 3 and 6 months on, by somebody else than its owner, with what shows it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from plumbline.audits.models import AuditAction
from plumbline.audits.presenters.report_progress import findings
from plumbline.audits.queries.report_figures import figures_of
from plumbline.framework.rules.months import add_months
from plumbline.improvement.actions import acting
from plumbline.improvement.actions.findings import NotInState
from plumbline.improvement.models import Action, ImpactCheck
from plumbline.improvement.presenters.waiting import action_work
from plumbline.improvement.queries.impact import closed_among
from plumbline.shared import dates
from tests.factories.audits import make_round
from tests.factories.cast import Cast
from tests.factories.improvement import make_action

pytestmark = pytest.mark.django_db


def due_now(row: Action, months: int = 3) -> ImpactCheck:
    """The check of so many months, brought forward to today."""
    check = row.impact_checks.get(months=months, result="")
    check.due_on = dates.today()
    check.save()
    return check


def waiting(cast: Cast, person: Any, day: date) -> bool:
    work = action_work(cast.viewer(person), day)
    return any("what changed for children" in one.sentence for one in work)


def test_closing_an_action_books_a_look_at_its_impact_after_three_and_six_months(cast: Cast) -> None:
    row = make_action(cast, "closed")
    booked = list(row.impact_checks.values_list("months", "due_on", "result"))
    assert booked == [(n, add_months(dates.today(), n), "") for n in (3, 6)]


def test_the_quality_team_is_asked_when_a_look_is_due_and_not_before(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "closed")
    officer = client_of(cast.qa_officer)
    assert not waiting(cast, cast.qa_officer, dates.today())
    assert "No check of its impact is due." in (
        officer.get(f"/actions/{row.public_id}/impact", follow=True).content.decode()
    )
    due_now(row)
    assert waiting(cast, cast.qa_officer, dates.today())
    assert row.text in officer.get("/actions?state=impact_due").content.decode()
    form = {"result": "not_yet", "evidence": "Two plans read again"}
    assert officer.post(f"/actions/{row.public_id}/impact", form).status_code == 302
    assert not waiting(cast, cast.qa_officer, dates.today())
    page = officer.get(f"/actions/{row.public_id}").content.decode()
    assert f"Impact not seen yet, {dates.in_words(dates.today())}, {cast.qa_officer.name}" in page
    assert "Two plans read again" in page


def test_a_result_without_what_shows_it_is_refused(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "closed")
    check = due_now(row)
    page = client_of(cast.qa_officer).post(
        f"/actions/{row.public_id}/impact", {"result": "evidenced", "evidence": ""}
    )
    assert "Enter what shows it" in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.impact_checks.filter(pk=check.pk).update(result="evidenced")


def test_an_owner_does_not_say_what_their_own_action_changed(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "closed", owner=cast.ben)
    check = due_now(row)
    assert not waiting(cast, cast.ben, dates.today())
    page = client_of(cast.ben).get(f"/actions/{row.public_id}/impact", follow=True)
    assert "somebody else says what it changed" in page.content.decode()
    with pytest.raises(acting.OwnAction):
        acting.record_impact(by=cast.ben, action=row, check=check, result="evidenced", evidence="x")


def test_a_look_is_recorded_once(cast: Cast) -> None:
    row = make_action(cast, "closed")
    check = due_now(row)
    acting.record_impact(by=cast.qa_lead, action=row, check=check, result="no_impact", evidence="Seen")
    with pytest.raises(NotInState):
        acting.record_impact(by=cast.qa_officer, action=row, check=check, result="evidenced", evidence="x")
    assert row.impact_checks.get(pk=check.pk).result == "no_impact"


def test_an_action_opened_again_is_looked_at_anew_after_its_next_closing(cast: Cast) -> None:
    row = make_action(cast, "closed")
    acting.record_impact(
        by=cast.qa_lead, action=row, check=due_now(row), result="no_impact", evidence="Nothing moved"
    )
    row = acting.reopen(by=cast.qa_lead, action=row, reason="No impact")
    assert list(row.impact_checks.values_list("result", flat=True)) == ["no_impact"]
    row = acting.mark_done(by=cast.sam, action=row, evidence="Done again")
    row = acting.close_action(by=cast.qa_lead, action=row, impact="Better")
    assert row.impact_checks.filter(result="").count() == 2


def test_closed_with_evidenced_impact_stands_beside_closed_and_the_last_look_counts(
    cast: Cast, client_of: Any
) -> None:
    of = make_round(cast)
    kept, lost, unseen = (make_action(cast, "closed", text=f"Action {n}") for n in range(3))
    make_action(cast, "agreed")
    for row in (kept, lost, unseen):
        AuditAction.objects.create(action=row, round=of)
    for row, results in ((kept, ("not_yet", "evidenced")), (lost, ("evidenced", "no_impact"))):
        for months, result in zip((3, 6), results, strict=True):
            check = due_now(row, months)
            acting.record_impact(by=cast.qa_lead, action=row, check=check, result=result, evidence="Seen")
    page = client_of(cast.qa_officer).get("/actions").content.decode()
    assert "Closed: 3. Closed with evidenced impact: 1." in page
    narrowed = client_of(cast.qa_officer).get("/actions?state=evidenced").content.decode()
    assert [text in narrowed for text in ("Action 0", "Action 1", "Action 2")] == [True, False, False]
    figures = figures_of(of)
    said = " ".join(getattr(one, "text", "") for one in findings(figures))
    assert "Closed: 3. Closed with evidenced impact: 1." in said
    del figures["actions"]["evidenced"]
    assert "evidenced impact" not in " ".join(getattr(one, "text", "") for one in findings(figures))


def test_what_was_evidenced_before_an_action_was_opened_again_counts_no_more(cast: Cast) -> None:
    row = make_action(cast, "closed")
    acting.record_impact(by=cast.qa_lead, action=row, check=due_now(row), result="evidenced", evidence="x")
    ImpactCheck.objects.filter(result="evidenced").update(
        recorded_at=row.closed_at - timedelta(days=1)  # type: ignore[operator]
    )
    every = Action.objects.visible_to(cast.viewer(cast.qa_lead), "action.view")
    assert closed_among(every, dates.today()).evidenced == 0
