"""Judgements on criteria rolled up to a proposed grade, with the rule that fired in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from stats.arguments import refuse
from stats.rollup.rules import Base, Limit, Rules


class Unanswered(StrEnum):
    """Why a criterion has no judgement: it does not apply here, or nobody looked or no evidence was seen."""

    NOT_APPLICABLE = "not applicable"
    NOT_ASSESSED = "not assessed"


class Outcome(StrEnum):
    """What rolling up came to."""

    PROPOSED = "proposed"
    JUDGEMENT_NEEDED = "judgement needed"
    TOO_FEW_ANSWERED = "too few answered"
    NOTHING_APPLIES = "nothing applies"


@dataclass(frozen=True)
class Proposal:
    """A proposed grade with the rule that fired, or why there is none.

    `ceiling` is the best grade the limits leave open (None: no limit fired). `counts` has every level.
    Shape: applicable = assessed + not_assessed; not_applicable is apart.
    """

    outcome: Outcome
    grade: str | None
    ceiling: str | None
    rule: str
    limits_fired: tuple[str, ...]
    counts: Mapping[str, int]
    applicable: int
    assessed: int
    not_assessed: int
    not_applicable: int


def propose(judgements: Mapping[str, str | Unanswered], rules: Rules) -> Proposal:
    """The grade that the rules propose for these judgements, with the rule that fired in words.

    Only criteria that apply and were assessed are counted. Limits hold whatever the base rule says; one that
    leaves only the worst grade decides even when too few criteria were answered. A limiting criterion that
    nobody assessed leaves the grade to judgement if its limit could still lower it.
    Raises: ValueError for a judgement that is not a declared level.
    Source: methods.md section 9; Ofsted SCCIF (limiting judgements); CQC rating principles 2022.
    """
    for criterion, judgement in judgements.items():
        if not isinstance(judgement, Unanswered) and judgement not in rules.levels:
            refuse(
                f"judgements[{criterion!r}]",
                judgement,
                f"one of {', '.join(rules.levels)}, or not applicable or not assessed",
            )
    counted = {c: j for c, j in judgements.items() if c not in rules.only_limits}
    not_applicable = sum(j is Unanswered.NOT_APPLICABLE for j in counted.values())
    not_assessed = sum(j is Unanswered.NOT_ASSESSED for j in counted.values())
    counts = {level: sum(j == level for j in counted.values()) for level in rules.levels}
    applicable = len(counted) - not_applicable
    assessed = applicable - not_assessed
    fired = [limit for limit in rules.limits if _bad(limit, judgements, rules) >= limit.at_least]
    fired.sort(key=lambda limit: -rules.grades.index(limit.cap))
    words = tuple(_limit_words(limit, judgements, rules) for limit in fired)
    ceiling = fired[0].cap if fired else None

    def result(outcome: Outcome, grade: str | None, rule: str) -> Proposal:
        return Proposal(
            outcome,
            grade,
            ceiling,
            rule,
            words,
            counts,
            applicable,
            assessed,
            not_assessed,
            not_applicable,
        )

    if ceiling == rules.grades[-1]:
        return result(Outcome.PROPOSED, ceiling, words[0])
    if not applicable:
        return result(Outcome.NOTHING_APPLIES, None, "No criterion applies, so there is no grade.")
    if assessed < rules.minimum_answered or assessed < rules.minimum_share_answered * applicable:
        return result(Outcome.TOO_FEW_ANSWERED, None, _too_few_words(assessed, applicable, rules))
    grade, rule = _base(counted, counts, rules)
    if grade is None:
        return result(Outcome.JUDGEMENT_NEEDED, None, rule)
    if ceiling is not None and rules.grades.index(ceiling) > rules.grades.index(grade):
        grade, rule = ceiling, words[0]
    if open_limit := _still_open(grade, judgements, rules):
        return result(Outcome.JUDGEMENT_NEEDED, None, open_limit)
    return result(Outcome.PROPOSED, grade, rule)


def _base(
    judgements: Mapping[str, str | Unanswered], counts: Mapping[str, int], rules: Rules
) -> tuple[str | None, str]:
    assessed = sum(counts.values())
    if rules.base is Base.WORST:
        level = next(level for level in reversed(rules.levels) if counts[level])
        named = "; ".join(criterion for criterion, j in judgements.items() if j == level)
        return rules.grade_for.get(level, level), f"Worst: the lowest judgement is {level} ({named})."
    if rules.base is Base.MAJORITY:
        for level, count in counts.items():
            if 2 * count > assessed:
                return rules.grade_for.get(level, level), f"Majority: {count} of {assessed} are {level}."
        return None, f"Judgement needed: no level has more than half of the {assessed} answers."
    for number_of_row, row in enumerate(rules.table, start=1):
        if all(condition.holds(counts) for condition in row.when):
            return row.grade, f"Table, row {number_of_row}: {row.words or 'in every other case'}."
    found = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    return None, f"Judgement needed: no row of the table covers {found}."


def _bad(limit: Limit, judgements: Mapping[str, str | Unanswered], rules: Rules) -> int:
    return len(_at_or_worse(limit, judgements, rules))


def _at_or_worse(limit: Limit, judgements: Mapping[str, str | Unanswered], rules: Rules) -> list[str]:
    bad_levels = rules.levels[rules.levels.index(limit.at_or_worse) :]
    return [criterion for criterion in limit.criteria if judgements.get(criterion) in bad_levels]


def _still_open(grade: str, judgements: Mapping[str, str | Unanswered], rules: Rules) -> str:
    for limit in rules.limits:
        # A criterion left out of the judgements altogether counts as one that nobody assessed.
        unknown = [
            c for c in limit.criteria if judgements.get(c, Unanswered.NOT_ASSESSED) is Unanswered.NOT_ASSESSED
        ]
        could_fire = _bad(limit, judgements, rules) + len(unknown) >= limit.at_least
        if unknown and could_fire and rules.grades.index(limit.cap) > rules.grades.index(grade):
            return (
                f"Judgement needed: {'; '.join(unknown)} was not assessed and could limit the grade to "
                f"{limit.cap}; without that it would be {grade}."
            )
    return ""


def _limit_words(limit: Limit, judgements: Mapping[str, str | Unanswered], rules: Rules) -> str:
    named = "; ".join(f"{c} is {judgements[c]}" for c in _at_or_worse(limit, judgements, rules))
    if limit.cap == rules.grades[-1]:
        return f"Limit: {named}, so the grade is {limit.cap}."
    return f"Limit: {named}, so the grade is no better than {limit.cap}."


def _too_few_words(assessed: int, applicable: int, rules: Rules) -> str:
    needed = str(rules.minimum_answered)
    if rules.minimum_share_answered:
        needed += f" and {float(rules.minimum_share_answered * 100):g}%"
    return f"Too few answered: {assessed} of the {applicable} criteria that apply; at least {needed} needed."
