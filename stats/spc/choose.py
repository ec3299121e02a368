"""Which chart fits what is measured, said in a sentence, and how often a page of charts cries wolf."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from stats.arguments import number, refuse, whole
from stats.spc.kinds import Chart

# Source: this project's choice (docs/explanation/charts-over-time.md): limits from fewer points mislead.
LEAST_FOR_LIMIT_CHARTS = 12
# Source: Laney 2002: from hundreds of cases a month the limits of P and U charts are too tight, for months
# differ by more than the counting does. Where "hundreds" begins is this project's choice.
LARGE = 100
# Source: this project's rule that no percentage is shown for fewer than 10 cases.
LEAST_FOR_SHARE = 10
# Source: Poisson: at a mean of 1.4 one month in four has no event (exp(-1.4) = 0.25), so that the chart is
# mostly floor. Provost and Murray, The Health Care Data Guide, 2011, turn to rare-event charts there.
RARE = 1.4
# Source: simulated for this package, 10,000 steady series each (4,000 of 120 points): normal values for XmR
# and run charts, 20 cases a month at one half for P. The share of charts with at least one signal, by points.
FALSE_SIGNAL_SHARES: dict[Chart, dict[int, float]] = {
    Chart.XMR: {12: 0.071, 18: 0.125, 24: 0.186, 36: 0.288, 48: 0.382, 60: 0.457, 120: 0.748},
    Chart.RUN: {12: 0.012, 18: 0.013, 24: 0.030, 36: 0.038, 48: 0.042, 60: 0.044, 120: 0.071},
    Chart.P: {12: 0.031, 18: 0.059, 24: 0.083, 36: 0.129, 48: 0.144, 60: 0.179, 120: 0.337},
}
# Source: the same simulation: the share of charts whose latest point alone is special.
LATEST_SIGNAL_SHARES: dict[Chart, float] = {Chart.XMR: 0.017, Chart.RUN: 0.0, Chart.P: 0.002}


class Measure(StrEnum):
    """What each point of a series is."""

    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    DAYS_BETWEEN = "days_between"
    CASES_BETWEEN = "cases_between"
    VALUE = "value"


@dataclass(frozen=True)
class FalseSignals:
    """How many of a page of charts would show a signal though nothing had changed, and that in a sentence."""

    charts: int
    points: int
    share: float
    expected: float
    expected_latest: float
    sentence: str


@dataclass(frozen=True)
class Choice:
    """The chart to draw, why, and what chance alone would show over the page it stands on."""

    chart: Chart
    sentence: str
    false_signals: FalseSignals


def false_signals(charts: int, points: int, chart: Chart = Chart.XMR) -> FalseSignals:
    """The number of steady charts on a page that chance alone would make show a signal.

    Between the lengths that were simulated the share is read off a straight line; shorter and longer series
    take the nearest. Charts other than XmR and run charts take the figures of the P chart.

    Unit: charts; share 0 to 1.
    Raises: ValueError unless `charts` and `points` are whole numbers of at least 1.
    Source: simulated for this package (`FALSE_SIGNAL_SHARES`).
    """
    page = whole("charts", charts, least=1)
    length = whole("points", points, least=1)
    like = chart if chart in FALSE_SIGNAL_SHARES else Chart.P
    share = _read_off(FALSE_SIGNAL_SHARES[like], length)
    expected = page * share
    shown = f"{expected:.0f}" if expected >= 1 else "fewer than 1"
    of = "of 1 chart" if page == 1 else f"of {page} charts"
    return FalseSignals(
        charts=page,
        points=length,
        share=share,
        expected=expected,
        expected_latest=page * LATEST_SIGNAL_SHARES[like],
        sentence=f"If nothing had changed, about {shown} {of} with {length} points would still show a signal."
        if expected >= 1
        else f"If nothing had changed, {shown} {of} with {length} points would show a signal "
        f"({share:.0%} of such charts do).",
    )


def choose_chart(
    measure: Measure,
    *,
    points: int,
    typical_size: float | None = None,
    typical_count: float | None = None,
    events_share_a_day: bool = False,
    has_shifted: bool = False,
    as_nhs_partners: bool = False,
    charts: int = 1,
) -> Choice:
    """The chart that fits a measure, with a sentence that says which and why, and the false alarms to expect.

    `typical_size` is the usual denominator of a share, `typical_count` the usual number of events in a month
    for rates and counts. `has_shifted` marks a series already known to have changed level.

    Shape: `points` values in the series; `charts` series on the page.
    Raises: ValueError for a measure that is none of `Measure`, a share without its usual denominator, a rate
    or count without its usual number of events.
    Source: docs/explanation/charts-over-time.md; Provost and Murray, 2011; Laney 2002.
    """
    if not isinstance(measure, Measure):
        refuse("measure", measure, f"a Measure: {', '.join(kind.name for kind in Measure)}")
    length = whole("points", points, least=1)
    chart, sentence = _fitting(measure, typical_size, typical_count, events_share_a_day)
    if length < LEAST_FOR_LIMIT_CHARTS:
        chart = Chart.RUN
        sentence = (
            f"A run chart, because {length} {'point is' if length == 1 else 'points are'} too few for limits."
        )
    elif has_shifted:
        chart = Chart.RUN
        sentence = (
            "A run chart, because the series is known to have shifted and one set of limits would blur it."
        )
    elif as_nhs_partners:
        chart = Chart.XMR
        sentence = "An XmR chart, because partners in the NHS draw theirs this way."
    return Choice(chart, sentence, false_signals(charts, length, chart))


def _fitting(
    measure: Measure, typical_size: float | None, typical_count: float | None, events_share_a_day: bool
) -> tuple[Chart, str]:
    match measure:
        case Measure.SHARE:
            return _for_share(number("typical_size", typical_size, _SIZE_NEEDED, lambda v: v > 0))
        case Measure.RATE | Measure.COUNT:
            return _for_events(
                measure, number("typical_count", typical_count, _COUNT_NEEDED, lambda v: v >= 0)
            )
        case Measure.DAYS_BETWEEN if events_share_a_day:
            return Chart.G, (
                "A G chart of the cases between events, because some events fall on one day and a T chart "
                "needs days between them."
            )
        case Measure.DAYS_BETWEEN:
            return Chart.T, "A T chart, because the events are rare and the days between them say more."
        case Measure.CASES_BETWEEN:
            return Chart.G, "A G chart, because the events are rare and the cases between them say more."
        case Measure.VALUE:
            return Chart.XMR, "An XmR chart, because each point is one measured value."


_SIZE_NEEDED = "the usual number of cases in a month, above 0"
_COUNT_NEEDED = "the usual number of events in a month, at least 0"


def _for_share(size: float) -> tuple[Chart, str]:
    if size < LEAST_FOR_SHARE:
        return Chart.RUN, (
            f"A run chart, because about {size:,.12g} cases a month are too few for a percentage. Pool months if "
            "you can."
        )
    if size < LARGE:
        return Chart.P, f"A P chart, because each point is a share of about {size:,.12g} cases."
    return Chart.P_PRIME, (
        f"A P' chart, because with about {size:,.12g} cases a month the limits of a P chart are far too tight."
    )


def _for_events(measure: Measure, count: float) -> tuple[Chart, str]:
    if count < RARE:
        return Chart.T, (
            f"A T chart of the days between events, because about {count:,.12g} a month is rare."
        )
    if measure is Measure.COUNT and count < LARGE:
        return (
            Chart.C,
            f"A C chart, because each point counts about {count:,.12g} events with the same chance each month.",
        )
    if measure is Measure.COUNT:
        return Chart.XMR, (
            f"An XmR chart, because with about {count:,.12g} events a month C chart limits are too tight."
        )
    if count < LARGE:
        return Chart.U, f"A U chart, because each point is a rate from about {count:,.12g} events."
    return Chart.U_PRIME, (
        f"A U' chart, because with about {count:,.12g} events a month the limits of a U chart are too tight."
    )


def _read_off(shares: dict[int, float], points: int) -> float:
    lengths = sorted(shares)
    if points <= lengths[0]:
        return shares[lengths[0]]
    for low, high in pairwise(lengths):
        if points <= high:
            part = (points - low) / (high - low)
            return shares[low] + part * (shares[high] - shares[low])
    return shares[lengths[-1]]
