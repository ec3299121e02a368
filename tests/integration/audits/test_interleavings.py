"""Two people write in one audit in any order: no text that was saved is lost, and every clash is shown."""

from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline.audits.actions.answers import save_answers, settle_clash
from plumbline.audits.models import Answer, Audit
from plumbline.audits.queries.drafts import given_of
from plumbline.audits.queries.so_far import open_clashes
from plumbline.audits.rules.answers import Given, Written
from plumbline.people.models import Person
from tests.factories.audits import make_audit
from tests.factories.cast import Cast

QUESTIONS = ("daily-life", "heard", "progress")
STEP = st.one_of(
    st.tuples(st.just("open"), st.integers(0, 1)),
    st.tuples(st.just("type"), st.integers(0, 1), st.sampled_from(QUESTIONS), st.integers(0, 3)),
    st.tuples(st.just("save"), st.integers(0, 1)),
    st.tuples(st.just("retry"), st.integers(0, 1)),
    st.tuples(st.just("settle"), st.integers(0, 1), st.sampled_from(("current", "mine", "joined"))),
)


class Writer:
    """One person at one page, as a browser holds it."""

    def __init__(self, person: Person, audit: Audit, numbers: "count[int]") -> None:
        self.person, self.audit, self.numbers = person, audit, numbers
        self.last: tuple[dict[str, Written], str, Any] | None = None
        self.saved: list[tuple[str, Given]] = []
        self.shown: set[tuple[str, Given]] = set()
        self.open()

    def open(self) -> None:
        rows = {one.question: one for one in Answer.objects.filter(audit=self.audit, is_current=True)}
        self.base = {key: rows[key].number if key in rows else 0 for key in QUESTIONS}
        self.text = {key: given_of(rows.get(key)) for key in QUESTIONS}
        self.opened = dict(self.text)

    def type(self, question: str, kind: int) -> None:
        # Now and then both write the same words, which is no clash.
        words = "The same words" if kind == 0 else f"Words {next(self.numbers)}"
        self.text[question] = Given("partly_met", rationale=words, evidence="E")

    def save(self) -> None:
        written = {key: Written(self.text[key], self.base[key]) for key in QUESTIONS}
        key = f"key-{next(self.numbers)}"
        before = {row.question: row for row in Answer.objects.filter(audit=self.audit, is_current=True)}
        result = save_answers(by=self.person, audit=self.audit, written=written, key=key)
        self.last = (written, key, result)
        for question in QUESTIONS:
            mine = self.text[question]
            if mine == self.opened[question]:
                continue
            self.saved.append((question, mine))
            row = before.get(question)
            somebody_else_wrote = (row.number if row else 0) != self.base[question] and given_of(row) not in (
                self.opened[question],
                mine,
            )
            assert (question in result.clashes) == somebody_else_wrote, "a clash is shown, and only a clash"
            if somebody_else_wrote:
                self.shown.add((question, mine))
        self.open()

    def retry(self) -> None:
        if self.last is not None:
            written, key, _first = self.last
            before = Answer.objects.count()
            save_answers(by=self.person, audit=self.audit, written=written, key=key)
            assert Answer.objects.count() == before

    def settle(self, how: str) -> None:
        for question in open_clashes(self.audit):
            versions = list(Answer.objects.filter(audit=self.audit, question=question).order_by("number"))
            current = next((one for one in versions if one.is_current), None)
            chosen = given_of(versions[-1] if how == "mine" else current)
            if how == "joined":
                chosen = Given("partly_met", rationale=f"Joined {next(self.numbers)}", evidence="E")
            number = current.number if current else 0
            settle_clash(by=self.person, audit=self.audit, question=question, given=chosen, based_on=number)
            self.saved.append((question, chosen))
        assert open_clashes(self.audit) == []


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return make_audit(cast)


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_no_text_is_lost_and_every_clash_is_shown_in_200_interleavings(
    cast: Cast, audit: Audit, steps: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        numbers = count(1)
        writers = [Writer(person, audit, numbers) for person in (cast.amira, cast.qa_lead)]
        for name, who, *rest in steps:
            getattr(writers[who], name)(*rest)
        rows = list(Answer.objects.filter(audit=audit))
        kept = {(row.question, given_of(row)) for row in rows}
        for writer in writers:
            assert set(writer.saved) <= kept, "every saved text is current or in the history"
        for question in {row.question for row in rows}:
            mine = [row for row in rows if row.question == question]
            assert len([row for row in mine if row.is_current]) == 1
            assert sorted(row.number for row in mine) == list(range(1, len(mine) + 1))
        transaction.set_rollback(True)
