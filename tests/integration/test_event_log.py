"""The event log: what is written, and that nothing of it can be changed unnoticed."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from plumbline.event_log import rules
from plumbline.event_log.actions import record
from plumbline.event_log.models import ChainHead, Event, Kind
from plumbline.event_log.queries import head_now, verify_chain
from plumbline.people.models import Person
from plumbline.work.schedule import due_jobs, run_due
from tests.factories.cast import Cast


def events() -> Any:
    return Event.objects.as_system("verify-event-log")


def three_events(cast: Cast) -> None:
    for number in range(3):
        record(
            by=cast.ben,
            kind=Kind.ACTION,
            action="test.step",
            obj=cast.sam,
            detail={"number": number, "word": "née – ok"},
        )


def without_triggers() -> list[str]:
    if connection.vendor == "sqlite":
        return ["DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"]
    return ["DROP TRIGGER event_no_change ON event_log_event"]


def tamper(statement: str) -> None:
    """Changes the log as somebody with the database's own tools would."""
    with connection.cursor() as cursor:
        for drop in without_triggers():
            cursor.execute(drop)
        cursor.execute(statement)


def test_an_untouched_log_holds(cast: Cast, capsys: Any) -> None:
    three_events(cast)
    verdict = verify_chain()
    assert (verdict.holds, verdict.events) == (True, 3)
    call_command("verify_event_log")
    assert "3 events" in capsys.readouterr().out


def test_an_empty_log_holds(db: None) -> None:
    assert verify_chain().holds


@pytest.mark.parametrize(
    "statement", ["UPDATE event_log_event SET action = 'other'", "DELETE FROM event_log_event"]
)
def test_the_database_itself_refuses_to_change_or_remove_an_event(cast: Cast, statement: str) -> None:
    three_events(cast)
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert events().count() == 3


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (
            "UPDATE event_log_event SET action = 'other' WHERE id = (SELECT MIN(id) + 1 FROM event_log_event)",
            "its content was changed",
        ),
        (
            "UPDATE event_log_event SET actor = 'somebodyelse' WHERE id = (SELECT MAX(id) FROM event_log_event)",
            "its content was changed",
        ),
        (
            "DELETE FROM event_log_event WHERE id = (SELECT MIN(id) + 1 FROM event_log_event)",
            "an event before it was removed or put in",
        ),
        (
            "DELETE FROM event_log_event WHERE id = (SELECT MAX(id) FROM event_log_event)",
            "events at the end were removed",
        ),
        ("DELETE FROM event_log_chainhead", "the head of the chain is missing"),
    ],
)
def test_tampering_with_the_log_is_found(cast: Cast, statement: str, reason: str) -> None:
    three_events(cast)
    tamper(statement)
    assert verify_chain().reason == reason
    with pytest.raises(CommandError, match=reason):
        call_command("verify_event_log")


def made_anew() -> None:
    """Another first event, and every hash and the head worked out again: the chain holds in itself."""
    with connection.cursor() as cursor:
        for drop in without_triggers():
            cursor.execute(drop)
    rows = list(Event._base_manager.order_by("pk"))
    previous = rules.GENESIS
    for row in rows:
        values = {name: getattr(row, name) for name in rules.CHAINED}
        if row == rows[0]:
            values["actor"] = "somebodyelse"
        now = rules.link(previous, values)
        Event._base_manager.filter(pk=row.pk).update(actor=values["actor"], previous_hash=previous, hash=now)
        previous = now
    ChainHead.objects.update(hash=previous)


def test_a_log_made_anew_as_a_whole_is_found_by_the_head_noted_before(cast: Cast, capsys: Any) -> None:
    three_events(cast)
    noted = head_now()
    three_events(cast)
    assert verify_chain(noted).holds
    call_command("verify_event_log", head=str(noted))
    assert "It goes on from the head noted after 3 events" in capsys.readouterr().out
    made_anew()
    assert verify_chain().holds
    assert verify_chain(noted).reason == "up to here it is another log than the one whose head was noted"
    with pytest.raises(CommandError, match="another log"):
        call_command("verify_event_log", head=str(noted))


def test_a_log_cut_to_before_the_noted_head_is_found_though_its_own_head_agrees(cast: Cast) -> None:
    three_events(cast)
    noted = head_now()
    tamper("DELETE FROM event_log_event WHERE id = (SELECT MAX(id) FROM event_log_event)")
    last = Event._base_manager.order_by("pk").last()
    assert last is not None
    ChainHead.objects.update(count=2, hash=last.hash)
    assert verify_chain().holds
    assert "are missing" in verify_chain(noted).reason


@pytest.mark.parametrize("text", ["3", "3:abc", "x:" + "0" * 64, f"3:{'0' * 64}:1"])
def test_a_head_that_is_none_is_refused_before_anything_is_checked(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="64 hex digits"):
        call_command("verify_event_log", head=text)


def test_the_head_is_noted_in_the_log_of_the_service_once_a_day(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    three_events(cast)
    with caplog.at_level("INFO"):
        assert "event-log-head" in run_due("event-log-head")
    assert f"Event log head {head_now()}" in caplog.text
    assert [job.every_minutes for job in due_jobs() if job.key == "event-log-head"] == [24 * 60]


def test_an_event_of_an_action_that_is_undone_is_undone_too(cast: Cast) -> None:
    with transaction.atomic():
        three_events(cast)
        transaction.set_rollback(True)
    assert events().count() == 0
    assert verify_chain().holds
    assert not ChainHead.objects.exists()


def test_a_read_of_a_staff_record_is_logged_with_who_what_and_by_which_right(
    cast: Cast, client_of: Any
) -> None:
    assert client_of(cast.qa_lead).get(f"/people/{cast.sam.public_id}").status_code == 200
    event = events().get(kind=Kind.READ)
    assert (event.actor, event.action, event.object_id) == (
        cast.qa_lead.public_id,
        "person.view",
        cast.sam.public_id,
    )
    assert event.relation == "qa-lead:all"
    assert event.route == "people/<str:person_id>"
    assert len(event.request_id) == 16


def test_a_list_is_logged_with_its_number_of_rows(cast: Cast, client_of: Any) -> None:
    assert client_of(cast.ben).get("/people").status_code == 200
    event = events().get(kind=Kind.LIST)
    assert (event.actor, event.rows) == (cast.ben.public_id, 2)


def test_a_refusal_is_logged_with_its_answer(cast: Cast, client_of: Any) -> None:
    assert client_of(cast.ben).get(f"/people/{cast.cath.public_id}").status_code == 404
    event = events().get(kind=Kind.REFUSAL)
    assert (event.actor, event.detail) == (cast.ben.public_id, {"answer": 404, "asked": cast.cath.public_id})


def test_no_page_is_served_when_its_event_cannot_be_written(
    cast: Cast, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**values: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr("plumbline.people.access.record", full)
    client = client_of(cast.qa_lead)
    client.raise_request_exception = False
    answer = client.get(f"/people/{cast.sam.public_id}")
    assert answer.status_code == 500
    assert cast.sam.name.encode() not in answer.content


def test_events_hold_identifiers_and_no_names(cast: Cast, client_of: Any) -> None:
    client_of(cast.qa_lead).get("/people?q=Sam")
    text = str(list(events().values()))
    assert cast.qa_lead.public_id in text
    for person in Person.objects.as_system("sign-in"):
        assert f"'{person.name}'" not in text
