"""Rolling judgements up to a grade: the base rules, the limits, and when judgement is needed."""

from dataclasses import FrozenInstanceError
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.rollup import (
    Base,
    Condition,
    Limit,
    Outcome,
    Proposal,
    Row,
    Rules,
    Unanswered,
    propose,
    rules_from,
)

REPEATABLE = settings(derandomize=True, deadline=None, max_examples=200)
NA, NOT_ASSESSED = Unanswered.NOT_APPLICABLE, Unanswered.NOT_ASSESSED
OFSTED = ("Outstanding", "Good", "Requires improvement", "Inadequate")
O, G, R, I = OFSTED  # noqa: E741

# Source: methods.md section 9, Ofsted SCCIF wording: helped and protected inadequate, overall always
# inadequate; leaders and managers inadequate, certainly no more than requires improvement.
SCCIF = Rules(
    levels=OFSTED,
    grades=OFSTED,
    base=Base.MAJORITY,
    limits=(
        Limit(("helped and protected",), I, cap=I),
        Limit(("leaders and managers",), I, cap=R),
    ),
)

# Source: methods.md section 9, CQC rating principles 2022; a breach caps at requires improvement.
CQC_DATA = {
    "levels": list(OFSTED),
    "grades": list(OFSTED),
    "base": "table",
    "table": [
        {"grade": I, "when": {I: {"at_least": 2}}},
        {"grade": R, "when": {R: {"at_least": 2}}},
        {"grade": O, "when": {O: {"at_least": 2}, R: {"at_most": 0}, I: {"at_most": 0}}},
        {"grade": G, "when": {R: {"at_most": 1}, I: {"at_most": 0}}},
    ],
    "limits": [{"criteria": ["breach"], "at_or_worse": I, "cap": R}],
    "only_limits": ["breach"],
}
CQC = rules_from(CQC_DATA)

CRITERIA = Rules(
    levels=("met", "partly", "not met"),
    grades=OFSTED,
    base=Base.WORST,
    grade_for={"met": G, "partly": R, "not met": I},
)


def five(ratings: tuple[str, ...], **more: str | Unanswered) -> dict[str, str | Unanswered]:
    return {**dict(zip("abcde", ratings, strict=True)), **more}


def cqc(ratings: tuple[str, ...]) -> Proposal:
    return propose(five(ratings, breach=G), CQC)


def test_published_principles_leave_nine_of_56_combinations_to_judgement() -> None:
    combinations = list(combinations_with_replacement(OFSTED, 5))
    undecided = [c for c in combinations if cqc(c).outcome is Outcome.JUDGEMENT_NEEDED]

    assert len(combinations) == 56
    assert len(undecided) == 9
    assert all(c.count(I) == 1 and c.count(R) <= 1 for c in undecided)


@pytest.mark.parametrize(
    ("ratings", "grade", "rule"),
    [
        ((G, G, G, I, I), I, "Table, row 1: at least 2 Inadequate."),
        ((R, R, I, G, G), R, "Table, row 2: at least 2 Requires improvement."),
        ((O, O, G, G, G), O, "Table, row 3: at least 2 Outstanding, no Requires improvement, no Inadequate."),
        ((O, O, G, G, R), G, "Table, row 4: at most 1 Requires improvement, no Inadequate."),
        ((O, G, G, G, G), G, "Table, row 4: at most 1 Requires improvement, no Inadequate."),
    ],
)
def test_published_principles_propose_a_grade(ratings: tuple[str, ...], grade: str, rule: str) -> None:
    proposal = cqc(ratings)

    assert (proposal.outcome, proposal.grade, proposal.rule) == (Outcome.PROPOSED, grade, rule)


def test_a_breach_caps_at_requires_improvement_and_is_not_counted() -> None:
    proposal = propose(five((O, O, G, G, G), breach=I), CQC)

    assert (proposal.grade, proposal.ceiling) == (R, R)
    assert (
        proposal.rule == "Limit: breach is Inadequate, so the grade is no better than Requires improvement."
    )
    assert proposal.limits_fired == (proposal.rule,)
    assert proposal.assessed == 5
    assert proposal.counts[I] == 0


def test_a_cap_never_lifts_a_grade() -> None:
    proposal = propose(five((I, I, G, G, G), breach=I), CQC)

    assert (proposal.grade, proposal.rule, proposal.ceiling) == (I, "Table, row 1: at least 2 Inadequate.", R)


def test_a_combination_that_no_row_covers_needs_judgement_and_says_what_was_found() -> None:
    proposal = propose(five((O, G, G, G, I), breach=I), CQC)

    assert (proposal.outcome, proposal.grade, proposal.ceiling) == (Outcome.JUDGEMENT_NEEDED, None, R)
    assert (
        proposal.rule == "Judgement needed: no row of the table covers 1 Outstanding, 3 Good, 1 Inadequate."
    )


CRITERIA_OF_OFSTED = Rules(OFSTED, OFSTED, Base.WORST)
LIMIT_OF_TWO = Rules(OFSTED, OFSTED, Base.MAJORITY, limits=(Limit(("a", "b", "c"), R, cap=R, at_least=2),))
AREAS = ("overall experiences", "helped and protected", "leaders and managers")


def test_help_and_protection_inadequate_is_always_inadequate() -> None:
    proposal = propose(dict(zip(AREAS, (G, I, G), strict=True)), SCCIF)

    assert (proposal.grade, proposal.ceiling) == (I, I)
    assert proposal.rule == "Limit: helped and protected is Inadequate, so the grade is Inadequate."


def test_leaders_inadequate_is_no_more_than_requires_improvement() -> None:
    proposal = propose(dict(zip(AREAS, (G, G, I), strict=True)), SCCIF)

    assert (proposal.grade, proposal.ceiling) == (R, R)


def test_the_hardest_limit_is_named_first() -> None:
    proposal = propose(dict(zip(AREAS, (G, I, I), strict=True)), SCCIF)

    assert proposal.limits_fired == (
        "Limit: helped and protected is Inadequate, so the grade is Inadequate.",
        "Limit: leaders and managers is Inadequate, so the grade is no better than Requires improvement.",
    )
    assert proposal.rule == proposal.limits_fired[0]


def test_a_limit_to_the_lowest_grade_decides_even_with_too_few_answers() -> None:
    rules = Rules(OFSTED, OFSTED, Base.WORST, limits=(Limit(("a",), I, cap=I),), minimum_answered=3)

    assert propose({"a": I, "b": NOT_ASSESSED, "c": NOT_ASSESSED}, rules).grade == I


def test_a_limit_above_the_lowest_grade_does_not_replace_the_answers_that_are_missing() -> None:
    rules = Rules(OFSTED, OFSTED, Base.WORST, limits=(Limit(("a",), I, cap=R),), minimum_answered=3)
    proposal = propose({"a": I, "b": NOT_ASSESSED, "c": NOT_ASSESSED}, rules)

    assert (proposal.outcome, proposal.grade, proposal.ceiling) == (Outcome.TOO_FEW_ANSWERED, None, R)


def test_a_limiting_criterion_nobody_assessed_leaves_the_grade_to_judgement() -> None:
    proposal = propose(dict(zip(AREAS, (G, NOT_ASSESSED, G), strict=True)), SCCIF)

    assert (proposal.outcome, proposal.grade) == (Outcome.JUDGEMENT_NEEDED, None)
    assert proposal.rule == (
        "Judgement needed: helped and protected was not assessed and could limit the grade to Inadequate; "
        "without that it would be Good."
    )


def test_every_limiting_criterion_nobody_assessed_is_named() -> None:
    judgements = {"a": G, "b": NOT_ASSESSED, "c": NOT_ASSESSED, "d": G, "e": G}

    assert propose(judgements, LIMIT_OF_TWO).rule.startswith("Judgement needed: b; c was not assessed")


def test_names_in_data_and_records_are_fixed() -> None:
    assert [state.value for state in Unanswered] == ["not applicable", "not assessed"]
    assert [base.value for base in Base] == ["worst", "majority", "table"]
    assert [outcome.value for outcome in Outcome] == [
        "proposed",
        "judgement needed",
        "too few answered",
        "nothing applies",
    ]


@pytest.mark.parametrize(
    "value",
    [SCCIF, SCCIF.limits[0], CQC.table[0], CQC.table[0].when[0], propose({"a": R}, CRITERIA_OF_OFSTED)],
)
def test_rules_and_proposals_cannot_be_changed(value: object) -> None:
    name = next(iter(value.__dataclass_fields__))  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_a_limiting_criterion_left_out_counts_as_not_assessed() -> None:
    proposal = propose({"overall experiences": G, "leaders and managers": G}, SCCIF)

    assert proposal.outcome is Outcome.JUDGEMENT_NEEDED


def test_a_limiting_criterion_that_does_not_apply_limits_nothing() -> None:
    proposal = propose(dict(zip(AREAS, (G, NA, G), strict=True)), SCCIF)

    assert (proposal.outcome, proposal.grade) == (Outcome.PROPOSED, G)


def test_an_open_limit_that_could_not_lower_the_grade_does_not_hold_it_up() -> None:
    judgements = dict(zip((*AREAS, "d", "e"), (R, G, NOT_ASSESSED, R, R), strict=True))

    assert propose(judgements, SCCIF).grade == R


@pytest.mark.parametrize(
    ("judgements", "grade"),
    [
        ({"a": R, "b": G, "c": G, "d": G, "e": G}, G),
        ({"a": R, "b": I, "c": G, "d": G, "e": G}, R),
        ({"a": R, "b": G, "c": NOT_ASSESSED, "d": G, "e": G}, None),
        ({"a": G, "b": G, "c": NOT_ASSESSED, "d": G, "e": G}, G),
    ],
)
def test_a_limit_may_need_more_than_one_criterion(
    judgements: dict[str, str | Unanswered], grade: str | None
) -> None:
    assert propose(judgements, LIMIT_OF_TWO).grade == grade


def test_a_limit_names_every_criterion_that_fired_it() -> None:
    proposal = propose({"a": R, "b": I, "c": G, "d": G, "e": G}, LIMIT_OF_TWO)

    assert proposal.rule == (
        "Limit: a is Requires improvement; b is Inadequate, so the grade is no better than "
        "Requires improvement."
    )


def test_worst_takes_the_lowest_judgement_and_names_it() -> None:
    proposal = propose({"a": "met", "b": "partly", "c": "met", "d": "partly"}, CRITERIA)

    assert (proposal.grade, proposal.rule) == (R, "Worst: the lowest judgement is partly (b; d).")
    assert proposal.ceiling is None
    assert proposal.limits_fired == ()


def test_majority_needs_more_than_half() -> None:
    rules = Rules(OFSTED, OFSTED, Base.MAJORITY)

    assert propose({"a": G, "b": G, "c": R}, rules).rule == "Majority: 2 of 3 are Good."
    split = propose({"a": G, "b": G, "c": R, "d": R}, rules)
    assert (split.outcome, split.grade) == (Outcome.JUDGEMENT_NEEDED, None)
    assert split.rule == "Judgement needed: no level has more than half of the 4 answers."


def test_majority_turns_levels_into_grades() -> None:
    rules = Rules(CRITERIA.levels, CRITERIA.grades, Base.MAJORITY, grade_for=dict(CRITERIA.grade_for))

    assert propose({"a": "met", "b": "met", "c": "not met"}, rules).grade == G


def test_not_applicable_and_not_assessed_are_counted_apart() -> None:
    proposal = propose({"a": "met", "b": NA, "c": NOT_ASSESSED, "d": NOT_ASSESSED}, CRITERIA)

    assert (proposal.applicable, proposal.assessed) == (3, 1)
    assert (proposal.not_assessed, proposal.not_applicable) == (2, 1)
    assert proposal.counts == {"met": 1, "partly": 0, "not met": 0}


@pytest.mark.parametrize("judgements", [{}, {"a": NA, "b": NA}])
def test_when_nothing_applies_there_is_no_grade(judgements: dict[str, str | Unanswered]) -> None:
    proposal = propose(judgements, CRITERIA)

    assert (proposal.outcome, proposal.grade) == (Outcome.NOTHING_APPLIES, None)
    assert proposal.rule == "No criterion applies, so there is no grade."


def test_when_nothing_was_assessed_there_is_no_grade() -> None:
    proposal = propose({"a": NOT_ASSESSED, "b": NA}, CRITERIA)

    assert (proposal.outcome, proposal.grade) == (Outcome.TOO_FEW_ANSWERED, None)
    assert proposal.rule == "Too few answered: 0 of the 1 criteria that apply; at least 1 needed."


def test_the_minimum_share_is_of_the_criteria_that_apply() -> None:
    rules = rules_from(
        {
            "levels": ["met", "not met"],
            "grades": [G, I],
            "base": "worst",
            "grade_for": {"met": G, "not met": I},
            "minimum_answered": 2,
            "minimum_share_answered": 0.6,
        }
    )
    three_of_five = {"a": "met", "b": "met", "c": "met", "d": NOT_ASSESSED, "e": NOT_ASSESSED, "f": NA}

    assert propose(three_of_five, rules).grade == G
    too_few = propose({**three_of_five, "f": NOT_ASSESSED}, rules)
    assert too_few.outcome is Outcome.TOO_FEW_ANSWERED
    assert too_few.rule == "Too few answered: 3 of the 6 criteria that apply; at least 2 and 60% needed."
    assert propose({"a": "met"}, rules).outcome is Outcome.TOO_FEW_ANSWERED
    assert propose({"a": "met", "b": "met"}, rules).grade == G


# Source: methods.md section 9, United States CFSR: an outcome conforms at 95% of applicable cases.
CONFORMS = rules_from(
    {
        "levels": ["achieved", "not achieved"],
        "grades": ["in conformity", "not in conformity"],
        "base": "table",
        "table": [
            {"grade": "in conformity", "when": {"achieved": {"at_least_share": 0.95}}},
            {"grade": "not in conformity"},
        ],
    }
)


@pytest.mark.parametrize(
    ("achieved", "of", "grade"),
    [(62, 65, "in conformity"), (61, 65, "not in conformity"), (19, 20, "in conformity")],
)
def test_published_conformity_at_95_percent(achieved: int, of: int, grade: str) -> None:
    judgements = {str(i): "achieved" if i < achieved else "not achieved" for i in range(of)}

    assert propose(judgements, CONFORMS).grade == grade


def test_table_rules_say_in_words_what_they_ask() -> None:
    judgements = {str(i): "achieved" for i in range(20)}

    assert propose(judgements, CONFORMS).rule == "Table, row 1: at least 95% of answers achieved."
    assert propose({"a": "not achieved"}, CONFORMS).rule == "Table, row 2: in every other case."


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("met", 2, 2), "exactly 2 met"),
        (Condition("met", 2, 3), "at least 2 and at most 3 met"),
        (Condition("met", 0, 3), "at most 3 met"),
        (Condition("met", 0, 0), "no met"),
        (Condition("met"), "any number of met"),
        (Condition("met", 1, None, Fraction(1, 2)), "at least 1 and at least 50% of answers met"),
    ],
)
def test_conditions_in_words(condition: Condition, words: str) -> None:
    assert condition.words == words


@pytest.mark.parametrize(("count", "holds"), [(1, False), (2, True), (3, True), (4, False)])
def test_conditions_include_their_bounds(count: int, holds: bool) -> None:
    assert Condition("met", 2, 3).holds({"met": count, "not met": 1}) is holds


def test_a_share_condition_is_of_the_answers_and_exact() -> None:
    condition = Condition("met", at_least_share=Fraction("0.95"))

    assert condition.holds({"met": 19, "not met": 1})
    assert not condition.holds({"met": 18, "not met": 1})


def test_rules_read_from_data_equal_rules_in_code() -> None:
    assert CQC.table[0] == Row(I, (Condition(I, at_least=2),))
    assert CQC.limits == (Limit(("breach",), I, R),)
    assert (CQC.levels, CQC.base, CQC.only_limits) == (OFSTED, Base.TABLE, ("breach",))
    assert rules_from({"levels": ["Good"], "grades": ["Good"], "base": "worst"}) == Rules(
        ("Good",), ("Good",), Base.WORST
    )


def bad(**changes: object) -> dict[str, object]:
    return {**CQC_DATA, **changes}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            bad(weights={}),
            r"^data is 'weights'; it must be made of base, grade_for, grades, levels, limits, mini",
        ),
        (
            {"levels": ["a"], "grades": ["a"]},
            r"^data is \['grades', 'levels'\]; it must be a mapping with base",
        ),
        (bad(base="average"), r"^base is 'average'; it must be one of worst, majority, table\.$"),
        (bad(levels="met"), r"^levels is 'met'; it must be a list\.$"),
        (bad(levels=[]), r"^levels is \(\); it must be at least one name, best first, each once\.$"),
        (bad(grades=[G, G]), r"^grades is \('Good', 'Good'\); it must be at least one name"),
        (bad(table=[]), r"^table is \(\); it must be at least one row when the base is a table\.$"),
        (bad(table=[{"when": {}}]), r"^table is \['when'\]; it must be rows made of grade and when\.$"),
        (bad(table=[{"grade": G, "if": {}}]), r"^table is \['grade', 'if'\]; it must be rows made of grade"),
        (
            bad(table=[{"grade": "Fair"}]),
            r"^table\.grade is 'Fair'; it must be one of the grades Outstanding, ",
        ),
        (
            bad(table=[{"grade": G, "when": {"met": {}}}]),
            r"^table\.when is 'met'; it must be one of the levels Out",
        ),
        (
            bad(table=[{"grade": G, "when": {G: {"more": 1}}}]),
            r"^table\.when is 'more'; it must be made of at_le",
        ),
        (
            bad(table=[{"grade": G, "when": {G: {"at_least": -1}}}]),
            r"^at_least is -1; it must be a whole number",
        ),
        (
            bad(table=[{"grade": G, "when": {G: {"at_most": -1}}}]),
            r"^at_most is -1; it must be a whole number",
        ),
        (
            bad(table=[{"grade": G, "when": {G: {"at_least_share": 95}}}]),
            r"^at_least_share is 95; it must be a sh",
        ),
        (
            bad(table=[{"grade": G, "when": {G: 3}}]),
            r"^table\.when is 3; it must be a mapping of names to values",
        ),
        (
            bad(limits=[{"criteria": ["a"], "cap": R}]),
            r"^limits is \['cap', 'criteria'\]; it must be made of crit",
        ),
        (
            bad(limits=[{"criteria": ["a"], "at_or_worse": I, "cap": R, "why": ""}]),
            r"^limits is \['at_or_worse', 'cap', 'criteria', 'why'\]; it must be made of criteria",
        ),
        (
            bad(limits=[{"criteria": [], "at_or_worse": I, "cap": R}]),
            r"^limits\.criteria is \(\); it must be at le",
        ),
        (
            bad(limits=[{"criteria": ["a"], "at_or_worse": "x", "cap": R}]),
            r"^limits\.at_or_worse is 'x'; it must ",
        ),
        (
            bad(limits=[{"criteria": ["a"], "at_or_worse": I, "cap": "x"}]),
            r"^limits\.cap is 'x'; it must be one of",
        ),
        (
            bad(limits=[{"criteria": ["a"], "at_or_worse": I, "cap": R, "at_least": 2}]),
            r"^limits\.at_least is 2; it must be a whole number of at least 1 and at most 1\.$",
        ),
        (bad(table=[{"grade": G, "when": 3}]), r"^table\.when is 3; it must be a mapping of names to values"),
        (bad(minimum_answered=0), r"^minimum_answered is 0; it must be a whole number of at least 1"),
        (bad(minimum_share_answered=1.5), r"^minimum_share_answered is 1\.5; it must be a share from 0 to 1"),
        (bad(grade_for={"met": G}), r"^grade_for is 'met'; it must be one of the levels"),
        (bad(grade_for={G: "Fair"}), r"^grade_for is 'Fair'; it must be one of the grades"),
        (
            {"levels": ["met"], "grades": [G], "base": "worst"},
            r"^grade_for\['met'\] is 'met'; it must be one of the grades Good\.$",
        ),
    ],
)
def test_rules_that_make_no_sense_are_refused(data: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rules_from(data)


def test_a_judgement_that_is_not_declared_is_refused() -> None:
    with pytest.raises(
        ValueError,
        match=r"^judgements\['a'\] is 'Met'; it must be one of met, partly, not met, or not applic",
    ):
        propose({"a": "Met"}, CRITERIA)


JUDGEMENT_SETS = st.dictionaries(
    st.sampled_from("abcdefg"), st.sampled_from([*OFSTED, NA, NOT_ASSESSED]), min_size=1
)
ALL_RULES = st.sampled_from(
    [
        SCCIF,
        LIMIT_OF_TWO,
        Rules(OFSTED, OFSTED, Base.WORST, minimum_answered=2),
        Rules(OFSTED, OFSTED, Base.TABLE, table=CQC.table, limits=(Limit(("a", "b"), I, cap=R),)),
    ]
)


@REPEATABLE
@given(JUDGEMENT_SETS, ALL_RULES)
def test_the_order_of_judgements_does_not_matter(
    judgements: dict[str, str | Unanswered], rules: Rules
) -> None:
    one, other = propose(judgements, rules), propose(dict(reversed(judgements.items())), rules)

    assert (one.outcome, one.grade, one.ceiling, one.counts) == (
        other.outcome,
        other.grade,
        other.ceiling,
        other.counts,
    )


@REPEATABLE
@given(JUDGEMENT_SETS, ALL_RULES)
def test_a_criterion_that_does_not_apply_changes_nothing_but_its_own_count(
    judgements: dict[str, str | Unanswered], rules: Rules
) -> None:
    one, more = propose(judgements, rules), propose({**judgements, "z": NA}, rules)

    assert (one.outcome, one.grade, one.rule, one.assessed) == (
        more.outcome,
        more.grade,
        more.rule,
        more.assessed,
    )
    assert more.not_applicable == one.not_applicable + 1


@REPEATABLE
@given(JUDGEMENT_SETS, ALL_RULES)
def test_a_grade_is_never_better_than_the_ceiling_and_comes_only_with_a_proposal(
    judgements: dict[str, str | Unanswered], rules: Rules
) -> None:
    proposal = propose(judgements, rules)

    assert (proposal.grade is not None) == (proposal.outcome is Outcome.PROPOSED)
    assert proposal.rule
    if proposal.grade and proposal.ceiling:
        assert OFSTED.index(proposal.grade) >= OFSTED.index(proposal.ceiling)
    assert sum(proposal.counts.values()) == proposal.assessed
    assert proposal.applicable == proposal.assessed + proposal.not_assessed


@REPEATABLE
@given(
    st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(OFSTED), min_size=1),
    st.sampled_from("abcdefg"),
)
def test_a_worse_judgement_never_gives_a_better_grade(judgements: dict[str, str], which: str) -> None:
    if which not in judgements or judgements[which] == I:
        return
    judgements = {"a": G, "b": G, **judgements}
    rules = Rules(OFSTED, OFSTED, Base.WORST, limits=(Limit(("a", "b"), R, cap=I, at_least=2),))
    worse = {**judgements, which: OFSTED[OFSTED.index(judgements[which]) + 1]}
    before, after = propose(judgements, rules).grade, propose(worse, rules).grade

    assert before is not None
    assert after is not None
    assert OFSTED.index(after) >= OFSTED.index(before)
