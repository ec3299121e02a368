"""Run charts, charts of counted things and of rare events, at their edges."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from stats.spc import (
    Chart,
    Direction,
    Kind,
    Limits,
    Rule,
    Runs,
    c_chart,
    fewest_crossings,
    g_chart,
    longest_run_limit,
    p_chart,
    p_prime_chart,
    run_chart,
    runs_about,
    t_chart,
    u_chart,
    u_prime_chart,
)


def refused(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


# --- runs ------------------------------------------------------------------------------------------------


def test_values_on_the_centre_are_passed_over() -> None:
    runs = runs_about([1, 0, 1, 0, -1, 0, -1, -1], 0)
    assert runs == Runs(5, 3, None, 1, None, None)


def test_a_gap_ends_a_run_and_the_pair_across_it_is_not_looked_at() -> None:
    whole = [1, 1, 1, 1, 1, 1, 1, -1, -1, -1]
    assert runs_about(whole, 0) == Runs(10, 7, 6, 1, 2, True)
    split = [1, 1, 1, 1, None, 1, 1, 1, None, -1, -1, -1]
    assert runs_about(split, 0) == Runs(10, 4, 6, 0, 1, True)


def test_a_gap_beside_values_on_the_centre_still_ends_the_run() -> None:
    assert runs_about([1, 0, None, 0, 1], 0).longest == 1


def test_runs_are_judged_from_10_values_off_the_centre() -> None:
    assert runs_about([1] * 9 + [0], 0) == Runs(9, 9, None, 0, None, None)
    assert runs_about([1, -1] * 5, 0) == Runs(10, 1, 6, 9, 2, False)


def test_the_longest_run_signals_only_beyond_its_limit() -> None:
    six, seven = [1] * 6 + [-1, 1] * 4, [1] * 7 + [-1, 1] * 4
    assert (runs_about(six, 0).longest, runs_about(six, 0).longest_limit) == (6, 7)
    assert (runs_about(seven, 0).longest, runs_about(seven, 0).is_signal) == (7, False)
    eight = [1] * 8 + [-1, 1] * 4
    assert (runs_about(eight, 0).longest, runs_about(eight, 0).longest_limit) == (8, 7)
    assert runs_about(eight, 0).is_signal is True


def test_crossings_signal_only_below_their_limit() -> None:
    two = [1] * 4 + [-1] * 4 + [1] * 2
    assert runs_about(two, 0) == Runs(10, 4, 6, 2, 2, False)
    one = [1] * 5 + [-1] * 5
    assert runs_about(one, 0) == Runs(10, 5, 6, 1, 2, True)


def test_fewest_crossings_are_counted_in_whole_numbers() -> None:
    """At 9 pairs 1 + 9 of 512 ways are under a twentieth, 1 + 9 + 36 are not."""
    assert fewest_crossings(10) == 2


@pytest.mark.parametrize("limit", [longest_run_limit, fewest_crossings])
def test_run_limits_begin_at_10_values(limit: Callable[[int], int]) -> None:
    with refused("useful is 9; it must be a whole number of at least 10."):
        limit(9)


def test_a_series_of_only_gaps_has_no_runs() -> None:
    with refused("values is [None]; it must be a series with at least one value."):
        runs_about([None], 0)


def test_a_run_chart_draws_the_median_of_each_stretch() -> None:
    chart = run_chart([3, 1, 2, None, 10, 30, 20, 40], rebase_at=[(4, "New form")])
    assert [p.median for p in chart.points] == [2] * 4 + [25] * 4
    assert [p.group for p in chart.points] == [0] * 4 + [1] * 4
    assert [p.value for p in chart.points] == [3, 1, 2, None, 10, 30, 20, 40]
    assert [p.position for p in chart.points] == list(range(8))
    first, second = chart.stretches
    assert (first.start, first.end, first.count, first.reason, first.group) == (0, 4, 3, None, 0)
    assert (second.start, second.end, second.count, second.reason, second.group) == (4, 8, 4, "New form", 1)
    assert first.runs == Runs(2, 1, None, 1, None, None)
    assert chart.is_signal is None


def test_an_excluded_value_is_shown_with_its_reason_and_counts_for_nothing() -> None:
    chart = run_chart([1, 2, 3, 100], exclude=[(3, " One-off backlog ")])
    assert chart.stretches[0].median == 2
    assert chart.stretches[0].count == 3
    assert [p.excluded for p in chart.points] == [None, None, None, "One-off backlog"]


def test_a_run_chart_can_fix_its_median() -> None:
    chart = run_chart([*[1, 3] * 6, *[9] * 12], fix_after=12)
    assert chart.stretches[0].median == 2
    assert chart.is_signal is True
    assert run_chart([*[1, 3] * 6, *[9] * 12]).stretches[0].median == 6


def test_leaving_every_value_out_is_refused() -> None:
    message = "exclude is [0, 1]; it must be such that a value is left of those limits are made from (0 on)."
    with refused(message):
        run_chart([1, 2, None], exclude=[(0, "why"), (1, "why")])
    message = message.replace("[0, 1]", "[1, 2]").replace("(0 on)", "(1 on)")
    with refused(message):
        c_chart([1, 2, 3], exclude=[(1, "why"), (2, "why")], rebase_at=[(1, "why")])


# --- P, P', U, U', C -------------------------------------------------------------------------------------

GOOD = [12, 10, 14, 9, 12, 11, 13, 8, 12, 15, 10, 12, 11]
OF = [20] * 13


def test_p_limits_are_three_standard_errors_of_the_pooled_share() -> None:
    chart = p_chart(GOOD, OF)
    share = sum(GOOD) / 260
    error = (share * (1 - share) / 20) ** 0.5
    point = chart.points[3]
    assert (point.value, point.centre) == (9 / 20, share)
    assert point.lower == pytest.approx(share - 3 * error, abs=1e-15)
    assert point.upper == pytest.approx(share + 3 * error, abs=1e-15)
    assert point.near_lower == pytest.approx(share - 2 * error, abs=1e-15)
    assert point.near_upper == pytest.approx(share + 2 * error, abs=1e-15)
    assert (point.position, point.group, point.excluded, point.kind) == (3, 0, None, Kind.COMMON_CAUSE)
    stretch = chart.stretches[0]
    assert (stretch.start, stretch.end, stretch.count, stretch.reason, stretch.inflation) == (
        0,
        13,
        13,
        None,
        1,
    )
    assert (stretch.group, stretch.centre, stretch.limits) == (0, share, Limits.FIRM)
    assert chart.chart is Chart.P
    assert not chart.is_special


def test_limits_of_shares_stay_between_0_and_1() -> None:
    chart = p_chart([1, 0, 0, 0, 1, 0, 0], [5] * 7)
    assert chart.points[0].lower == 0
    chart = p_chart([4, 5, 5, 5, 4, 5, 5], [5] * 7)
    assert chart.points[0].upper == 1


def test_a_month_without_cases_is_a_gap_in_points_and_limits() -> None:
    for count, size in ((None, None), (None, 20), (0, 0), (None, 0)):
        chart = p_chart([*GOOD, count], [*OF, size])
        point = chart.points[-1]
        assert (point.value, point.centre, point.lower, point.upper, point.kind) == (None,) * 5
        assert chart.stretches == tuple(
            s.__class__(**{**s.__dict__, "end": 14}) for s in p_chart(GOOD, OF).stretches
        )


def test_u_charts_take_a_month_without_exposure_as_a_gap() -> None:
    point = u_chart([*GOOD, 0], [*OF, 0]).points[-1]
    assert (point.value, point.centre, point.upper) == (None, None, None)
    assert u_chart([*GOOD, None], [*OF, None]).points[-1].value is None
    assert c_chart([*GOOD, None]).points[-1].centre is None


def test_a_share_outside_its_limits_is_special_by_the_direction_that_is_better() -> None:
    counts, sizes = [*GOOD, 20, 1], [*OF, 20, 20]
    rules = (Rule.ABOVE_LIMIT, Rule.BELOW_LIMIT)
    kinds = {
        Direction.INCREASE: (Kind.IMPROVEMENT, Kind.CONCERN),
        Direction.DECREASE: (Kind.CONCERN, Kind.IMPROVEMENT),
        Direction.NEUTRAL: (Kind.NEUTRAL_HIGH, Kind.NEUTRAL_LOW),
    }
    for direction, expected in kinds.items():
        chart = p_chart(counts, sizes, improvement=direction, fix_after=13)
        assert tuple(p.rule for p in chart.points[-2:]) == rules
        assert tuple(p.kind for p in chart.points[-2:]) == expected
        assert chart.improvement is direction
        assert chart.is_special
    assert p_chart(counts, sizes).improvement is Direction.NEUTRAL
    with refused("improvement is 'up'; it must be a Direction: INCREASE, DECREASE or NEUTRAL."):
        p_chart(counts, sizes, improvement="up")  # type: ignore[arg-type]


def test_a_count_on_its_limit_is_inside() -> None:
    """Mean 9: limits at 0 and 18."""
    chart = c_chart([9] * 12 + [18, 0, 19], fix_after=12)
    assert (chart.points[0].lower, chart.points[0].upper) == (0, 18)
    assert [p.rule for p in chart.points[12:]] == [None, None, Rule.ABOVE_LIMIT]


def test_counts_may_signal_by_their_runs_alone() -> None:
    chart = c_chart([8] * 9 + [10] * 9)
    assert all(p.rule is None for p in chart.points)
    assert chart.stretches[0].runs.is_signal is True
    assert chart.is_special


def test_limits_of_counted_charts_need_7_values_and_settle_at_13() -> None:
    states = {n: p_chart(GOOD[:n], OF[:n]).stretches[0].limits for n in (6, 7, 12, 13)}
    assert list(states.values()) == [Limits.TOO_FEW_POINTS, Limits.TRIAL, Limits.TRIAL, Limits.FIRM]
    assert p_chart(GOOD[:6], OF[:6]).points[0].upper is None
    assert p_chart(GOOD[:6], OF[:6]).points[0].centre is not None
    assert p_chart(GOOD, OF, fix_after=12).stretches[0].limits is Limits.FIRM
    assert p_chart(GOOD[:12], OF[:12], fix_after=12).stretches[0].limits is Limits.TRIAL


@pytest.mark.parametrize("counts", [[0] * 9, [20] * 9])
def test_shares_that_are_all_nothing_or_all_have_no_limits(counts: list[int]) -> None:
    for chart in (p_chart(counts, [20] * 9), p_prime_chart(counts, [20] * 9)):
        assert chart.stretches[0].limits is Limits.NO_VARIATION
        assert chart.points[0].upper is None
        assert chart.points[0].centre == counts[0] / 20
        assert not chart.is_special


def test_counts_that_are_all_nothing_have_no_limits() -> None:
    assert c_chart([0] * 9).stretches[0].limits is Limits.NO_VARIATION
    assert u_prime_chart([0] * 9, [5] * 9).stretches[0].limits is Limits.NO_VARIATION


def test_laney_limits_of_months_that_never_differ_are_not_drawn() -> None:
    chart = p_prime_chart([10] * 9, [20] * 9)
    assert chart.stretches[0].limits is Limits.NO_VARIATION
    assert p_chart([10] * 9, [20] * 9).stretches[0].limits is Limits.TRIAL


def test_laney_limits_can_leave_great_ranges_in_or_out() -> None:
    counts = [*[500, 520] * 10, 900, *[500, 520] * 10]
    for chart in (p_prime_chart, u_prime_chart):
        screened = chart(counts, [1000] * 41).stretches[0].inflation
        plain = chart(counts, [1000] * 41, screen=False).stretches[0].inflation
        assert screened is not None
        assert plain is not None
        assert plain > screened
    assert p_prime_chart(counts, [1000] * 41).chart is Chart.P_PRIME
    assert u_prime_chart(counts, [1000] * 41).chart is Chart.U_PRIME


def test_rates_are_given_for_each_per_of_exposure() -> None:
    one, many = u_chart(GOOD, OF), u_chart(GOOD, OF, per=10_000)
    prime = u_prime_chart(GOOD, OF), u_prime_chart(GOOD, OF, per=10_000)
    for small, large in ((one, many), prime):
        for a, b in zip(small.points, large.points, strict=True):
            assert b.value == pytest.approx((a.value or 0) * 10_000)
            assert b.centre == pytest.approx((a.centre or 0) * 10_000)
            assert b.upper == pytest.approx((a.upper or 0) * 10_000)
        assert large.stretches[0].inflation == pytest.approx(small.stretches[0].inflation)
    assert one.chart is Chart.U
    for per in (0, -1):
        for chart in (u_chart, u_prime_chart):
            with refused(f"per is {per}; it must be a number above 0."):
                chart(GOOD, OF, per=per)


def test_an_excluded_month_keeps_its_lines_but_moves_none() -> None:
    chart = c_chart([*GOOD, 100], exclude=[(13, "Backlog entered in one day")])
    assert chart.points[-1].excluded == "Backlog entered in one day"
    assert chart.points[-1].centre == sum(GOOD) / 13
    assert chart.points[-1].rule is Rule.ABOVE_LIMIT
    assert chart.stretches[0].count == 13
    assert chart.chart is Chart.C


def test_a_stretch_of_counts_keeps_the_reason_of_its_rebase() -> None:
    chart = c_chart([*GOOD, *[n * 5 for n in GOOD]], rebase_at=[(13, "New duty to record")])
    assert [s.reason for s in chart.stretches] == [None, "New duty to record"]
    assert [s.group for s in chart.stretches] == [0, 1]
    assert [(s.start, s.end) for s in chart.stretches] == [(0, 13), (13, 26)]
    assert chart.points[13].group == 1
    assert chart.points[13].position == 13


@pytest.mark.parametrize(
    ("counts", "sizes", "message"),
    [
        ([1, 2], [3], "sizes is [3]; it must be as long as counts, which has 2."),
        ([4], [3], "counts[0] is 4; it must be a whole number of at least 0 and at most 3."),
        ([-1], [3], "counts[0] is -1; it must be a whole number of at least 0 and at most 3."),
        ([1, 1], [2, None], "sizes[1] is None; it must be a whole number of at least 0."),
        ([None], [3], "values is [None]; it must be a series with at least one value."),
    ],
)
def test_shares_that_cannot_be_are_refused(
    counts: list[int | None], sizes: list[int | None], message: str
) -> None:
    for chart in (p_chart, p_prime_chart):
        with refused(message):
            chart(counts, sizes)


@pytest.mark.parametrize(
    ("counts", "sizes", "message"),
    [
        ([1, 2], [3], "sizes is [3]; it must be as long as counts, which has 2."),
        ([-1], [3], "counts[0] is -1; it must be a whole number of at least 0."),
        ([1], [-3], "sizes[0] is -3; it must be a number of at least 0."),
        ([2], [0], "sizes[0] is 0; it must be above 0, for counts[0] is 2."),
        ([2], [None], "sizes[0] is None; it must be a number of at least 0."),
    ],
)
def test_rates_that_cannot_be_are_refused(
    counts: list[int | None], sizes: list[float | None], message: str
) -> None:
    for chart in (u_chart, u_prime_chart):
        with refused(message):
            chart(counts, sizes)


# --- G and T ---------------------------------------------------------------------------------------------


def test_g_limits_are_those_of_a_geometric_count_about_the_median() -> None:
    chart = g_chart([3, 40, 12, 7, 0, 25, 18])
    mean, spread = 15, (15 * 16) ** 0.5
    point = chart.points[0]
    assert point.centre == 12
    assert point.upper == pytest.approx(mean + 3 * spread)
    assert point.near_upper == pytest.approx(mean + 2 * spread)
    assert point.lower == 0
    assert chart.stretches[0].inflation is None
    assert chart.chart is Chart.G


def test_a_g_chart_flags_an_unusually_long_wait() -> None:
    chart = g_chart([*[5, 6] * 6, 60, None], fix_after=12, improvement=Direction.INCREASE)
    assert chart.points[-2].kind is Kind.IMPROVEMENT
    assert chart.points[-1].upper is None
    assert g_chart([0] * 8).stretches[0].limits is Limits.NO_VARIATION
    with refused("cases_between[1] is -1; it must be a whole number of at least 0."):
        g_chart([3, -1])


def test_t_limits_are_those_of_the_transformed_days_turned_back() -> None:
    days = [50, 60, 55, 70, 45, 65, 58, None]
    roots = [d ** (1 / 3.6) for d in days if d]
    mean = sum(roots) / 7
    spread = sum(abs(a - b) for a, b in pairwise(roots)) / 6 / 1.128
    chart = t_chart(days, screen=False)
    point = chart.points[0]
    assert point.value == 50
    assert point.centre == pytest.approx(mean**3.6)
    assert point.upper == pytest.approx((mean + 3 * spread) ** 3.6)
    assert point.lower == pytest.approx((mean - 3 * spread) ** 3.6)
    assert point.near_lower == pytest.approx((mean - 2 * spread) ** 3.6)
    assert chart.points[-1].upper is None
    assert chart.chart is Chart.T
    assert t_chart([20] * 8).stretches[0].limits is Limits.NO_VARIATION


def test_t_charts_screen_great_ranges_unless_told_not_to() -> None:
    days = [*[30, 36] * 8, 900]
    screened, plain = (t_chart(days, screen=screen).points[0].upper for screen in (True, False))
    assert screened is not None
    assert plain is not None
    assert screened < plain
    assert t_chart(days).points[0].upper == screened


def test_t_charts_flag_events_that_come_too_soon_after_each_other() -> None:
    chart = t_chart([*[60, 66] * 6, 1], fix_after=12, improvement=Direction.INCREASE)
    assert (chart.points[-1].rule, chart.points[-1].kind) == (Rule.BELOW_LIMIT, Kind.CONCERN)


@pytest.mark.parametrize("days", [0, -1, float("nan")])
def test_events_on_the_same_day_are_refused_with_advice(days: float) -> None:
    needed = "a number of days above 0 (for two events on one day use g_chart)"
    with refused(f"days_between[1] is {days}; it must be {needed}."):
        t_chart([3, days])


def test_a_wait_that_is_missing_is_passed_over() -> None:
    whole = g_chart([3, 40, 12, 7, 0, 25, 18])
    gapped = g_chart([3, 40, None, 12, 7, 0, 25, 18])
    assert gapped.points[0].upper == whole.points[0].upper
    assert [p.value for p in gapped.points] == [3, 40, None, 12, 7, 0, 25, 18]
    assert t_chart([30, 36, None, 31, 35, 32, 34, 33]).stretches[0].count == 7


# --- what all of them share ------------------------------------------------------------------------------

TWENTIES: list[int | None] = [20] * 18
CALM: list[int | None] = [10, 12, 9, 11, 13, 8, 10, 12, 9, 11, 13, 8]
WILD: list[int | None] = [19, 18, 20, 17, 19, 20]

ALL: list[tuple[Chart, Callable[..., Any], bool]] = [
    (Chart.P, p_chart, True),
    (Chart.P_PRIME, p_prime_chart, True),
    (Chart.U, u_chart, True),
    (Chart.U_PRIME, u_prime_chart, True),
    (Chart.C, c_chart, False),
    (Chart.G, g_chart, False),
    (Chart.T, t_chart, False),
]


@pytest.mark.parametrize(("kind", "chart", "sized"), ALL, ids=[kind.value for kind, _, _ in ALL])
def test_every_counted_chart_can_fix_exclude_rebase_and_name_its_direction(
    kind: Chart, chart: Callable[..., Any], sized: bool
) -> None:
    def drawn(counts: list[int | None], **options: Any) -> Any:
        return chart(counts, TWENTIES[: len(counts)], **options) if sized else chart(counts, **options)

    calm = drawn(CALM).points[0]
    fixed = drawn([*CALM, *WILD], fix_after=12, improvement=Direction.INCREASE)
    assert fixed.chart is kind
    assert (fixed.points[0].centre, fixed.points[0].upper) == (calm.centre, calm.upper)
    assert fixed.improvement is Direction.INCREASE
    rebased = drawn([*CALM, *CALM[::-1]][:18], rebase_at=[(12, "why")])
    assert [s.reason for s in rebased.stretches] == [None, "why"]
    without = drawn([*CALM, 20], exclude=[(12, "one-off")])
    assert (without.points[0].centre, without.points[0].upper) == (calm.centre, calm.upper)
    with_it = drawn([*CALM, 20])
    assert with_it.points[0].upper != calm.upper
    with refused("improvement is 1; it must be a Direction: INCREASE, DECREASE or NEUTRAL."):
        drawn(CALM, improvement=1)
    with refused("a position in exclude is 99; it must be a whole number of at least 0 and at most 11."):
        drawn(CALM, exclude=[(99, "why")])
    with refused("fix_after is 3; it must be a whole number of at least 12."):
        drawn(CALM, fix_after=3)


@pytest.mark.parametrize("chart", [p_chart, u_chart])
def test_a_gap_in_the_middle_leaves_the_values_after_it(chart: Callable[..., Any]) -> None:
    drawn = chart([10, None, 12, 9, 11, 13, 8, 10], [20, None, *[20] * 6])
    assert [p.value for p in drawn.points] == [0.5, None, 0.6, 0.45, 0.55, 0.65, 0.4, 0.5]
    assert drawn.points[0].centre == 73 / 140
    assert (drawn.points[1].lower, drawn.points[1].near_lower) == (None, None)


@pytest.mark.parametrize(("chart", "times"), [(p_prime_chart, 1), (u_prime_chart, 1), (u_prime_chart, 100)])
def test_laney_limits_do_not_look_across_a_gap(chart: Callable[..., Any], times: int) -> None:
    per = {} if times == 1 else {"per": times}
    drawn = chart([10, 12, None, 18, 16, 17, 11, 12], [20, 20, None, *[20] * 5], **per)
    centre = 96 / 140
    error = (centre * (1 - centre) / 20) ** 0.5 if chart is p_prime_chart else (centre / 20) ** 0.5
    ranges = [0.1, 0.1, 0.05, 0.3, 0.05]
    inflation = sum(ranges) / 5 / error / 1.128
    assert drawn.stretches[0].inflation == pytest.approx(inflation)
    assert drawn.points[0].upper == pytest.approx(
        min(1 if chart is p_prime_chart else 9, centre + 3 * inflation * error) * times
    )


def test_run_charts_name_what_they_refuse() -> None:
    with refused("values is []; it must be a series with at least one value."):
        run_chart([])
    with refused("values[1] is 'x'; it must be a finite number, or None for a gap."):
        run_chart([1, "x"])  # type: ignore[list-item]
    with refused("a position in exclude is 2; it must be a whole number of at least 0 and at most 1."):
        run_chart([1, 2], exclude=[(2, "why")])
    with refused("the reason for position 0 in exclude is ''; it must be words that say why."):
        run_chart([1, 2], exclude=[(0, "")])
