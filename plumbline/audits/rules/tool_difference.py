"""What differs between two versions of an audit tool, in words and part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_FIELDS = {
    "text": "Question",
    "help": "Help",
    "kind": "What it tests",
    "answer": "How it is answered",
    "criterion": "Criterion",
    "weight": "Weight",
    "covers": "What every audit must test",
    "limiting": "Limits the grade",
    "required": "Required",
    "required_if": "Required if",
    "show_if": "Asked if",
    "good": "What good looks like",
    "descriptors": "Words for each grade",
    "choices": "Choices",
}
_DEFAULTS: dict[str, Any] = {"answer": "judgement", "weight": 1, "limiting": False, "required": True}
_TOOL_FIELDS = {
    "title": "title",
    "purpose": "purpose",
    "applies_to": "children it is for",
    "look_back_months": "months looked back",
    "licence": "licence",
    "source": "source",
    "consultation": "who was asked",
    "equality": "equality",
    "scale_version": "version of the scale",
    "grades": "grades",
    "overall": "overall grade on or off",
    "section_rollup": "how a section is graded",
    "overall_rollup": "how the overall grade is found",
    "limit": "what a limiting question does",
}


@dataclass(frozen=True)
class Wording:
    """One field of a question in both versions."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class QuestionChange:
    """A question that is new, gone, moved or changed, in a sentence, with both wordings."""

    words: str
    wordings: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class ToolDifference:
    """All that differs: sentences about the whole tool and its sections, and each question that changed."""

    about: tuple[str, ...]
    questions: tuple[QuestionChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.about and not self.questions

    def words(self) -> list[str]:
        """Every change as a sentence."""
        return [*self.about, *(change.words for change in self.questions)]


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> ToolDifference:
    """What changes when the new version takes the place of the old; the version itself is not a change."""
    return ToolDifference(
        (*_of_tool(old, new), *_of_sections(old, new)), tuple(_of_questions(_placed(old), _placed(new)))
    )


def _of_tool(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    changed = [said for key, said in _TOOL_FIELDS.items() if old.get(key) != new.get(key)]
    if changed:
        yield f"About the tool, changed: {', '.join(changed)}."


def _of_sections(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before = {section["key"]: section for section in old["sections"]}
    after = {section["key"]: section for section in new["sections"]}
    for key, section in after.items():
        if key not in before:
            yield f"Section “{section['title']}” is new."
        elif _head(section) != _head(before[key]):
            yield f"Section “{section['title']}” changes its title, introduction or whether it is graded."
    for key, section in before.items():
        if key not in after:
            yield f"Section “{section['title']}” is gone."
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield "The order of the sections changes."


def _head(section: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in section.items() if key != "questions"}


@dataclass(frozen=True)
class _Placed:
    """A question with where it stands."""

    section: str
    title: str
    question: Mapping[str, Any]


def _placed(content: Mapping[str, Any]) -> dict[str, _Placed]:
    return {
        question["key"]: _Placed(section["key"], section["title"], question)
        for section in content["sections"]
        for question in section["questions"]
    }


def _of_questions(old: Mapping[str, _Placed], new: Mapping[str, _Placed]) -> Iterator[QuestionChange]:
    for key, placed in new.items():
        text = placed.question["text"]
        if key not in old:
            yield QuestionChange(f"Question “{text}” is new, in “{placed.title}”.")
            continue
        wordings = tuple(_wordings(old[key].question, placed.question))
        moved = f" and moves to “{placed.title}”" if old[key].section != placed.section else ""
        if wordings:
            fields = ", ".join(one.label.lower() for one in wordings)
            yield QuestionChange(f"Question “{text}” changes: {fields}{moved}.", wordings)
        elif moved:
            yield QuestionChange(f"Question “{text}” moves to “{placed.title}”.")
    for key, placed in old.items():
        if key not in new:
            yield QuestionChange(f"Question “{placed.question['text']}” is gone.")
    if _order(old, new) != _order(new, old):
        yield QuestionChange("The order of the questions changes.")


def _order(of: Mapping[str, _Placed], other: Mapping[str, _Placed]) -> list[str]:
    return [key for key in of if key in other and of[key].section == other[key].section]


def _wordings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Wording]:
    for key, label in _FIELDS.items():
        before, after = (one.get(key, _DEFAULTS.get(key, "")) for one in (old, new))
        if before != after:
            yield Wording(label, _said(before), _said(after))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(_said(part) for part in value)
    if isinstance(value, Mapping):
        if "label" in value:
            return str(value["label"])
        if "question" in value:
            return f"{value['question']} is {' or '.join(value['is'])}"
        return "; ".join(f"{key}: {_said(part)}" for key, part in value.items())
    return str(value)
