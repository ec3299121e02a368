"""When the clock of an immediate concern runs out, the manager named and one level above hear of it, once a clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from plumbline.audits.actions import concerns as actions
from plumbline.audits.actions.concern_clock import tell_of_missed_clocks
from plumbline.audits.models import Concern
from plumbline.audits.rules.concerns import missed_clocks
from plumbline.people.models import LineManagement, Person
from plumbline.work.models import Message
from plumbline.work.rules import MESSAGES
from plumbline.work.schedule import due_jobs
from plumbline.work.sending import still_allowed
from tests.factories.audits import make_audit
from tests.factories.cast import SINCE, Cast

pytestmark = pytest.mark.django_db
WORDS = "She is afraid to go home tonight."


def late(cast: Cast, hours: int = 25, **more: Any) -> Concern:
    """A concern raised so many hours ago; it is to be acknowledged within 24 and planned within 48."""
    values: dict[str, Any] = {"handler": cast.concern_handler, "text": WORDS} | more
    made = actions.raise_concern(by=cast.amira, audit=make_audit(cast), **values)
    ago = timezone.now() - timedelta(hours=hours)
    made.raised_at, made.acknowledge_by = ago, ago + timedelta(hours=24)
    made.plan_by = ago + timedelta(hours=48)
    made.save()
    return made


def told() -> list[tuple[Person, str]]:
    rows = Message.objects.as_system("background-work").filter(kind__startswith="concern-late")
    return [(one.person, one.kind) for one in rows.select_related("person").order_by("pk")]


def manages(manager: Person, person: Person) -> None:
    LineManagement.objects.create(person=person, manager=manager, starts_on=SINCE)


def test_a_missed_clock_is_told_once_to_the_manager_named_and_to_the_one_above(cast: Cast) -> None:
    manages(cast.director, cast.concern_handler)
    concern = late(cast)
    assert tell_of_missed_clocks() == 1
    assert told() == [(cast.concern_handler, "concern-late"), (cast.director, "concern-late-above")]
    assert tell_of_missed_clocks() == 0
    assert len(told()) == 2
    for one in Message.objects.as_system("background-work").filter(kind__startswith="concern-late"):
        assert still_allowed(one)
        assert one.path == f"/concerns/{concern.public_id}"
        assert WORDS not in MESSAGES[one.kind].sentence


def test_each_clock_is_told_for_itself(cast: Cast) -> None:
    concern = late(cast)
    tell_of_missed_clocks()
    actions.acknowledge_concern(by=cast.concern_handler, concern=concern)
    assert tell_of_missed_clocks() == 0
    Concern.objects.as_system("recording").update(plan_by=timezone.now() - timedelta(hours=1))
    assert tell_of_missed_clocks() == 1
    assert [kind for _, kind in told()] == ["concern-late", "concern-late-above"] * 2


def test_what_was_answered_in_time_or_still_has_time_is_told_to_nobody(cast: Cast) -> None:
    late(cast, hours=23)
    answered = late(cast, hours=30)
    actions.acknowledge_concern(by=cast.concern_handler, concern=answered)
    planned = late(cast, hours=60)
    actions.acknowledge_concern(by=cast.concern_handler, concern=planned)
    actions.plan_concern(by=cast.concern_handler, concern=planned, plan="She stays with her aunt.")
    assert tell_of_missed_clocks() == 0
    assert told() == []


def test_when_both_clocks_ran_out_at_once_one_message_says_so(cast: Cast) -> None:
    late(cast, hours=60)
    assert tell_of_missed_clocks() == 1
    assert [kind for _, kind in told()] == ["concern-late", "concern-late-above"]
    assert tell_of_missed_clocks() == 0


def test_above_is_the_nearest_in_the_line_who_may_see_it(cast: Cast) -> None:
    manages(cast.rhys, cast.concern_handler)
    manages(cast.director, cast.rhys)
    late(cast)
    tell_of_missed_clocks()
    assert told()[1:] == [(cast.director, "concern-late-above")]


def test_without_a_line_the_quality_leads_hear_unless_an_interest_bars_them(cast: Cast) -> None:
    late(cast)
    tell_of_missed_clocks()
    assert told()[1:] == [(cast.qa_lead, "concern-late-above")]
    Message.objects.as_system("background-work").delete()
    cast.declare_interest(cast.qa_lead, unit="north")
    late(cast)
    tell_of_missed_clocks()
    assert told() == [(cast.concern_handler, "concern-late")]


def test_the_clock_is_read_every_few_minutes() -> None:
    job = next(one for one in due_jobs() if one.key == "audits.concern_clock")
    assert (job.run, job.every_minutes) == (tell_of_missed_clocks, 5)


def test_a_concern_without_an_answer_misses_its_plan_too() -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    assert missed_clocks("raised", now - hour, now + hour, now) == ("answer",)
    assert missed_clocks("raised", now - hour, now - hour, now) == ("answer", "plan")
    assert missed_clocks("acknowledged", now - hour, now - hour, now) == ("plan",)
    assert missed_clocks("planned", now - hour, now - hour, now) == ()
