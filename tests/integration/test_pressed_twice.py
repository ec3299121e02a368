"""A form that arrives twice makes one finding, one action, one step, one reply."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from plumbline.audits.models import Reply, TalkedThrough
from plumbline.event_log.models import Event
from plumbline.improvement.models import Action, ActionStep, Finding
from plumbline.shared import dates
from plumbline.work.area import clean_up
from plumbline.work.models import UsedKey
from tests.factories.audits import make_audit, make_round
from tests.factories.cast import Cast
from tests.factories.improvement import make_action

pytestmark = pytest.mark.django_db


def boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def pressed_twice(client: Any, address: str, form: dict[str, Any], second: int = 302) -> list[str]:
    """Where each of two presses of one page's button led."""
    page = client.get(address).content.decode()
    found = re.search(r'name="key"[^>]*value="([^"]+)"', page)
    assert found, page
    answers = [client.post(address, form | {"key": found.group(1)}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, second]
    return [one.get("Location", "") for one in answers]


def rows(model: Any) -> Any:
    return model.objects.as_system("recording")


def finding_form() -> dict[str, Any]:
    return {"kind": "gap", "text": "Plans are vague"}


def action_form(cast: Cast) -> dict[str, Any]:
    due = boxes("due_on", dates.today() + timedelta(days=9))
    return {"text": "Show three plans", "owner": cast.sam.public_id, **due}


def test_a_finding_is_raised_once_from_an_audit_a_round_or_by_itself(cast: Cast, client_of: Any) -> None:
    audit, of, officer = make_audit(cast, state="submitted"), make_round(cast), client_of(cast.qa_officer)
    for number, address in enumerate(
        (f"/audits/{audit.public_id}/findings/add", f"/rounds/{of.public_id}/findings/add", "/findings/add"),
        start=1,
    ):
        first, second = pressed_twice(officer, address, finding_form())
        assert first == second
        assert rows(Finding).count() == number


def test_an_action_is_set_once_from_an_audit_or_for_the_service(cast: Cast, client_of: Any) -> None:
    audit, officer = make_audit(cast, state="submitted"), client_of(cast.qa_officer)
    form = action_form(cast)
    pressed_twice(officer, f"/audits/{audit.public_id}/actions/add", form | {"level": "child"})
    assert rows(Action).count() == 1
    first, second = pressed_twice(officer, "/actions/add", form)
    assert first == second
    assert rows(Action).count() == 2


def test_progress_and_the_closing_of_an_action_are_one_step_each(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "agreed")
    pressed_twice(client_of(cast.sam), f"/actions/{row.public_id}/progress", {"note": "Begun"})
    assert ActionStep.objects.filter(action=row, state="in_progress").count() == 1
    done = make_action(cast, "done")
    form = {"evidence": "Seen", "impact": "Plans are clear"}
    # What is closed cannot be closed any more, so the second press is refused before its key is looked at.
    pressed_twice(client_of(cast.qa_lead), f"/actions/{done.public_id}/close", form, second=403)
    assert done.impact_checks.count() == 2


def test_a_reply_and_the_talk_in_supervision_are_kept_once(cast: Cast, client_of: Any) -> None:
    audit, sam = make_audit(cast, state="shared"), client_of(cast.sam)
    pressed_twice(sam, f"/audits/{audit.public_id}/reply", {"text": "Thank you"})
    assert Reply.objects.filter(audit=audit).count() == 1
    form = boxes("held_on", dates.today())
    pressed_twice(sam, f"/audits/{audit.public_id}/talked-through", form)
    assert TalkedThrough.objects.filter(audit=audit).count() == 1
    events = Event.objects.as_system("verify-event-log").filter(action="audit.talk_through")
    assert events.count() == 1


def test_who_goes_back_and_writes_more_is_not_taken_for_a_second_press(cast: Cast, client_of: Any) -> None:
    officer = client_of(cast.qa_officer)
    for text in ("Plans are vague", "Plans are vague, and late"):
        officer.post("/findings/add", finding_form() | {"text": text, "key": "k" * 12})
    assert rows(Finding).count() == 2


def test_the_same_key_of_somebody_else_is_another_form(cast: Cast, client_of: Any) -> None:
    for person in (cast.qa_officer, cast.qa_lead):
        client_of(person).post("/findings/add", finding_form() | {"key": "k" * 12})
    assert rows(Finding).count() == 2


def test_a_step_that_is_refused_leaves_its_key_unused(cast: Cast, client_of: Any) -> None:
    row = make_action(cast, "proposed")
    client_of(cast.sam).post(f"/actions/{row.public_id}/done", {"evidence": "x", "key": "k" * 12})
    assert not UsedKey.objects.exists()


def test_keys_go_after_a_month(cast: Cast) -> None:
    UsedKey.objects.create(key="old", at=timezone.now() - timedelta(days=31))
    UsedKey.objects.create(key="new")
    clean_up()
    assert list(UsedKey.objects.values_list("key", flat=True)) == ["new"]
