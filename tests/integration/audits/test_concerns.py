"""Immediate concerns: who hears, the clock in hours, the steps, and that they stay out of everything else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions import concerns as actions
from plumbline.audits.models import AnswerDraft, Concern
from plumbline.audits.presenters.concern_waiting import concern_work
from plumbline.audits.queries.concerns import possible_handlers
from plumbline.shared import dates
from plumbline.work.models import Message
from plumbline.work.sending import still_allowed
from tests.factories.audits import make_audit
from tests.factories.cast import Cast

WORDS = "She is afraid to go home tonight."


def raised(cast: Cast, **more: Any) -> Concern:
    values: dict[str, Any] = {"handler": cast.concern_handler, "text": WORDS} | more
    return actions.raise_concern(by=cast.amira, audit=make_audit(cast), **values)


def messages() -> Any:
    return Message.objects.as_system("background-work")


def test_the_manager_named_and_the_quality_lead_are_told_at_once_without_what_it_is_about(cast: Cast) -> None:
    concern = raised(cast)
    told = {one.person_id: one for one in messages().filter(kind="concern-raised")}
    assert set(told) == {cast.concern_handler.pk, cast.qa_lead.pk}
    for one in told.values():
        assert still_allowed(one)
        assert (one.about_id, one.due_on, one.number) == (concern.public_id, None, None)


def test_the_clock_runs_in_hours_from_settings(cast: Cast, settings: Any) -> None:
    settings.CONCERN_ACKNOWLEDGE_HOURS, settings.CONCERN_PLAN_HOURS = 4, 6
    concern = raised(cast)
    assert concern.acknowledge_by - concern.raised_at == timedelta(hours=4)
    assert concern.plan_by - concern.raised_at == timedelta(hours=6)


def test_a_concern_raised_from_a_question_keeps_what_was_typed(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    answered = client.post(
        f"/audits/{audit.public_id}/sections/life",
        {"heard-version": "0", "heard-evidence": "Half a word", "action": "concern:heard"},
    )
    assert answered["Location"] == f"/audits/{audit.public_id}/concern?question=heard"
    assert AnswerDraft.objects.get(audit=audit).data["heard"]["evidence"] == "Half a word"
    page = client.get(answered["Location"]).content.decode()
    assert "From the question: “Were the child’s views sought" in page
    client.post(answered["Location"], {"text": WORDS, "handler": cast.concern_handler.public_id})
    concern = Concern.objects.as_system("recording").get()
    assert (concern.question, concern.handler_id, concern.state) == (
        "heard",
        cast.concern_handler.pk,
        "raised",
    )


def test_a_concern_handler_is_the_default_and_nobody_with_a_conflict_is_offered(cast: Cast) -> None:
    audit = make_audit(cast)
    viewer = cast.viewer(cast.amira)
    offered = possible_handlers(viewer, audit)
    assert offered[0] == cast.concern_handler
    assert cast.ben in offered
    assert not {cast.amira, cast.sam, cast.cath} & set(offered)
    cast.declare_interest(cast.qa_lead, about=cast.sam)
    cast.declare_interest(cast.ben, unit="north")
    assert not {cast.qa_lead, cast.ben} & set(possible_handlers(viewer, audit))


def test_it_stands_on_top_of_the_work_of_handler_and_lead_until_it_is_closed(
    cast: Cast, client_of: Any
) -> None:
    concern = raised(cast, handler=cast.ben)
    for person, waits in ((cast.ben, 1), (cast.qa_lead, 1), (cast.amira, 0), (cast.cath, 0)):
        items = list(concern_work(cast.viewer(person), dates.today()))
        assert [item.is_concern for item in items] == [True] * waits
    assert "Immediate concern, LC-" in client_of(cast.ben).get("/").content.decode()
    actions.acknowledge_concern(by=cast.ben, concern=concern)
    actions.plan_concern(by=cast.ben, concern=concern, plan="Visit tonight")
    assert list(concern_work(cast.viewer(cast.qa_lead), dates.today()))
    actions.close_concern(by=cast.ben, concern=concern, outcome="Seen and safe")
    assert not list(concern_work(cast.viewer(cast.qa_lead), dates.today()))


def test_each_step_is_taken_once_and_in_order(cast: Cast, client_of: Any) -> None:
    concern = raised(cast)
    with pytest.raises(actions.ConcernNotInState):
        actions.plan_concern(by=cast.qa_lead, concern=concern, plan="Too early")
    client = client_of(cast.concern_handler)
    address = f"/concerns/{concern.public_id}"
    assert "Acknowledge it" in client.get(address).content.decode()
    client.post(f"{address}/acknowledge", {"text": "On my way"})
    client.post(f"{address}/acknowledge", {"text": "Twice"})
    assert (
        "Enter what is done to keep the child safe"
        in client.post(f"{address}/plan", {"plan": ""}).content.decode()
    )
    client.post(f"{address}/plan", {"plan": "Visit tonight"})
    client.post(f"{address}/close", {"outcome": "Seen and safe"})
    row = Concern.objects.as_system("recording").get()
    assert (row.state, row.plan, row.outcome) == ("closed", "Visit tonight", "Seen and safe")
    assert [(step.state, step.text) for step in row.steps.all()] == [
        ("raised", ""),
        ("acknowledged", "On my way"),
        ("planned", "Visit tonight"),
        ("closed", "Seen and safe"),
    ]
    assert messages().filter(kind="concern-closed").get().person_id == cast.amira.pk
    assert client.get(f"{address}/close").status_code == 403


def test_what_is_overdue_is_said_in_hours(cast: Cast, client_of: Any) -> None:
    concern = raised(cast)
    Concern.objects.as_system("recording").filter(pk=concern.pk).update(
        acknowledge_by=timezone.now() - timedelta(hours=30, minutes=5)
    )
    page = client_of(cast.qa_lead).get("/concerns").content.decode()
    assert "An answer is 30 hours overdue" in page


def test_it_is_raised_once_however_often_the_button_is_pressed(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    given = {"key": "abcdefghjkmn", "text": WORDS, "handler": cast.concern_handler.public_id}
    for _ in range(3):
        assert client.post(f"/audits/{audit.public_id}/concern", given).status_code == 302
    assert Concern.objects.as_system("recording").count() == 1
    assert messages().filter(kind="concern-raised").count() == 2


def test_a_concern_without_words_or_manager_is_asked_for_both(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    page = client_of(cast.amira).post(f"/audits/{audit.public_id}/concern", {"handler": "nobody"})
    assert "Enter what worries you" in page.content.decode()
    assert "Who must act: select from the list" in page.content.decode()


def test_only_those_it_concerns_see_it(cast: Cast, client_of: Any) -> None:
    concern = raised(cast)
    address = f"/concerns/{concern.public_id}"
    for person, answer in (
        (cast.amira, 200),
        (cast.concern_handler, 200),
        (cast.qa_lead, 200),
        (cast.ben, 404),
        (cast.cath, 404),
        (cast.sam, 404),
    ):
        assert client_of(person).get(address).status_code == answer
    assert client_of(cast.amira).get(f"{address}/acknowledge").status_code == 403


def test_the_list_asks_the_same_number_of_queries_for_one_as_for_many(cast: Cast, client_of: Any) -> None:
    client = client_of(cast.qa_lead)
    raised(cast)
    client.get("/concerns")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/concerns")
        counts.append(len(asked))
        for _ in range(5):
            raised(cast)
    assert counts[0] == counts[1]


def test_an_empty_list_says_why(cast: Cast, client_of: Any) -> None:
    page = client_of(cast.qa_lead).get("/concerns?state=open").content.decode()
    assert "No concern that you may see fits" in page
