"""Saves answers and drafts. Every saved text stays: as the current answer or in the history of its question."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.moving import locked_audit, move_audit
from plumbline.audits.models import Answer, AnswerDraft, Audit
from plumbline.audits.queries.drafts import given_of, unsaved_in
from plumbline.audits.rules.answers import Fate, Given, Written, fate_of
from plumbline.audits.rules.states import IN_HAND
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.work.once import is_first_time


@dataclass(frozen=True)
class Saved:
    """What became of the answers: the questions saved, and those where somebody else had written something else.

    The words of a clash are kept in the history beside the current answer until somebody chooses.
    """

    saved: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()


def begin(*, by: Person, audit: Audit) -> None:
    """Moves an audit that was only allocated to started, at the first thing that is written."""
    if audit.state == "allocated":
        move_audit(by=by, audit=audit, to="started")


def save_answers(
    *, by: Person, audit: Audit, written: Mapping[str, Written], page: str = "", key: str = ""
) -> Saved:
    """What became of each answer. The writer's draft of the page is gone with it.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        content = {name: asdict(one) for name, one in written.items()}
        if not is_first_time(key, content):
            return _first_result(by, row, written)
        begin(by=by, audit=row)
        saved, clashes = [], []
        for question, versions in _versions(row, written).items():
            match _save(by, row, question, written[question], versions):
                case Fate.SAVED:
                    saved.append(question)
                case Fate.CLASH:
                    clashes.append(question)
        if page:
            AnswerDraft.objects.filter(audit=row, person=by, page=page).delete()
        if saved or clashes:
            detail = {"questions": saved, "clashes": clashes}
            record(by=by, kind=Kind.ACTION, action="audit.answer", obj=row, detail=detail)
    audit.state = row.state
    return Saved(tuple(saved), tuple(clashes))


def settle_clash(
    *, by: Person, audit: Audit, question: str, given: Given, based_on: int, key: str = ""
) -> Saved:
    """The answer that was chosen where two stood against each other; both stay in the history.

    When somebody saved a third text in the meantime, it is a clash again.
    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        if not is_first_time(key, {"question": question, **asdict(given)}):
            return Saved()
        versions = _versions(row, [question])[question]
        current = next((one for one in versions if one.is_current), None)
        if current is not None and current.number != based_on and given_of(current) != given:
            _add(by, row, question, versions, given, is_current=False)
            saved = Saved(clashes=(question,))
        else:
            # Even a choice for what is current is a version of its own: it says that the other text was seen.
            _add(by, row, question, versions, given, is_current=True)
            saved = Saved(saved=(question,))
        detail = {"questions": list(saved.saved), "clashes": list(saved.clashes)}
        record(by=by, kind=Kind.ACTION, action="audit.settle_clash", obj=row, detail=detail)
    return saved


def _versions(audit: Audit, questions: Iterable[str]) -> dict[str, list[Answer]]:
    wanted = list(questions)
    found: dict[str, list[Answer]] = {question: [] for question in wanted}
    for row in Answer.objects.filter(audit=audit, question__in=wanted).order_by("number"):
        found[row.question].append(row)
    return found


def _save(by: Person, audit: Audit, question: str, mine: Written, versions: list[Answer]) -> Fate:
    current = next((one for one in versions if one.is_current), None)
    base = next((one for one in versions if one.number == mine.based_on), None)
    is_stale = (current.number if current else 0) != mine.based_on
    fate = fate_of(mine.given, given_of(base), given_of(current), is_stale=is_stale)
    if fate is not Fate.UNCHANGED:
        _add(by, audit, question, versions, mine.given, is_current=fate is Fate.SAVED)
    return fate


def _add(
    by: Person, audit: Audit, question: str, versions: list[Answer], given: Given, *, is_current: bool
) -> Answer:
    if is_current:
        Answer.objects.filter(audit=audit, question=question, is_current=True).update(is_current=False)
    return Answer.objects.create(
        audit=audit,
        question=question,
        number=max((one.number for one in versions), default=0) + 1,
        is_current=is_current,
        given_by=by,
        **asdict(given),
    )


def _first_result(by: Person, audit: Audit, written: Mapping[str, Written]) -> Saved:
    """What the same form gave the first time, worked out from what it left behind."""
    saved, clashes = [], []
    for question, versions in _versions(audit, written).items():
        current = next((one for one in versions if one.is_current), None)
        for one in versions:
            if one.given_by_id == by.pk and given_of(one) == written[question].given:
                if current and not one.is_current and one.number > current.number:
                    clashes.append(question)
                elif one.number > written[question].based_on:
                    saved.append(question)
    return Saved(tuple(dict.fromkeys(saved)), tuple(dict.fromkeys(clashes)))


def save_draft(*, by: Person, audit: Audit, page: str, data: Mapping[str, Any]) -> AnswerDraft | None:
    """The draft as typed so far, apart from the record; only its writer sees it. None when all of it is saved anyway.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        if not unsaved_in(row, data):
            AnswerDraft.objects.filter(audit=row, person=by, page=page).delete()
            return None
        draft, _ = AnswerDraft.objects.update_or_create(
            audit=row, person=by, page=page, defaults={"data": dict(data), "saved_at": timezone.now()}
        )
    return draft


def discard_draft(*, by: Person, audit: Audit, page: str) -> None:
    """Removes the writer's draft of a page.

    Raises: NotInState when the audit is not with its auditor any more.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        removed, _ = AnswerDraft.objects.filter(audit=row, person=by, page=page).delete()
        if removed:
            record(by=by, kind=Kind.ACTION, action="audit.discard_draft", obj=row, detail={"page": page})
