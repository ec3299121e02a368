"""A small audit tool as plain data and as files, for tests to change one thing of."""

from copy import deepcopy
from typing import Any

from plumbline.audits.files.reading import ToolReading, as_xlsform, as_yaml, read_tool_file

SMALL: dict[str, Any] = {
    "kind": "audit-tool",
    "key": "small-tool",
    "title": "Small tool",
    "version": "1",
    "purpose": "To find out how the child is.",
    "grades": [
        {"key": "outstanding", "label": "Outstanding"},
        {"key": "good", "label": "Good"},
        {"key": "requires_improvement", "label": "Requires improvement to be good"},
        {"key": "inadequate", "label": "Inadequate"},
    ],
    "section_rollup": {
        "base": "table",
        "table": [
            {"grade": "inadequate", "when": {"not_met": {"at_least_share": 0.5}}},
            {"grade": "good", "when": {}},
        ],
    },
    "overall_rollup": {"base": "worst"},
    "limit": {"at_or_worse": "not_met", "cap": "inadequate"},
    "sections": [
        {
            "key": "daily-life",
            "title": "Daily life",
            "questions": [
                {
                    "key": "ordinary-day",
                    "text": "We know the child's day",
                    "kind": "voice",
                    "criterion": "2.1",
                    "covers": ["lived-experience", "progress"],
                    "good": "It can be pictured.",
                },
                {
                    "key": "speaks-how",
                    "text": "How does the child speak?",
                    "kind": "voice",
                    "answer": "choice",
                    "choices": [
                        {"key": "in-words", "label": "In words"},
                        {"key": "in-play", "label": "In play"},
                    ],
                },
                {
                    "key": "seen-in-play",
                    "text": "The child's play is watched",
                    "kind": "quality",
                    "criterion": "2.1",
                    "show_if": {"question": "speaks-how", "is": ["in-play"]},
                    "good": "Often.",
                },
            ],
        },
        {
            "key": "difference-made",
            "title": "The difference",
            "questions": [
                {
                    "key": "child-helped",
                    "text": "The child has been helped",
                    "kind": "impact",
                    "criterion": "1.3",
                    "weight": 2,
                    "covers": ["impact", "supervision"],
                    "limiting": True,
                    "good": "Life is better.",
                    "descriptors": {"good": "Clearly better.", "inadequate": "Worse."},
                },
                {
                    "key": "in-own-words",
                    "text": "What did you learn?",
                    "kind": "quality",
                    "answer": "text",
                    "required": False,
                    "required_if": {
                        "any": [
                            {"question": "child-helped", "is": ["not_met", "partly_met"]},
                            {"question": "ordinary-day", "is": ["not_met"]},
                        ]
                    },
                },
            ],
        },
    ],
}


def small() -> dict[str, Any]:
    """A copy of the small tool, to change."""
    return deepcopy(SMALL)


def question(content: dict[str, Any], key: str) -> dict[str, Any]:
    """The question of the key, to change."""
    return next(q for section in content["sections"] for q in section["questions"] if q["key"] == key)


def read(content: dict[str, Any], criteria: frozenset[str] = frozenset()) -> ToolReading:
    """What reading the content as a YAML file gives."""
    return read_tool_file(as_yaml(content), criteria)


def read_workbook(content: dict[str, Any]) -> ToolReading:
    """What reading the content as an XLSForm gives."""
    return read_tool_file(as_xlsform(content))


def errors(reading: ToolReading) -> list[str]:
    """The errors as they are shown."""
    return [str(problem) for problem in reading.errors]
