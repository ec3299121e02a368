"""Exceptions on pages, in the quarterly report and as a file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from indicator_engine import Period
from plumbline.improvement.models import Action, ActionState
from plumbline.improvement.queries.choices import finding_choices
from plumbline.indicators.models import ExceptionReason, ExceptionState, IndicatorException
from plumbline.indicators.presenters.words import period_text
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.exceptions import OPEN, exceptions_behind, exceptions_for
from plumbline.people.scope import Viewer
from plumbline.shared.area import Source, WorkItem
from plumbline.shared.dates import day_of, in_words, time_in_words

S = ExceptionState
TAGS = {S.RAISED: "red", S.BACK_ON_TARGET: "green", S.CLOSED: "grey"}
NOBODY = "Nobody yet"


def title_of(row: IndicatorException) -> str:
    """The indicator's title."""
    known = indicators().get(row.indicator)
    return known.title if known else row.indicator


def line(row: IndicatorException, names: Mapping[int, str]) -> dict[str, Any]:
    """An exception in a list."""
    return {
        "title": title_of(row),
        "url": reverse("indicator_exception", args=[row.public_id]),
        "reason": ExceptionReason(row.reason).label,
        "latest": row.latest,
        "since": f"{row.first_on:%B %Y}",
        "owner": _name(row.owner_id, names),
        "state": S(row.state).label,
        "tag": TAGS.get(S(row.state), "blue"),
        "review": in_words(row.review_on),
    }


def page(
    row: IndicatorException, names: Mapping[int, str], actions: Sequence[Action], steps: Sequence[Any]
) -> dict[str, Any]:
    """One exception: the figure, the story, the plan, and how it went."""
    return {
        **line(row, names),
        "said": row.said,
        "facts": [
            ("Why it is here", ExceptionReason(row.reason).label),
            ("When it was raised", f"{row.said} (extract {row.extract.name})"),
            ("Now", row.latest),
            ("Off since", f"{row.first_on:%B %Y}"),
            ("Who answers for it", _name(row.owner_id, names)),
            *([("Looked at again", in_words(row.review_on))] if row.review_on else []),
        ],
        "story": row.story,
        "causes": finding_choices().cause_labels(row.causes),
        "outcome": row.outcome,
        "plan": [_action(one, names) for one in actions],
        "steps": [
            {
                "state": S(step.state).label,
                "by": _name(step.by_id, names) if step.by_id else "from the figures",
                "at": time_in_words(step.at),
                "text": step.text,
            }
            for step in steps
        ],
    }


def _action(one: Action, names: Mapping[int, str]) -> dict[str, str]:
    return {
        "text": one.text,
        "url": reverse("action", args=[one.public_id]),
        "owner": _name(one.owner_id, names),
        "due": in_words(one.due_on),
        "state": ActionState(one.state).label,
    }


def report(
    rows: Sequence[IndicatorException],
    names: Mapping[int, str],
    actions: Mapping[int, Sequence[Action]],
    period: Period,
) -> dict[str, Any]:
    """The report of a quarter: a sentence, then each exception with its corrective action plan."""
    told = [
        line(row, names)
        | {
            "said": row.said,
            "story": row.story,
            "causes": finding_choices().cause_labels(row.causes),
            "outcome": row.outcome,
            "plan": [_action(one, names) for one in actions[row.pk]],
        }
        for row in rows
    ]
    new = sum(period.start <= day_of(row.raised_at) <= period.end for row in rows)
    silent = sum(not row.story for row in rows)
    closed = sum(row.state == S.CLOSED for row in rows)
    number = f"{len(rows)} exception{'' if len(rows) == 1 else 's'}"
    return {
        "period": period_text(period.start, period.end),
        "sentence": f"{number} in the quarter, {new} of them new, {closed} closed. {silent} wait for their story."
        if rows
        else "No indicator was off target or worse than chance would explain.",
        "rows": told,
    }


def report_lines(
    rows: Sequence[IndicatorException], names: Mapping[int, str], actions: Mapping[int, Sequence[Action]]
) -> Iterator[list[str]]:
    """The same as a file."""
    yield [
        *("Code", "Indicator", "Reason", "Off since", "When raised", "Now", "Owner", "State"),
        *("Story", "Causes", "Corrective action plan", "Looked at again", "What came of it"),
    ]
    for row in rows:
        known = indicators().get(row.indicator)
        plan = [_action(one, names) for one in actions[row.pk]]
        yield [
            known.code if known else "",
            title_of(row),
            ExceptionReason(row.reason).label,
            row.first_on.isoformat(),
            row.said,
            row.latest,
            _name(row.owner_id, names),
            S(row.state).label,
            row.story,
            "; ".join(finding_choices().cause_labels(row.causes)),
            "; ".join(f"{one['text']} ({one['owner']}, by {one['due']}: {one['state']})" for one in plan),
            row.review_on.isoformat() if row.review_on else "",
            row.outcome,
        ]


def exception_work(viewer: Viewer, today: date) -> Iterator[WorkItem]:
    """What exceptions ask of the viewer: a story, a plan to agree, a look, a closing, an owner."""
    if viewer.has("exception.view"):
        mine = exceptions_for(viewer).filter(owner_id=viewer.person_id, state=S.RAISED)
        for row in mine:
            yield WorkItem(f"Say what lies behind “{title_of(row)}”", _url(row), day_of(row.raised_at))
    if not viewer.has("exception.manage"):
        return
    rows = exceptions_for(viewer, "exception.manage").filter(OPEN)
    ownerless = rows.filter(owner=None, state=S.RAISED).count()
    if ownerless:
        words = "1 exception has" if ownerless == 1 else f"{ownerless} exceptions have"
        yield WorkItem(f"{words} nobody to tell the story", reverse("indicator_exceptions"))
    for row in rows.exclude(owner_id=viewer.person_id).filter(state__in=(S.EXPLAINED, S.BACK_ON_TARGET)):
        do = "Agree the plan for" if row.state == S.EXPLAINED else "Close the exception on"
        yield WorkItem(f"{do} “{title_of(row)}”", _url(row))
    for row in rows.filter(review_on__isnull=False).exclude(state=S.BACK_ON_TARGET):
        yield WorkItem(f"Look again at “{title_of(row)}”", _url(row), row.review_on)


def sources(viewer: Viewer, rows: list[Any], in_full: bool) -> dict[int, Source]:
    """By primary key which exception an action belongs to."""
    if not isinstance(rows[0], Action):
        return {}
    return {
        action: Source(f"the exception on “{title_of(row)}”", _url(row) if may_open else "")
        for action, (row, may_open) in exceptions_behind(viewer, rows).items()
    }


def _url(row: IndicatorException) -> str:
    return reverse("indicator_exception", args=[row.public_id])


def _name(person: int | None, names: Mapping[int, str]) -> str:
    return NOBODY if person is None else names.get(person, "Somebody not shown to you")
