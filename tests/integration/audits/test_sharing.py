"""Sharing: what stands in its way, who is told what, replies, disagreement, the talk in supervision, closing."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions import moderating, raising, rating, sharing
from plumbline.audits.actions.identity import answer_warnings
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.models import (
    Audit,
    AuditAction,
    AuditFinding,
    IdentityWarning,
    Moderation,
    Reading,
    Reply,
    Round,
)
from plumbline.audits.presenters.sharing_waiting import sharing_work
from plumbline.audits.queries.sharing import shared_without_reply
from plumbline.audits.rules.sharing import Blocker
from plumbline.event_log.models import Event
from plumbline.framework.models import Criterion, Standard, StandardSet
from plumbline.improvement.models import Action, Finding
from plumbline.shared import dates
from plumbline.work.models import Message
from plumbline.work.sending import email_for
from tests.factories.audits import answer, complete, make_audit, make_round
from tests.factories.cast import Cast

SECRET = "Words that stay inside"


def audits() -> Any:
    return Audit.objects.as_system("recording")


def findings() -> Any:
    return Finding.objects.as_system("recording")


def messages_to(person: Any) -> list[Message]:
    return list(Message.objects.as_system("background-work").filter(person=person).order_by("pk"))


def ready(cast: Cast, of: Round | None = None) -> Audit:
    """A good audit that stood in a draw and was not taken."""
    of = of or make_round(cast, moderation_percent=0)
    made = complete(make_audit(cast, of=of, state="submitted"), "partly_met")
    moderating.draw_share(by=cast.qa_officer, round=of)
    return made


def shared(cast: Cast) -> Audit:
    return sharing.share_audit(by=cast.qa_officer, audit=ready(cast))


def test_sharing_tells_worker_and_manager_opens_findings_and_asks_owners(cast: Cast, client_of: Any) -> None:
    audit = ready(cast)
    finding = raising.raise_from_audit(by=cast.amira, audit=audit, kind="gap", text=SECRET)
    action = raising.act_from_audit(
        by=cast.amira,
        audit=audit,
        level="child",
        text=SECRET,
        owner=cast.sam,
        due_on=dates.today(),
        findings=[finding],
    )
    assert (finding.state, action.state, action.case_reference) == ("draft", "draft", audit.reference)
    assert messages_to(cast.sam) == []
    assert client_of(cast.qa_officer).post(f"/audits/{audit.public_id}/share").status_code == 302
    row = audits().get()
    assert (row.state, row.shared_by) == ("shared", cast.qa_officer)
    assert findings().get().state == "open"
    assert Action.objects.as_system("recording").get().state == "proposed"
    assert [one.kind for one in messages_to(cast.sam)] == ["action-proposed", "audit-shared"]
    assert [one.kind for one in messages_to(cast.ben)] == ["audit-shared-manager"]


def test_messages_and_events_of_sharing_hold_no_detail(cast: Cast) -> None:
    audit = shared(cast)
    sharing.reply_to(by=cast.sam, audit=audit, text=SECRET, disagrees=True)
    sharing.answer_challenge(by=cast.qa_lead, audit=audit, answer=SECRET)
    for one in [*messages_to(cast.sam), *messages_to(cast.ben)]:
        written = f"{email_for(one).subject} {email_for(one).body}"
        assert audit.reference not in written
        assert SECRET not in written
        assert "Sam" not in written
    assert SECRET not in str(list(Event.objects.as_system("verify-event-log").values("action", "detail")))


def test_an_open_warning_blocks_sharing_until_it_is_answered(cast: Cast, client_of: Any) -> None:
    audit = ready(cast)
    raising.raise_from_audit(by=cast.amira, audit=audit, kind="gap", text="Ring them on 07700 900123")
    address = f"/audits/{audit.public_id}/share"
    page = client_of(cast.qa_officer).post(address).content.decode()
    assert "Answer each warning first." in page
    assert audits().get().state == "submitted"
    warning = IdentityWarning.objects.get()
    assert warning.place.startswith("finding:")
    answer_warnings(by=cast.qa_officer, audit=audit, answers={warning.digest: "The council’s own number"})
    assert client_of(cast.qa_officer).post(address).status_code == 302
    assert audits().get().state == "shared"


@pytest.mark.parametrize(("given", "blocker"), [("inadequate", Blocker.LOWEST), ("good", Blocker.NOT_DRAWN)])
def test_moderation_cannot_be_skipped_by_sharing_first(cast: Cast, given: str, blocker: Blocker) -> None:
    audit = complete(make_audit(cast, state="submitted"), "partly_met", given)
    with pytest.raises(sharing.Blocked) as refused:
        sharing.share_audit(by=cast.qa_lead, audit=audit)
    assert refused.value.blockers == [blocker]
    assert audits().get().state == "submitted"


def test_an_audit_in_moderation_cannot_be_shared(cast: Cast, client_of: Any) -> None:
    of = make_round(cast)
    audit = complete(make_audit(cast, of=of, state="submitted"), "partly_met", "inadequate")
    moderating.draw_share(by=cast.qa_officer, round=of)
    with pytest.raises(NotInState):
        sharing.share_audit(by=cast.qa_lead, audit=audit)
    assert client_of(cast.qa_officer).get(f"/audits/{audit.public_id}/share").status_code == 403


def test_the_worker_sees_nothing_before_sharing_and_cath_never(cast: Cast, client_of: Any) -> None:
    audit = ready(cast)
    address = f"/audits/{audit.public_id}/shared"
    for person in (cast.sam, cast.ben, cast.cath):
        assert client_of(person).get(address).status_code == 404
    sharing.share_audit(by=cast.qa_officer, audit=audit)
    assert client_of(cast.sam).get(address).status_code == 200
    assert client_of(cast.ben).get(address).status_code == 200
    assert client_of(cast.cath).get(address).status_code == 404
    assert client_of(cast.cath).post(f"/audits/{audit.public_id}/reply", {"text": "x"}).status_code == 404


def test_the_shared_page_has_strengths_first_and_says_why_this_case_and_who_sees_it(
    cast: Cast, client_of: Any
) -> None:
    audit = ready(cast)
    raising.raise_from_audit(by=cast.amira, audit=audit, kind="gap", text="A gap")
    raising.raise_from_audit(by=cast.amira, audit=audit, kind="strength", text="A strength")
    sharing.share_audit(by=cast.qa_officer, audit=audit)
    page = client_of(cast.sam).get(f"/audits/{audit.public_id}/shared").content.decode()
    assert page.index("A strength") < page.index("A gap")
    for words in ("Why this case?", "drawn at random", "What happens next?", "Who sees it?"):
        assert words in page


def test_the_first_reading_of_worker_and_manager_is_noted_once_and_nobody_elses(
    cast: Cast, client_of: Any
) -> None:
    audit = shared(cast)
    for person in (cast.sam, cast.sam, cast.qa_lead, cast.amira):
        client_of(person).get(f"/audits/{audit.public_id}/shared")
    page = client_of(cast.ben).get(f"/audits/{audit.public_id}").content.decode()
    assert f"/audits/{audit.public_id}/shared" in page
    assert set(Reading.objects.values_list("person__name", flat=True)) == {"Sam", "Ben"}
    assert Reading.objects.count() == 2


def test_the_workers_reply_stands_in_their_words_and_moves_the_audit_on(cast: Cast, client_of: Any) -> None:
    audit = shared(cast)
    assert list(shared_without_reply(cast.viewer(cast.qa_officer))) == [audit]
    client_of(cast.ben).post(f"/audits/{audit.public_id}/reply", {"text": "We talked"})
    assert audits().get().state == "shared"
    client_of(cast.sam).post(f"/audits/{audit.public_id}/reply", {"text": "I saw her twice in May"})
    assert audits().get().state == "replied"
    page = client_of(cast.qa_officer).get(f"/audits/{audit.public_id}/shared").content.decode()
    assert "I saw her twice in May" in page
    assert not shared_without_reply(cast.viewer(cast.qa_officer)).exists()


def test_who_disagrees_gets_an_answer_before_the_audit_can_be_closed(cast: Cast, client_of: Any) -> None:
    audit = shared(cast)
    client_of(cast.sam).post(f"/audits/{audit.public_id}/reply", {"text": "Not so", "disagrees": "on"})
    with pytest.raises(sharing.OpenChallenge):
        sharing.close_audit(by=cast.qa_officer, audit=audit, reason="Done")
    lines = [one.sentence for one in sharing_work(cast.viewer(cast.qa_lead), dates.today())]
    assert lines == [f"Answer the reply to the audit of {audit.reference}: they disagree"]
    client_of(cast.qa_lead).post(f"/audits/{audit.public_id}/answer", {"answer": "The record says May"})
    assert (
        "The record says May" in client_of(cast.sam).get(f"/audits/{audit.public_id}/shared").content.decode()
    )
    assert sharing.close_audit(by=cast.qa_officer, audit=audit, reason="Done").state == "closed"


def test_who_disagrees_may_get_a_second_rating_and_the_outcome_is_kept(cast: Cast) -> None:
    audit = shared(cast)
    sharing.reply_to(by=cast.sam, audit=audit, text="Not so", disagrees=True)
    made = moderating.ask_for_rating(by=cast.qa_lead, audit=audit, moderator=cast.moderator)
    assert (made.why, audits().get().state) == ("asked", "in_moderation")
    assert Reply.objects.get().answer == "A second rating was asked for."
    judgements = {"daily-life": "met", "heard": "met", "progress": "met", "supervision": "met"}
    grades = {"life": "good", "change": "good", "": "good"}
    rating.save_judgements(by=cast.moderator, moderation=made, judgements=judgements)
    rating.give_second_rating(by=cast.moderator, moderation=made, grades=grades)
    rating.settle(by=cast.qa_lead, moderation=made, grades=grades, reason="Seen together")
    sharing.share_audit(by=cast.qa_officer, audit=audits().get())
    assert Moderation.objects.as_system("recording").get().final_reason == "Seen together"
    assert audits().get().state == "shared"


def test_closing_without_reply_or_talk_needs_a_reason(cast: Cast, client_of: Any) -> None:
    audit = shared(cast)
    client = client_of(cast.qa_officer)
    page = client.post(f"/audits/{audit.public_id}/close", {}).content.decode()
    assert "Enter why it is closed as it stands" in page
    sharing.reply_to(by=cast.sam, audit=audit, text="Thank you")
    sharing.confirm_talked_through(by=cast.ben, audit=audit, held_on=dates.today())
    assert client.post(f"/audits/{audit.public_id}/close", {}).status_code == 302
    assert audits().get().state == "closed"


def test_an_audit_sent_back_goes_to_its_auditor_with_the_reason_and_loses_its_open_rating(
    cast: Cast, client_of: Any
) -> None:
    of = make_round(cast)
    audit = complete(make_audit(cast, of=of, state="submitted"), "partly_met", "inadequate")
    moderating.draw_share(by=cast.qa_officer, round=of)
    form = {"reason": "The evidence is missing"}
    assert client_of(cast.qa_officer).post(f"/audits/{audit.public_id}/return", form).status_code == 302
    row = audits().get()
    assert (row.state, row.steps.last().reason) == ("returned", "The evidence is missing")
    assert Moderation.objects.as_system("recording").get().is_cancelled
    assert [one.kind for one in messages_to(cast.amira)] == ["audit-returned"]
    assert client_of(cast.sam).post(f"/audits/{audit.public_id}/return", form).status_code == 404


def test_a_finding_is_filled_in_from_its_answer(cast: Cast, client_of: Any) -> None:
    standards = StandardSet.objects.create(
        key="s",
        title="S",
        version="1",
        state="published",
        digest="0" * 64,
        published_at=timezone.now(),
    )
    standard = Standard.objects.create(set=standards, number="1", title="Life", position=1)
    Criterion.objects.create(
        set=standards,
        standard=standard,
        key="1.1",
        number="1.1",
        text="An ordinary day",
        kind="quality",
        position=1,
    )
    audit = make_audit(cast, state="started")
    answer(audit, "daily-life", "met", rationale="A day is described", evidence="Visit of 3 May")
    answer(audit, "progress", "not_met", rationale="Nothing changed")
    address = f"/audits/{audit.public_id}/findings/add?question="
    client = client_of(cast.amira)
    page = client.get(f"{address}daily-life").content.decode()
    for words in ("A day is described", "Visit of 3 May", 'value="strength" checked', "1.1 An ordinary day"):
        assert words in page
    assert 'value="gap" checked' in client.get(f"{address}progress").content.decode()
    assert client.get(f"{address}nonsense").status_code == 200


def test_a_raised_finding_carries_audit_answer_and_evidence_and_is_a_draft(
    cast: Cast, client_of: Any
) -> None:
    audit = make_audit(cast, state="started")
    given = answer(audit, "daily-life", "met")
    form = {"kind": "strength", "text": "A day is described", "evidence": "Visit of 3 May"}
    address = f"/audits/{audit.public_id}/findings/add?question=daily-life"
    assert client_of(cast.amira).post(address, form).status_code == 302
    link = AuditFinding.objects.get()
    assert (link.audit, link.answer, link.evidence) == (audit, given, "Visit of 3 May")
    row = findings().get()
    assert (row.state, row.unit, row.worker) == ("draft", cast.units["north"], cast.sam)
    page = client_of(cast.amira).get(f"/findings/{row.public_id}").content.decode()
    assert f"the audit of {audit.reference}" in page
    assert f"/audits/{audit.public_id}" in page
    assert "Visit of 3 May" in page


def test_a_finding_says_only_which_round_it_came_from_to_those_who_may_not_see_the_audit(
    cast: Cast, client_of: Any
) -> None:
    audit = shared(cast)
    finding = raising.raise_from_audit(by=cast.qa_lead, audit=audit, kind="gap", text="x")
    sharing.close_audit(by=cast.qa_lead, audit=audit, reason="y")
    page = client_of(cast.sam).get(f"/findings/{finding.public_id}").content.decode()
    assert audit.reference in page
    audits().filter(pk=audit.pk).update(worker=None)
    page = client_of(cast.sam).get(f"/findings/{finding.public_id}").content.decode()
    assert audit.reference not in page
    assert "Children living with neglect" in page


def test_an_action_for_the_child_carries_the_case_and_one_for_the_service_does_not(
    cast: Cast, client_of: Any
) -> None:
    audit = make_audit(cast, state="started")
    day = dates.today()
    for level in ("child", "service"):
        form = {
            "level": level,
            "text": "Do it",
            "owner": cast.sam.public_id,
            "due_on_day": day.day,
            "due_on_month": day.month,
            "due_on_year": day.year,
        }
        assert client_of(cast.amira).post(f"/audits/{audit.public_id}/actions/add", form).status_code == 302
    assert {
        one.action.level: one.action.case_reference for one in AuditAction.objects.select_related("action")
    } == {"child": audit.reference, "service": ""}


def test_a_finding_from_the_round_as_a_whole_names_no_worker(cast: Cast, client_of: Any) -> None:
    of = make_round(cast)
    form = {"kind": "barrier", "text": "No room for families"}
    assert client_of(cast.qa_officer).post(f"/rounds/{of.public_id}/findings/add", form).status_code == 302
    row = findings().get()
    assert (row.worker, row.unit, row.state) == (None, None, "open")
    assert AuditFinding.objects.get().round == of
    assert client_of(cast.ben).post(f"/rounds/{of.public_id}/findings/add", form).status_code == 403


def test_work_asks_the_worker_to_read_and_reply_and_the_manager_to_talk_it_through(
    cast: Cast, client_of: Any
) -> None:
    audit = shared(cast)
    today = dates.today()

    def lines(person: Any) -> list[str]:
        return [one.sentence for one in sharing_work(cast.viewer(person), today)]

    assert lines(cast.sam) == [f"Read the audit of {audit.reference}"]
    client_of(cast.sam).get(f"/audits/{audit.public_id}/shared")
    assert lines(cast.sam) == [f"Reply to the audit of {audit.reference}"]
    assert lines(cast.ben) == [f"Talk through the audit of {audit.reference} in supervision"]
    sharing.reply_to(by=cast.sam, audit=audit, text="Thank you")
    sharing.confirm_talked_through(by=cast.ben, audit=audit, held_on=today)
    assert lines(cast.sam) == lines(cast.ben) == []


@pytest.mark.parametrize("more", [1, 9])
def test_the_shared_page_asks_the_same_number_of_questions_whatever_was_found(
    cast: Cast, client_of: Any, more: int
) -> None:
    audit = shared(cast)
    for _ in range(more):
        finding = raising.raise_from_audit(by=cast.qa_lead, audit=audit, kind="gap", text="x")
        raising.act_from_audit(
            by=cast.qa_lead,
            audit=audit,
            level="service",
            text="y",
            owner=cast.sam,
            due_on=dates.today(),
            findings=[finding],
        )
        sharing.reply_to(by=cast.sam, audit=audit, text="z")
    client = client_of(cast.ben)
    client.get(f"/audits/{audit.public_id}/shared")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/audits/{audit.public_id}/shared")
    assert len(asked) == SHARED_QUERIES
    qa = client_of(cast.qa_officer)
    qa.get("/findings")
    with CaptureQueriesContext(connection) as asked:
        qa.get("/findings")
    assert len(asked) == FINDINGS_QUERIES


SHARED_QUERIES = 26
FINDINGS_QUERIES = 19
