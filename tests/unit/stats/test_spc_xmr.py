"""The XmR chart: its four rules at their edges, its guards, rebasing, assurance and what it refuses."""

import re

import pytest

from stats.spc import Assurance, Direction, Kind, Limits, Rule, XmrChart, xmr

# Mean 0, moving ranges all 2: limits at 5.32, near limits at 3.546.
STEADY = [1.0, -1.0] * 10
BASE = 20


def fired(chart: XmrChart) -> dict[int, Rule]:
    return {p.position: p.rule for p in chart.points if p.rule is not None}


def after_steady(*values: float | None) -> dict[int, Rule]:
    """The rules that fire on values that follow a fixed baseline with mean 0 and limits at 5.32."""
    chart = xmr([*STEADY, *values], fix_after=BASE)
    return {position - BASE: rule for position, rule in fired(chart).items()}


def test_mean_limits_and_near_limits_are_the_factors_times_the_mean_range() -> None:
    point = xmr(STEADY).points[0]
    assert (point.mean, point.lower, point.upper) == (0, -5.32, 5.32)
    assert (point.near_lower, point.near_upper) == (-3.546, 3.546)
    stretch = xmr(STEADY).stretches[0]
    assert (stretch.mean, stretch.mean_range, stretch.range_limit) == (0, 2, 6.534)
    assert (stretch.start, stretch.end, stretch.count, stretch.group, stretch.reason) == (0, 20, 20, 0, None)


def test_points_keep_their_place_value_and_moving_range() -> None:
    chart = xmr([4, 1, None, 3, 5])
    assert [p.position for p in chart.points] == [0, 1, 2, 3, 4]
    assert [p.value for p in chart.points] == [4, 1, None, 3, 5]
    assert [p.moving_range for p in chart.points] == [None, 3, None, None, 2]
    assert [p.kind for p in chart.points] == [Kind.COMMON_CAUSE] * 2 + [None] + [Kind.COMMON_CAUSE] * 2


def test_a_value_equal_to_a_limit_is_inside_it() -> None:
    assert after_steady(5.32) == {}
    assert after_steady(5.33) == {0: Rule.ABOVE_LIMIT}
    assert after_steady(-5.32) == {}
    assert after_steady(-5.33) == {0: Rule.BELOW_LIMIT}


def test_seven_values_each_above_the_last_are_a_trend() -> None:
    rising = [-3.0, -2.0, -0.9, 0.5, 1.5, 2.0, 3.0]
    assert after_steady(0, *rising) == dict.fromkeys(range(1, 8), Rule.RISING)
    assert after_steady(0, *rising[:6]) == {}
    assert after_steady(0, *[-v for v in rising]) == dict.fromkeys(range(1, 8), Rule.FALLING)
    assert after_steady(0, *[-v for v in rising[:6]]) == {}


def test_a_tie_breaks_a_trend() -> None:
    assert after_steady(0, -3, -2, -1, -1, 0, 0.5, 1, 2) == {}


def test_a_tie_breaks_a_fall_too() -> None:
    assert after_steady(0, 3, 2, 1, 1, 0, -0.5, -1, -2) == {}


def test_six_values_at_the_start_of_a_series_are_no_trend() -> None:
    rising = [-3.0, -2.0, -0.9, 0.5, 1.5, 2.0]
    assert fired(xmr([*rising, *STEADY])) == {}
    assert fired(xmr([-v for v in [*rising, *STEADY]])) == {}


def test_a_gap_breaks_a_trend() -> None:
    assert after_steady(0, -3, -2, -1, None, 0, 0.5, 1, 2) == {}


def test_the_point_where_a_rise_turns_into_a_fall_takes_the_later_direction() -> None:
    there = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
    labels = after_steady(0, *there, *there[-2::-1])
    assert [labels[i] for i in range(1, 14)] == [Rule.RISING] * 6 + [Rule.FALLING] * 7


def test_two_of_three_near_a_limit_on_one_side_are_special_and_only_they() -> None:
    above = Rule.TWO_IN_THREE_ABOVE
    assert after_steady(4, 1, 4) == {0: above, 2: above}
    assert after_steady(4, 4, 1) == {0: above, 1: above}
    assert after_steady(1, 4, 4) == {1: above, 2: above}
    assert after_steady(4, 4, 4) == {0: above, 1: above, 2: above}
    below = Rule.TWO_IN_THREE_BELOW
    assert after_steady(-4, -1, -4) == {0: below, 2: below}


def test_two_in_three_needs_all_three_on_one_side() -> None:
    assert after_steady(4, -1, 4, -1) == {}
    assert after_steady(4, 0, 4, -1) == {}
    assert after_steady(4, -4, 4, -4) == {}
    assert after_steady(4, None, 4, -1) == {}
    assert after_steady(-1, 4, 1, 1, 4, -1) == {}


def test_near_begins_beyond_the_near_limit_and_ends_at_the_limit() -> None:
    assert after_steady(3.546, 1, 3.546, -1) == {}
    assert after_steady(3.547, 1, 3.547, -1) == dict.fromkeys((0, 2), Rule.TWO_IN_THREE_ABOVE)
    assert after_steady(5.32, 1, 5.32, -1) == dict.fromkeys((0, 2), Rule.TWO_IN_THREE_ABOVE)
    assert after_steady(5.33, 1, 5.32, -1) == {0: Rule.ABOVE_LIMIT}
    assert after_steady(1, -3.546, -1, -3.546) == {}
    assert after_steady(1, -3.547, -1, -3.547) == dict.fromkeys((1, 3), Rule.TWO_IN_THREE_BELOW)
    assert after_steady(1, -5.32, -1, -5.32) == dict.fromkeys((1, 3), Rule.TWO_IN_THREE_BELOW)
    assert after_steady(1, -5.33, -1, -5.32) == {1: Rule.BELOW_LIMIT}


def test_seven_in_a_row_on_one_side_of_the_mean_are_a_shift() -> None:
    assert after_steady(*[1, 2] * 3, 1) == dict.fromkeys(range(7), Rule.SHIFT_ABOVE)
    assert after_steady(*[1, 2] * 3) == {}
    low = after_steady(2, *[-1, -2] * 3, -1, 1, -1)
    assert low == dict.fromkeys(range(1, 8), Rule.SHIFT_BELOW)


def test_a_value_on_the_mean_or_a_gap_breaks_a_shift() -> None:
    assert after_steady(1, 2, 1, 0, 2, 1, 2, 1) == {}
    assert after_steady(1, 2, 1, None, 2, 1, 2, 1) == {}


def test_rounding_in_the_last_place_is_not_a_side() -> None:
    """0.1 + 0.2 is not 0.3 in a computer; a value that should be on the mean must break a shift."""
    tenths = [0.1 + 0.2] * 14
    baseline = [0.2, 0.4] * 7
    chart = xmr([*baseline, 0.31, 0.32, 0.31, *tenths, 0.31, 0.32, 0.31], fix_after=14)
    assert fired(chart) == {}
    assert chart.points[0].mean == pytest.approx(0.3)


def test_rounding_is_judged_beside_the_size_of_the_values() -> None:
    large = [v * 100_000 for v in [*[0.2, 0.4] * 7, 0.31, 0.32, 0.31, *[0.1 + 0.2] * 14, 0.31]]
    assert large[17] != 30_000
    assert fired(xmr(large, fix_after=14)) == {}


def test_the_first_rule_in_order_gives_the_label() -> None:
    labels = after_steady(-2, 1, 2, 3, 4, 5, 5.1, 6)
    assert labels == {**dict.fromkeys(range(7), Rule.RISING), 7: Rule.ABOVE_LIMIT}
    labels = after_steady(-1, 1, 2, 1, 2, 1, 4, 4.5, -1)
    expected = dict.fromkeys(range(1, 6), Rule.SHIFT_ABOVE) | dict.fromkeys((6, 7), Rule.TWO_IN_THREE_ABOVE)
    assert labels == expected


def test_which_way_is_better_decides_improvement_and_concern() -> None:
    kinds = {}
    for direction in Direction:
        chart = xmr([*STEADY, 6, 0, -6], fix_after=BASE, improvement=direction)
        kinds[direction] = (chart.points[BASE].kind, chart.points[-1].kind)
        assert chart.points[BASE + 1].kind is Kind.COMMON_CAUSE
        assert chart.variation is chart.points[-1].kind
        assert chart.improvement is direction
    assert kinds == {
        Direction.INCREASE: (Kind.IMPROVEMENT, Kind.CONCERN),
        Direction.DECREASE: (Kind.CONCERN, Kind.IMPROVEMENT),
        Direction.NEUTRAL: (Kind.NEUTRAL_HIGH, Kind.NEUTRAL_LOW),
    }


def test_high_rules_are_those_that_speak_of_high_or_rising_values() -> None:
    high = {Rule.ABOVE_LIMIT, Rule.RISING, Rule.TWO_IN_THREE_ABOVE, Rule.SHIFT_ABOVE}
    assert {rule for rule in Rule if rule.is_high} == high


def test_variation_is_that_of_the_last_value_even_when_gaps_follow_it() -> None:
    chart = xmr([*STEADY, 6, None], fix_after=BASE)
    assert chart.variation is Kind.IMPROVEMENT
    assert chart.is_special
    assert not xmr(STEADY).is_special


# --- screening -------------------------------------------------------------------------------------------

SPIKE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_screening_drops_great_ranges_from_the_limits_but_not_from_the_mean() -> None:
    screened, plain = xmr(SPIKE).stretches[0], xmr(SPIKE, screen=False).stretches[0]
    assert screened.mean == plain.mean == 35 / 18
    assert screened.mean_range == 1
    assert plain.mean_range == 32 / 17
    assert xmr(SPIKE).screened
    assert not xmr(SPIKE, screen=False).screened


def test_a_range_of_exactly_the_screening_limit_is_dropped() -> None:
    values = [0.0]
    for i, between in enumerate([900] * 28 + [1533]):
        values.append(values[-1] + (between if i % 2 else -between))
    on_it = xmr([*values, values[-1] + 3267]).stretches[0]
    assert on_it.mean_range == (28 * 900 + 1533) / 29
    under_it = xmr([*values, values[-1] + 3266]).stretches[0]
    assert under_it.mean_range == (28 * 900 + 1533 + 3266) / 30


def test_the_note_under_the_chart_says_whether_ranges_were_screened() -> None:
    assert xmr(STEADY).notes == (
        "Moving ranges of 3.267 or more times their mean are left out of the limits.",
    )
    assert xmr(STEADY, screen=False).notes == ("Every moving range counts towards the limits.",)


# --- guards ----------------------------------------------------------------------------------------------


def test_a_constant_series_has_no_limits_and_cannot_be_assessed() -> None:
    chart = xmr([75] * 14, target=80)
    assert {(p.mean, p.lower, p.upper, p.near_lower, p.near_upper) for p in chart.points} == {
        (75, None, None, None, None)
    }
    assert chart.variation is Kind.COMMON_CAUSE
    assert chart.assurance is Assurance.CANNOT_BE_ASSESSED
    assert chart.stretches[0].limits is Limits.NO_VARIATION
    assert chart.stretches[0].mean_range is None
    assert chart.stretches[0].range_limit is None
    assert chart.notes == (
        "No limits for points 1 to 14: the values hardly vary, so there is nothing to judge by.",
    )


@pytest.mark.parametrize("screen", [True, False])
def test_a_series_that_differs_only_by_rounding_is_constant(screen: bool) -> None:
    chart = xmr([0.1 + 0.2, 0.3] * 7, screen=screen)
    assert chart.stretches[0].limits is Limits.NO_VARIATION
    assert not chart.is_special


def test_a_nearly_constant_series_has_no_limits_when_its_only_range_is_screened_out() -> None:
    assert xmr([1, 1, 1, 1, 1, 1, 2]).stretches[0].limits is Limits.NO_VARIATION
    assert xmr([1, 1, 1, 1, 1, 1, 2], screen=False).stretches[0].limits is Limits.TRIAL


def test_no_limits_under_7_values_and_trial_limits_under_13() -> None:
    states = {n: xmr(STEADY[:n]).stretches[0].limits for n in (1, 6, 7, 12, 13)}
    assert states == {
        1: Limits.TOO_FEW_POINTS,
        6: Limits.TOO_FEW_POINTS,
        7: Limits.TRIAL,
        12: Limits.TRIAL,
        13: Limits.FIRM,
    }
    assert xmr(STEADY[:1]).notes == ("No limits for points 1 to 1: 1 value, and limits need 7.",)
    assert xmr(STEADY[:6]).notes == ("No limits for points 1 to 6: 6 values, and limits need 7.",)
    assert xmr(STEADY[:12]).notes[1:] == (
        "Trial limits for points 1 to 12: 12 values, and limits settle from 13.",
    )
    assert len(xmr(STEADY[:13]).notes) == 1


def test_gaps_do_not_count_as_values_for_limits() -> None:
    chart = xmr([*STEADY[:6], None, None])
    assert chart.stretches[0].limits is Limits.TOO_FEW_POINTS
    assert chart.stretches[0].count == 6
    assert chart.notes[-1] == "A gap breaks a run: no rule looks across a missing value."


def test_a_gap_has_no_moving_range_either_side_and_no_kind() -> None:
    chart = xmr([1, 2, 3, None, 9, 8, 9, 8, 9])
    assert chart.stretches[0].mean_range == 1
    assert chart.points[3].kind is None
    assert chart.points[3].mean == chart.points[0].mean


def test_values_that_are_never_neighbours_have_no_limits() -> None:
    chart = xmr([1, None, 2, None, 3, None, 4, None, 5, None, 6, None, 7])
    assert chart.stretches[0].limits is Limits.NO_VARIATION


# --- rebasing and fixing ---------------------------------------------------------------------------------


def test_a_rebase_starts_new_lines_and_no_range_or_rule_crosses_it() -> None:
    chart = xmr([*STEADY, *[v + 100 for v in STEADY]], rebase_at=[(20, "  New form in use ")])
    first, second = chart.stretches
    assert (first.mean, second.mean) == (0, 100)
    assert (first.mean_range, second.mean_range) == (2, 2)
    assert (first.start, first.end, second.start, second.end) == (0, 20, 20, 40)
    assert (first.reason, second.reason) == (None, "New form in use")
    assert (first.group, second.group) == (0, 1)
    assert [p.group for p in chart.points] == [0] * 20 + [1] * 20
    assert [p.position for p in chart.points] == list(range(40))
    assert chart.points[20].moving_range is None
    assert not chart.is_special


def test_rebases_may_be_given_in_any_order() -> None:
    marks = [(14, "second"), (7, "first")]
    assert [s.reason for s in xmr(STEADY, rebase_at=marks).stretches] == [None, "first", "second"]


def test_a_short_stretch_after_a_rebase_has_no_limits_and_says_so() -> None:
    chart = xmr(STEADY, rebase_at=[(15, "New team")], target=3)
    assert chart.points[14].upper is not None
    assert chart.points[15].upper is None
    assert chart.assurance is Assurance.CANNOT_BE_ASSESSED
    assert "No limits for points 16 to 20: 5 values, and limits need 7." in chart.notes


@pytest.mark.parametrize(
    ("rebase_at", "message"),
    [
        (
            [(20, "why")],
            "a position in rebase_at is 20; it must be a whole number of at least 0 and at most 19.",
        ),
        ([(-1, "why")], "a position in rebase_at is -1;"),
        ([(2.5, "why")], "a position in rebase_at is 2.5;"),
        ([(0, "why")], "a position in rebase_at is 0; it must be after the first,"),
        ([(5, "why"), (5, "why")], "a position in rebase_at is 5; it must be given once."),
        ([(5, " ")], "the reason for position 5 in rebase_at is ' '; it must be words that say why."),
        ([(5, None)], "the reason for position 5 in rebase_at is None; it must be words that say why."),
    ],
)
def test_a_rebase_must_be_in_the_series_once_and_carry_a_reason(
    rebase_at: list[tuple[int, str]], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        xmr(STEADY, rebase_at=rebase_at)


def test_a_rebase_cannot_be_at_a_gap() -> None:
    message = "a position in rebase_at is 1; it must be one that has a value."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        xmr([1, None, 2], rebase_at=[(1, "why")])


def test_fixed_lines_come_from_the_first_values_of_each_stretch() -> None:
    chart = xmr([*STEADY[:12], *[50.0, 60.0] * 5], fix_after=12)
    assert (chart.stretches[0].mean, chart.stretches[0].mean_range) == (0, 2)
    assert chart.stretches[0].limits is Limits.FIRM
    assert chart.notes[1] == "Mean and limits are fixed on the first 12 values of each stretch."
    assert xmr(STEADY[:12], fix_after=12).notes[1] == chart.notes[1]
    assert xmr(STEADY[:13], fix_after=12).stretches[0].limits is Limits.FIRM
    assert xmr(STEADY[:12], fix_after=12).stretches[0].limits is Limits.TRIAL
    both = xmr([*STEADY[:12], 50, *[v + 9 for v in STEADY[:12]], 99], fix_after=12, rebase_at=[(13, "why")])
    assert [s.mean for s in both.stretches] == [0, 9]


def test_gaps_do_not_count_towards_the_fixed_values() -> None:
    chart = xmr([None, *STEADY[:11], None, 1, 50, 60], fix_after=12)
    assert chart.stretches[0].mean == pytest.approx(2 / 12)
    assert chart.stretches[0].count == 14


def test_fixing_later_than_the_series_ends_changes_nothing() -> None:
    assert xmr(STEADY, fix_after=21) == xmr(STEADY)
    assert xmr(STEADY, fix_after=20).points == xmr(STEADY).points


@pytest.mark.parametrize("fix_after", [11, 0, 12.0, True])
def test_limits_are_fixed_on_no_fewer_than_12_values(fix_after: int) -> None:
    message = f"fix_after is {fix_after!r}; it must be a whole number of at least 12."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        xmr(STEADY, fix_after=fix_after)


# --- assurance -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("improvement", "target", "expected"),
    [
        (Direction.INCREASE, 5.33, Assurance.CONSISTENT_FAIL),
        (Direction.INCREASE, -5.33, Assurance.CONSISTENT_PASS),
        (Direction.DECREASE, 5.33, Assurance.CONSISTENT_PASS),
        (Direction.DECREASE, -5.33, Assurance.CONSISTENT_FAIL),
        (Direction.INCREASE, 5.32, Assurance.INCONSISTENT),
        (Direction.INCREASE, -5.32, Assurance.INCONSISTENT),
        (Direction.DECREASE, 0, Assurance.INCONSISTENT),
        (Direction.NEUTRAL, 5.33, None),
        (Direction.INCREASE, None, None),
    ],
)
def test_assurance_compares_the_target_with_the_last_limits(
    improvement: Direction, target: float | None, expected: Assurance | None
) -> None:
    chart = xmr(STEADY, improvement=improvement, target=target)
    assert chart.assurance is expected
    assert chart.target == target


def test_a_neutral_constant_series_has_no_assurance() -> None:
    assert xmr([5] * 9, improvement=Direction.NEUTRAL, target=3).assurance is None


# --- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [[], [None, None]])
def test_a_series_without_a_value_is_refused(values: list[None]) -> None:
    message = f"values is {values!r}; it must be a series with at least one value."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        xmr(values)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "3", True])
def test_a_value_that_is_no_finite_number_is_refused(value: float) -> None:
    message = f"values[1] is {value!r}; it must be a finite number, or None for a gap."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        xmr([1, value])


def test_a_direction_that_is_only_a_word_is_refused() -> None:
    message = "improvement is 'up'; it must be a Direction: INCREASE, DECREASE or NEUTRAL."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        xmr(STEADY, improvement="up")  # type: ignore[arg-type]


def test_a_target_that_is_no_finite_number_is_refused() -> None:
    message = "target is nan; it must be a finite number, or None."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        xmr(STEADY, target=float("nan"))
