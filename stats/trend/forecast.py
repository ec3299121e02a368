"""Where a series goes if nothing changes, in the order that honesty asks for: noise, steps, then trends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stats.arguments import number, refuse, share, whole
from stats.spc import Rule, XmrChart, xmr
from stats.spc.series import LEAST_FOR_LIMITS, Marks, Values, readings, stretches
from stats.trend.slopes import Band, MannKendall, mann_kendall, ols, theil_sen
from stats.trend.steps import find_step

# Source: this project's choice (docs/explanation/trends-and-forecasts.md): a trend in fewer points is not lasting.
LEAST_FOR_TREND = 12
# Source: the customary one chance in twenty.
SIGNIFICANT = 0.05
# Source: Friedman, Trying Hard Is Not Good Enough, 2005, forecasts from a longer history than it looks ahead;
# that the history is at least twice as long is this project's choice.
HISTORY_FOR_EACH_STEP_AHEAD = 2


class Scale(StrEnum):
    """What the values are: anything, amounts that are never below 0, or shares from 0 to 1."""

    VALUE = "value"
    AMOUNT = "amount"
    SHARE = "share"


class Basis(StrEnum):
    """What a forecast rests on."""

    FLAT = "flat"
    TREND = "trend"
    TOO_FEW_POINTS = "too_few_points"


@dataclass(frozen=True)
class ForecastPoint:
    """A value ahead of the series with its limits; they are None where the series has never varied."""

    position: int
    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Forecast:
    """A forecast, the history it rests on, and what to say beside it.

    `history_from` is the first position that counts. `step_at` is the position of a change of level that nobody
    had marked: confirm it by rebasing there, with the reason. `confidence` is that of a trend's band; a flat
    forecast has the limits of the chart instead.
    """

    basis: Basis
    points: tuple[ForecastPoint, ...]
    history_from: int
    history: int
    most_ahead: int
    step_at: int | None
    confidence: float | None
    trend: MannKendall | None
    slope: float | None
    sentences: tuple[str, ...]


def forecast(
    series: Values,
    *,
    ahead: int | None = None,
    scale: Scale = Scale.VALUE,
    sizes: Sequence[int | None] | None = None,
    rebase_at: Marks = (),
    confidence: float = 0.8,
) -> Forecast:
    """Where a series goes if nothing changes, as far ahead as half its history and no further.

    Only the values after the last rebase count. If they hold a change of level that nobody has marked, only
    those after it count. If they then show nothing but ordinary variation the forecast is their mean with the
    limits of the chart; if they show a lasting trend (12 values, and Mann-Kendall or seven in a row up to the
    last) it is a straight line with its prediction band, for shares on the logit scale.

    Shape: `series` in order, None for a gap; `sizes` as long as it; `rebase_at` pairs of position and reason.
    Unit: that of the values; shares 0 to 1.
    Raises: ValueError for an empty series, values that the scale does not allow, a share of exactly 0 or 1
    without its size, `ahead` under 1, a rebase outside the series or without a reason.
    Source: Friedman, Trying Hard Is Not Good Enough, 2005 (the forecast of the baseline); Mann-Kendall 1975.
    """
    read = readings("series", series)
    asked = None if ahead is None else whole("ahead", ahead, least=1)
    sure = share("confidence", confidence)
    if not isinstance(scale, Scale):
        refuse("scale", scale, "a Scale: VALUE, AMOUNT or SHARE")
    _check_scale(read, scale)
    denominators = _denominators(read, sizes)
    start, step_at = stretches(read, rebase_at)[-1].start, None
    chart = xmr(read[start:])
    trend = _tested(read[start:])
    while _is_more_than_noise(chart, trend) and (step := find_step(read[start:])) is not None:
        start = step_at = start + step.position
        chart, trend = xmr(read[start:]), _tested(read[start:])
    history = chart.stretches[0].count
    most = history // HISTORY_FOR_EACH_STEP_AHEAD
    sentences = _about_step(step_at)
    if history < LEAST_FOR_LIMITS:
        sentences.append(f"{history} values are too few to forecast from: it takes {LEAST_FOR_LIMITS}.")
        return Forecast(
            Basis.TOO_FEW_POINTS, (), start, history, most, step_at, None, trend, None, tuple(sentences)
        )
    places = range(len(read), len(read) + (most if asked is None else min(asked, most)))
    if asked is not None and asked > most:
        sentences.append(f"Shown for {most} steps, not {asked}: never further ahead than half the history.")
    if not _lasts(read[start:], chart, trend):
        sentences.extend(_about_flat(chart))
        points = [_flat(place, chart, scale) for place in places]
        return Forecast(
            Basis.FLAT, tuple(points), start, history, most, step_at, None, trend, None, tuple(sentences)
        )
    worked = _on_line_scale(read[start:], denominators[start:], scale)
    line = ols(worked)
    points = [_from_band(place, line.band(place - start, sure), scale) for place in places]
    sentences.extend(_about_trend(trend, sure))
    slope = theil_sen(read[start:]).slope
    return Forecast(
        Basis.TREND, tuple(points), start, history, most, step_at, sure, trend, slope, tuple(sentences)
    )


def _check_scale(read: Values, scale: Scale) -> None:
    for i, value in enumerate(read):
        if value is not None and scale is Scale.SHARE:
            number(f"series[{i}]", value, "a share from 0 to 1", lambda v: 0 <= v <= 1)
        elif value is not None and scale is Scale.AMOUNT:
            number(f"series[{i}]", value, "an amount of at least 0", lambda v: v >= 0)


def _denominators(read: Values, sizes: Sequence[int | None] | None) -> list[int | None]:
    if sizes is None:
        return [None] * len(read)
    if len(sizes) != len(read):
        refuse("sizes", list(sizes), f"as long as series, which has {len(read)}")
    return [
        None if value is None else whole(f"sizes[{i}]", size, least=1)
        for i, (value, size) in enumerate(zip(read, sizes, strict=True))
    ]


def _tested(values: Values) -> MannKendall | None:
    there = sum(value is not None for value in values)
    return mann_kendall(values) if there >= LEAST_FOR_TREND else None


def _is_more_than_noise(chart: XmrChart, trend: MannKendall | None) -> bool:
    return chart.is_special or (trend is not None and trend.p < SIGNIFICANT)


def _lasts(values: Values, chart: XmrChart, trend: MannKendall | None) -> bool:
    """A trend over the whole history, or one of seven that still runs and points the way the history does."""
    if trend is None:
        return False
    last = next(point.rule for point in reversed(chart.points) if point.value is not None)
    slope = theil_sen(values).slope
    running = (last is Rule.RISING and slope > 0) or (last is Rule.FALLING and slope < 0)
    return trend.p < SIGNIFICANT or running


def _flat(position: int, chart: XmrChart, scale: Scale) -> ForecastPoint:
    stretch = chart.stretches[0]
    if stretch.lines is None:
        return ForecastPoint(position, stretch.mean, None, None)
    lower, upper = _kept_in(stretch.lines.lower, scale), _kept_in(stretch.lines.upper, scale)
    return ForecastPoint(position, stretch.mean, lower, upper)


def _on_line_scale(values: Values, sizes: Sequence[int | None], scale: Scale) -> list[float | None]:
    """Shares as logits, with half a case added to each side where sizes are known (Haldane, Anscombe)."""
    if scale is not Scale.SHARE:
        return list(values)
    worked: list[float | None] = []
    for i, (value, size) in enumerate(zip(values, sizes, strict=True)):
        if value is None:
            worked.append(None)
            continue
        odds = value if size is None else (value * size + 0.5) / (size + 1)
        if not 0 < odds < 1:
            refuse(f"series[{i}]", value, "a share between 0 and 1 when sizes are not given")
        worked.append(math.log(odds / (1 - odds)))
    return worked


def _from_band(position: int, band: Band, scale: Scale) -> ForecastPoint:
    if scale is Scale.SHARE:
        value, lower, upper = (1 / (1 + math.exp(-v)) for v in (band.value, band.lower, band.upper))
        return ForecastPoint(position, value, lower, upper)
    value, lower, upper = (_kept_in(v, scale) for v in (band.value, band.lower, band.upper))
    return ForecastPoint(position, value, lower, upper)


def _kept_in(value: float, scale: Scale) -> float:
    if scale is Scale.VALUE:
        return value
    return max(0.0, value if scale is Scale.AMOUNT else min(1.0, value))


def _about_step(step_at: int | None) -> list[str]:
    if step_at is None:
        return []
    return [
        f"The level changed at point {step_at + 1}, so only the values from there on count.",
        "If you know why it changed, rebase the chart there and write the reason down.",
    ]


def _about_flat(chart: XmrChart) -> list[str]:
    if chart.stretches[0].lines is None:
        return ["The values hardly vary, so the forecast is their mean, without limits."]
    words = ["There is no lasting trend, so the forecast is the mean with the limits of the chart."]
    if chart.is_special:
        words.append("Some points are special: find out why before relying on the mean.")
    return words


def _about_trend(trend: MannKendall | None, sure: float) -> list[str]:
    p = 1.0 if trend is None else trend.p
    shown = "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < SIGNIFICANT else "seven in a row"
    return [
        f"There is a lasting trend ({shown}), so the forecast carries it on, with a {sure:.0%} band.",
        "The band takes each value as independent of the last. If they are not, it is too narrow.",
    ]
