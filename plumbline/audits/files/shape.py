"""The shape of an audit tool's file: which keys it may hold, how much of each, and what stands in for blanks."""

from typing import Any

from plumbline.audits.rules.tool import LEVELS

KIND = "audit-tool"
MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES, MOST_GRADES = 30, 200, 30, 10
LONGEST_KEY, LONGEST_TITLE, LONGEST_VERSION, LONGEST_QUESTION, LONGEST_TEXT = 60, 200, 60, 300, 3_000
MOST_WEIGHT, MOST_MONTHS, DEFAULT_MONTHS = 10, 120, 12

TOOL_KEYS = {
    "kind",
    "key",
    "title",
    "version",
    "purpose",
    "applies_to",
    "subject",
    "independent",
    "hears",
    "look_back_months",
    "licence",
    "source",
    "consultation",
    "equality",
    "scale_version",
    "grades",
    "overall",
    "section_rollup",
    "overall_rollup",
    "limit",
    "sections",
}
SECTION_KEYS = {"key", "title", "intro", "graded", "questions"}
QUESTION_KEYS = {
    "key",
    "text",
    "help",
    "kind",
    "answer",
    "criterion",
    "weight",
    "covers",
    "limiting",
    "required",
    "required_if",
    "show_if",
    "good",
    "descriptors",
    "choices",
}

# A judgement may also be that the question does not apply, or that nobody could assess it.
JUDGEMENTS = (*LEVELS, "not_applicable", "not_assessed")

# Words that the sentences of a roll-up are made of. A question of that name would be written into them.
WORDS_OF_RULES = frozenset(
    "a all and any apply applies assessed at be better by case cases could covers criteria criterion deciding "
    "every exactly found grade has have if in is it judgement least level limit lowest majority more most "
    "needed no nobody not number of other answers rule so table than that the to too was were with without "
    "worst would row few answered half".split()
)

FOUR_GRADES: list[dict[str, str]] = [
    {"key": "outstanding", "label": "Outstanding"},
    {"key": "good", "label": "Good"},
    {"key": "requires_improvement", "label": "Requires improvement to be good"},
    {"key": "inadequate", "label": "Inadequate"},
]


def with_default(content: dict[str, Any], key: str, value: object, default: object) -> None:
    """Puts the value into the content, unless it says no more than a blank would."""
    if value != default:
        content[key] = value
