"""Questions of a round of its own: written before the draw, pinned to each audit, answered, reported apart."""

import pytest

from plumbline.audits.actions.allocating import Choice, allocate_cases
from plumbline.audits.actions.local_questions import add_local_question, remove_local_question
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.models import Answer, Audit, Round
from plumbline.audits.presenters.report_blocks import texts_of
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.queries.reports import Content
from plumbline.audits.queries.so_far import so_far
from plumbline.audits.rules.report_lines import lines_of
from plumbline.shared import dates
from tests.factories.audits import answer, complete, make_audit, make_case, make_round, make_slot
from tests.factories.cast import Cast
from tests.factories.reports import make_report
from tests.integration.conftest import SignedIn
from tests.unit.audits.test_local_questions import JUDGED

TEXT = str(JUDGED["text"])


def test_they_are_written_on_a_page_with_the_linters_remarks_until_the_draw(
    cast: Cast, client_of: type[SignedIn]
) -> None:
    of = make_round(cast, with_draw=False, state="planned")
    client, url = client_of(cast.qa_officer), f"/rounds/{of.public_id}/local-questions"
    assert client_of(cast.amira).get(url).status_code == 403
    given = {"text": "Was school told and asked?", "kind": "quality", "answer": "judgement"}
    client.post(url, given)
    page = client.get(url).content.decode()
    assert "Was school told and asked?" in page
    assert "may join two ideas" in page
    # The same question twice, one that the tool asks already, and a choice without choices are refused.
    for wrong in (
        given,
        given | {"text": "Did supervision help the worker think?"},
        given | {"text": "Who leads?", "answer": "choice", "choices": "School"},
    ):
        assert client.post(url, wrong).status_code == 200
    client.post(url, given | {"text": "Who leads?", "answer": "choice", "choices": "School\nNobody"})
    client.post(url, {"remove": "local-1"})
    of.refresh_from_db()
    assert [one["text"] for one in of.local_questions] == ["Who leads?"]
    assert "Who leads?" in client_of(cast.sam).get(f"/rounds/{of.public_id}").content.decode()
    Round.objects.as_system("recording").filter(pk=of.pk).update(state="drawn")
    for act in (
        lambda: add_local_question(by=cast.qa_officer, round=of, question=JUDGED),
        lambda: remove_local_question(by=cast.qa_officer, round=of, key="local-2"),
    ):
        with pytest.raises(RoundNotInState):
            act()


def test_an_audit_keeps_those_it_was_given_out_with_for_its_team(cast: Cast) -> None:
    of = make_round(cast, state="drawn")
    of.local_questions = [
        JUDGED,
        {**JUDGED, "key": "local-2", "team": cast.units["north"].public_id},
        {**JUDGED, "key": "local-3", "team": cast.units["south"].public_id},
    ]
    of.save()
    slot = make_slot(make_case(of, cast.units["north"], cast.sam))
    done = allocate_cases(by=cast.qa_lead, round=of, choices=[Choice(slot, cast.amira)], due_on=dates.today())
    of.local_questions = []
    of.save()
    audit = Audit.objects.as_system("recording").get(pk=done.audits[0].pk)
    assert [one["key"] for one in audit.local_questions] == ["local-1", "local-2"]


def test_they_are_answered_on_a_page_of_their_own_and_wanted_before_submission(
    cast: Cast, client_of: type[SignedIn]
) -> None:
    audit = complete(make_audit(cast, local_questions=[JUDGED]))
    client = client_of(cast.amira)
    page = client.get(f"/audits/{audit.public_id}").content.decode()
    assert "Questions of this round" in page
    check = client.get(f"/audits/{audit.public_id}/check").content.decode()
    assert f"section/local-questions#question-{JUDGED['key']}" in check.replace("sections/", "section/")
    url = f"/audits/{audit.public_id}/sections/local-questions"
    before = so_far(audit).grades
    client.post(
        url,
        {
            "local-1-version": "0",
            "local-1-judgement": "not_met",
            "local-1-rationale": "Told weeks later",
            "local-1-evidence": "E-mail of 3 May",
        },
    )
    assert Answer.objects.get(audit=audit, question="local-1").judgement == "not_met"
    assert so_far(audit).grades == before


def test_the_report_shows_them_apart(cast: Cast) -> None:
    of = make_round(cast, local_questions=[JUDGED])
    for judgement in ("met", "not_met"):
        audit = complete(make_audit(cast, of=of, state="submitted", local_questions=[JUDGED]))
        answer(audit, "local-1", judgement)
    without = {key: value for key, value in figures_of(of).items() if key != "annex"}
    of.local_questions = []
    plain = figures_of(of)
    of.local_questions = [JUDGED]
    without["groups"] = {"random": {k: v for k, v in without["groups"]["random"].items() if k != "local"}}
    assert without == {key: value for key, value in plain.items() if key != "annex"}
    said = " ".join(texts_of(report_document(Content(make_report(cast, of), figures_of(of))).blocks))
    assert f"{TEXT} 1 of 2 0 1 0 0" in said
    lines = {
        line.what: line.words for line in lines_of(figures_of(of)) if line.part == "Questions of this round"
    }
    assert lines[f"{TEXT}: met"] == "1 of 2"
