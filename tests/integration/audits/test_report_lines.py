"""Every figure that the report shows stands in its file, and a change of any of them is named between versions."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from plumbline.audits.actions.raising import act_from_audit, raise_from_audit
from plumbline.audits.files.report_csv import csv_of
from plumbline.audits.models import Concern, Moderation
from plumbline.audits.presenters import report_document as presenter
from plumbline.audits.presenters.report_blocks import texts_of
from plumbline.audits.presenters.report_document import report_document
from plumbline.audits.queries.reports import Content, content_of
from plumbline.audits.rules.report_lines import changes
from plumbline.shared import dates
from plumbline.shared.tables import read_csv
from tests.factories.audits import grade
from tests.factories.cast import Cast
from tests.factories.reports import make_report, make_reported_round, reported_audit

# A number that stands nowhere in the figures, and a share that does not either.
ODD, ODD_SHARE = 7_301, 0.1234
# Numbers of standards, tools and this format are names, not figures; the annex is pins.
NOT_FIGURES = {"annex", "standards", "version", "number", "key", "criterion", "tools", "id", "taken_on"}


def a_full_round(cast: Cast, months_ago: int) -> Any:
    """A round with everything that a report can count: both kinds of cases, second ratings, findings, concerns."""
    month = dates.first_of_month(dates.today(), -months_ago)
    state = "finalised" if months_ago else "auditing"
    of = make_reported_round(cast, missing=not months_ago, state=state, first_month=month, last_month=month)
    audits = list(of.audits._every_row().filter(round=of, state="shared"))
    picked = reported_audit(cast, of, 3)
    picked.slot.route = "purposive"
    picked.slot.save()
    for one in audits:
        Moderation.objects.create(
            audit=one,
            why="random",
            moderator=cast.moderator,
            due_on=dates.today(),
            rated_at=timezone.now(),
            settled_at=timezone.now(),
            settled_by=cast.qa_lead,
            final_reason="Seen together",
        )
        for section in ("life", ""):
            grade(one, "good", section, stage="second")
            grade(one, "good", section, stage="final")
    finding = raise_from_audit(by=cast.amira, audit=audits[0], kind="gap", text="Plans")
    act_from_audit(
        by=cast.amira,
        audit=audits[0],
        level="service",
        text="Show examples",
        owner=cast.sam,
        due_on=dates.today(),
        findings=[finding],
    )
    Concern.objects.create(
        audit=audits[0],
        text="Alone at night",
        handler=cast.ben,
        raised_by=cast.amira,
        acknowledge_by=timezone.now(),
        plan_by=timezone.now(),
    )
    return of


@pytest.fixture
def content(cast: Cast) -> Content:
    """A report with every part filled, last time included."""
    make_report(cast, a_full_round(cast, 2), "issued")
    full = content_of(make_report(cast, a_full_round(cast, 0)))
    criterion = {"key": "1.1", "number": "1.1", "text": "Days", "strength": 2, "gap": 3, "barrier": 1}
    full.figures["findings"]["criteria"] = [criterion]
    full.figures["last_time"]["findings"]["criteria"] = [criterion]
    full.figures["completeness"]["left_out"] = {"The case was closed": 2}
    rows = [{"label": "North", "frame": "61", "audited": "c", "word": ""}]
    full.figures["people"] = [{"label": "Team", "sentence": "Alike.", "has_hidden": True, "rows": rows}]
    return full


def leaves(figures: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each figure stands: a number, or a number or “c” as text."""
    if isinstance(figures, dict | list):
        places = figures.items() if isinstance(figures, dict) else enumerate(figures)
        for key, value in places:
            if key not in NOT_FIGURES:
                yield from leaves(value, (*path, key))
    elif isinstance(figures, bool) or figures is None:
        return
    elif isinstance(figures, int | float) or figures.isdigit() or figures == "c":
        yield path


def changed(figures: dict[str, Any], path: tuple[Any, ...]) -> tuple[dict[str, Any], str]:
    """The figures with another number in that place, and the number as it is said."""
    other = copy.deepcopy(figures)
    at: Any = other
    for key in path[:-1]:
        at = at[key]
    old = at[path[-1]]
    at[path[-1]] = ODD_SHARE if isinstance(old, float) else str(ODD) if isinstance(old, str) else ODD
    if path[-1] == "x":
        at["n"] = ODD
    return other, f"{ODD_SHARE:.0%}" if isinstance(old, float) else str(ODD)


def shown(content: Content, figures: dict[str, Any]) -> list[str]:
    """Every text of the page."""
    return list(texts_of(report_document(Content(content.report, figures, content.texts)).blocks))


def test_each_figure_of_the_page_is_in_the_csv_and_a_change_of_it_is_named(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Looking words up takes most of the time, and the list of words holds no figure.
    monkeypatch.setattr(presenter, "terms_in", lambda text: [])
    page = shown(content, content.figures)
    places = list(leaves(content.figures))
    on_page, unnamed, not_in_file = 0, [], []
    for path in places:
        other, said = changed(content.figures, path)
        now = shown(content, other)
        if now == page:
            continue
        on_page += 1
        if not changes(content.figures, other):
            unnamed.append(path)
        in_file = [" ".join(row) for row in read_csv(csv_of(other))]
        if any(said in text for text in now) and not any(said in line for line in in_file):
            not_in_file.append(path)
    assert (unnamed, not_in_file) == ([], [])
    assert on_page > 250


NAMED: dict[tuple[Any, ...], str] = {
    ("people", 0, "rows", 0, "frame"): "Team: North",
    ("completeness", "states", "started"): "State: started",
    ("completeness", "target", "min"): "Fewest aimed at",
    ("completeness", "drawn"): "To be drawn",
    ("findings", "criteria", 0, "gap"): "1.1 Days: gap",
    ("findings", "needs_analysis"): "Needs analysis",
    ("concerns", "closed"): "Closed",
    ("groups", "random", "moderation", "waiting"): "Waiting",
    ("groups", "random", "voice", "discussion", "not_held"): "Talk with the worker not held, with a reason",
    ("groups", "random", "grades", 0, "better", "share", "x"): "Overall: Good or better",
    ("last_time", "findings", "kinds", "gap"): "Gap",
}


def test_a_figure_that_changed_between_versions_is_named(content: Content) -> None:
    for path, what in NAMED.items():
        other, _ = changed(content.figures, path)
        assert what in [line.what for line, _ in changes(content.figures, other) if line]


def test_two_questions_with_the_same_words_are_both_compared(content: Content) -> None:
    questions = content.figures["groups"]["random"]["questions"]
    questions[1] = copy.deepcopy(questions[0])
    for place in (0, 1):
        other, _ = changed(content.figures, ("groups", "random", "questions", place, "not_met"))
        words = questions[0]["text"]
        named = [line for line, _ in changes(content.figures, other) if line and line.what.startswith(words)]
        assert len(named) == 1
