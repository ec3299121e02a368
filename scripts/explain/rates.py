"""The page on rates from a few events: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.rates
"""

from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.rate import BYARS_FROM, RateInterval, exact_poisson, per_10_000

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "rates.md"

# Invented: children who started to be looked after in a year, and children living there.
PLACES = [("Littleham", 8, 7_600), ("Middleford", 62, 59_000), ("Great Oakshire", 310, 295_000)]
TITLE = "The same rate is surer where it rests on more events"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    found = [(name, per_10_000(events, children)) for name, events, children in PLACES]
    return {"rates.svg": _picture(found), "rates.md": _words(found)}


def _picture(found: list[tuple[str, RateInterval]]) -> str:
    frame = Frame(0, 25, 0, 4, height=260, left=150)
    pieces = [drawing.x_axis(frame, {float(v): str(v) for v in range(0, 26, 5)}, "Rate per 10,000 children")]
    for place, (name, rate) in enumerate(found):
        y = 3.4 - place * 1.2
        pieces += [
            drawing.level_interval(frame, y, rate.lower, rate.upper),
            drawing.points(frame, [(rate.rate, y)]),
            drawing.label(frame, 0, y, name, right=-12, lower=5, anchor="end", bold=True),
            drawing.label(frame, rate.upper, y, f"{rate.events} events", right=10, lower=5),
        ]
    told = "; ".join(f"{name}, {rate.words}" for name, rate in found)
    return drawing.picture(frame, TITLE, f"Three intervals: {told}.", pieces)


def _words(found: list[tuple[str, RateInterval]]) -> str:
    (small_name, small), (large_name, large) = found[0], found[-1]
    lower, upper = exact_poisson(small.events, 0.5)
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        rows="\n".join(
            f"| {name} | {rate.events} | {rate.exposure:,.0f} | {rate.rate:.1f} | "
            f"{rate.lower:.1f} to {rate.upper:.1f} |"
            for name, rate in found
        ),
        small_name=small_name,
        small=small,
        large_name=large_name,
        large=large,
        fewer=int(lower),
        more=int(upper) + 1,
        byars_from=BYARS_FROM,
        none=per_10_000(0, 7_600),
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["rates.md"])


if __name__ == "__main__":
    main()
