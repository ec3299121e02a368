"""Published values: NHSRplotthedots (XmR) and qicharts2 with Montgomery (all other charts).

Tolerance: 1e-9, relative for figures above 1 and absolute below; labels, runs and signals exactly.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from stats.spc import (
    Chart,
    CountedChart,
    Direction,
    Limits,
    Rule,
    Runs,
    XmrChart,
    c_chart,
    fewest_crossings,
    longest_run_limit,
    p_chart,
    p_prime_chart,
    run_chart,
    runs_about,
    t_chart,
    u_chart,
    u_prime_chart,
    xmr,
)

FOLDER = Path(__file__).parents[2] / "fixtures" / "reference"
NHS = json.loads((FOLDER / "spc_published.json").read_text())
QIC = json.loads((FOLDER / "qic_published.json").read_text())
TOLERANCE = 1e-9

DIFFERENCES = {
    "montgomery_ex6.5_I limits": (
        "qicharts2 puts limits at 3 / 1.128 = 2.6596 mean moving ranges; we use Making Data Count's 2.66, "
        "and near limits at 1.773 where it has 2 / 1.128 = 1.77305: up to 0.0012% of the value here."
    ),
    "shifting series fixed after 12, points 13 and 15": (
        "The printed summary names points 14, 16 to 19 and 20; points 13 to 20 are also eight in a row above "
        "the mean, so by the fourth rule points 13 and 15, which no earlier rule labels, are a shift."
    ),
}

RULES = {
    "Common Cause": None,
    "Above UCL": Rule.ABOVE_LIMIT,
    "Below LCL": Rule.BELOW_LIMIT,
    "7 Point Trend (Increasing)": Rule.RISING,
    "7 Point Trend (Decreasing)": Rule.FALLING,
    "2 in 3 Above CL": Rule.TWO_IN_THREE_ABOVE,
    "2 in 3 Below CL": Rule.TWO_IN_THREE_BELOW,
    "7 Points Above CL": Rule.SHIFT_ABOVE,
    "7 Points Below CL": Rule.SHIFT_BELOW,
}

Case = dict[str, Any]


def same(
    ours: Sequence[float | None], published: Sequence[float | None], tolerance: float = TOLERANCE
) -> None:
    assert [v is None for v in ours] == [v is None for v in published]
    for a, b in zip(ours, published, strict=True):
        assert a == b or abs((a or 0) - (b or 0)) <= tolerance * max(1, abs(b or 0))


def named(cases: list[Case], *kinds: str) -> list[Any]:
    chosen = [c for c in cases if not kinds or c["input"]["chart"] in kinds]
    return [pytest.param(case, id=case["id"]) for case in chosen]


def drawn_as_nhs(case: Case) -> XmrChart:
    given = case["input"]
    return xmr(
        given["values"],
        rebase_at=[(given["dates"].index(date), "as published") for date in given["rebase"] or ()],
        fix_after=given["fix_after_n_points"],
        screen=given["screen_outliers"],
        improvement=Direction(given["improvement_direction"]),
        target=given["target"],
    )


@pytest.mark.parametrize("case", named(NHS["cases"]))
def test_every_xmr_line_is_the_published_one(case: Case) -> None:
    chart, published = drawn_as_nhs(case), case["expected"]
    same([p.mean for p in chart.points], published["mean"])
    same([p.lower for p in chart.points], published["lpl"])
    same([p.upper for p in chart.points], published["upl"])


@pytest.mark.parametrize("case", named(NHS["cases"]))
def test_every_xmr_point_is_labelled_as_published(case: Case) -> None:
    chart, published = drawn_as_nhs(case), case["expected"]
    assert [p.rule for p in chart.points] == [RULES[words] for words in published["special_cause_type"]]
    assert [p.kind for p in chart.points] == published["point_type"]
    assert [p.group for p in chart.points] == published["rebase_group"]
    trial = [chart.stretches[p.group].limits is Limits.TRIAL for p in chart.points]
    assert trial == published["short_group_warning"]


@pytest.mark.parametrize("case", named(NHS["cases"]))
def test_every_xmr_point_lies_where_it_is_published_to_lie(case: Case) -> None:
    chart, published = drawn_as_nhs(case), case["expected"]
    outside, close, side = [], [], []
    for p in chart.points:
        assert p.value is not None
        beyond = p.rule in (Rule.ABOVE_LIMIT, Rule.BELOW_LIMIT)
        near = p.near_lower is not None and p.near_upper is not None
        outside.append(beyond)
        close.append(near and not beyond and not (p.near_lower or 0) <= p.value <= (p.near_upper or 0))
        side.append((p.value > p.mean) - (p.value < p.mean))
    assert outside == [bool(found) for found in published["outside_limits"]]
    assert close == [bool(found) for found in published["close_to_limits"]]
    assert side == published["relative_to_mean"]


@pytest.mark.parametrize("case", named(NHS["cases"]))
def test_variation_and_assurance_are_the_published_ones(case: Case) -> None:
    chart, published = drawn_as_nhs(case), case["expected"]
    assert chart.variation == published["variation_at_last_point"]
    assert chart.assurance == published["assurance"]
    last = chart.points[-1].rule
    icon = chart.variation.removeprefix("special_cause_")
    side = "" if last is None else "_high" if last.is_high else "_low"
    assert icon + side == published["variation_icon"]


SHIFTING = [62, 58, 65, 61, 59, 63, 60, 64, 57, 62, 66, 61, 68, 70, 69, 72, 71, 70, 73, 74]


def test_the_shifting_series_is_read_as_the_nhs_package_reads_it() -> None:
    chart = xmr(SHIFTING)
    point = chart.points[0]
    assert point.mean == 65.25
    assert (round(point.lower or 0, 2), round(point.upper or 0, 2)) == (55.73, 74.77)
    below, above = Rule.SHIFT_BELOW, Rule.SHIFT_ABOVE
    near = Rule.TWO_IN_THREE_ABOVE
    assert [p.rule for p in chart.points] == [below] * 10 + [None] * 2 + [above] * 6 + [near] * 2
    assert chart.variation == "special_cause_improvement"


def test_the_shifting_series_rebased_at_13_settles_and_passes_its_target() -> None:
    chart = xmr(SHIFTING, rebase_at=[(12, "New practice model")], target=65)
    first, second = chart.stretches
    assert (first.mean, second.mean) == (61.5, 70.875)
    assert first.lines is not None
    assert second.lines is not None
    lines = (first.lines.lower, first.lines.upper, second.lines.lower, second.lines.upper)
    assert lines == pytest.approx((49.65, 73.35, 66.32, 75.44), abs=0.0051)
    assert not chart.is_special
    assert chart.assurance == "consistent_pass"


def test_the_shifting_series_fixed_after_12_shows_the_later_rise() -> None:
    chart = xmr(SHIFTING, fix_after=12)
    near = Rule.TWO_IN_THREE_ABOVE
    expected = {13: near, 15: near, 16: near, 17: near, 18: near, 19: Rule.ABOVE_LIMIT}
    assert "shifting series fixed after 12, points 13 and 15" in DIFFERENCES
    expected |= {12: Rule.SHIFT_ABOVE, 14: Rule.SHIFT_ABOVE}
    assert {p.position: p.rule for p in chart.points if p.rule} == expected
    assert chart.points[0].mean == 61.5
    assert [round(v or 0, 2) for v in (chart.points[0].lower, chart.points[0].upper)] == [49.65, 73.35]


@pytest.mark.parametrize("row", QIC["critical_values_anhoej"], ids=lambda row: f"n={row['n']}")
def test_run_limits_are_the_published_critical_values(row: dict[str, int]) -> None:
    assert longest_run_limit(row["n"]) == row["longest_run_max"]
    assert fewest_crossings(row["n"]) == row["crossings_min"]


def drawn_as_qic(case: Case) -> CountedChart:
    given = case["input"]
    marks: dict[str, Any] = {
        "exclude": [(place - 1, "known cause") for place in given.get("exclude", ())],
        "rebase_at": [(given["part"], "as published")] if "part" in given else [],
        "fix_after": given.get("freeze"),
    }
    counts, sizes = given["y"], given.get("n")
    match given["chart"]:
        case "p":
            return p_chart(counts, sizes, **marks)
        case "pp":
            return p_prime_chart(counts, sizes, **marks)
        case "u":
            return u_chart(counts, sizes, per=given.get("multiply", 1), **marks)
        case "up":
            return u_prime_chart(counts, sizes, **marks)
        case "c":
            return c_chart(counts, **marks)
    return t_chart(counts, **marks)


def as_published(runs: Runs) -> dict[str, object]:
    return {
        "n.useful": runs.useful,
        "longest.run": runs.longest,
        "longest.run.max": runs.longest_limit,
        "n.crossings": runs.crossings,
        "n.crossings.min": runs.fewest_crossings,
        "runs.signal": runs.is_signal,
    }


def runs_of(case: Case) -> list[dict[str, object]]:
    return [{k: v for k, v in row.items() if k not in ("part", "n.obs")} for row in case["expected"]["runs"]]


@pytest.mark.parametrize("case", named(QIC["cases"], "p", "pp", "u", "up", "c", "t"))
def test_every_line_of_a_counted_chart_is_the_published_one(case: Case) -> None:
    chart, published = drawn_as_qic(case), case["expected"]["points"]
    points = chart.points
    same([p.value for p in points], published["y"])
    same([p.centre for p in points], published["cl"])
    same([p.lower for p in points], published["lcl"])
    same([p.upper for p in points], published["ucl"])
    same([p.near_lower for p in points], published["lcl.95"])
    same([p.near_upper for p in points], published["ucl.95"])
    assert [p.rule is not None for p in points] == published["sigma.signal"]
    assert [p.excluded is None for p in points] == published["include"]
    assert [p.group + 1 for p in points] == published["part"]
    assert [as_published(s.runs) for s in chart.stretches] == runs_of(case)
    kinds = {"p": Chart.P, "pp": Chart.P_PRIME, "u": Chart.U, "up": Chart.U_PRIME, "c": Chart.C, "t": Chart.T}
    assert chart.chart is kinds[case["input"]["chart"]]


@pytest.mark.parametrize("case", named(QIC["cases"], "run"))
def test_every_run_chart_is_the_published_one(case: Case) -> None:
    chart, published = run_chart(case["input"]["y"], fix_after=case["input"]["freeze"]), case["expected"]
    same([p.median for p in chart.points], published["points"]["cl"])
    assert [p.value for p in chart.points] == published["points"]["y"]
    assert [as_published(s.runs) for s in chart.stretches] == runs_of(case)
    assert chart.is_signal is True


@pytest.mark.parametrize("case", named(QIC["cases"], "i"))
def test_the_individuals_chart_differs_from_the_published_one_only_in_its_factor(case: Case) -> None:
    chart, published = xmr(case["input"]["y"], fix_after=case["input"]["freeze"]), case["expected"]["points"]
    assert f"{case['id']} limits" in DIFFERENCES
    same([p.mean for p in chart.points], published["cl"])
    same([p.lower for p in chart.points], published["lcl"], 1.2e-5)
    same([p.upper for p in chart.points], published["ucl"], 1.2e-5)
    same([p.near_lower for p in chart.points], published["lcl.95"], 1.4e-6)
    same([p.near_upper for p in chart.points], published["ucl.95"], 1.4e-6)
    outside = [p.rule in (Rule.ABOVE_LIMIT, Rule.BELOW_LIMIT) for p in chart.points]
    assert outside == published["sigma.signal"]
    runs = runs_about(case["input"]["y"], chart.stretches[0].mean)
    assert [as_published(runs)] == runs_of(case)


@pytest.mark.parametrize("case", named(QIC["cases"], "mr"))
def test_moving_ranges_and_their_limit_are_the_published_ones(case: Case) -> None:
    chart, published = xmr(case["input"]["y"], fix_after=case["input"]["freeze"]), case["expected"]["points"]
    same([p.moving_range for p in chart.points], published["y"])
    stretch = chart.stretches[0]
    same([stretch.mean_range, stretch.range_limit], [published["cl"][0], published["ucl"][0]])
    limit = stretch.range_limit or 0
    assert [(p.moving_range or 0) > limit for p in chart.points] == published["sigma.signal"]
    ranges = [p.moving_range for p in chart.points]
    assert [as_published(runs_about(ranges, stretch.mean_range or 0))] == runs_of(case)
