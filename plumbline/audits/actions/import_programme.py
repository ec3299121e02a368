"""Takes in a council's own programme of earlier rounds: all of it or nothing, and nothing twice."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.files.programme import PastRound, is_programme, read_programme
from plumbline.audits.models import Round, RoundStep
from plumbline.audits.rules.rounds import PRINTED, months_in_words
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.shared.given import Place, Severity
from plumbline.shared.importing import FilePlan, Importer, StaleError


def _values(past: PastRound) -> dict[str, Any]:
    return {
        "title": past.title,
        "theme": past.theme,
        "kind": past.kind,
        "state": past.state,
        "first_month": past.first_month,
        "last_month": past.last_month,
        "cohort_rule": past.cohort_rule,
        "focus": list(past.focus),
        "is_feedback_required": past.is_feedback_required,
        "is_historic": True,
    }


def _known(rounds: tuple[PastRound, ...]) -> dict[str, Round]:
    rows = Round.objects.as_system("programme-import").filter(key__in=[one.key for one in rounds])
    return {row.key: row for row in rows}


def _changed(row: Round, past: PastRound) -> list[str]:
    return [name for name, value in _values(past).items() if getattr(row, name) != value]


def plan_programme(data: bytes) -> FilePlan:
    """What taking the programme in would do; a file with errors lists them all."""
    rounds, problems = read_programme(data)
    known = _known(rounds)
    for past in rounds:
        row = known.get(past.key)
        if row is not None and not row.is_historic:
            problems.error(
                Place(path=("audits", past.key)),
                f"The round {past.key} was made in Plumbline. Give this one another number, or take it out.",
            )
    told = problems.told()
    errors = tuple(one for one in told if one.severity is Severity.ERROR)
    notes = tuple(one for one in told if one.severity is not Severity.ERROR)
    changes = tuple(_changes(rounds, known)) if not errors else ()
    said = hashlib.sha256(repr((rounds, changes)).encode()).hexdigest()[:16]
    return FilePlan(_sentence(rounds, changes, len(errors)), errors, notes, changes, said)


def _changes(rounds: tuple[PastRound, ...], known: dict[str, Round]) -> list[str]:
    said = []
    for past in rounds:
        row = known.get(past.key)
        months = months_in_words(past.first_month, past.last_month)
        if row is None:
            said.append(f"{past.key} added: {past.title}, {months}, {PRINTED[past.state].lower()}.")
        elif names := _changed(row, past):
            words = ", ".join(name.replace("_", " ").removeprefix("is ") for name in names)
            said.append(f"{past.key} changed: {words}.")
    return said


def _sentence(rounds: tuple[PastRound, ...], changes: tuple[str, ...], errors: int) -> str:
    if errors:
        noun = "1 error" if errors == 1 else f"{errors} errors"
        return f"The programme has {noun}. Nothing can be imported until they are put right."
    if not changes:
        return "Nothing would change: these rounds are in Plumbline already."
    return f"The programme holds {len(rounds)} earlier rounds. They come in without their audits."


def take_in_programme(by: Person | None, data: bytes, seen: str | None) -> FilePlan:
    """What was done: the rounds added or changed, in one transaction with one event.

    Raises: StaleError for a file with errors, or where `seen` is no longer what would happen.
    """
    with transaction.atomic():
        plan = plan_programme(data)
        if plan.errors or seen not in (None, plan.fingerprint):
            raise StaleError
        if not plan.would_change:
            return plan
        rounds, _ = read_programme(data)
        known = _known(rounds)
        for past in rounds:
            _write(by, past, known.get(past.key))
        added = sum(past.key not in known for past in rounds)
        detail: dict[str, object] = {"added": added, "changed": len(plan.changes) - added}
        record(by=by, kind=Kind.ACTION, action="round.import", detail=detail)
    return plan


def _write(by: Person | None, past: PastRound, row: Round | None) -> None:
    if row is not None and not _changed(row, past):
        return
    had = row.state if row else ""
    row = row or Round(key=past.key)
    for name, value in _values(past).items():
        setattr(row, name, value)
    row.save()
    if row.state != had:
        RoundStep.objects.create(
            round=row, state=row.state, by=by, at=timezone.now(), reason="Taken in with an earlier programme"
        )


PROGRAMME = Importer("programme", "round.change", is_programme, plan_programme, take_in_programme)
