"""What an audit lacks before it can be submitted, and what is worth another look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plumbline.audits.rules.answers import Given
from plumbline.audits.rules.grading import propose_overall, propose_section
from plumbline.audits.rules.progress import NOTHING, questions_of, unfinished_in, values
from plumbline.audits.rules.subjects import TALKS, Hears
from plumbline.audits.rules.tool import AnswerType, Tool

# Whose views an audit asks for; either parent or carer speaks for the family.
CHILD = frozenset({"child"})
FAMILY = frozenset({"parent", "carer"})
# A share of questions that nobody assessed from which the reader should ask why. Source: Plumbline issue 02.
MANY_NOT_ASSESSED = 0.25


class Place(StrEnum):
    """Where in an audit something is put right."""

    SECTION = "section"
    DISCUSSION = "discussion"
    VOICES = "voices"
    GRADES = "grades"
    OVERALL = "overall"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Missing:
    """One thing to put right, in a sentence, and where. `key` names the section, `question` the question."""

    place: Place
    sentence: str
    key: str = ""
    question: str = ""


@dataclass(frozen=True)
class GradeGiven:
    """A grade as the auditor gave it, with what the rule proposed then."""

    grade: str
    proposed: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Heard:
    """One logged attempt to hear somebody."""

    of: str
    outcome: str


@dataclass(frozen=True)
class AuditSoFar:
    """All that decides whether an audit can be submitted."""

    tool: Tool
    given: Mapping[str, Given]
    grades: Mapping[str, GradeGiven] = field(default_factory=dict)
    has_discussion: bool = False
    heard: tuple[Heard, ...] = ()
    is_feedback_required: bool = False
    is_record_only: bool = False
    open_clashes: tuple[str, ...] = ()
    has_action: bool = False
    open_concerns: int = 0


def missing(audit: AuditSoFar) -> list[Missing]:
    """What stands in the way of submission, in the order of the task list; nothing when it may be submitted."""
    return [*_clashes(audit), *_answers(audit), *_people(audit), *_grades(audit)]


def may_grade(audit: AuditSoFar) -> bool:
    """Whether it is time for grades: they come last, when nothing else of the answers is open."""
    return not any(True for _ in _clashes(audit)) and not any(True for _ in _answers(audit))


def _clashes(audit: AuditSoFar) -> Iterator[Missing]:
    for key in audit.open_clashes:
        section = audit.tool.section_of.get(key)
        if section is not None:
            text = audit.tool.questions[key].text
            yield Missing(Place.CONFLICT, f"Choose between two answers to “{text}”", section.key, key)


def _answers(audit: AuditSoFar) -> Iterator[Missing]:
    for section in audit.tool.sections:
        for one in unfinished_in(audit.tool, section, audit.given):
            begun = not audit.given.get(one.key, NOTHING).is_empty
            verb = "Complete" if begun else "Answer"
            yield Missing(Place.SECTION, f"{verb} “{one.text}”", section.key, one.key)


def _people(audit: AuditSoFar) -> Iterator[Missing]:
    if not audit.has_discussion:
        talk = TALKS[audit.tool.subject]
        yield Missing(Place.DISCUSSION, f"Record the {talk[0].lower()}{talk[1:]}, or why there was none")
    for hears, who, whose in ((Hears.CHILD, CHILD, "the child’s"), (Hears.FAMILY, FAMILY, "the family’s")):
        if hears not in audit.tool.hears:
            continue
        tries = [one.outcome for one in audit.heard if one.of in who]
        if not tries:
            yield Missing(
                Place.VOICES, f"Log how {whose} views were sought, or why asking was not appropriate"
            )
        elif audit.is_feedback_required and set(tries) == {"not_appropriate"}:
            yield Missing(
                Place.VOICES,
                f"This round needs {whose} views: log that they were given or that you tried to reach them",
            )


def _grades(audit: AuditSoFar) -> Iterator[Missing]:
    tool, answers = audit.tool, values(audit.given)
    for section in tool.sections:
        if not section.is_graded:
            continue
        given = audit.grades.get(section.key)
        if given is None:
            yield Missing(Place.GRADES, f"Give a grade for “{section.title}”", section.key)
        elif propose_section(tool, section, answers).grade != given.proposed:
            yield Missing(
                Place.GRADES,
                f"Look at the grade for “{section.title}” again: its answers changed after it was given",
                section.key,
            )
    if not tool.has_overall:
        return
    overall = audit.grades.get("")
    if overall is None:
        yield Missing(Place.OVERALL, "Give the overall grade")
    elif propose_overall(tool, grades_of(audit.grades)).grade != overall.proposed:
        yield Missing(
            Place.OVERALL, "Look at the overall grade again: grades of sections changed after it was given"
        )


def grades_of(grades: Mapping[str, GradeGiven]) -> dict[str, str]:
    """Section keys to grades, without the overall one."""
    return {key: one.grade for key, one in grades.items() if key}


def second_looks(audit: AuditSoFar) -> list[Missing]:
    """What does not fit together and is worth another look; it does not stand in the way."""
    return [*_unshown(audit), *_unheard(audit), *_unacted(audit), *_differs(audit)]


def _unshown(audit: AuditSoFar) -> Iterator[Missing]:
    tool = audit.tool
    best = {grade.key for grade in tool.grades[:2]}
    for section in tool.sections:
        shown = [
            one
            for one in questions_of(tool, section, audit.given)
            if one.answer is AnswerType.JUDGEMENT and not is_open(audit, one.key)
        ]
        answers = [audit.given[one.key] for one in shown]
        grade = audit.grades.get(section.key)
        if grade and grade.grade in best and not any(one.evidence for one in answers):
            label = tool.grade_label(grade.grade).lower()
            yield Missing(
                Place.SECTION, f"“{section.title}” is graded {label} but cites no evidence", section.key
            )
        if grade and grade.grade in best and any(one.judgement == "not_met" for one in answers):
            label = tool.grade_label(grade.grade).lower()
            yield Missing(
                Place.GRADES, f"“{section.title}” is graded {label} though a question is not met", section.key
            )
    judged = [
        audit.given[one.key].judgement for one in tool.questions.values() if not is_open(audit, one.key)
    ]
    unassessed = judged.count("not_assessed")
    if judged and unassessed / len(judged) >= MANY_NOT_ASSESSED:
        yield Missing(
            Place.SECTION,
            f"{unassessed} of {len(judged)} questions are not assessed: say in the summary why",
            tool.sections[0].key,
        )


def _unheard(audit: AuditSoFar) -> Iterator[Missing]:
    given = {one.of for one in audit.heard if one.outcome == "given"}
    tool = audit.tool
    met = [
        one
        for one in tool.questions.values()
        if one.kind == "voice" and audit.given.get(one.key, NOTHING).judgement == "met"
    ]
    if met and Hears.CHILD in tool.hears and not given & CHILD:
        section = tool.section_of[met[0].key]
        yield Missing(
            Place.VOICES,
            f"“{met[0].text}” is met, but this audit holds no views from the child",
            section.key,
        )
    if audit.is_record_only and given & CHILD:
        yield Missing(
            Place.DISCUSSION, "The audit is marked as from the record only, yet the child’s views are in it"
        )


def _unacted(audit: AuditSoFar) -> Iterator[Missing]:
    below = [
        key for key, one in audit.given.items() if one.judgement == "not_met" and key in audit.tool.questions
    ]
    if below and not audit.has_action:
        one = audit.tool.questions[below[0]]
        yield Missing(
            Place.SECTION,
            f"{len(below)} {'question is' if len(below) == 1 else 'questions are'} not met and no action has been "
            "agreed yet: agree one with the worker, or raise it when the audit is shared",
            audit.tool.section_of[one.key].key,
            one.key,
        )
    worst = audit.tool.lowest_grade
    if any(one.grade == worst for one in audit.grades.values()) and not audit.open_concerns:
        label = audit.tool.grade_label(worst).lower()
        yield Missing(
            Place.GRADES, f"A grade is {label} and no concern was raised: is the child safe tonight?"
        )


def _differs(audit: AuditSoFar) -> Iterator[Missing]:
    order = [grade.key for grade in audit.tool.grades]
    for key, one in audit.grades.items():
        if (
            one.grade in order
            and one.proposed in order
            and order.index(one.grade) <= order.index(one.proposed) - 2
        ):
            title = audit.tool.section(key).title if key and audit.tool.section(key) else "the whole audit"  # type: ignore[union-attr]
            yield Missing(
                Place.GRADES, f"The grade for {title} is two or more above the one the rule proposes", key
            )


def is_open(audit: AuditSoFar, key: str) -> bool:
    """Whether a question has no judgement yet."""
    return not audit.given.get(key, NOTHING).judgement
