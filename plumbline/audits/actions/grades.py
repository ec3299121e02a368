"""Gives grades of sections and of the whole audit, with what the rule proposed; earlier ones are kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from plumbline.audits.actions.moving import locked_audit
from plumbline.audits.models import Audit, Grade, GradeStage
from plumbline.audits.queries.so_far import so_far
from plumbline.audits.rules.grading import Proposed, propose_overall, propose_section
from plumbline.audits.rules.progress import values
from plumbline.audits.rules.states import IN_HAND
from plumbline.audits.rules.submission import grades_of, may_grade
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person
from plumbline.work.once import is_first_time


class TooEarly(Exception):
    """Questions are still open; grades come last."""


class NeedsReason(Exception):
    """A grade differs from the one proposed and no reason is given."""


@dataclass(frozen=True)
class Choice:
    """A grade and, where it differs from the rule's, why."""

    grade: str
    reason: str = ""


def give_grades(*, by: Person, audit: Audit, choices: Mapping[str, Choice], key: str = "") -> list[Grade]:
    """The grades as given, of sections by key and of the whole audit under the empty key; equal ones are not repeated.

    Raises: NotInState, TooEarly, NeedsReason; KeyError for a grade or section that the tool does not have.
    """
    with transaction.atomic():
        row = locked_audit(audit, *IN_HAND)
        if not is_first_time(key, {name: (one.grade, one.reason) for name, one in choices.items()}):
            return list(Grade.objects.filter(audit=row, stage=GradeStage.FIRST, is_current=True))
        now = so_far(row)
        if not may_grade(now):
            raise TooEarly
        given: list[Grade] = []
        for section, choice in choices.items():
            if not now.tool.grade_label(choice.grade):
                raise KeyError(choice.grade)
            if section:
                known = now.tool.section(section)
                if known is None or not known.is_graded:
                    raise KeyError(section)
                proposed = propose_section(now.tool, known, values(now.given))
            else:
                if not now.tool.has_overall:
                    raise KeyError(section)
                proposed = propose_overall(now.tool, grades_of(now.grades))
            given.append(_give(by, row, section, choice, proposed))
        record(by=by, kind=Kind.ACTION, action="audit.grade", obj=row, detail={"sections": sorted(choices)})
    return given


def _give(by: Person, audit: Audit, section: str, choice: Choice, proposed: Proposed) -> Grade:
    differs = bool(proposed.grade) and proposed.grade != choice.grade
    if differs and not choice.reason:
        raise NeedsReason
    reason = choice.reason if differs or not proposed.grade else ""
    current = Grade.objects.filter(
        audit=audit, section=section, stage=GradeStage.FIRST, is_current=True
    ).first()
    same = (choice.grade, proposed.grade, proposed.why, reason)
    if current is not None:
        if (current.grade, current.proposed, current.rule, current.reason) == same:
            return current
        current.is_current = False
        current.save(update_fields=["is_current"])
    return Grade.objects.create(
        audit=audit,
        section=section,
        stage=GradeStage.FIRST,
        grade=choice.grade,
        proposed=proposed.grade,
        rule=proposed.why,
        reason=reason,
        given_by=by,
    )
