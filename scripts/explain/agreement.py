"""The page on agreement between auditors: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.agreement
"""

from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.agreement import Level, Weights, cohen_kappa, gwet_ac, krippendorff_alpha, two_raters

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "agreement.md"

GRADES = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
# Invented: cases by first grade (row) and moderated grade (column).
TABLE = [[1, 1, 0, 0], [0, 6, 4, 0], [0, 1, 6, 2], [0, 0, 1, 2]]
NEARLY_ALL_GOOD = [[0, 0, 0, 0], [0, 18, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    return {"agreement.svg": _picture(), "agreement.md": _words()}


def _graded(table: list[list[int]]) -> tuple[list[str], list[str]]:
    """The first and the moderated grade of every case of a table."""
    cells = [
        (a, b, count)
        for a, row in zip(GRADES, table, strict=True)
        for b, count in zip(GRADES, row, strict=True)
    ]
    pairs = [(a, b) for a, b, count in cells for _ in range(count)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _title() -> str:
    exact = two_raters(*_graded(TABLE), GRADES).exact
    return f"Both gave the same grade to {exact.agreeing} of {exact.pairs} cases"


def _picture() -> str:
    frame = Frame(-0.5, 3.5, -0.5, 3.5, width=720, height=400, left=190, top=84, bottom=30)
    pieces = [
        drawing.text_at(8, 52, "First grade down, moderated grade across", colour=drawing.QUIET),
    ]
    for place, grade in enumerate(GRADES):
        pieces.append(drawing.text_at(frame.across(place), 76, grade, anchor="middle", size=12))
        pieces.append(drawing.text_at(frame.left - 12, frame.down(3 - place) + 4, grade, anchor="end"))
    for row, counts in enumerate(TABLE):
        for column, count in enumerate(counts):
            left, right = frame.across(column - 0.46), frame.across(column + 0.46)
            top, foot = frame.down(3 - row + 0.44), frame.down(3 - row - 0.44)
            fill = drawing.BAND if row == column else "#ffffff"
            pieces.append(
                f'<rect x="{drawing.px(left)}" y="{drawing.px(top)}" width="{drawing.px(right - left)}" '
                f'height="{drawing.px(foot - top)}" fill="{fill}" stroke="{drawing.GRID}"/>'
            )
            words = str(count) if count else "–"
            pieces.append(
                drawing.label(frame, column, 3 - row, words, lower=7, anchor="middle", bold=row == column)
            )
    pieces.append(drawing.text_at(frame.left, 390, "The same grade is shaded and bold", colour=drawing.QUIET))
    told = "; ".join(
        f"{GRADES[r]} then {GRADES[c]}: {n}" for r, row in enumerate(TABLE) for c, n in enumerate(row) if n
    )
    return drawing.picture(frame, _title(), f"Table of first and moderated grades. {told}.", pieces)


def _words() -> str:
    summary = two_raters(*_graded(TABLE), GRADES)
    first, second = _graded(NEARLY_ALL_GOOD)
    pairs = list(zip(first, second, strict=True))
    assert summary.alpha.reason is not None
    assert summary.lean.p_value is not None
    return (
        TEMPLATE.read_text(encoding="utf-8")
        .format(
            title=_title(),
            pairs=summary.pairs,
            exact=summary.exact,
            near=summary.within_one,
            lean=summary.lean,
            lean_words="a lean" if summary.lean.p_value < 0.05 else "no clear lean",
            alpha=summary.alpha,
            reason=summary.alpha.reason.value,
            kappa=cohen_kappa(first, second, Weights.UNWEIGHTED, GRADES).value,
            paradox_alpha=krippendorff_alpha(pairs, Level.NOMINAL, GRADES).value,
            ac1=gwet_ac(pairs, Weights.UNWEIGHTED, GRADES).value,
        )
        .replace("-0.", "−0.")
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["agreement.md"])


if __name__ == "__main__":
    main()
