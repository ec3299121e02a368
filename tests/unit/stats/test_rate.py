"""Rules that rates keep."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.rate import BYARS_FROM, Method, byars, events_interval, exact_poisson, interval, per_10_000

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "reference" / "proportion_published.json").read_text("utf-8")
)
RELATIVE_TOLERANCE = 1e-9
"""Published figures carry 12 to 15 significant digits."""

PUBLISHED_DIFFERENCES = {
    ("byars", 1, 0.998): (
        "No lower limit is published, because Byar's formula goes below 0 there. Ours is 0, the lowest there "
        "is; `interval` never meets the case, because it uses exact limits below 10 events."
    ),
}

repeatable = settings(derandomize=True, max_examples=100, deadline=None)

BYARS_ROWS = [row for row in REFERENCE["phe_testdata_byars_wilson"] if row["method"] == "Byars"]
RATE_ROWS = [row for row in REFERENCE["phe_testdata_rate"] if row["value"] is not None]
UNKNOWN_ROWS = [row for row in REFERENCE["phe_testdata_rate"] if row["value"] is None]


def test_every_published_rate_row_is_used() -> None:
    assert (len(BYARS_ROWS), len(RATE_ROWS), len(UNKNOWN_ROWS)) == (7, 17, 3)


@pytest.mark.parametrize("row", BYARS_ROWS)
def test_byars_limits_are_those_ohid_publishes(row: dict[str, Any]) -> None:
    confidence = float(row["confidence"].rstrip("%")) / 100
    lower, upper = byars(row["x"], confidence)
    assert upper == pytest.approx(row["uppercl"], rel=RELATIVE_TOLERANCE)
    if ("byars", row["x"], confidence) in PUBLISHED_DIFFERENCES:
        assert (lower, row["lowercl"]) == (0.0, None)
    else:
        assert lower == pytest.approx(row["lowercl"], rel=RELATIVE_TOLERANCE)


@pytest.mark.parametrize("row", RATE_ROWS)
def test_rates_and_limits_are_those_ohid_publishes(row: dict[str, Any]) -> None:
    for confidence, end in ((0.95, "95_0cl"), (0.998, "99_8cl")):
        found = interval(row["Numerator"], row["Denominator"], row["multiplier"], confidence)
        assert found.rate == pytest.approx(row["value"], rel=RELATIVE_TOLERANCE)
        assert found.lower == pytest.approx(row[f"lower{end}"], rel=RELATIVE_TOLERANCE)
        assert found.upper == pytest.approx(row[f"upper{end}"], rel=RELATIVE_TOLERANCE)
        assert found.method.value == row["method"].lower()


@pytest.mark.parametrize("row", UNKNOWN_ROWS)
def test_a_rate_of_an_unknown_number_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^(events|exposure) is None; it must be a"):
        interval(row["Numerator"], row["Denominator"], row["multiplier"])


def test_exact_limits_serve_below_10_events_and_byars_from_10() -> None:
    assert BYARS_FROM == 10
    assert interval(9, 1000).method is Method.EXACT
    assert interval(10, 1000).method is Method.BYARS
    assert events_interval(9, 0.9) == exact_poisson(9, 0.9)
    assert events_interval(9.99) == exact_poisson(9.99)
    assert events_interval(10, 0.9) == byars(10, 0.9)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (2, 0.2422, 7.2247), (5, 1.6235, 11.6683), (9, 4.1154, 17.0848)],
)
def test_exact_limits_are_the_tabled_ones(events: int, lower: float, upper: float) -> None:
    assert exact_poisson(events) == pytest.approx((lower, upper), abs=6e-5)


def test_no_events_have_lower_limit_0_by_either_method() -> None:
    assert exact_poisson(0)[0] == 0.0
    assert byars(0)[0] == 0.0
    assert byars(0)[1] == pytest.approx((1 - 1 / 9 + 1.959963985 / 3) ** 3, rel=1e-8)
    assert interval(0, 500).lower == 0.0


def test_a_rate_per_10_000_keeps_its_count_and_says_how_sure_it_is() -> None:
    found = per_10_000(42, 61_000)
    assert found == interval(42, 61_000, 10_000, 0.95) == interval(42, 61_000)
    assert per_10_000(42, 61_000, 0.9).confidence == 0.9
    assert (found.events, found.exposure, found.per, found.confidence) == (42, 61_000, 10_000, 0.95)
    assert found.words == "42 events: 6.9 per 10,000, between 5.0 and 9.3"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1, 10), "events is -1; it must be a whole number of at least 0."),
        ((1.5, 10), "events is 1.5; it must be a whole number of at least 0."),
        ((1, 0), "exposure is 0; it must be a number above 0."),
        ((1, 10, 0), "per is 0; it must be a number above 0."),
        ((1, 10, 100, 95), "confidence is 95; it must be a share between 0 and 1 (0.95, not 95)."),
    ],
)
def test_a_rate_names_the_argument_it_refuses(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        interval(*arguments)


@pytest.mark.parametrize("limits", [exact_poisson, byars, events_interval])
def test_limits_of_fewer_than_no_events_are_refused(limits: Any) -> None:
    with pytest.raises(ValueError, match=r"^events is -0\.5; it must be a number of at least 0\.$"):
        limits(-0.5)
    with pytest.raises(ValueError, match=r"^confidence is 1; it must be a share"):
        limits(5, 1)


LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99, 0.998])


@repeatable
@given(st.integers(0, 5000), LEVELS)
def test_limits_bracket_the_count_and_widen_with_confidence(events: int, level: float) -> None:
    for limits in (exact_poisson, byars):
        lower, upper = limits(events, level)
        assert 0 <= lower <= events < upper
        wider_lower, wider_upper = limits(events, (1 + level) / 2)
        assert wider_upper > upper
        assert wider_lower < lower or lower == 0


@repeatable
@given(st.integers(10, 5000), st.sampled_from([0.8, 0.9, 0.95]))
def test_byars_is_close_to_exact_where_it_is_used(events: int, level: float) -> None:
    assert byars(events, level) == pytest.approx(exact_poisson(events, level), rel=0.003)


@repeatable
@given(st.integers(0, 500), st.floats(1, 1e6), st.sampled_from([100, 1000, 10_000]))
def test_twice_the_events_in_twice_the_exposure_is_the_same_rate_but_surer(
    events: int, exposure: float, per: float
) -> None:
    once, twice = interval(events, exposure, per), interval(2 * events, 2 * exposure, per)
    assert twice.rate == pytest.approx(once.rate, rel=1e-12)
    assert twice.upper < once.upper
    assert twice.lower > once.lower or once.events == 0
