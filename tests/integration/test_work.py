"""My work, messages, long work and periodic jobs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from plumbline.event_log.models import Event
from plumbline.people.models import RoleGrant
from plumbline.shared import dates
from plumbline.shared.area import LongWork, PeriodicJob, Tell, When, WorkItem
from plumbline.work import actions, schedule, tasks
from plumbline.work.models import Job, JobState, Message, MessageState, PeriodicRun
from plumbline.work.presenters import my_work
from plumbline.work.sending import send_waiting
from tests.factories.cast import Cast


def stored(model: Any) -> Any:
    return model.objects.as_system("background-work")


def test_a_message_carries_a_sentence_a_day_and_a_link_and_nothing_else(cast: Cast) -> None:
    actions.queue_message(
        person=cast.ben, kind="work-waits", number=3, due_on=timezone.now().date(), needs="work.view"
    )
    assert send_waiting() == 1
    (sent,) = mail.outbox
    assert "3 of the things that wait for you" in sent.body
    assert sent.body.strip().endswith("http://127.0.0.1:8000/")
    assert stored(Message).get().state == MessageState.SENT


def test_a_message_is_sent_once_however_often_the_sender_runs(cast: Cast) -> None:
    actions.queue_message(person=cast.ben, kind="work-waits", number=1)
    assert [send_waiting(), send_waiting()] == [1, 0]


def test_a_message_is_withdrawn_when_the_right_is_gone_by_the_time_it_is_sent(cast: Cast) -> None:
    actions.queue_message(
        person=cast.qa_lead,
        kind="role-decision",
        needs="role_grant.view",
        about=RoleGrant.objects.as_system("sign-in").first(),
    )
    RoleGrant.objects.as_system("sign-in").filter(person=cast.qa_lead).update(ends_on=timezone.now().date())
    assert send_waiting() == 0
    assert stored(Message).get().state == MessageState.WITHDRAWN


def test_a_server_that_refuses_costs_a_try_and_never_the_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.queue_message(person=cast.ben, kind="work-waits", number=1)

    def refuses(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuses)
    for _ in range(7):
        send_waiting()
        stored(Message).filter(state=MessageState.WAITING).update(
            not_before=timezone.now() - timedelta(seconds=1)
        )
    message = stored(Message).get()
    assert (message.state, message.attempts) == (MessageState.PARKED, 6)


def test_a_password_link_is_made_only_when_it_is_sent(cast: Cast, client: Any) -> None:
    answer = client.post("/account/password/forgotten", {"email": cast.ben.user.email})
    assert answer.status_code == 302
    assert mail.outbox == []
    assert "password/new" not in str(stored(Message).values().get())
    cast.ben.user.set_password("old words to forget")
    cast.ben.user.save()
    send_waiting()
    link = mail.outbox[0].body.split("8000")[1].strip()
    page = client.get(link, follow=True)
    assert b"Choose a new password" in page.content


def test_an_unknown_address_gets_the_same_answer_and_no_message(cast: Cast, client: Any) -> None:
    known = client.post("/account/password/forgotten", {"email": cast.ben.user.email})
    unknown = client.post("/account/password/forgotten", {"email": "nobody@cast.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert stored(Message).count() == 1


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Long work of three steps, open to everyone who has work."""
    steps: list[int] = []

    def run(viewer: Any, about: str, tell: Tell) -> str:
        for step in (1, 2, 3):
            steps.append(step)
            tell(step, 3)
        return f"{len(steps)} counted"

    monkeypatch.setattr(tasks, "long_work", lambda kind: LongWork(kind, "work.view", run))
    return steps


def test_long_work_shows_its_progress_and_its_result(cast: Cast, counting: list[int], client_of: Any) -> None:
    job = actions.start_job(by=cast.ben, kind="counting")
    tasks.run_job.func(job.public_id)
    job = stored(Job).get()
    assert (job.state, job.done, job.total, job.result) == (JobState.DONE, 3, 3, "3 counted")
    assert b"3 of 3 done" in client_of(cast.ben).get(f"/jobs/{job.public_id}").content
    assert client_of(cast.cath).get(f"/jobs/{job.public_id}").status_code == 404


def test_long_work_that_is_cancelled_stops_at_its_next_step(
    cast: Cast, counting: list[int], client_of: Any
) -> None:
    job = actions.start_job(by=cast.ben, kind="counting")
    stored(Job).update(state=JobState.RUNNING)
    assert client_of(cast.ben).post(f"/jobs/{job.public_id}/cancel").status_code == 302
    assert stored(Job).get().cancel_asked_at
    stored(Job).update(state=JobState.WAITING)
    tasks.run_job.func(job.public_id)
    assert counting == [1]
    assert stored(Job).get().state == JobState.CANCELLED


def test_long_work_given_to_two_workers_runs_once(cast: Cast, counting: list[int]) -> None:
    job = actions.start_job(by=cast.ben, kind="counting")
    tasks.run_job.func(job.public_id)
    tasks.run_job.func(job.public_id)
    assert counting == [1, 2, 3]


def test_long_work_is_refused_to_a_person_who_has_lost_the_right(cast: Cast, counting: list[int]) -> None:
    job = actions.start_job(by=cast.ben, kind="counting")
    RoleGrant.objects.as_system("sign-in").filter(person=cast.ben).update(ends_on=timezone.now().date())
    tasks.run_job.func(job.public_id)
    assert counting == []
    assert stored(Job).get().state == JobState.FAILED


def test_a_periodic_job_runs_when_due_and_one_fault_does_not_stop_the_others(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def fails() -> None:
        raise ValueError("a child's name that must not be kept")

    jobs = [PeriodicJob("fails", 5, fails), PeriodicJob("works", 5, lambda: ran.append("works"))]
    monkeypatch.setattr(schedule, "due_jobs", lambda: jobs)
    assert schedule.run_due() == ["fails", "works"]
    assert schedule.run_due() == []
    assert PeriodicRun.objects.get(key="fails").fault == "ValueError"
    PeriodicRun.objects.update(
        began_at=timezone.now() - timedelta(minutes=6), ended_at=timezone.now() - timedelta(minutes=6)
    )
    assert schedule.run_due() == ["fails", "works"]
    assert ran == ["works", "works"]


def test_a_search_is_logged_with_its_count_and_without_its_words(cast: Cast, client_of: Any) -> None:
    assert client_of(cast.qa_lead).get("/search?q=Sam+Secret").status_code == 200
    event = Event.objects.as_system("verify-event-log").get(kind="search")
    assert event.actor == cast.qa_lead.public_id
    assert "Secret" not in str(event.__dict__)


def test_health_says_ok_and_nothing_else(client: Any, db: None) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"service": "ok", "database": "ok", "background": "not ok", "messages": "ok"}


def test_my_work_of_a_person_without_work_says_so(cast: Cast, client_of: Any) -> None:
    assert "Nothing waits for you." in client_of(cast.partner_auditor).get("/").content.decode()


def test_my_work_says_in_words_when_nothing_is_due_yet() -> None:
    today = dates.today()
    later = WorkItem("Look at it", "/", today + timedelta(days=30))
    groups: dict[When, list[WorkItem]] = {When.NOW: [], When.THIS_WEEK: [], When.LATER: [later]}
    assert my_work(groups, today)["summary"] == "Nothing needs you now."
    due = WorkItem("Look at it", "/", today)
    assert my_work(groups | {When.NOW: [due]}, today)["summary"] == "1 thing needs you now."
    assert my_work(groups | {When.NOW: [due, due]}, today)["summary"] == "2 things need you now."
