"""Remarks on an audit tool that a careful reader would make: two ideas in one question, too much weight on compliance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plumbline.audits.rules.tool import AnswerType, Question, QuestionKind, Tool

LONGEST_EASY = 150
# Pairs that name one thing. Anything else joined by "and" or "or" may be two.
_PAIRS = (
    "wishes and feelings",
    "thoughts and feelings",
    "parents and carers",
    "parents or carers",
    "mothers and fathers",
    "mother and father",
    "mother or father",
    "brothers and sisters",
    "brothers or sisters",
    "family and friends",
    "children and young people",
    "child or young person",
    "boys and girls",
    "learning or work",
    "education or work",
    "food and drink",
    "to and fro",
    "again and again",
    "more and more",
)
_PAIR = re.compile("|".join(map(re.escape, _PAIRS)), re.I)
_JOINED = re.compile(r"\b(?:and|or|as well as|but also|while also)\b|;|&", re.I)


@dataclass(frozen=True)
class Remark:
    """Something to look at before a tool is published; `question` is the key, empty for the whole tool."""

    question: str
    words: str


def remarks(tool: Tool) -> list[Remark]:
    """What to look at, question by question and then of the whole tool; none of it stops anything."""
    found = [
        Remark(question.key, words) for question in tool.questions.values() for words in of_question(question)
    ]
    return [*found, *(Remark("", words) for words in _of_tool(tool))]


def may_hold_two_ideas(text: str) -> str:
    """Why the question may ask two things at once, in words; empty when it does not look so."""
    if re.search(r"\band\s*/\s*or\b", text, re.I):
        return "“and/or” leaves open what is asked. Choose one, or write two questions."
    if text.count("?") > 1:
        return "There are two question marks. Write one question; keep the other in the help."
    if re.search(r"[.!?]\s+\S", text):
        return "There are two sentences. Write one question; keep the rest in the help."
    if joined := _JOINED.search(_PAIR.sub("", text)):
        return f"“{joined[0]}” may join two ideas that can have different answers. Ask for one of them."
    return ""


def of_question(question: Question, *, names_criterion: bool = True) -> Iterator[str]:
    """What to look at in one question; those that name no criterion on purpose are not asked for one."""
    if words := may_hold_two_ideas(question.text):
        yield words
    if len(question.text) > LONGEST_EASY:
        yield f"The question has {len(question.text)} characters. Shorten it; keep the rest in the help."
    if question.answer is not AnswerType.JUDGEMENT:
        return
    if not question.good:
        yield "It does not yet say what good looks like."
    if names_criterion and not question.criterion:
        yield "It names no criterion of the practice standards, so its answers will not show there."


def _of_tool(tool: Tool) -> Iterator[str]:
    weights = tool.weights()
    compliance = weights[QuestionKind.COMPLIANCE]
    deep = weights[QuestionKind.QUALITY] + weights[QuestionKind.IMPACT]
    # Source: catalogue E14. Audits test compliance, and more so the quality and impact of the work.
    if compliance > 0.5:
        yield f"Compliance has {compliance:.0%} of the weight, more than half. Ask more about quality and impact."
    elif compliance >= deep:
        yield (
            f"Compliance has {compliance:.0%} of the weight, quality and impact together {deep:.0%}. "
            "Quality and impact should weigh more."
        )
    if not any(question.is_limiting for question in tool.questions.values()):
        yield "No question limits the grade. Mark those about safety as limiting."
