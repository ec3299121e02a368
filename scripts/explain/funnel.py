"""The page on funnel plots: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.funnel
"""

from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame, Shape
from stats.funnel import FEWEST_CASES, Funnel, Position, proportion_limits, proportions

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "funnel.md"

# Invented: visits on time, and visits due, in a quarter.
TEAMS = {
    "Ash": (31, 40),
    "Beech": (88, 112),
    "Cedar": (52, 64),
    "Elm": (118, 150),
    "Hazel": (96, 138),
    "Holly": (23, 28),
    "Larch": (5, 8),
    "Maple": (70, 86),
    "Oak": (139, 175),
    "Pine": (60, 95),
    "Rowan": (42, 52),
    "Willow": (101, 125),
}
MARKS = {
    Position.WITHIN: (Shape.DOT, drawing.TEAL),
    Position.HIGH_95: (Shape.UP, drawing.TEAL),
    Position.HIGH_998: (Shape.UP, drawing.TEAL),
    Position.LOW_95: (Shape.DOWN, drawing.WARM),
    Position.LOW_998: (Shape.DOWN, drawing.WARM),
    Position.TOO_FEW: (Shape.RING, drawing.QUIET),
}


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    found = proportions(TEAMS)
    return {"funnel.svg": _picture(found), "funnel.md": _words(found)}


def _title(found: Funnel) -> str:
    outer = [u.name for u in found.units if u.position in (Position.LOW_998, Position.HIGH_998)]
    return f"Of {len(found.units)} teams only {' and '.join(outer)} lies further out than chance explains"


def _picture(found: Funnel) -> str:
    frame = Frame(0, 200, 0.3, 1.05, left=64, right=72)
    sizes = [float(n) for n in range(10, 191, 4)]
    limits = [proportion_limits(n, found.benchmark) for n in sizes]
    pieces = [
        drawing.band(frame, sizes, [e.lower_998 for e in limits], [e.upper_998 for e in limits]),
        drawing.y_axis(frame, {0.4: "40%", 0.6: "60%", 0.8: "80%", 1.0: "100%"}, "Visits on time"),
        drawing.x_axis(frame, {float(v): str(v) for v in range(0, 201, 50)}, "Visits due"),
        drawing.line(
            frame, [(e.size, e.lower_95) for e in limits], colour=drawing.QUIET, width=1, dash="4 3"
        ),
        drawing.line(
            frame, [(e.size, e.upper_95) for e in limits], colour=drawing.QUIET, width=1, dash="4 3"
        ),
        drawing.level(frame, found.benchmark, x_from=10, x_to=190, colour=drawing.QUIET, width=1),
        drawing.label(frame, 190, limits[-1].upper_998, "99.8%", right=6, lower=-2),
        drawing.label(frame, 190, limits[-1].upper_95, "95%", right=6, lower=8),
        drawing.label(frame, 190, found.benchmark, "all teams", right=6, lower=5),
    ]
    for unit in found.units:
        shape, colour = MARKS[unit.position]
        pieces.append(drawing.points(frame, [(unit.size, unit.value)], shape=shape, colour=colour))
        if unit.position is not Position.WITHIN:
            words = unit.name if unit.position is not Position.TOO_FEW else f"{unit.name}: too few to compare"
            pieces.append(
                drawing.label(frame, unit.size, unit.value, words, right=9, lower=14, colour=colour)
            )
    told = "; ".join(
        f"{u.name}: {u.position.value}" for u in found.units if u.position is not Position.WITHIN
    )
    return drawing.picture(frame, _title(found), f"Funnel plot of {len(found.units)} teams. {told}.", pieces)


def _words(found: Funnel) -> str:
    over = found.overdispersion
    assert over is not None
    rows = [
        f"| {u.name} | {u.observed:.0f} of {u.size:.0f} | "
        f"{'' if u.position is Position.TOO_FEW else format(u.value, '.0%')} | {u.position.value} |"
        for u in found.units
    ]
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=_title(found),
        count=len(found.units),
        funnel=found,
        rows="\n".join(rows),
        chance_95=found.by_chance_outside_95,
        chance_998=found.by_chance_outside_998,
        fewest=FEWEST_CASES,
        over=over,
        differ="differ more than that" if over.is_overdispersed else "do not differ that much",
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["funnel.md"])


if __name__ == "__main__":
    main()
