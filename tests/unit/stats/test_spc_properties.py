"""What holds of every chart: limits bracket the centre, units do not matter, and a plain twin agrees."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from stats.spc import (
    Direction,
    Kind,
    Limits,
    Rule,
    c_chart,
    p_chart,
    p_prime_chart,
    run_chart,
    runs_about,
    t_chart,
    xmr,
)

repeatable = settings(derandomize=True, deadline=None, max_examples=100)

whole = st.integers(-30, 30)
with_gaps = st.lists(st.one_of(whole, whole, whole, whole, st.none()), min_size=1, max_size=45).filter(
    lambda values: any(v is not None for v in values)
)
Series = list[int | None]


def twin(values: Series, screen: bool) -> list[str | None]:
    """The four rules read off their sentences: each point asks about every window that it is part of."""
    there = [v for v in values if v is not None]
    mean = sum(there) / len(there)
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges or len(there) < 7:
        return [None] * len(values)
    spread = sum(ranges) / len(ranges)
    if screen:
        kept = [r for r in ranges if r < 3.267 * spread]
        spread = sum(kept) / len(kept) if kept else 0
    if spread == 0:
        return [None] * len(values)

    def window(start: int, length: int) -> Series:
        part = values[start : start + length] if start >= 0 else []
        return part if len(part) == length and None not in part else []

    labels: list[str | None] = []
    for i, value in enumerate(values):
        label = None
        if value is not None:
            sevens = [w for w in (window(start, 7) for start in range(i - 6, i + 1)) if w]
            threes = [w for w in (window(start, 3) for start in range(i - 2, i + 1)) if w]
            for sign, shift, two, trend, limit in (
                (1, "shift_above", "two_in_three_above", "rising_trend", "above_limit"),
                (-1, "shift_below", "two_in_three_below", "falling_trend", "below_limit"),
            ):
                far = [[sign * ((v or 0) - mean) for v in w] for w in threes]
                near = 1.773 * spread + 1e-9, 2.66 * spread + 1e-9
                tests = (
                    (shift, any(all(sign * ((v or 0) - mean) > 1e-9 for v in w) for w in sevens), 0),
                    (
                        two,
                        near[0] < sign * (value - mean) <= near[1]
                        and any(
                            all(d > 1e-9 for d in w) and sum(near[0] < d <= near[1] for d in w) >= 2
                            for w in far
                        ),
                        1,
                    ),
                    (limit, sign * (value - mean) > near[1], 3),
                )
                for name, holds, rank in tests:
                    if holds and rank >= (0 if label is None else RANK[label]):
                        label = name
                rising = [all(sign * ((b or 0) - (a or 0)) > 0 for a, b in pairwise(w)) for w in sevens]
                if any(rising) and RANK.get(label or "", -1) < 3:
                    starts_here = bool(window(i, 7)) and rising[-1]
                    if label not in ("rising_trend", "falling_trend") or starts_here:
                        label = trend
        labels.append(label)
    return labels


RANK = {
    "shift_above": 0,
    "shift_below": 0,
    "two_in_three_above": 1,
    "two_in_three_below": 1,
    "rising_trend": 2,
    "falling_trend": 2,
    "above_limit": 3,
    "below_limit": 3,
}


@repeatable
@given(with_gaps, st.booleans())
def test_a_plain_twin_labels_every_point_alike(values: Series, screen: bool) -> None:
    chart = xmr(values, screen=screen)
    assert [p.rule for p in chart.points] == twin(values, screen)


@repeatable
@given(st.lists(st.integers(-4, 4), min_size=5, max_size=12), st.integers(6, 9), st.integers(6, 9))
def test_a_plain_twin_agrees_where_trends_meet(start: list[int], up: int, down: int) -> None:
    values: Series = [*start, *range(up), *range(up - 2, up - 2 - down, -1)]
    assert [p.rule for p in xmr(values).points] == twin(values, screen=True)


@repeatable
@given(with_gaps, st.booleans())
def test_limits_bracket_the_mean_and_near_limits_lie_between(values: Series, screen: bool) -> None:
    for point in xmr(values, screen=screen).points:
        if point.lower is not None and point.upper is not None:
            assert point.near_lower is not None
            assert point.near_upper is not None
            assert point.lower < point.near_lower < point.mean < point.near_upper < point.upper


@repeatable
@given(with_gaps, st.integers(-1000, 1000), st.sampled_from([0.5, 2, 10, 1000]))
def test_units_do_not_matter(values: Series, shift: int, scale: float) -> None:
    moved = [None if v is None else (v + shift) * scale for v in values]
    assert [p.rule for p in xmr(moved).points] == [p.rule for p in xmr(values).points]


@repeatable
@given(with_gaps)
def test_turning_the_values_over_swaps_high_and_low(values: Series) -> None:
    over = xmr([None if v is None else -v for v in values], improvement=Direction.DECREASE)
    assert [p.kind for p in over.points] == [p.kind for p in xmr(values).points]


@repeatable
@given(with_gaps)
def test_the_better_direction_swaps_improvement_and_concern_and_nothing_else(values: Series) -> None:
    swap = {Kind.IMPROVEMENT: Kind.CONCERN, Kind.CONCERN: Kind.IMPROVEMENT}
    up, down = xmr(values), xmr(values, improvement=Direction.DECREASE)
    assert [p.kind for p in down.points] == [swap.get(p.kind, p.kind) if p.kind else None for p in up.points]
    assert [p.rule for p in down.points] == [p.rule for p in up.points]


@repeatable
@given(with_gaps, with_gaps)
def test_a_rebase_makes_two_charts_side_by_side(before: Series, after: Series) -> None:
    after = [v for v in after if v is not None]
    chart = xmr([*before, *after], rebase_at=[(len(before), "why")])
    parts = [xmr(before), xmr(after)]
    assert [p.rule for p in chart.points] == [p.rule for part in parts for p in part.points]
    assert [p.upper for p in chart.points] == [p.upper for part in parts for p in part.points]


@repeatable
@given(with_gaps)
def test_what_follows_a_fixed_baseline_does_not_move_it(values: Series) -> None:
    baseline: Series = [1, 3, 2, 4, 1, 3, 2, 4, 1, 3, 2, 4]
    chart = xmr([*baseline, *values], fix_after=12)
    assert chart.points[-1].mean == 2.5
    assert chart.stretches[0].mean_range == xmr(baseline).stretches[0].mean_range


@repeatable
@given(st.lists(whole, min_size=1, max_size=40))
def test_only_the_order_decides_runs_but_not_their_median(values: list[int]) -> None:
    there, back = run_chart(values), run_chart(values[::-1])
    assert there.points[0].median == back.points[0].median
    assert there.stretches[0].runs == back.stretches[0].runs


@repeatable
@given(st.lists(whole, min_size=1, max_size=40))
def test_runs_are_what_counting_by_hand_gives(values: list[int]) -> None:
    off = [v > 0 for v in values if v]
    crossings = sum(a != b for a, b in pairwise(off))
    longest = max(
        (
            len(run)
            for run in "".join("a" if s else "b" for s in off)
            .replace("ab", "a b")
            .replace("ba", "b a")
            .split()
        ),
        default=0,
    )
    runs = runs_about(values, 0)
    assert (runs.useful, runs.crossings, runs.longest) == (len(off), crossings, longest)


counts_of_20 = st.lists(st.integers(0, 20), min_size=7, max_size=40)


@repeatable
@given(counts_of_20)
def test_share_limits_bracket_the_pooled_share_and_stay_shares(counts: list[int]) -> None:
    for chart in (p_chart(counts, [20] * len(counts)), p_prime_chart(counts, [20] * len(counts))):
        for p in chart.points:
            if p.lower is not None and p.upper is not None:
                assert p.near_lower is not None
                assert p.near_upper is not None
                assert p.centre is not None
                assert 0 <= p.lower <= p.near_lower <= p.centre <= p.near_upper <= p.upper <= 1


@repeatable
@given(counts_of_20)
def test_twice_the_cases_narrow_the_limits(counts: list[int]) -> None:
    one = p_chart(counts, [20] * len(counts))
    two = p_chart([2 * c for c in counts], [40] * len(counts))
    assert [p.value for p in one.points] == [p.value for p in two.points]
    for a, b in zip(one.points, two.points, strict=True):
        if a.upper is not None and a.lower is not None and b.upper is not None and b.lower is not None:
            assert b.upper <= a.upper
            assert b.lower >= a.lower


@repeatable
@given(counts_of_20)
def test_the_order_of_months_does_not_move_p_and_c_limits(counts: list[int]) -> None:
    for there, back in (
        (p_chart(counts, [20] * len(counts)), p_chart(counts[::-1], [20] * len(counts))),
        (c_chart(counts), c_chart(counts[::-1])),
    ):
        assert [p.upper for p in there.points] == [p.upper for p in back.points]


@repeatable
@given(st.lists(st.integers(1, 400), min_size=7, max_size=30))
def test_waiting_times_keep_their_limits_in_order_and_above_nothing(days: list[int]) -> None:
    chart = t_chart(days)
    for p in chart.points:
        if chart.stretches[0].limits is not Limits.NO_VARIATION:
            assert p.lower is not None
            assert p.upper is not None
            assert p.centre is not None
            assert 0 <= p.lower <= p.centre <= p.upper


def test_every_rule_is_seen_by_the_twin() -> None:
    """The twin would be no check if a rule never fired in what it is given."""
    seen: set[str | None] = set()
    flat: Series = [0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 0, -1]
    for tail in (
        [9],
        [-9],
        [1, 2, 3, 4, 5, 6, 7],
        [6, 5, 4, 3, 2, 1, 0],
        [2, 1, 2, 1, 2, 1, 2, 2, 1],
        [-2, -1] * 6,
    ):
        values: Series = [*flat, *tail]
        seen |= set(twin(values, screen=False))
        assert [p.rule for p in xmr(values, screen=False).points] == twin(values, screen=False)
    wide: Series = [10, -10] * 15
    for tail in ([42, 40, 10], [-42, -40, 10]):
        seen |= set(twin([*wide, *tail], screen=False))
    assert seen == {None, *Rule}
