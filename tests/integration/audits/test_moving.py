"""Moves of an audit: allowed ones leave a step and an event, others are refused, and the round follows."""

import pytest

from plumbline.audits.actions.moving import NotInState, move_audit
from plumbline.audits.models import Audit, Round
from plumbline.event_log.models import Event
from tests.factories.audits import make_audit, make_round
from tests.factories.cast import Cast


def test_a_move_leaves_a_step_and_an_event(cast: Cast) -> None:
    audit = make_audit(cast, state="allocated")
    move_audit(by=cast.amira, audit=audit, to="started", reason="Begun")
    assert audit.state == "started"
    assert [(step.state, step.reason) for step in audit.steps.all()][-1] == ("started", "Begun")
    assert (
        Event.objects.as_system("verify-event-log")
        .filter(action="audit.started", object_id=audit.public_id)
        .count()
        == 1
    )


def test_a_move_that_the_table_does_not_know_is_refused_and_changes_nothing(cast: Cast) -> None:
    audit = make_audit(cast, state="allocated")
    with pytest.raises(NotInState):
        move_audit(by=cast.amira, audit=audit, to="closed")
    assert Audit.objects.as_system("recording").get().state == "allocated"


def test_the_round_is_at_the_stage_that_its_audits_give(cast: Cast) -> None:
    of = make_round(cast, state="allocated")
    first, second = (make_audit(cast, of=of, state="allocated") for _ in range(2))
    move_audit(by=cast.amira, audit=first, to="started")
    assert stage(of) == "auditing"
    move_audit(by=cast.qa_lead, audit=second, to="exempted", reason="Leave")
    move_audit(
        by=cast.amira, audit=first, to="submitted", submitted_by=cast.amira, submitted_at=of.proposed_at
    )
    assert stage(of) == "cases_audited"
    move_audit(by=cast.qa_lead, audit=first, to="returned", reason="A page is missing")
    assert stage(of) == "auditing"


def stage(of: Round) -> str:
    return str(Round.objects.as_system("recording").get(pk=of.pk).state)
