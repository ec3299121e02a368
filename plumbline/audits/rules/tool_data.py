"""A tool to and from the plain mapping that a file holds and a tool version stores.

Reading here trusts its input: files are checked with their lines before they are stored.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from plumbline.audits.rules.applicability import asked_in_case
from plumbline.audits.rules.conditions import Condition, When
from plumbline.audits.rules.subjects import Hears, Subject
from plumbline.audits.rules.tool import AnswerType, Choice, Question, QuestionKind, Section, Theme, Tool


def tool_from(content: Mapping[str, Any]) -> Tool:
    """The tool in the mapping.

    Raises: KeyError or ValueError for a mapping that was never checked.
    """
    return Tool(
        key=content["key"],
        title=content["title"],
        version=str(content["version"]),
        purpose=content.get("purpose", ""),
        grades=_choices(content["grades"]),
        sections=tuple(_section(one) for one in content["sections"]),
        section_rollup=content["section_rollup"],
        overall_rollup=content.get("overall_rollup", {}),
        limit=content.get("limit", {}),
        has_overall=content.get("overall", True),
        look_back_months=content.get("look_back_months", 12),
        source=content.get("source", ""),
        licence=content.get("licence", ""),
        applies_to=tuple(content.get("applies_to", ["all"])),
        scale_version=str(content.get("scale_version", "1")),
        consultation=content.get("consultation", ""),
        equality=content.get("equality", ""),
        subject=(subject := Subject(content.get("subject", Subject.CASE))),
        is_independent=content.get("independent", False),
        hears=tuple(Hears)
        if subject is Subject.CASE
        else tuple(Hears(one) for one in content.get("hears", ())),
    )


def tool_in_case(content: Mapping[str, Any], not_asked: Mapping[str, Any]) -> Tool:
    """The tool as one audit asks it, pinned to the questions that were not for the child when it was given out."""
    return asked_in_case(tool_from(content), not_asked)


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a tool's content, the same whatever the order of its keys."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _section(given: Mapping[str, Any]) -> Section:
    return Section(
        key=given["key"],
        title=given["title"],
        intro=given.get("intro", ""),
        questions=tuple(question_from(one) for one in given["questions"]),
        is_graded=given.get("graded", True),
    )


def question_from(given: Mapping[str, Any]) -> Question:
    """The question in the mapping.

    Raises: KeyError or ValueError for a mapping that was never checked.
    """
    return Question(
        key=given["key"],
        text=given["text"],
        kind=QuestionKind(given["kind"]),
        answer=AnswerType(given.get("answer", "judgement")),
        help=given.get("help", ""),
        good=given.get("good", ""),
        descriptors=given.get("descriptors", {}),
        criterion=str(given.get("criterion", "")),
        weight=given.get("weight", 1),
        covers=tuple(Theme(one) for one in given.get("covers", ())),
        is_required=given.get("required", True),
        required_if=_when(given.get("required_if")),
        show_if=_when(given.get("show_if")),
        is_limiting=given.get("limiting", False),
        choices=_choices(given.get("choices", ())),
    )


def _choices(given: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(one["key"], one["label"], one.get("descriptor", "")) for one in given)


def _when(given: Any) -> When:
    """A condition is {question, is: [answers]}, or {all: [...]} or {any: [...]} of those."""
    if not given:
        return When()
    any_of = "any" in given
    parts = given["any"] if any_of else given.get("all", [given])
    return When(tuple(Condition(one["question"], tuple(one["is"])) for one in parts), any_of)
