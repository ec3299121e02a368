"""Which chart to draw, and what chance alone would show."""

import random
import re
from typing import Any

import pytest

from stats.spc import Chart, Measure, choose_chart, false_signals, p_chart, run_chart, xmr
from stats.spc.choose import FALSE_SIGNAL_SHARES, LATEST_SIGNAL_SHARES


def refused(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


@pytest.mark.parametrize(
    ("given", "chart", "sentence"),
    [
        (
            {"measure": Measure.SHARE, "typical_size": 20},
            Chart.P,
            "A P chart, because each point is a share of about 20 cases.",
        ),
        ({"measure": Measure.SHARE, "typical_size": 10}, Chart.P, None),
        ({"measure": Measure.SHARE, "typical_size": 0.5}, Chart.RUN, None),
        ({"measure": Measure.SHARE, "typical_size": 99}, Chart.P, None),
        (
            {"measure": Measure.SHARE, "typical_size": 100},
            Chart.P_PRIME,
            "A P' chart, because with about 100 cases a month the limits of a P chart are far too tight.",
        ),
        (
            {"measure": Measure.SHARE, "typical_size": 9.5},
            Chart.RUN,
            (
                "A run chart, because about 9.5 cases a month are too few for a percentage. "
                "Pool months if you can."
            ),
        ),
        (
            {"measure": Measure.RATE, "typical_count": 40},
            Chart.U,
            "A U chart, because each point is a rate from about 40 events.",
        ),
        ({"measure": Measure.RATE, "typical_count": 1.4}, Chart.U, None),
        (
            {"measure": Measure.RATE, "typical_count": 100},
            Chart.U_PRIME,
            "A U' chart, because with about 100 events a month the limits of a U chart are too tight.",
        ),
        (
            {"measure": Measure.RATE, "typical_count": 1.3},
            Chart.T,
            "A T chart of the days between events, because about 1.3 a month is rare.",
        ),
        ({"measure": Measure.COUNT, "typical_count": 0}, Chart.T, None),
        (
            {"measure": Measure.COUNT, "typical_count": 12},
            Chart.C,
            "A C chart, because each point counts about 12 events with the same chance each month.",
        ),
        (
            {"measure": Measure.COUNT, "typical_count": 100},
            Chart.XMR,
            "An XmR chart, because with about 100 events a month C chart limits are too tight.",
        ),
        (
            {"measure": Measure.DAYS_BETWEEN},
            Chart.T,
            "A T chart, because the events are rare and the days between them say more.",
        ),
        (
            {"measure": Measure.DAYS_BETWEEN, "events_share_a_day": True},
            Chart.G,
            (
                "A G chart of the cases between events, because some events fall on one day and a T chart "
                "needs days between them."
            ),
        ),
        (
            {"measure": Measure.CASES_BETWEEN},
            Chart.G,
            "A G chart, because the events are rare and the cases between them say more.",
        ),
        (
            {"measure": Measure.VALUE},
            Chart.XMR,
            "An XmR chart, because each point is one measured value.",
        ),
        (
            {"measure": Measure.VALUE, "has_shifted": True},
            Chart.RUN,
            "A run chart, because the series is known to have shifted and one set of limits would blur it.",
        ),
        (
            {"measure": Measure.SHARE, "typical_size": 20, "as_nhs_partners": True},
            Chart.XMR,
            "An XmR chart, because partners in the NHS draw theirs this way.",
        ),
        ({"measure": Measure.VALUE, "has_shifted": True, "as_nhs_partners": True}, Chart.RUN, None),
        (
            {"measure": Measure.VALUE, "points": 11, "as_nhs_partners": True},
            Chart.RUN,
            "A run chart, because 11 points are too few for limits.",
        ),
        (
            {"measure": Measure.VALUE, "points": 1},
            Chart.RUN,
            "A run chart, because 1 point is too few for limits.",
        ),
        ({"measure": Measure.VALUE, "points": 12}, Chart.XMR, None),
    ],
)
def test_the_chart_fits_what_is_measured(given: dict[str, Any], chart: Chart, sentence: str | None) -> None:
    choice = choose_chart(**{"points": 24, **given})
    assert choice.chart is chart
    assert sentence is None or choice.sentence == sentence
    assert choice.false_signals == false_signals(1, given.get("points", 24), chart)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"measure": "share"},
            (
                "measure is 'share'; it must be a Measure: "
                "SHARE, RATE, COUNT, DAYS_BETWEEN, CASES_BETWEEN, VALUE."
            ),
        ),
        (
            {"measure": Measure.SHARE},
            "typical_size is None; it must be the usual number of cases in a month, above 0.",
        ),
        (
            {"measure": Measure.SHARE, "typical_size": 0},
            "typical_size is 0; it must be the usual number of cases in a month, above 0.",
        ),
        (
            {"measure": Measure.RATE, "typical_count": -1},
            "typical_count is -1; it must be the usual number of events in a month, at least 0.",
        ),
        ({"measure": Measure.VALUE, "points": 0}, "points is 0; it must be a whole number of at least 1."),
        ({"measure": Measure.VALUE, "charts": 0}, "charts is 0; it must be a whole number of at least 1."),
    ],
)
def test_a_choice_without_what_it_needs_is_refused(given: dict[str, Any], message: str) -> None:
    with refused(message):
        choose_chart(**{"points": 24, **given})


def test_a_page_of_charts_says_how_many_signals_chance_alone_would_give() -> None:
    page = false_signals(240, 24)
    assert (page.charts, page.points, page.share) == (240, 24, 0.186)
    assert page.expected == pytest.approx(44.64)
    assert page.expected_latest == pytest.approx(4.08)
    expected = "If nothing had changed, about 45 of 240 charts with 24 points would still show a signal."
    assert page.sentence == expected


def test_a_single_chart_says_how_often_such_charts_signal() -> None:
    one = false_signals(1, 24)
    assert one.sentence == (
        "If nothing had changed, fewer than 1 of 1 chart with 24 points would show a signal "
        "(19% of such charts do)."
    )


def test_the_share_is_read_off_between_the_lengths_that_were_simulated() -> None:
    assert false_signals(1, 5).share == false_signals(1, 12).share == 0.071
    assert [false_signals(1, n).share for n in (12, 18, 24, 36)] == [0.071, 0.125, 0.186, 0.288]
    assert false_signals(1, 15).share == pytest.approx((0.071 + 0.125) / 2)
    assert false_signals(1, 30).share == pytest.approx((0.186 + 0.288) / 2)
    assert false_signals(1, 120).share == false_signals(1, 500).share == 0.748
    assert false_signals(1, 24, Chart.RUN).share == 0.03
    assert false_signals(1, 24, Chart.C) == false_signals(1, 24, Chart.P)


def test_a_page_expects_whole_charts_from_one_on() -> None:
    assert false_signals(8, 18).expected == 1
    assert "about 1 of 8 charts" in false_signals(8, 18).sentence
    assert "about 1 of 8 charts" in false_signals(8, 24).sentence
    assert "fewer than 1 of 7 charts" in false_signals(7, 18).sentence


def test_a_page_names_what_it_refuses() -> None:
    with refused("charts is 0; it must be a whole number of at least 1."):
        false_signals(0, 24)
    with refused("points is 0; it must be a whole number of at least 1."):
        false_signals(1, 0)


def test_longer_charts_signal_more_often() -> None:
    for shares in FALSE_SIGNAL_SHARES.values():
        assert list(shares.values()) == sorted(shares.values())


def test_simulating_again_gives_the_shares_that_are_shipped() -> None:
    """500 charts of 24 points: four standard errors are at most 0.07."""
    chance = random.Random(20250401)
    draws, length = 500, 24
    signals = dict.fromkeys(FALSE_SIGNAL_SHARES, 0)
    latest = dict.fromkeys(FALSE_SIGNAL_SHARES, 0)
    for _ in range(draws):
        values = [chance.gauss(0, 1) for _ in range(length)]
        counts = [sum(chance.random() < 0.5 for _ in range(20)) for _ in range(length)]
        individual, shares = xmr(values), p_chart(counts, [20] * length)
        signals[Chart.XMR] += individual.is_special
        signals[Chart.RUN] += run_chart(values).is_signal is True
        signals[Chart.P] += shares.is_special
        latest[Chart.XMR] += individual.points[-1].rule is not None
        latest[Chart.P] += shares.points[-1].rule is not None
    for chart, count in signals.items():
        share = FALSE_SIGNAL_SHARES[chart][length]
        assert abs(count / draws - share) < 4 * (share * (1 - share) / draws) ** 0.5
        share = LATEST_SIGNAL_SHARES[chart]
        assert abs(latest[chart] / draws - share) <= 4 * (share * (1 - share) / draws) ** 0.5
