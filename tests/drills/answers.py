"""Kills an auditor's page again and again while it saves: three answers, its key, its draft gone, and the event."""

from collections import Counter
from itertools import pairwise

from django.db import transaction

from plumbline.audits.actions.answers import save_answers, save_draft
from plumbline.audits.actions.moving import move_audit
from plumbline.audits.models import Answer, AnswerDraft, Audit
from plumbline.audits.rules.answers import Given, Written
from plumbline.event_log.actions import record
from plumbline.event_log.models import Event, Kind
from plumbline.people.models import Person
from tests.drills.ground import Ground
from tests.drills.writes import Writing, figures_of, name_of
from tests.factories.audits import make_audit, make_round
from tests.factories.cast import make_cast

PAGE = "life"
QUESTIONS = ("daily-life", "heard", "seen-alone")


def drill(ground: Ground, trials: int) -> dict[str, int]:
    """The figures of as many kills, then those of two writers that are known to be wrong."""
    cast = make_cast()
    of = make_round(cast)
    for trial in (*range(trials), *range(1_000_000, 1_000_005), *range(2_000_000, 2_000_005)):
        audit = make_audit(cast, of=of, state="allocated")
        Audit.objects._every_row().filter(pk=audit.pk).update(reference=reference_of(trial))
    return figures_of(ground, trials, ANSWERS, write_in_parts, write_without_guard)


def reference_of(trial: int) -> str:
    """The case reference of the trial's audit."""
    return f"DR-{trial:07d}"


def audit_of(trial: int) -> Audit:
    """The trial's audit."""
    return Audit.objects._every_row().get(reference=reference_of(trial))


def save_page(ground: Ground, trial: int, number: int) -> None:
    """As the page saves: the draft first, then the answers with the key of the form."""
    audit = audit_of(trial)
    by = Person._base_manager.get(pk=audit.auditor_id)
    words = name_of(trial, number)
    save_draft(by=by, audit=audit, page=PAGE, data={QUESTIONS[0]: {"rationale": words}})
    save_answers(by=by, audit=audit, written=_written(number, words), page=PAGE, key=f"{trial}-{number}")


def write_without_guard(ground: Ground, trial: int, number: int) -> None:
    """The same answers without key and without the version they were based on: nothing tells a retry from a new text."""
    audit = audit_of(trial)
    with transaction.atomic():
        _add_versions(audit, name_of(trial, number))
        record(by=None, kind=Kind.ACTION, action="audit.answer", obj=audit)


def write_in_parts(ground: Ground, trial: int, number: int) -> None:
    """The same rows, each for itself."""
    audit = audit_of(trial)
    _add_versions(audit, name_of(trial, number))
    record(by=None, kind=Kind.ACTION, action="audit.answer", obj=audit)


def _add_versions(audit: Audit, words: str) -> None:
    if audit.state == "allocated":
        move_audit(by=None, audit=audit, to="started")
    for question in QUESTIONS:
        versions = Answer.objects.filter(audit=audit, question=question)
        number = versions.count() + 1
        versions.update(is_current=False)
        Answer.objects.create(
            audit=audit, question=question, number=number, rationale=words, given_by_id=audit.auditor_id
        )


def whole_and_partial(trial: int) -> dict[str, bool]:
    """The trial's savings by their words, and whether each left all of its answers and its event, in their order."""
    audit = audit_of(trial)
    rows = Answer.objects.filter(audit=audit).order_by("number")
    of_words = Counter(row.rationale for row in rows)
    events = Event._base_manager.filter(action="audit.answer", object_id=audit.public_id).count()
    found = {words: number == len(QUESTIONS) for words, number in of_words.items()}
    for question in QUESTIONS:
        mine = [row for row in rows if row.question == question]
        follow = all(one.number + 1 == two.number for one, two in pairwise(mine))
        stands = [row for row in mine if row.is_current] == mine[-1:]
        found[f"order of {question}"] = follow and stands
    found["an event for each"] = events == len(of_words)
    # A draft may wait for its form; one that says what is saved already was left behind.
    drafts = AnswerDraft.objects.filter(audit=audit)
    left = any(typed.get("rationale") in of_words for draft in drafts for typed in draft.data.values())
    found["no draft of what is saved"] = not left
    found["started with the first"] = (audit.state == "started") == bool(of_words)
    return found


def copies_of(words: str) -> int:
    """How often a saving with these words is there: the most answers that one question has of them."""
    found = Counter(Answer.objects.filter(rationale=words).values_list("question", flat=True))
    return max(found.values(), default=0)


def _written(number: int, words: str) -> dict[str, Written]:
    # Each saving makes one version, so that the form of a number was opened on the version of that number.
    given = Given(judgement="met", rationale=words)
    return {question: Written(given, number) for question in QUESTIONS}


ANSWERS = Writing(save_page, whole_and_partial, copies_of)
