"""Doing an audit: the task list, questions, drafts, talks, views, grades, the last look, submission."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plumbline.audits.actions import answers as actions
from plumbline.audits.actions.grades import Choice, NeedsReason, TooEarly, give_grades
from plumbline.audits.actions.involving import log_voice, record_discussion
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.actions.submitting import NotComplete, submit_audit
from plumbline.audits.models import Answer, AnswerDraft, Audit, AuditStep, Discussion, Grade, VoiceContact
from plumbline.audits.rules.answers import Given, Written
from plumbline.people.models import Person
from plumbline.shared import dates
from tests.factories.audits import answer, complete, grade, make_audit, make_round, make_tool
from tests.factories.cast import Cast

MET = {"judgement": "met", "evidence": "Visit of 3 May.", "rationale": "", "text": ""}


def stored(audit: Audit) -> Audit:
    return Audit.objects.as_system("recording").get(pk=audit.pk)


def current(audit: Audit, question: str) -> Answer:
    return Answer.objects.get(audit=audit, question=question, is_current=True)


def page_data(page: str, **more: str) -> dict[str, str]:
    """What a browser would send back of the answers form of a page, with some fields changed."""
    form = page[page.index('id="answers"') :]
    form = form[: form.index("</form>")]
    data = {}
    for found in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', found)
        value = re.search(r'value="([^"]*)"', found)
        if name and 'type="radio"' in found and " checked" not in found:
            continue
        if name:
            data[name.group(1)] = value.group(1) if value else ""
    for name_, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[name_] = text
    return data | more


def heard(audit: Audit, by: Person, of: str = "child", outcome: str = "given") -> VoiceContact:
    return log_voice(
        by=by,
        audit=audit,
        of=of,
        on=dates.today(),
        method="" if outcome == "not_appropriate" else "meeting",
        outcome=outcome,
        words="I like my room." if outcome == "given" else "",
        reason="" if outcome == "given" else "The court asked us not to.",
    )


def ready(cast: Cast, **more: Any) -> Audit:
    """An audit that lacks nothing."""
    audit = complete(make_audit(cast, **more))
    record_discussion(by=cast.amira, audit=audit, held_on=dates.today(), who="Social worker")
    heard(audit, cast.amira)
    heard(audit, cast.amira, "parent", "attempted")
    return audit


# --- the page of an audit -------------------------------------------------------------------------------------------


def test_the_auditor_sees_tasks_progress_lateness_and_why(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast, due_on=dates.today() - timedelta(days=3))
    answer(audit, "daily-life")
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}").content.decode()
    assert "1 of 5 required answers are complete." in page
    assert "3 days late" in page
    assert "drawn at random" in page
    assert "The child’s daily life" in page
    assert "Raise an immediate concern" in page
    assert "Check and submit" in page


def test_whoever_may_only_look_sees_an_audit_in_hand_without_the_tasks(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    page = client_of(cast.qa_officer).get(f"/audits/{audit.public_id}").content.decode()
    assert "Check and submit" not in page
    assert "Not answered." in page


def test_worker_and_manager_see_nothing_before_it_is_shared_and_cath_never(
    cast: Cast, client_of: Any
) -> None:
    audit = make_audit(cast, state="submitted")
    shared = make_audit(cast, state="shared")
    for person, early, late in ((cast.sam, 404, 200), (cast.ben, 404, 200), (cast.cath, 404, 404)):
        assert client_of(person).get(f"/audits/{audit.public_id}").status_code == early
        assert client_of(person).get(f"/audits/{shared.public_id}").status_code == late


def test_a_submitted_audit_reads_with_strengths_first_and_both_grades(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast, state="submitted")
    answer(audit, "daily-life", "met", evidence="A day is described in the plan.")
    answer(audit, "heard", "not_met", rationale="Nobody asked her.")
    grade(
        audit, "good", "life", proposed="inadequate", rule="Limited by a question", reason="It was put right"
    )
    page = client_of(cast.qa_lead).get(f"/audits/{audit.public_id}").content.decode()
    assert page.index("A day is described in the plan.") < page.index("Nobody asked her.")
    for words in ("Inadequate", "Good", "Limited by a question", "It was put right"):
        assert words in page


def test_an_audit_says_how_many_days_it_took_from_being_given_out(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast, state="submitted", allocated_at=timezone.now() - timedelta(days=9))
    page = client_of(cast.qa_lead).get(f"/audits/{audit.public_id}").content.decode()
    assert "9 days after it was given out" in page


def test_an_audit_reads_in_the_same_number_of_queries_however_much_it_holds(
    cast: Cast, client_of: Any
) -> None:
    small, large = make_audit(cast, state="submitted"), complete(make_audit(cast, state="submitted"))
    for _ in range(6):
        VoiceContact.objects.create(
            audit=large,
            of="child",
            on=dates.today(),
            method="phone",
            outcome="attempted",
            recorded_by=cast.amira,
        )
    client = client_of(cast.qa_lead)
    client.get(f"/audits/{small.public_id}")
    counts = []
    for audit in (small, large):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/audits/{audit.public_id}")
        counts.append(len(asked))
    assert counts == [33, 33]


# --- questions ------------------------------------------------------------------------------------------------------


def test_the_first_answer_starts_the_audit(cast: Cast) -> None:
    audit = make_audit(cast, state="allocated")
    actions.save_answers(by=cast.amira, audit=audit, written={"daily-life": Written(Given(**MET))})
    assert stored(audit).state == "started"
    assert [step.state for step in AuditStep.objects.filter(audit=audit)] == ["allocated", "started"]


def test_save_and_continue_saves_what_stands_on_the_page_and_goes_on(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    data = page_data(client.get(address).content.decode())
    data |= {"daily-life-judgement": "met", "daily-life-evidence": "Visit", "action": "continue"}
    response = client.post(address, data)
    assert response["Location"] == f"/audits/{audit.public_id}/sections/change"
    assert (current(audit, "daily-life").judgement, current(audit, "daily-life").number) == ("met", 1)


@pytest.mark.parametrize(
    ("judgement", "lacking"),
    [
        ("met", ["Enter what you saw or heard that shows it"]),
        ("partly_met", ["Enter why you judge it so", "Enter what you saw or heard that shows it"]),
        ("not_met", ["Enter why you judge it so", "Enter what you saw or heard that shows it"]),
        ("not_applicable", ["Enter why this does not apply to the child"]),
    ],
)
def test_what_a_judgement_needs_is_asked_for_in_a_summary_and_nothing_typed_is_lost(
    cast: Cast, client_of: Any, judgement: str, lacking: list[str]
) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    data = page_data(client.get(address).content.decode())
    response = client.post(address, data | {"heard-judgement": judgement, "action": "continue"})
    page = response.content.decode()
    assert "There is a problem" in page
    for sentence in lacking:
        assert sentence in page
    assert page.count("“Were the child’s views sought in a way that suits them?”</a>") == len(lacking)
    assert AnswerDraft.objects.get(audit=audit).data["heard"]["judgement"] == judgement
    assert not Answer.objects.filter(audit=audit).exists()


def test_save_for_later_takes_what_is_not_complete(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    data = page_data(client.get(address).content.decode())
    response = client.post(address, data | {"heard-judgement": "not_met", "action": "later"})
    assert response["Location"] == f"/audits/{audit.public_id}"
    assert current(audit, "heard").judgement == "not_met"
    page = client.get(f"/audits/{audit.public_id}/check").content.decode()
    assert "Complete “Were the child’s views sought" in page


def test_an_answer_that_leads_to_another_question_brings_it_up_without_javascript(
    cast: Cast, client_of: Any
) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    before = client.get(address).content.decode()
    assert "Was the child seen without their carers?" not in before
    data = page_data(before) | {
        "heard-judgement": "not_met",
        "heard-rationale": "Nobody asked.",
        "heard-evidence": "No record of it.",
    }
    response = client.post(address, data, follow=True)
    assert response.redirect_chain[-1][0] == f"{address}#question-seen-alone"
    assert "Was the child seen without their carers?" in response.content.decode()


def test_a_question_is_required_only_where_its_condition_holds(cast: Cast, client_of: Any) -> None:
    audit = complete(make_audit(cast))
    Answer.objects.filter(audit=audit, question="what-next").delete()
    client = client_of(cast.amira)
    assert "What should happen next" not in client.get(f"/audits/{audit.public_id}/check").content.decode()
    answer(audit, "progress", "not_met")
    assert (
        "Answer “What should happen next" in client.get(f"/audits/{audit.public_id}/check").content.decode()
    )


def test_earlier_answers_stay_as_versions_and_can_be_read(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    for number, words in enumerate(("First words", "Second words")):
        actions.save_answers(
            by=cast.amira,
            audit=audit,
            written={"heard": Written(Given("partly_met", rationale=words, evidence="E"), number)},
        )
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}/questions/heard").content.decode()
    assert page.index("Second words") < page.index("First words")
    assert Answer.objects.filter(audit=audit, question="heard").count() == 2


def test_an_unknown_section_or_question_is_not_found(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    assert client.get(f"/audits/{audit.public_id}/sections/nothing").status_code == 404
    assert client.get(f"/audits/{audit.public_id}/questions/nothing").status_code == 404
    assert client.post(f"/audits/{audit.public_id}/sections/nothing/draft").status_code == 404


def test_bad_input_is_answered_in_words_and_saves_nothing(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    bad = {
        "daily-life-version": "minus one",
        "daily-life-judgement": "splendid",
        "daily-life-evidence": "x" * 20_001,
        "action": "continue",
    }
    response = client.post(address, bad)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert client.post(f"{address}/draft", bad | {"daily-life-rationale": "a\x00b"}).status_code == 200
    assert not Answer.objects.filter(audit=audit).exists()


def test_nothing_is_written_once_the_audit_is_submitted(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast, state="submitted")
    with pytest.raises(NotInState):
        actions.save_answers(by=cast.amira, audit=audit, written={"heard": Written(Given(**MET))})
    with pytest.raises(NotInState):
        actions.save_draft(by=cast.amira, audit=audit, page="life", data={})
    assert client_of(cast.amira).get(f"/audits/{audit.public_id}/sections/life").status_code == 403


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_apart_and_shown_again_until_it_is_saved_or_discarded(
    cast: Cast, client_of: Any
) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    data = page_data(client.get(address).content.decode())
    kept = client.post(f"{address}/draft", data | {"daily-life-rationale": "Half a sentence"})
    assert re.fullmatch(r"\d{1,2}(:\d\d)?(am|pm)", kept.json()["saved"])
    assert not Answer.objects.filter(audit=audit).exists()
    page = client.get(address).content.decode()
    assert "Half a sentence" in page
    assert "not yet saved to the audit" in page
    client.post(f"{address}/discard")
    assert "Half a sentence" not in client.get(address).content.decode()


def test_a_draft_is_shown_to_nobody_else(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    actions.save_draft(
        by=cast.amira, audit=audit, page="life", data={"heard": {"rationale": "Mine alone", "version": 0}}
    )
    page = client_of(cast.qa_lead).get(f"/audits/{audit.public_id}/sections/life").content.decode()
    assert "Mine alone" not in page
    assert "Amira was writing in this audit" in page


def test_a_draft_that_says_nothing_new_is_not_kept(cast: Cast) -> None:
    audit = make_audit(cast)
    first = answer(audit, "heard")
    same = {
        "heard": {"judgement": "met", "rationale": first.rationale, "evidence": first.evidence, "version": 1}
    }
    assert actions.save_draft(by=cast.amira, audit=audit, page="life", data=same) is None
    assert not AnswerDraft.objects.exists()


def test_saving_the_page_ends_its_draft(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/sections/life"
    data = page_data(client.get(address).content.decode()) | {"heard-evidence": "E", "heard-judgement": "met"}
    client.post(f"{address}/draft", data)
    client.post(address, data)
    assert not AnswerDraft.objects.exists()


def test_an_audit_with_words_that_are_not_saved_is_not_submitted(cast: Cast, client_of: Any) -> None:
    audit = ready(cast)
    actions.save_draft(
        by=cast.amira, audit=audit, page="life", data={"heard": {"rationale": "New", "version": 1}}
    )
    with pytest.raises(NotComplete):
        submit_audit(by=cast.amira, audit=audit)
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}/check").content.decode()
    assert "Save or discard what you typed in “The child’s daily life”" in page


def test_a_page_left_open_over_a_new_sign_in_is_given_a_new_token(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    answered = client_of(cast.amira).get(f"/audits/{audit.public_id}/sections/life/draft")
    assert len(answered.json()["token"]) > 30


# --- once, and together ---------------------------------------------------------------------------------------------


def test_a_second_press_saves_nothing_twice(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/voices/add"
    day = dates.today()
    data = {
        "key": "abcdefghjkmn",
        "of": "child",
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
        "method": "observation",
        "outcome": "given",
        "consent": "agreed",
        "words": "He looked at his mother and smiled.",
    }
    first, second = client.post(address, data), client.post(address, data)
    assert first["Location"] == second["Location"] == f"/audits/{audit.public_id}/voices"
    assert VoiceContact.objects.count() == 1
    client.post(address, data | {"words": "He turned away."})
    assert VoiceContact.objects.count() == 2


def test_a_retry_of_a_save_gives_what_the_first_gave(cast: Cast) -> None:
    audit = make_audit(cast)
    written = {"heard": Written(Given(**MET))}
    first = actions.save_answers(by=cast.amira, audit=audit, written=written, key="k")
    second = actions.save_answers(by=cast.amira, audit=audit, written=written, key="k")
    assert first == second
    assert Answer.objects.filter(audit=audit).count() == 1


def test_two_people_on_different_questions_are_merged_without_asking(cast: Cast) -> None:
    audit = make_audit(cast)
    page = {"daily-life": Written(Given()), "heard": Written(Given())}
    actions.save_answers(by=cast.amira, audit=audit, written=page | {"heard": Written(Given(**MET))})
    saved = actions.save_answers(
        by=cast.qa_lead, audit=audit, written=page | {"daily-life": Written(Given(**MET))}
    )
    assert (saved.saved, saved.clashes) == (("daily-life",), ())
    assert {one.question for one in Answer.objects.filter(is_current=True)} == {"heard", "daily-life"}


def test_two_people_on_one_question_are_shown_both_texts_and_both_are_kept(
    cast: Cast, client_of: Any
) -> None:
    audit, amira, lead = make_audit(cast), client_of(cast.amira), client_of(cast.qa_lead)
    address = f"/audits/{audit.public_id}/sections/life"
    opened = page_data(amira.get(address).content.decode())
    other = page_data(lead.get(address).content.decode())
    words = {"heard-judgement": "partly_met", "heard-evidence": "E"}
    lead.post(address, other | words | {"heard-rationale": "What the lead wrote", "action": "later"})
    answered = amira.post(
        address, opened | words | {"heard-rationale": "What Amira wrote", "action": "later"}, follow=True
    )
    page = answered.content.decode()
    assert answered.redirect_chain[-1][0] == f"{address}/conflict"
    assert "What the lead wrote" in page
    assert "What Amira wrote" in page
    assert current(audit, "heard").rationale == "What the lead wrote"
    assert "Choose between two answers" in amira.get(f"/audits/{audit.public_id}/check").content.decode()
    refused = amira.post(f"{address}/conflict", {"heard-version": "1"}).content.decode()
    assert "Select which answer stands" in refused
    amira.post(
        f"{address}/conflict",
        {
            "heard-version": "1",
            "choice-heard": "joined",
            "heard-judgement": "partly_met",
            "heard-rationale": "What both wrote",
            "heard-evidence": "E",
        },
    )
    assert [one.rationale for one in Answer.objects.filter(question="heard").order_by("number")] == [
        "What the lead wrote",
        "What Amira wrote",
        "What both wrote",
    ]
    assert current(audit, "heard").rationale == "What both wrote"
    assert amira.get(f"{address}/conflict").status_code == 302


def test_a_choice_made_on_an_old_page_is_shown_again(cast: Cast) -> None:
    audit = make_audit(cast)
    for person, words in ((cast.amira, "One"), (cast.qa_lead, "Two")):
        actions.save_answers(
            by=person, audit=audit, written={"heard": Written(Given("not_met", rationale=words))}
        )
    actions.save_answers(
        by=cast.qa_lead, audit=audit, written={"heard": Written(Given("not_met", rationale="Three"), 1)}
    )
    saved = actions.settle_clash(
        by=cast.amira, audit=audit, question="heard", given=Given("met", rationale="Two"), based_on=1
    )
    assert saved.clashes == ("heard",)
    assert current(audit, "heard").rationale == "Three"


# --- people ---------------------------------------------------------------------------------------------------------


def test_a_talk_that_was_held_moves_the_audit_on(cast: Cast, client_of: Any) -> None:
    audit, day = make_audit(cast), dates.today()
    client = client_of(cast.amira)
    client.post(
        f"/audits/{audit.public_id}/discussion",
        {
            "held": "yes",
            "held_on_day": day.day,
            "held_on_month": day.month,
            "held_on_year": day.year,
            "who": "Social worker",
            "mode": "together",
        },
    )
    assert stored(audit).state == "discussed"
    assert Discussion.objects.get(audit=audit).who == "Social worker"


def test_no_talk_and_from_the_record_only_each_need_a_reason(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/discussion"
    page = client.post(address, {"held": "no", "mode": "record_only"}).content.decode()
    assert "Enter why there was no talk" in page
    assert "Enter why the audit is done from the record only" in page
    given = {"held": "no", "reason_not_held": "Left", "mode": "record_only", "mode_reason": "Closed case"}
    client.post(address, given)
    row = stored(audit)
    assert (row.state, row.mode, row.mode_reason) == ("started", "record_only", "Closed case")
    again = client.get(address).content.decode()
    assert "Closed case" in again


def test_every_attempt_is_logged_and_can_be_corrected(cast: Cast, client_of: Any) -> None:
    audit, client = make_audit(cast), client_of(cast.amira)
    contact = heard(audit, cast.amira, outcome="attempted")
    page = client.get(f"/audits/{audit.public_id}/voices").content.decode()
    assert "Tried, not reached" in page
    day = dates.today()
    client.post(
        f"/voices/{contact.public_id}/change",
        {
            "of": "child",
            "on_day": day.day,
            "on_month": day.month,
            "on_year": day.year,
            "method": "direct_work",
            "outcome": "given",
            "consent": "refused",
            "words": "I drew my house.",
        },
    )
    contact.refresh_from_db()
    assert (contact.outcome, contact.words) == ("given", "I drew my house.")
    assert client_of(cast.cath).get(f"/voices/{contact.public_id}/change").status_code == 404


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"outcome": "given", "method": "phone"}, "Enter what they said, or what you saw"),
        ({"outcome": "given", "method": "phone", "words": "Said"}, "Select whether a report may quote them"),
        ({"outcome": "not_appropriate"}, "Enter why asking was not appropriate"),
        ({"outcome": "attempted"}, "Select how you asked"),
    ],
)
def test_an_attempt_says_what_belongs_to_its_outcome(
    cast: Cast, client_of: Any, given: dict[str, str], asked: str
) -> None:
    audit, day = make_audit(cast), dates.today()
    when = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    page = client_of(cast.amira).post(
        f"/audits/{audit.public_id}/voices/add", {"of": "child", **when, **given}
    )
    assert asked in page.content.decode()


# --- grades and submission ------------------------------------------------------------------------------------------


def test_grades_wait_until_the_answers_are_complete(cast: Cast, client_of: Any) -> None:
    audit = make_audit(cast)
    with pytest.raises(TooEarly):
        give_grades(by=cast.amira, audit=audit, choices={"life": Choice("good")})
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}/grades").content.decode()
    assert "Grades come last" in page


def test_the_rule_proposes_and_the_auditor_may_differ_with_a_reason(cast: Cast, client_of: Any) -> None:
    audit = ready(cast)
    Grade.objects.all().delete()
    client = client_of(cast.amira)
    address = f"/audits/{audit.public_id}/grades"
    page = client.get(address).content.decode()
    assert "The rule proposes: Good" in page
    bad = client.post(address, {"grade-life": "outstanding", "grade-change": "good"}).content.decode()
    assert "Enter why your grade for The child’s daily life differs" in bad
    answered = client.post(
        address,
        {"grade-life": "outstanding", "grade-life-reason": "Rare work", "grade-change": "good"},
    )
    assert answered["Location"] == f"{address}/overall"
    client.post(f"{address}/overall", {"grade-overall": "good"})
    kept = {one.section: (one.grade, one.proposed, one.reason) for one in Grade.objects.all()}
    assert kept == {
        "life": ("outstanding", "good", "Rare work"),
        "change": ("good", "good", ""),
        "": ("good", "good", ""),
    }
    with pytest.raises(NeedsReason):
        give_grades(by=cast.amira, audit=audit, choices={"life": Choice("inadequate")})


def test_a_grade_given_before_an_answer_changed_is_looked_at_again(cast: Cast) -> None:
    audit = ready(cast)
    answer(audit, "daily-life", "not_met")
    with pytest.raises(NotComplete):
        submit_audit(by=cast.amira, audit=audit)


def test_a_tool_without_an_overall_grade_needs_none(cast: Cast, client_of: Any) -> None:
    tool = make_tool(key="no-overall", overall=False)
    audit = ready(cast, of=make_round(cast, tool=tool))
    address = f"/audits/{audit.public_id}/grades/overall"
    assert client_of(cast.amira).get(address)["Location"] == f"/audits/{audit.public_id}/grades"
    submit_audit(by=cast.amira, audit=audit)
    assert stored(audit).state == "submitted"


@pytest.mark.parametrize("without", ["discussion", "child", "parent", "answer", "overall"])
def test_an_audit_that_lacks_something_is_not_submitted_and_says_what(
    cast: Cast, client_of: Any, without: str
) -> None:
    audit = ready(cast)
    match without:
        case "discussion":
            Discussion.objects.all().delete()
        case "answer":
            Answer.objects.filter(question="progress").delete()
        case "overall":
            Grade.objects.filter(section="").delete()
        case _:
            VoiceContact.objects.filter(of=without).delete()
    with pytest.raises(NotComplete):
        submit_audit(by=cast.amira, audit=audit)
    client = client_of(cast.amira)
    address = f"/audits/{audit.public_id}/check"
    page = client.post(address, {}, follow=True).content.decode()
    assert "Submit the audit" not in page
    words = {
        "discussion": "Record the talk with the worker",
        "child": "Log how the child’s views were sought",
        "parent": "Log how the family’s views were sought",
        "answer": "Answer “Did things get better",
        "overall": "Give the overall grade",
    }
    assert words[without] in page
    assert stored(audit).state == "discussed"


def test_where_a_round_needs_feedback_not_appropriate_is_not_enough_for_child_or_family(cast: Cast) -> None:
    audit = complete(make_audit(cast, of=make_round(cast, is_feedback_required=True)))
    record_discussion(by=cast.amira, audit=audit, held_on=dates.today(), who="Social worker")
    heard(audit, cast.amira, outcome="not_appropriate")
    heard(audit, cast.amira, "parent", "not_appropriate")
    with pytest.raises(NotComplete):
        submit_audit(by=cast.amira, audit=audit)
    heard(audit, cast.amira, "carer", "attempted")
    with pytest.raises(NotComplete):
        submit_audit(by=cast.amira, audit=audit)
    heard(audit, cast.amira, outcome="attempted")
    submit_audit(by=cast.amira, audit=audit)
    assert stored(audit).state == "submitted"


def test_a_complete_audit_is_submitted_once(cast: Cast, client_of: Any) -> None:
    audit, client = ready(cast), client_of(cast.amira)
    address = f"/audits/{audit.public_id}/check"
    assert "Submit the audit" in client.get(address).content.decode()
    answered = client.post(address, {"key": "abcdefghjkmn"})
    assert answered["Location"] == f"/audits/{audit.public_id}"
    row = stored(audit)
    assert (row.state, row.submitted_by_id) == ("submitted", cast.amira.pk)
    assert row.submitted_at is not None
    assert client.post(address, {"key": "abcdefghjkmn"}).status_code == 403
    submit_audit(by=cast.amira, audit=audit, key="abcdefghjkmn")
    assert AuditStep.objects.filter(audit=audit, state="submitted").count() == 1


def test_an_audit_sent_back_is_submitted_again(cast: Cast) -> None:
    audit = ready(cast)
    Audit.objects.as_system("recording").filter(pk=audit.pk).update(state="returned")
    submit_audit(by=cast.amira, audit=audit)
    assert stored(audit).state == "submitted"


def test_what_does_not_fit_is_worth_another_look_and_stops_nobody(cast: Cast, client_of: Any) -> None:
    audit = ready(cast)
    VoiceContact.objects.filter(of="child").update(outcome="attempted")
    page = client_of(cast.amira).get(f"/audits/{audit.public_id}/check").content.decode()
    assert "holds no views from the child" in page
    assert "Submit the audit" in page
