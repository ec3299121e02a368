"""Conditions on earlier answers, to and from the expressions of an XLSForm."""

import re
from collections.abc import Mapping
from typing import Any

from plumbline.audits.files.read_when import joined

_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<open>\()|(?P<close>\))|(?P<join>and\b|or\b)|"
    r"\$\{\s*(?P<name>[A-Za-z][\w-]*)\s*\}\s*=\s*(?P<quote>['\"])(?P<value>[A-Za-z][\w-]*)(?P=quote)|"
    r"selected\(\s*\$\{\s*(?P<chosen>[A-Za-z][\w-]*)\s*\}\s*,\s*(?P<q>['\"])(?P<choice>[A-Za-z][\w-]*)(?P=q)\s*\)"
    r")"
)
MOST_TOKENS = 200
HELP = "Write ${question} = 'answer', joined by either “and” or “or”."


def expression_of(when: Mapping[str, Any]) -> str:
    """The condition as an expression: ${seen-alone} = 'not_met' or ${seen-alone} = 'partly_met'."""
    if not when:
        return ""
    join = next((key for key in ("any", "all") if key in when), "")
    parts = [_one(part) for part in (when[join] if join else [when])]
    if not join:
        return parts[0]
    return (" or " if join == "any" else " and ").join(f"({part})" for part in parts)


def _one(condition: Mapping[str, Any]) -> str:
    return " or ".join(f"${{{condition['question']}}} = '{answer}'" for answer in condition["is"])


def when_of(expression: str) -> dict[str, Any] | None:
    """The expression as a condition; None where it says more than a condition can hold."""
    tokens: list[re.Match[str]] = []
    at = 0
    text = expression.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or len(tokens) > MOST_TOKENS:
            return None
        tokens.append(found)
        at = found.end()
    parser = _Parser(tokens)
    read = parser.either()
    return read if read is not None and parser.at == len(tokens) else None


class _Parser:
    """Reads "or" of "and" of comparisons, with brackets."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def either(self) -> dict[str, Any] | None:
        return self._joined("or")

    def _joined(self, word: str) -> dict[str, Any] | None:
        parts = []
        while True:
            part = self._joined("and") if word == "or" else self._term()
            if part is None:
                return None
            parts.append(part)
            if not self._take_join(word):
                break
        return _together("any" if word == "or" else "all", parts)

    def _take_join(self, word: str) -> bool:
        is_there = self.at < len(self.tokens) and self.tokens[self.at]["join"] == word
        self.at += is_there
        return is_there

    def _term(self) -> dict[str, Any] | None:
        if self.at >= len(self.tokens) or self.depth > 10:
            return None
        token = self.tokens[self.at]
        self.at += 1
        if token["open"]:
            self.depth += 1
            inner = self.either()
            self.depth -= 1
            if inner is None or self.at >= len(self.tokens) or not self.tokens[self.at]["close"]:
                return None
            self.at += 1
            return inner
        if token["name"]:
            return {"question": token["name"], "is": [token["value"]]}
        return {"question": token["chosen"], "is": [token["choice"]]} if token["chosen"] else None


def _together(join: str, parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The parts under one join; None where that would put an "and" inside an "or" or the other way round."""
    if len(parts) == 1:
        return parts[0]
    flat: list[dict[str, Any]] = []
    for part in parts:
        inner = [part] if "question" in part else part.get(join)
        if inner is None:
            return None
        flat += inner
    return joined(join, flat)
