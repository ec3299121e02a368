"""Five sentences proposed from the figures, for the officer to make their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from plumbline.audits.rules.report_completeness import sentence, target_sentence
from plumbline.audits.rules.report_counts import said
from plumbline.audits.rules.report_lines import VISITS, main_group

# A criterion judged in fewer audits than this is not called the best or the worst.
FEWEST_TO_RANK = 5


def proposed_summary(figures: Mapping[str, Any]) -> str:
    """Five sentences, a line each: how complete, the grade, the voices, the practice, what is being done."""
    group, is_of_visits = main_group(figures), VISITS in figures["groups"]
    lines = [
        f"{sentence(figures['completeness'])} {target_sentence(figures['completeness'])}",
        _grade(group, is_of_visits),
        _voice(group) if figures.get("round", {}).get("hears", True) else "",
        _practice(group.get("questions", ())),
        _doing(figures),
    ]
    return "\n".join(line for line in lines if line)


def _grade(group: Mapping[str, Any], is_of_visits: bool) -> str:
    whose = "the visits" if is_of_visits else "the cases drawn at random"
    for one in group.get("grades", ()):
        if one["n"]:
            of = "Practice overall" if one["section"] == "" else f"“{one['title']}”"
            label = one["better"]["label"].lower()
            return f"{of} was graded {label} in {said(one['better']['share'])} of {whose}."
    return f"No {'visit' if is_of_visits else 'case drawn at random'} has a grade yet."


def _voice(group: Mapping[str, Any]) -> str:
    if not group.get("counted"):
        return "No audit says yet whether children and families were heard."
    child, family = group["voice"]["child"], group["voice"]["family"]
    silent = child["none"]
    tail = f", and in {silent} nobody recorded asking the child" if silent else ""
    return f"The child was heard in {said(child['heard'])} and the family in {said(family['heard'])}{tail}."


def _practice(questions: Sequence[Mapping[str, Any]]) -> str:
    judged = [one for one in questions if one["met"]["n"] >= FEWEST_TO_RANK]
    if len(judged) < 2:
        return "Too few audits are in to say which practice is strongest."
    ranked = sorted(judged, key=lambda one: (-one["met"]["x"] / one["met"]["n"], one["key"]))
    best, worst = ranked[0], ranked[-1]
    if best["met"]["x"] * worst["met"]["n"] == worst["met"]["x"] * best["met"]["n"]:
        return f"Each of the {len(judged)} questions judged was met in {said(best['met'])}."
    return (
        f"Most often met was “{best['text'].rstrip('.?')}”, in {said(best['met'])}; "
        f"least often “{worst['text'].rstrip('.?')}”, in {said(worst['met'])}."
    )


def _doing(figures: Mapping[str, Any]) -> str:
    kinds, actions = figures["findings"]["kinds"], figures["actions"]
    found = (
        f"{_count(kinds['strength'], 'strength')}, {_count(kinds['gap'], 'area')} for development "
        f"and {_count(kinds['barrier'], 'barrier')} came to light"
    )
    if not actions["all"]:
        return f"{found}; no action has been set yet."
    late = f", {actions['overdue']} overdue" if actions["overdue"] else ", none overdue"
    return f"{found}; {_count(actions['all'], 'action')} came of them, {actions['open']} still open{late}."


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
