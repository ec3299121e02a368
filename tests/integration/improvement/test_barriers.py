"""A worker whose audit named a barrier sees what is done about it, and hears when that is closed."""

from typing import Any

import pytest

from plumbline.audits.actions.raising import raise_from_audit
from plumbline.improvement.actions import acting
from plumbline.improvement.models import Action, Finding
from plumbline.work.models import Message
from plumbline.work.sending import still_allowed
from tests.factories.audits import make_audit
from tests.factories.cast import Cast
from tests.factories.improvement import make_action

pytestmark = pytest.mark.django_db


def named(cast: Cast, kind: str = "barrier") -> Finding:
    """What an audit of Sam's work, shared with Sam, named."""
    audit = make_audit(cast, state="shared")
    return raise_from_audit(by=cast.amira, audit=audit, kind=kind, text="Contact rooms close at five")


def answering(cast: Cast, finding: Finding, state: str = "agreed", **values: Any) -> Action:
    return make_action(
        cast,
        state,
        owner=cast.cath,
        unit=cast.units["fostering"],
        findings=[finding],
        text="Open two contact rooms until seven",
        **values,
    )


@pytest.mark.parametrize("state", ["agreed", "in_progress", "done", "closed"])
def test_a_worker_sees_the_action_that_answers_a_barrier_of_an_audit_of_their_work(
    cast: Cast, client_of: Any, state: str
) -> None:
    finding = named(cast)
    row = answering(cast, finding, state)
    page = client_of(cast.sam).get(f"/findings/{finding.public_id}").content.decode()
    assert f'href="/actions/{row.public_id}"' in page
    assert client_of(cast.sam).get(f"/actions/{row.public_id}").status_code == 200


@pytest.mark.parametrize("state", ["draft", "proposed", "withdrawn"])
def test_a_worker_sees_no_action_before_its_owner_agreed_or_after_it_was_withdrawn(
    cast: Cast, client_of: Any, state: str
) -> None:
    row = answering(cast, named(cast), state)
    assert client_of(cast.sam).get(f"/actions/{row.public_id}").status_code == 404


def test_seeing_the_answer_gives_no_right_to_act_on_it(cast: Cast, client_of: Any) -> None:
    row = answering(cast, named(cast))
    assert client_of(cast.sam).get(f"/actions/{row.public_id}/progress").status_code == 403


def test_only_barriers_of_audits_of_ones_own_work_count(cast: Cast, client_of: Any) -> None:
    row = answering(cast, named(cast, kind="gap"))
    assert client_of(cast.sam).get(f"/actions/{row.public_id}").status_code == 404
    theirs = named(cast)
    Finding.objects.as_system("recording").filter(pk=theirs.pk).update(worker=cast.rhys)
    row = answering(cast, theirs)
    assert client_of(cast.sam).get(f"/actions/{row.public_id}").status_code == 404


def test_the_worker_hears_when_the_action_is_closed_without_what_it_is_about(cast: Cast) -> None:
    row = answering(cast, named(cast), "done")
    acting.close_action(by=cast.qa_lead, action=row, impact="Families meet after school")
    told = Message.objects.as_system("background-work").get(kind="barrier-answered")
    assert (told.person, told.path) == (cast.sam, f"/actions/{row.public_id}")
    assert still_allowed(told)
