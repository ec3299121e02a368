"""The page on percentages from a few cases: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.proportions
"""

from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.proportion import (
    Interval,
    best_interval,
    chance_of_seeing,
    difference,
    hypergeometric,
    sample_size,
    smallest_detectable_change,
    wilson,
)

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "proportions.md"

# Invented: cases graded good or better, of those looked at.
LOOKED_AT = [("a month", 12, 20), ("a quarter", 36, 60), ("a year", 144, 240)]
LAST_MONTH, THIS_MONTH = (10, 20), (13, 20)
TITLE = "The same 60% means more the more cases it rests on"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    intervals = [(name, wilson(x, n)) for name, x, n in LOOKED_AT]
    return {"proportions.svg": _picture(intervals), "proportions.md": _words(intervals)}


def _picture(intervals: list[tuple[str, Interval]]) -> str:
    frame = Frame(0, 1, 0, 4, height=260, left=130)
    pieces = [drawing.x_axis(frame, {v / 4: f"{v * 25}%" for v in range(5)}, "Cases graded good or better")]
    for place, (name, found) in enumerate(intervals):
        y = 3.4 - place * 1.2
        pieces += [
            drawing.level_interval(frame, y, found.lower, found.upper),
            drawing.points(frame, [(found.share, y)]),
            drawing.label(
                frame, 0, y, f"{found.x} of {found.n}", right=-12, lower=5, anchor="end", bold=True
            ),
            drawing.label(
                frame, found.upper, y, f"{found.lower:.0%} to {found.upper:.0%}, {name}", right=10, lower=5
            ),
        ]
    told = "; ".join(f"{name}: {found.words}" for name, found in intervals)
    return drawing.picture(frame, TITLE, f"Three intervals about the same share. {told}.", pieces)


def _words(intervals: list[tuple[str, Interval]]) -> str:
    change = difference(*THIS_MONTH, *LAST_MONTH)
    margins = [0.2, 0.15, 0.1, 0.05]
    year = smallest_detectable_change(240, 240, 0.5)
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        month=intervals[0][1],
        all=wilson(20, 20),
        rows="\n".join(
            f"| {found.n} ({name}) | {found.x} | {found.share:.0%} | {found.lower:.0%} to {found.upper:.0%} |"
            for name, found in intervals
        ),
        finite=hypergeometric(5, 20, 90),
        census=best_interval(12, 20, 20).words,
        before=change.second,
        after=change.first,
        gap=100 * change.difference,
        gap_lower=f"{100 * change.lower:+.0f}".replace("-", "−"),
        gap_upper=f"{100 * change.upper:+.0f}",
        clear="leaves out" if change.is_clear else "holds",
        verdict="stand" if change.is_clear else "be noise",
        seen=smallest_detectable_change(20, 20, 0.5),
        year=year,
        year_points=100 * (year.smallest or 0),
        sizes="\n".join(
            f"| ± {margin:.0%} | "
            + " | ".join(str(sample_size(margin, population=n)) for n in (90, 300, None))
            + " |"
            for margin in margins
        ).replace("%", " points"),
        chance=chance_of_seeing(5, 90, 20),
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["proportions.md"])


if __name__ == "__main__":
    main()
