"""The page on choosing cases: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.choosing_cases
"""

from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.sampling import (
    Stratum,
    allocate,
    draw_order,
    frame_digest,
    lqas_rule,
    stratified_estimate,
    weights,
)

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "choosing-cases.md"

# Invented: open cases by plan, a seed from a public draw, and how many of the audited were good.
PLANS = {"Child protection": ("P", 40, 6), "Child in need": ("N", 30, 3), "In care": ("C", 20, 1)}
SAMPLE, LEAST, SEED = 20, 6, "04 11 23 31 38 45"
TITLE = "Twenty cases drawn from ninety, at least six from each plan"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    sizes = {plan: size for plan, (_, size, _) in PLANS.items()}
    return {
        "choosing-cases.svg": _picture(sizes, allocate(sizes, SAMPLE, LEAST)),
        "choosing-cases.md": _words(sizes, allocate(sizes, SAMPLE, LEAST)),
    }


def _references(plan: str) -> list[str]:
    letter, size, _ = PLANS[plan]
    return [f"{letter}{number:03}" for number in range(1, size + 1)]


def _picture(sizes: dict[str, int], given: dict[str, int]) -> str:
    frame = Frame(0, max(sizes.values()), 0, 3, height=300, left=150)
    pieces = []
    for place, (plan, size) in enumerate(sizes.items()):
        order = draw_order(_references(plan), SEED)[: given[plan]]
        y = 2.5 - place
        for number, reference in enumerate(_references(plan)):
            chosen = reference in order
            left, top = frame.across(number + 0.5), frame.down(y)
            shape = drawing.Shape.SQUARE if chosen else drawing.Shape.RING
            colour = drawing.TEAL if chosen else drawing.QUIET
            pieces.append(drawing.mark(left, top, shape=shape, colour=colour, size=5))
        pieces.append(drawing.label(frame, 0, y, plan, right=-12, lower=5, anchor="end", bold=True))
        words = f"{given[plan]} of {size}"
        pieces.append(drawing.label(frame, size, y, words, right=6, lower=24, anchor="end"))
    pieces.append(drawing.mark(150, 282, shape=drawing.Shape.SQUARE))
    pieces.append(drawing.text_at(162, 287, "drawn", colour=drawing.QUIET))
    pieces.append(drawing.mark(230, 282, shape=drawing.Shape.RING, colour=drawing.QUIET))
    pieces.append(drawing.text_at(242, 287, "not drawn", colour=drawing.QUIET))
    told = "; ".join(f"{plan}, {given[plan]} drawn of {size}" for plan, size in sizes.items())
    return drawing.picture(frame, TITLE, f"Three rows of cases: {told}.", pieces)


def _words(sizes: dict[str, int], given: dict[str, int]) -> str:
    strata = {plan: Stratum(size, given[plan], good) for plan, (_, size, good) in PLANS.items()}
    result = stratified_estimate(strata)
    each = weights(strata)
    everybody = [reference for plan in PLANS for reference in _references(plan)]
    protection = draw_order(_references("Child protection"), SEED)
    first = protection[: given["Child protection"]]
    without = draw_order([r for r in _references("Child protection") if r != first[1]], SEED)
    rule = lqas_rule(19, 0.8, 0.5)
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        sample=SAMPLE,
        population=sum(sizes.values()),
        least=LEAST,
        plain=allocate(sizes, SAMPLE)["In care"],
        seed=SEED,
        digest=frame_digest(everybody),
        rows="\n".join(
            f"| {plan} | {size} | {size * SAMPLE / sum(sizes.values()):.2f} | {given[plan]} | "
            f"{strata[plan].good} | {each[plan]:.2f} |"
            for plan, size in sizes.items()
        ),
        first=", ".join(first),
        dropped=first[1],
        replaced=", ".join(without[: given["Child protection"]]),
        next=without[given["Child protection"] - 1],
        result=result,
        lower=result.lower or 0.0,
        upper=result.upper or 0.0,
        good=sum(s.good for s in strata.values()),
        rule=rule,
        fails=rule.pass_at - 1,
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["choosing-cases.md"])


if __name__ == "__main__":
    main()
