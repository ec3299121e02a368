"""The page on comparing with neighbours and England: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.comparing
"""

from itertools import pairwise
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame, Shape
from stats.compare import (
    TREND_CRITICAL,
    Polarity,
    against_benchmark,
    neighbours,
    quartile_band,
    quartiles,
    rank,
    recent_trend_of_shares,
)
from stats.proportion import wilson

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "comparing.md"

# Invented: conferences held within 15 days, of all held.
OURS = (174, 212)
ENGLAND = 81.4
NEIGHBOURS = [79.4, 84.0, 85.1, 61.2, 86.3, 88.0, 82.6, 90.4, None, 83.9]
# Invented: a figure for each of 153 authorities, ours last; two have none.
OTHERS = [None, None, *(round(50 + 49 * (i / 149) ** 0.6, 1) for i in range(150))]
AUTHORITIES = [*OTHERS, 100 * OURS[0] / OURS[1]]
HALF_A_POINT = 0.5
LARGE = ([994, 1023, 1199, 1332, 1367], [4030, 4153, 4281, 4406, 4470])
SMALL = ([9, 11, 12, 13, 16], [20, 20, 20, 20, 20])
TITLE = "The neighbours' mean and median tell two stories"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    return {"comparing.svg": _picture(), "comparing.md": _words()}


def _ours() -> float:
    return 100 * OURS[0] / OURS[1]


def _picture() -> str:
    frame = Frame(50, 100, 0, 4, height=260, left=130)
    among, near = quartiles(AUTHORITIES), neighbours(NEIGHBOURS)
    assert among is not None
    assert near.mean is not None
    assert near.median is not None
    pieces = [
        drawing.x_axis(frame, {float(v): f"{v}%" for v in range(50, 101, 10)}, "Conferences within 15 days")
    ]
    bands = [
        (among.lowest, "D"),
        (among.lower, "C"),
        (among.median, "B"),
        (among.upper, "A"),
        (among.highest, ""),
    ]
    for (start, name), (end, _) in pairwise(bands):
        fill = drawing.BAND if name in "AC" else drawing.GRID
        left, right = frame.across(start), frame.across(end)
        pieces.append(
            f'<rect x="{drawing.px(left)}" y="{drawing.px(frame.down(1.3))}" width="{drawing.px(right - left)}" '
            f'height="{drawing.px(frame.down(0.5) - frame.down(1.3))}" fill="{fill}" stroke="#ffffff"/>'
        )
        pieces.append(
            drawing.text_at((left + right) / 2, frame.down(0.9) + 5, name, anchor="middle", bold=True)
        )
    pieces += [
        drawing.points(frame, [(v, 2.3) for v in NEIGHBOURS if v is not None], shape=Shape.RING),
        drawing.points(frame, [(near.median, 1.8)], shape=Shape.UP, colour=drawing.WARM, size=6),
        drawing.label(frame, near.median, 1.8, "median", right=12, lower=5, colour=drawing.WARM),
        drawing.points(frame, [(near.mean, 1.8)], shape=Shape.UP, colour=drawing.WARM, size=6),
        drawing.label(frame, near.mean, 1.8, "mean", right=-12, lower=5, anchor="end", colour=drawing.WARM),
        drawing.points(frame, [(_ours(), 3.5)], shape=Shape.SQUARE, colour=drawing.INK, size=6),
        drawing.label(frame, _ours(), 3.5, f"{_ours():.1f}%", right=12, lower=5, bold=True),
    ]
    for y, words in ((3.5, "We"), (2.3, "Neighbours"), (0.9, "All authorities")):
        pieces.append(drawing.text_at(frame.left - 12, frame.down(y) + 5, words, anchor="end"))
    return drawing.picture(
        frame,
        TITLE,
        f"We are at {_ours():.1f}%. Neighbours: {near.words}. Quarters of all authorities end at "
        f"{among.lower:.1f}%, {among.median:.1f}% and {among.upper:.1f}%.",
        pieces,
    )


def _words() -> str:
    found = wilson(*OURS)
    among = quartiles(AUTHORITIES)
    assert among is not None
    ranks = rank(AUTHORITIES, Polarity.HIGH)
    band = quartile_band(_ours(), among, Polarity.HIGH)
    assert band is not None
    better = rank([*OTHERS, _ours() + HALF_A_POINT], Polarity.HIGH)[-1]
    trends = []
    for counts, sizes in (LARGE, SMALL):
        trend = recent_trend_of_shares(counts, sizes)
        series = ", ".join(f"{100 * x / n:.0f}%" for x, n in zip(counts, sizes, strict=True))
        trends.append(
            f"| {series} (of about {round(sum(sizes) / 50) * 10:,}) | {trend.chi_squared:.1f} | {trend.direction.value} |"
        )
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        ours=_ours(),
        neighbours=neighbours(NEIGHBOURS).words,
        quartiles=among,
        band=band.value,
        rank=ranks[-1],
        places=(ranks[-1] or 0) - (better or 0),
        good=OURS[0],
        held=OURS[1],
        lower=100 * found.lower,
        upper=100 * found.upper,
        england=ENGLAND,
        verdict=against_benchmark(100 * found.lower, 100 * found.upper, ENGLAND, Polarity.HIGH).value,
        trends="\n".join(trends),
        critical=TREND_CRITICAL,
        from_share=SMALL[0][0] / SMALL[1][0],
        to_share=SMALL[0][-1] / SMALL[1][-1],
        size=SMALL[1][0],
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["comparing.md"])


if __name__ == "__main__":
    main()
