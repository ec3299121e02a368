"""An audit tool as its definition says: sections in the order of the child's journey, questions, scale, roll-up.

What a file of definitions/audit_tools holds and what a tool version stores is the same mapping; `tool_from` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from plumbline.audits.rules.conditions import ALWAYS, When
from plumbline.audits.rules.subjects import Hears, Subject

# The judgements that rules count, best first.
LEVELS = ("met", "partly_met", "not_met")


class QuestionKind(StrEnum):
    """What a question tests. The share of weight on compliance is shown for every tool."""

    COMPLIANCE = "compliance"
    QUALITY = "quality"
    IMPACT = "impact"
    VOICE = "voice"
    SUPERVISION = "supervision"
    EQUALITY = "equality"


class AnswerType(StrEnum):
    """How a question is answered."""

    JUDGEMENT = "judgement"
    TEXT = "text"
    CHOICE = "choice"


class Theme(StrEnum):
    """What every tool must ask about, whatever its subject."""

    LIVED_EXPERIENCE = "lived-experience"
    PROGRESS = "progress"
    IMPACT = "impact"
    SUPERVISION = "supervision"


@dataclass(frozen=True)
class Choice:
    """One answer of a question of choices, or one grade of the scale."""

    key: str
    label: str
    descriptor: str = ""


@dataclass(frozen=True)
class Question:
    """One question, holding one idea. `good` says what good looks like; `descriptors` say it grade by grade."""

    key: str
    text: str
    kind: QuestionKind
    answer: AnswerType = AnswerType.JUDGEMENT
    help: str = ""
    good: str = ""
    descriptors: Mapping[str, str] = field(default_factory=dict)
    criterion: str = ""
    weight: int = 1
    covers: tuple[Theme, ...] = ()
    is_required: bool = True
    required_if: When = ALWAYS
    show_if: When = ALWAYS
    is_limiting: bool = False
    # Off in a case that the criterion is not for.
    is_asked: bool = True
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Section:
    """One part of the audit: a page of questions, graded together unless `is_graded` is off."""

    key: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()
    is_graded: bool = True


@dataclass(frozen=True)
class Tool:
    """A whole tool. `section_rollup` and `overall_rollup` are rules as stats.rollup.rules_from takes them, without
    limits of single questions: those come from the limiting questions."""

    key: str
    title: str
    version: str
    purpose: str
    grades: tuple[Choice, ...]
    sections: tuple[Section, ...]
    section_rollup: Mapping[str, Any]
    overall_rollup: Mapping[str, Any]
    limit: Mapping[str, str]
    has_overall: bool = True
    look_back_months: int = 12
    source: str = ""
    licence: str = ""
    applies_to: tuple[str, ...] = ("all",)
    scale_version: str = "1"
    consultation: str = ""
    equality: str = ""
    subject: Subject = Subject.CASE
    # Whether whoever makes a visit must stand outside what is visited.
    is_independent: bool = False
    hears: tuple[Hears, ...] = tuple(Hears)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by key, in order."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of every question, by the question's key."""
        return {question.key: section for section in self.sections for question in section.questions}

    def section(self, key: str) -> Section | None:
        """The section of that key."""
        return next((section for section in self.sections if section.key == key), None)

    def shown(self, given: Mapping[str, str]) -> list[Question]:
        """The questions to answer, given the answers so far (question key to judgement or choice)."""
        return [question for question in self.questions.values() if question.show_if.holds(given)]

    def is_required(self, question: Question, given: Mapping[str, str]) -> bool:
        """Whether the question, as shown, must be answered before submission."""
        if not question.show_if.holds(given):
            return False
        return question.is_required or (
            bool(question.required_if.conditions) and question.required_if.holds(given)
        )

    def weights(self) -> dict[QuestionKind, float]:
        """The share of weight on each kind of question, 0 to 1, over questions with a judgement."""
        counted = [one for one in self.questions.values() if one.answer is AnswerType.JUDGEMENT]
        total = sum(one.weight for one in counted)
        return {
            kind: sum(one.weight for one in counted if one.kind is kind) / total if total else 0.0
            for kind in QuestionKind
        }

    def grade_label(self, key: str) -> str:
        """The words of a grade; nothing for none."""
        return next((grade.label for grade in self.grades if grade.key == key), "")

    @property
    def lowest_grade(self) -> str:
        """The key of the worst grade of the scale; grades stand best first."""
        return self.grades[-1].key
