"""The page on charts over time: its worked examples, its pictures and its words.

Run from the root of the project: python -m scripts.explain.charts_over_time
"""

from collections.abc import Sequence
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.chart_words import month, special_months
from scripts.explain.drawing import Frame, Shape
from stats.spc import (
    Assurance,
    CountedChart,
    CountedPoint,
    Direction,
    Kind,
    Measure,
    XmrChart,
    XmrPoint,
    choose_chart,
    false_signals,
    fewest_crossings,
    longest_run_limit,
    p_chart,
    t_chart,
    xmr,
)

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "charts-over-time.md"

# Invented: the percentage of supervision meetings held on time, April 2024 to March 2026.
SUPERVISION = [62, 58, 65, 61, 59, 63, 60, 64, 57, 62, 66, 61, 68, 70, 69, 72, 71, 70, 73, 74, 69, 72, 71, 70]
NEW_RULE_AT = 12
TARGET = 80
# Invented: audits graded good or better, of 20 a month.
GOOD = [11, 12, 9, 13, 10, 12, 11, 8, 12, 13, 10, 11, 12, 9, 14, 11, 10, 12]
AUDITS = 20
# Invented: days from one serious incident to the next.
WAITS = [41, 18, 63, 30, 24, 52, 77, 25, 38, 60, 20, 45, 33, 260]
WAITS_FIXED = 13

VERDICTS = {
    Assurance.CONSISTENT_PASS: "as things stand, the target will be met",
    Assurance.CONSISTENT_FAIL: "as things stand, the target will be missed",
}
MARKS = {
    Kind.COMMON_CAUSE: (Shape.DOT, drawing.TEAL),
    Kind.IMPROVEMENT: (Shape.UP, drawing.TEAL),
    Kind.CONCERN: (Shape.DOWN, drawing.WARM),
}


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    plain = xmr(SUPERVISION, target=TARGET)
    rebased = xmr(
        SUPERVISION, rebase_at=[(NEW_RULE_AT, "Supervision moved to a fixed weekday")], target=TARGET
    )
    audits = p_chart(GOOD, [AUDITS] * len(GOOD), improvement=Direction.INCREASE)
    waits = t_chart(WAITS, fix_after=WAITS_FIXED, improvement=Direction.INCREASE)
    return {
        "charts-over-time.svg": _supervision(plain),
        "charts-over-time-rebased.svg": _rebased(rebased),
        "charts-over-time-audits.svg": _audits(audits),
        "charts-over-time-waits.svg": _waits(waits),
        "charts-over-time.md": _words(plain, rebased, audits, waits),
    }


def _ticks(count: int) -> dict[float, str]:
    return {float(i): month(i) for i in range(0, count, 6)}


def _percent(*values: int) -> dict[float, str]:
    return {float(v): f"{v}%" for v in values}


def _marked(frame: Frame, points: Sequence[XmrPoint | CountedPoint]) -> list[str]:
    return [
        drawing.points(
            frame, [(p.position, p.value)], shape=MARKS[p.kind][0], colour=MARKS[p.kind][1], size=6
        )
        for p in points
        if p.kind is not None
    ]


def _xmr_pieces(frame: Frame, chart: XmrChart) -> list[str]:
    pieces = []
    for stretch in chart.stretches:
        if stretch.lines is None:
            continue
        xs = [stretch.start - 0.4, stretch.end - 0.6]
        pieces.append(drawing.band(frame, xs, [stretch.lines.lower] * 2, [stretch.lines.upper] * 2))
        pieces.append(
            drawing.level(frame, stretch.mean, x_from=xs[0], x_to=xs[1], colour=drawing.QUIET, dash="5 4")
        )
    pieces.append(drawing.line(frame, [(p.position, p.value) for p in chart.points], width=1.5))
    return pieces + _marked(frame, chart.points)


def _supervision(chart: XmrChart) -> str:
    frame = Frame(-0.5, 27.5, 40, 90)
    stretch = chart.stretches[0]
    assert stretch.lines is not None
    return drawing.picture(
        frame,
        "Supervision on time has shifted to a higher level",
        f"Line chart of 24 months. Mean {stretch.mean:.1f}%, limits {stretch.lines.lower:.1f}% and "
        f"{stretch.lines.upper:.1f}%. {special_months(chart)}",
        [
            *_xmr_pieces(frame, chart)[:1],
            drawing.y_axis(frame, _percent(40, 50, 60, 70, 80, 90), "Meetings held on time"),
            drawing.x_axis(
                frame, _ticks(len(SUPERVISION)), "Triangles are special: up for better, down for worse"
            ),
            *_xmr_pieces(frame, chart)[1:],
            drawing.level(frame, TARGET, colour=drawing.WARM, dash="2 3"),
            drawing.label(frame, 23.7, TARGET, f"target {TARGET}%", lower=-6, colour=drawing.WARM),
            drawing.label(frame, 23.7, stretch.mean, f"mean {stretch.mean:.1f}%", lower=4),
            drawing.label(frame, 23.7, stretch.lines.upper, f"limit {stretch.lines.upper:.1f}%", lower=4),
            drawing.label(frame, 23.7, stretch.lines.lower, f"limit {stretch.lines.lower:.1f}%", lower=4),
        ],
    )


def _rebased(chart: XmrChart) -> str:
    frame = Frame(-0.5, 27.5, 40, 90)
    before, after = chart.stretches
    assert before.lines is not None
    assert after.lines is not None
    lines = _xmr_pieces(frame, chart)
    return drawing.picture(
        frame,
        f"Since {month(NEW_RULE_AT)} supervision holds steady about {after.mean:.0f}%",
        f"The same line chart in two stretches: mean {before.mean:.1f}% for the first 12 months and "
        f"{after.mean:.1f}% for the next 12. {special_months(chart)}",
        [
            lines[0],
            lines[2],
            drawing.y_axis(frame, _percent(40, 50, 60, 70, 80, 90), "Meetings held on time"),
            drawing.x_axis(frame, _ticks(len(SUPERVISION))),
            lines[1],
            *lines[3:],
            drawing.level(frame, TARGET, colour=drawing.WARM, dash="2 3"),
            drawing.label(frame, 23.7, TARGET, f"target {TARGET}%", lower=-6, colour=drawing.WARM),
            drawing.label(frame, 0, before.lines.upper, f"mean {before.mean:.1f}%", lower=-8),
            drawing.label(frame, NEW_RULE_AT, after.lines.lower, f"mean {after.mean:.1f}%", lower=18),
            drawing.label(frame, NEW_RULE_AT, 88, "fixed weekday begins", anchor="middle"),
        ],
    )


def _audits(chart: CountedChart) -> str:
    frame = Frame(-0.5, 20, 0, 1)
    stretch, first = chart.stretches[0], chart.points[0]
    assert first.lower is not None
    assert first.upper is not None
    xs = [-0.4, len(GOOD) - 0.6]
    return drawing.picture(
        frame,
        f"Of {AUDITS} audits a month, anything from {_low(chart)} to {_high(chart)} good is ordinary",
        f"P chart of {len(GOOD)} months about {stretch.centre:.0%}, limits {first.lower:.0%} and "
        f"{first.upper:.0%}; no point is outside.",
        [
            drawing.band(frame, xs, [first.lower] * 2, [first.upper] * 2),
            drawing.y_axis(
                frame,
                {0: "0 of 20", 0.25: "5", 0.5: "10", 0.75: "15", 1: "20"},
                "Audits graded good or better",
            ),
            drawing.x_axis(frame, _ticks(len(GOOD))),
            drawing.level(frame, stretch.centre, x_to=xs[1], colour=drawing.QUIET, dash="5 4"),
            drawing.line(frame, [(p.position, p.value) for p in chart.points], width=1.5),
            *_marked(frame, chart.points),
            drawing.label(frame, 17.8, stretch.centre, f"{stretch.centre:.0%}", lower=4),
            drawing.label(frame, 17.8, first.upper, f"limit {first.upper:.0%}", lower=4),
            drawing.label(frame, 17.8, first.lower, f"limit {first.lower:.0%}", lower=4),
        ],
    )


def _low(chart: CountedChart) -> int:
    """The fewest good audits inside the lower limit."""
    lower = chart.points[0].lower or 0
    return next(x for x in range(AUDITS + 1) if x / AUDITS >= lower)


def _high(chart: CountedChart) -> int:
    """The most good audits inside the upper limit."""
    upper = chart.points[0].upper or 1
    return max(x for x in range(AUDITS + 1) if x / AUDITS <= upper)


def _waits(chart: CountedChart) -> str:
    frame = Frame(-0.5, 15.5, 0, 300)
    first, last = chart.points[0], chart.points[-1]
    assert first.lower is not None
    assert first.upper is not None
    assert first.centre is not None
    assert last.value is not None
    xs = [-0.4, len(WAITS) - 0.6]
    return drawing.picture(
        frame,
        f"The last {last.value:.0f} days without a serious incident are unusually long",
        f"T chart of {len(WAITS)} waits: middle {first.centre:.0f} days, upper limit {first.upper:.0f} days; the "
        "last wait is above it.",
        [
            drawing.band(frame, xs, [first.lower] * 2, [first.upper] * 2),
            drawing.y_axis(
                frame, {float(v): str(v) for v in (0, 100, 200, 300)}, "Days since the one before"
            ),
            drawing.x_axis(frame, {float(i): str(i + 1) for i in range(0, 14, 2)}, "Serious incident"),
            drawing.level(frame, first.centre, x_to=xs[1], colour=drawing.QUIET, dash="5 4"),
            drawing.line(frame, [(p.position, p.value) for p in chart.points], width=1.5),
            *_marked(frame, chart.points),
            drawing.label(frame, 13.6, first.centre, f"middle {first.centre:.0f}", lower=4),
            drawing.label(frame, 13.6, first.upper, f"limit {first.upper:.0f}", lower=4),
            drawing.label(frame, 13, last.value, f"{last.value:.0f} days", right=-12, lower=-8, anchor="end"),
        ],
    )


def _words(plain: XmrChart, rebased: XmrChart, audits: CountedChart, waits: CountedChart) -> str:
    one, (before, after) = plain.stretches[0], rebased.stretches
    assert one.lines is not None
    assert before.lines is not None
    assert after.lines is not None
    page = false_signals(240, 24)
    choices = [
        ("audits graded good, 20 a month", choose_chart(Measure.SHARE, points=24, typical_size=20)),
        ("visits on time, 1,200 due a month", choose_chart(Measure.SHARE, points=24, typical_size=1200)),
        ("complaints for each 1,000 children", choose_chart(Measure.RATE, points=24, typical_count=15)),
        ("missing episodes, about 12 a month", choose_chart(Measure.COUNT, points=24, typical_count=12)),
        ("serious incidents, days between them", choose_chart(Measure.DAYS_BETWEEN, points=14)),
        ("audits between two graded inadequate", choose_chart(Measure.CASES_BETWEEN, points=14)),
        ("average caseload", choose_chart(Measure.VALUE, points=24)),
        ("anything, in its first year", choose_chart(Measure.VALUE, points=9)),
    ]
    return TEMPLATE.read_text(encoding="utf-8").format(
        plain=one,
        before=before,
        after=after,
        special=special_months(plain),
        special_rebased=special_months(rebased),
        verdict=VERDICTS[rebased.assurance or Assurance.CANNOT_BE_ASSESSED],
        rebased_in=month(NEW_RULE_AT),
        months=len(SUPERVISION),
        target=TARGET,
        audits=audits.stretches[0],
        audit_months=len(GOOD),
        of=AUDITS,
        low=_low(audits),
        high=_high(audits),
        wait=waits.points[-1],
        baseline=WAITS_FIXED,
        table="\n".join(f"| {what} | {choice.sentence} |" for what, choice in choices),
        page=page,
        run_limit=longest_run_limit(20),
        crossings=fewest_crossings(20),
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its pictures."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["charts-over-time.md"])


if __name__ == "__main__":
    main()
