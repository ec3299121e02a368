"""Conditions of a question on earlier answers, read from a file and brought into one form."""

from collections.abc import Mapping
from typing import Any

from plumbline.audits.files.parts import words_of
from plumbline.shared.given import Given, Problems

_EXAMPLE = "{question: seen-alone, is: [not_met]}"


def read_when(given: Given, problems: Problems, answers: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The condition as plain data, empty where there is none or it is wrong.

    `answers` holds, for every question above, the answers it can have; none for a question answered in words.
    """
    if given.is_blank:
        return {}
    if not isinstance(given.value, dict):
        problems.error(given.place, f"Write the question and its answers, such as {_EXAMPLE}.")
        return {}
    keys = set(given.mapping)
    if keys not in ({"question", "is"}, {"any"}, {"all"}):
        problems.error(given.place, f"Write {_EXAMPLE}, or a list of those under “all” or under “any”.")
        return {}
    if keys == {"question", "is"}:
        return _condition(given, problems, answers)
    join = keys.pop()
    parts = [_condition(part, problems, answers) for part in given.get(join).items]
    if not parts:
        problems.error(
            given.get(join).place, f"Write a list of conditions, each beginning with “- {_EXAMPLE}”."
        )
    return joined(join, [part for part in parts if part])


def joined(join: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The conditions under `any` or `all` in their one form: those on one question together, no list of one."""
    kept: list[dict[str, Any]] = []
    for part in parts:
        same = next((one for one in kept if one["question"] == part["question"]), None)
        if join == "any" and same is not None:
            same["is"] = list(dict.fromkeys([*same["is"], *part["is"]]))
        elif part not in kept:
            kept.append({"question": part["question"], "is": list(part["is"])})
    if len(kept) < 2:
        return kept[0] if kept else {}
    return {join: kept}


def _condition(given: Given, problems: Problems, answers: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    if set(given.mapping) != {"question", "is"}:
        problems.error(given.place, f"Write the question and its answers, such as {_EXAMPLE}.")
        return {}
    question = words_of(given.get("question"))
    if question not in answers:
        problems.error(
            given.get("question").place,
            f"“{question[:40]}” is not a question above this one. Write the key of an earlier question.",
        )
        return {}
    possible = answers[question]
    if not possible:
        problems.error(
            given.get("question").place,
            f"“{question}” is answered in words. A condition needs a question with a judgement or choices.",
        )
        return {}
    asked = given.get("is").items or (given.get("is"),)
    chosen = list(dict.fromkeys(words_of(one) for one in asked))
    for one in asked:
        if words_of(one) not in possible:
            problems.error(
                one.place,
                f"“{words_of(one)[:40]}” is no answer of {question}. Write one of: {', '.join(possible)}.",
            )
            return {}
    return {"question": question, "is": chosen}
