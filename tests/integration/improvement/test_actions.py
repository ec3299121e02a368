"""Actions: who may take which step, four eyes at the end, overdue meaning one thing, and the list."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from plumbline.event_log.models import Event
from plumbline.improvement.actions import acting
from plumbline.improvement.actions.findings import NotInState
from plumbline.improvement.models import Action, ActionState
from plumbline.improvement.presenters.waiting import action_work
from plumbline.improvement.queries import actions as queries
from plumbline.improvement.rules.states import ACTION_MOVES, is_open, is_overdue, standing
from plumbline.shared import dates
from plumbline.work.models import Message
from plumbline.work.sending import email_for
from tests.factories.cast import Cast
from tests.factories.improvement import make_action, make_finding


def boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def stored() -> Any:
    return Action.objects.as_system("recording")


def test_an_action_goes_from_its_owners_word_to_somebody_elses_check(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, findings=[make_finding(cast)])
    owner, checker = client_of(cast.sam), client_of(cast.ben)
    address = f"/actions/{row.public_id}"
    assert owner.post(f"{address}/agree").status_code == 302
    assert owner.post(f"{address}/progress", {"note": "Two meetings held"}).status_code == 302
    assert owner.post(f"{address}/done", {"evidence": "The minutes"}).status_code == 302
    form = {"evidence": "The minutes, seen", "impact": "Three plans now say what will change"}
    assert checker.post(f"{address}/close", form).status_code == 302
    closed = stored().get()
    assert (closed.state, closed.closed_by, closed.impact) == ("closed", cast.ben, form["impact"])
    assert [step.state for step in closed.steps.all()] == [
        "draft",
        "proposed",
        "agreed",
        "in_progress",
        "done",
        "closed",
    ]


def test_the_owner_cannot_close_their_own_action(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "done", owner=cast.ben)
    with pytest.raises(acting.OwnAction):
        acting.close_action(by=cast.ben, action=row, impact="Better")
    page = client_of(cast.ben).post(
        f"/actions/{row.public_id}/close", {"evidence": "x", "impact": "y"}, follow=True
    )
    assert "You own this action, so somebody else checks it" in page.content.decode()
    assert stored().get().state == "done"


def test_the_database_too_refuses_closure_by_the_owner_or_without_impact(cast: Cast) -> None:
    row = make_action(cast, "done")
    now = {"state": "closed", "closed_at": row.raised_at}
    for values in (
        {**now, "closed_by": row.owner_id, "impact": "Better"},
        {**now, "closed_by": cast.qa_lead.pk, "impact": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            stored().filter(pk=row.pk).update(**values)


def test_closing_asks_for_the_difference_it_made(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "done")
    page = client_of(cast.qa_officer).post(
        f"/actions/{row.public_id}/close", {"evidence": "Seen", "impact": ""}
    )
    assert "Enter what difference it made for children" in page.content.decode()
    assert stored().get().state == "done"


def test_what_is_not_shown_well_enough_goes_back_to_its_owner(cast: Cast) -> None:
    row = acting.send_back(by=cast.ben, action=make_action(cast, "done"), reason="Show one plan")
    assert row.state == ActionState.IN_PROGRESS
    assert Message.objects.as_system("background-work").filter(person=cast.sam, kind="action-back").exists()


def test_a_closed_action_opened_again_keeps_its_history_and_loses_its_closure(cast: Cast) -> None:
    row = acting.reopen(by=cast.qa_lead, action=make_action(cast, "closed"), reason="It came back")
    assert (row.state, row.closed_at, row.closed_by) == ("in_progress", None, None)
    assert [step.state for step in row.steps.all()][-2:] == ["closed", "in_progress"]


def test_a_new_owner_is_asked_anew_and_told(cast: Cast) -> None:
    row = make_action(cast, "agreed")
    changed = acting.change_owner_or_day(
        by=cast.qa_lead, action=row, owner=cast.ben, due_on=row.due_on, reason="Sam moves on"
    )
    assert (changed.state, changed.owner) == ("proposed", cast.ben)
    assert Message.objects.as_system("background-work").filter(person=cast.ben).count() == 1


def test_another_day_needs_no_new_word_of_the_owner(cast: Cast) -> None:
    row = make_action(cast, "agreed")
    later = row.due_on + timedelta(days=7)
    changed = acting.change_owner_or_day(
        by=cast.qa_lead, action=row, owner=cast.sam, due_on=later, reason="Half term"
    )
    assert (changed.state, changed.due_on) == ("agreed", later)
    assert changed.steps.last().text == "Half term"


def test_who_sets_an_action_for_themselves_has_agreed(cast: Cast) -> None:
    assert make_action(cast, by=cast.ben, owner=cast.ben).state == "agreed"


def test_the_quality_team_says_how_an_owner_agreed_when_recording_it(cast: Cast, client_of: Any) -> None:
    row = make_action(cast)
    client = client_of(cast.qa_officer)
    page = client.post(f"/actions/{row.public_id}/agree", {"note": ""})
    assert "Enter how the owner agreed" in page.content.decode()
    client.post(f"/actions/{row.public_id}/agree", {"note": "By telephone"})
    assert stored().get().state == "agreed"


def test_a_step_that_somebody_else_took_meanwhile_changes_nothing(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "done")
    acting.close_action(by=cast.qa_lead, action=row, impact="Seen in practice")
    with pytest.raises(NotInState):
        acting.close_action(by=cast.qa_officer, action=row, impact="Twice")
    assert stored().get().impact == "Seen in practice"


def test_the_message_to_an_owner_holds_a_day_and_a_link_and_no_detail(cast: Cast) -> None:
    row = make_action(cast, text="Words that stay inside", level="child", case_reference="LC-20418")
    message = Message.objects.as_system("background-work").get(person=cast.sam)
    written = f"{email_for(message).subject} {email_for(message).body}"
    assert dates.in_words(row.due_on) in written
    assert f"/actions/{row.public_id}" in written
    assert "Words that stay inside" not in written
    assert "LC-20418" not in written


def test_an_event_names_the_action_and_repeats_nothing_of_it(cast: Cast) -> None:
    make_action(cast, "closed", text="Words that stay inside")
    events = Event.objects.as_system("verify-event-log").filter(object_type="action")
    assert {event.action for event in events} >= {"action.raise", "action.done", "action.closed"}
    assert "Words that stay inside" not in str(list(events.values()))


def test_the_database_and_the_rules_mean_the_same_by_overdue_open_and_order(cast: Cast) -> None:
    today = dates.today()
    for state in ACTION_MOVES:
        for days in (-1, 0, 1):
            row = make_action(cast, state)
            stored().filter(pk=row.pk).update(due_on=today + timedelta(days=days))
    rows = list(queries.in_order(stored().all(), today))
    assert [one.standing for one in rows] == [standing(one.state, one.due_on, today) for one in rows]
    overdue = set(stored().filter(queries.overdue_on(today)).values_list("pk", flat=True))
    assert overdue == {one.pk for one in rows if is_overdue(one.state, one.due_on, today)}
    still_open = set(stored().filter(queries.open_now()).values_list("pk", flat=True))
    assert still_open == {one.pk for one in rows if is_open(one.state)}


def test_the_list_puts_the_overdue_first_and_keeps_children_apart_from_the_service(
    cast: Cast, client_of: Any
) -> None:
    make_action(cast, "agreed", text="Later for the service")
    late = make_action(cast, "agreed", text="Late for the service")
    stored().filter(pk=late.pk).update(due_on=dates.today() - timedelta(days=6))
    make_action(cast, "agreed", text="For one child", level="child", case_reference="LC-1")
    page = client_of(cast.qa_officer).get("/actions").content.decode()
    places = [
        page.index(words)
        for words in (
            "For a child</caption>",
            "For one child",
            "For the service</caption>",
            "Late for the service",
            "Later for the service",
        )
    ]
    assert places == sorted(places)
    assert "6 days late" in page


def test_filters_narrow_the_list_and_stay_in_the_address(cast: Cast, client_of: Any) -> None:
    make_action(cast, "agreed", text="The one of Sam")
    make_action(cast, "closed", text="The finished one")
    make_action(cast, "agreed", text="The one of Ben", owner=cast.ben)
    client = client_of(cast.qa_officer)
    for query, wanted in (
        (f"owner={cast.ben.public_id}", {"The one of Ben"}),
        ("state=closed", {"The finished one"}),
        ("state=open", {"The one of Sam", "The one of Ben"}),
        ("q=finished", {"The finished one"}),
        ("level=child", set()),
        ("state=nonsense", set()),
        (f"team={cast.units['fostering'].public_id}", set()),
    ):
        page = client.get(f"/actions?{query}").content.decode()
        words = {"The one of Sam", "The one of Ben", "The finished one"}
        assert {one for one in words if one in page} == wanted, query


def test_cath_of_another_service_sees_no_action_of_the_north_and_its_owner_does(
    cast: Cast, client_of: Any
) -> None:
    row = make_action(cast)
    address = f"/actions/{row.public_id}"
    assert client_of(cast.cath).get(address).status_code == 404
    assert row.public_id not in client_of(cast.cath).get("/actions").content.decode()
    assert client_of(cast.sam).get(address).status_code == 200
    assert client_of(cast.ben).get(address).status_code == 200
    assert client_of(cast.ben).post(f"{address}/withdraw", {"reason": "x"}).status_code == 403


def test_a_draft_is_not_shown_to_its_owner_before_its_source_is_shared(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "draft")
    assert client_of(cast.sam).get(f"/actions/{row.public_id}").status_code == 404
    assert not Message.objects.as_system("background-work").filter(person=cast.sam).exists()


def test_the_file_holds_the_rows_of_the_list_and_none_that_may_not_be_seen(
    cast: Cast, client_of: Any
) -> None:
    make_action(cast, "agreed", text="=Seen by Ben")
    make_action(cast, "draft", text="A draft")
    make_action(cast, "agreed", text="Of fostering", unit=cast.units["fostering"], owner=cast.cath)
    answer = client_of(cast.ben).confirmed().get("/actions/export")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["Action", "'=Seen by Ben"]
    assert client_of(cast.sam).get("/actions/export").status_code == 403


def test_work_says_what_an_owner_is_to_do_and_what_waits_for_a_check(cast: Cast) -> None:
    today = dates.today()
    make_action(cast)
    make_action(cast, "agreed")
    make_action(cast, "done")
    own = [item.sentence for item in action_work(cast.viewer(cast.sam), today)]
    assert [words.split(":")[0] for words in own] == ["Say whether you agree to an action", "Start an action"]
    team = [item.sentence for item in action_work(cast.viewer(cast.ben), today)]
    assert team == ["1 action is done and waits for your check."]
    make_finding(cast)
    quality = [item.sentence for item in action_work(cast.viewer(cast.qa_lead), today)]
    assert quality == ["1 action is done and waits for your check.", "1 finding has no action yet."]


def test_a_day_that_has_passed_is_refused_when_an_action_is_set(cast: Cast, client_of: Any) -> None:
    form = {"text": "x", "owner": cast.sam.public_id, **boxes("due_on", dates.today() - timedelta(days=1))}
    page = client_of(cast.qa_officer).post("/actions/add", form).content.decode()
    assert "Day it is due must be today or later." in page
    assert stored().count() == 0


def test_an_action_answers_several_findings(cast: Cast, client_of: Any) -> None:
    first, second = make_finding(cast), make_finding(cast, text="Visits are not written up")
    form = {
        "text": "Agree a way to write up visits",
        "owner": cast.sam.public_id,
        **boxes("due_on", dates.today() + timedelta(days=14)),
    }
    address = f"/actions/add?finding={first.public_id}&finding={second.public_id}"
    assert client_of(cast.qa_officer).post(address, form).status_code == 302
    row = stored().get()
    assert row.findings.through.objects.filter(action=row).count() == 2
    assert (row.unit, row.level) == (cast.units["north"], "service")


def test_an_action_cannot_be_set_about_a_finding_one_may_not_see(cast: Cast, client_of: Any) -> None:
    finding = make_finding(cast)
    assert client_of(cast.cath).get(f"/actions/add?finding={finding.public_id}").status_code == 404


@pytest.mark.parametrize("more", [1, 24])
def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    cast: Cast, client_of: Any, more: int
) -> None:
    for _ in range(more):
        make_action(cast, "agreed")
    client = client_of(cast.qa_officer)
    client.get("/actions")
    with CaptureQueriesContext(connection) as asked:
        client.get("/actions")
    assert len(asked) == LIST_QUERIES


LIST_QUERIES = 18
