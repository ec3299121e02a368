"""The page on trends and forecasts: its worked examples, its pictures and its words.

Run from the root of the project: python -m scripts.explain.trends_and_forecasts
"""

import math
from itertools import combinations
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame, Shape
from stats.proportion import smallest_detectable_change
from stats.trend import (
    Forecast,
    Status,
    TrajectoryStatus,
    find_step,
    forecast,
    ols,
    theil_sen,
    trajectory,
    trajectory_status,
)

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "trends-and-forecasts.md"

# Invented: the percentage of referrals within 12 months of the last, 24 months.
RE_REFERRALS = [
    *[27.1, 26.4, 27.3, 25.8, 26.2, 25.1, 25.9, 24.6, 25.3, 24.1, 24.8, 23.5],
    *[24.2, 23.0, 23.4, 22.8, 23.3, 21.9, 22.4, 21.2, 22.0, 20.9, 21.4, 20.3],
]
# Invented: the percentage of visits on time, 24 months; a second visiting team began in the 13th.
VISITS = [52, 48, 50, 53, 47, 51, 49, 50, 54, 46, 51, 49, 68, 65, 67, 70, 64, 68, 66, 67, 71, 65, 68, 66]
# Invented: audits graded good, at the start and at each checkpoint, of how many: a month, a quarter, half a year.
START, AUDITS, TARGET = 9, 20, 0.75
CHECKPOINTS = [(10, 20), (47, 60), (80, 120)]

VERDICTS = {
    Status.ON_TRACK: (Shape.UP, "on track"),
    Status.OFF_TRACK: (Shape.DOWN, "off track"),
    Status.TOO_EARLY_TO_SAY: (Shape.RING, "too early to say"),
}


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    falling, stepped = forecast(RE_REFERRALS, ahead=12), forecast(VISITS)
    due = trajectory(START / AUDITS, TARGET)
    seen = [
        trajectory_status(x, n, checkpoint.due) for (x, n), checkpoint in zip(CHECKPOINTS, due, strict=True)
    ]
    return {
        "trends-and-forecasts.svg": _falling(falling),
        "trends-and-forecasts-step.svg": _stepped(stepped),
        "trends-and-forecasts-trajectory.svg": _trajectory(seen),
        "trends-and-forecasts.md": _words(falling, stepped, seen),
    }


def _percent(*values: int) -> dict[float, str]:
    return {float(v): f"{v}%" for v in values}


def _months(*numbers: int) -> dict[float, str]:
    return {float(number - 1): str(number) for number in numbers}


def _ahead(frame: Frame, ahead: Forecast) -> list[str]:
    xs = [float(p.position) for p in ahead.points]
    lower, upper = [p.lower or 0 for p in ahead.points], [p.upper or 0 for p in ahead.points]
    return [
        drawing.band(frame, xs, lower, upper),
        drawing.line(frame, [(p.position, p.value) for p in ahead.points], dash="6 4"),
    ]


def _falling(ahead: Forecast) -> str:
    frame = Frame(-0.5, 40, 10, 30)
    last = ahead.points[-1]
    return drawing.picture(
        frame,
        "Re-referrals have fallen for two years",
        f"Line chart of {len(RE_REFERRALS)} months that fall by about {-(ahead.slope or 0):.1f} points a month, "
        f"carried on for 12 months to {last.value:.1f}% ({last.lower:.1f}% to {last.upper:.1f}%).",
        [
            _ahead(frame, ahead)[0],
            drawing.y_axis(frame, _percent(10, 15, 20, 25, 30), "Referrals within 12 months of the last"),
            drawing.x_axis(frame, _months(1, 6, 12, 18, 24, 30, 36), "Month"),
            _ahead(frame, ahead)[1],
            drawing.line(frame, list(enumerate(RE_REFERRALS)), width=1.5),
            drawing.points(frame, list(enumerate(RE_REFERRALS))),
            drawing.label(
                frame, last.position, last.value, f"{last.value:.1f}%", right=6, lower=4, bold=True
            ),
            drawing.label(frame, last.position, last.upper or 0, f"{last.upper:.1f}%", right=6, lower=-2),
            drawing.label(frame, last.position, last.lower or 0, f"{last.lower:.1f}%", right=6, lower=10),
            drawing.label(frame, 29, 25, "if nothing changes", anchor="middle", colour=drawing.QUIET),
        ],
    )


def _stepped(ahead: Forecast) -> str:
    frame = Frame(-0.5, 44, 30, 100)
    wrong, last = ols(VISITS), ahead.points[-1]
    start = float(ahead.history_from)
    return drawing.picture(
        frame,
        "Visits on time rose once and have been level since",
        f"Line chart of 24 months, level until month {ahead.history_from} and level again from month "
        f"{ahead.history_from + 1}. The forecast stays at {last.value:.1f}%; a straight line through all months "
        f"would reach {wrong.at(41):.0f}% in 18 months and is crossed out.",
        [
            _ahead(frame, ahead)[0],
            drawing.y_axis(frame, _percent(40, 50, 60, 70, 80, 90, 100), "Visits on time"),
            drawing.x_axis(frame, _months(1, 6, 12, 18, 24, 30, 36, 42), "Month"),
            drawing.line(frame, [(0, wrong.at(0)), (41, wrong.at(41))], colour=drawing.WARM, dash="2 4"),
            drawing.points(frame, [(41, wrong.at(41))], shape=Shape.CROSS, colour=drawing.WARM),
            drawing.label(
                frame,
                40,
                wrong.at(41),
                f"not {wrong.at(41):.0f}%",
                right=-8,
                anchor="end",
                colour=drawing.WARM,
            ),
            _ahead(frame, ahead)[1],
            drawing.level(frame, last.value, x_from=start, x_to=23, colour=drawing.QUIET, dash="5 4"),
            drawing.line(frame, list(enumerate(VISITS)), width=1.5),
            drawing.points(frame, list(enumerate(VISITS))),
            drawing.label(
                frame, last.position, last.value, f"{last.value:.0f}%", right=6, lower=4, bold=True
            ),
            drawing.label(frame, start - 0.5, 90, "second team begins", anchor="middle"),
        ],
    )


def _trajectory(seen: list[TrajectoryStatus]) -> str:
    frame = Frame(-1, 21, 0, 1)
    due = trajectory(START / AUDITS, TARGET)
    pieces = [
        drawing.y_axis(
            frame, {0: "0%", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1: "100%"}, "Audits graded good"
        ),
        drawing.x_axis(frame, {0: "start", 6: "6", 12: "12", 18: "18"}, "Months since the plan began"),
        drawing.line(frame, [(0, START / AUDITS), (18, TARGET)], colour=drawing.QUIET, dash="6 4"),
        drawing.points(frame, [(0, START / AUDITS)]),
        drawing.label(frame, 0, START / AUDITS, f"{START} of {AUDITS}", lower=20, anchor="middle"),
    ]
    for checkpoint, status in zip(due, seen, strict=True):
        shape, words = VERDICTS[status.status]
        interval = status.interval
        pieces += [
            drawing.upright_interval(frame, checkpoint.ahead, interval.lower, interval.upper),
            drawing.points(frame, [(checkpoint.ahead, interval.share)], shape=shape, size=6),
            drawing.points(
                frame, [(checkpoint.ahead, checkpoint.due)], shape=Shape.CROSS, colour=drawing.WARM
            ),
            drawing.label(
                frame,
                checkpoint.ahead,
                max(interval.upper, checkpoint.due),
                words,
                lower=-10,
                anchor="middle",
                bold=True,
            ),
            drawing.label(
                frame, checkpoint.ahead, checkpoint.due, f"{checkpoint.due:.0%} due", right=10, lower=16
            ),
            drawing.label(
                frame,
                checkpoint.ahead,
                interval.share,
                f"{interval.x:g} of {interval.n:g}",
                right=-10,
                lower=4,
                anchor="end",
            ),
        ]
    return drawing.picture(
        frame,
        "With 20 audits it is too early to say; with 60 or 120 it is not",
        " ".join(f"{c.ahead} months: {s.sentence}" for c, s in zip(due, seen, strict=True)),
        pieces,
    )


def _words(falling: Forecast, stepped: Forecast, seen: list[TrajectoryStatus]) -> str:
    trend, wrong, slope = falling.trend, ols(VISITS), theil_sen(RE_REFERRALS)
    step = find_step(VISITS)
    assert trend is not None
    assert step is not None
    pairs = list(combinations(RE_REFERRALS, 2))
    due = trajectory(START / AUDITS, TARGET)
    change = smallest_detectable_change(AUDITS, AUDITS, START / AUDITS).smallest
    assert change is not None
    return TEMPLATE.read_text(encoding="utf-8").format(
        history=falling.history,
        most=falling.most_ahead,
        pairs=len(pairs),
        falls=sum(b < a for a, b in pairs),
        rises=sum(b > a for a, b in pairs),
        trend=trend,
        p=_small(trend.p),
        slope=slope.slope,
        slope_low=slope.lower,
        slope_high=slope.upper,
        table="\n".join(
            f"| {ahead} | {point.value:.1f}% | {point.lower:.1f}% to {point.upper:.1f}% |"
            for ahead, point in ((n, falling.points[n - 1]) for n in (3, 6, 12))
        ),
        step_before=step.before,
        step_after=step.after,
        step_month=step.position + 1,
        step_ahead=stepped.most_ahead,
        flat=stepped.points[0],
        wrong=wrong.at(len(VISITS) - 1 + 18),
        wrong_p=_small(wrong.p),
        start_x=START,
        n=AUDITS,
        target=TARGET,
        checkpoints="\n".join(
            f"| {c.ahead} | {c.due:.0%} | {s.interval.words} | {VERDICTS[s.status][1]} |"
            for c, s in zip(due, seen, strict=True)
        ),
        change=f"only a true change of about {100 * change:.0f} percentage points would probably have been seen",
    )


def _small(p: float) -> str:
    """A small probability in words a reader need not count the noughts of."""
    return f"under 1 in {10 ** math.floor(-math.log10(p)):,}"


def main() -> None:
    """Nothing; prints the figures and writes the page and its pictures."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["trends-and-forecasts.md"])


if __name__ == "__main__":
    main()
