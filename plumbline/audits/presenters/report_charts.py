"""Stacked bars of a report, drawn once as shapes: page, Word and PDF show the same picture beside the same table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from django.template.loader import render_to_string

WIDTH, BAR, LINE, GAP, PADDING = 480, 24, 18, 14, 4
# Wide enough for the letters of this size in Arial and Liberation Sans.
LETTER, LONGEST_LINE = 7, 62
DARK, LIGHT = "#0b0c0c", "#ffffff"
# Best first. Neighbours differ in lightness too, so that they can be told apart without colour.
FILLS = (("#0b5c66", LIGHT), ("#9fd0d4", DARK), ("#f2d19b", DARK), ("#7a3e00", LIGHT), ("#c8cacb", DARK))
FILLS_OF_FEW = {1: (0,), 2: (0, 4), 3: (0, 1, 3)}


@dataclass(frozen=True)
class Bar:
    """One bar: what it is about, and its parts as counts, in the order of the chart's names."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """Stacked bars, each as long as the others whatever it counts. The title is the sentence that they show."""

    title: str
    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    kind: ClassVar[str] = "chart"

    @property
    def alternative(self) -> str:
        """What the picture says, for whoever does not see it."""
        bars = [
            f"{bar.label}: "
            + ", ".join(
                f"{count} {name.lower()}" for name, count in zip(self.names, bar.counts, strict=True) if count
            )
            for bar in self.bars
        ]
        return f"Stacked bars. {'; '.join(bars)}. The table that follows has the same figures."

    @property
    def drawing(self) -> "Drawing":
        """The chart as shapes."""
        return drawing_of(self)

    @property
    def svg(self) -> str:
        """The chart as an SVG file."""
        return str(render_to_string("audits/report/_chart.svg", {"chart": self}))


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: int
    y: int
    width: int
    height: int
    fill: str


@dataclass(frozen=True)
class Words:
    """A line of text, from its left or about its middle."""

    x: int
    y: int
    text: str
    fill: str = DARK
    anchor: str = "start"


@dataclass(frozen=True)
class Drawing:
    """Shapes on a sheet that is `WIDTH` wide."""

    height: int
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]
    width: int = WIDTH


def drawing_of(chart: Chart) -> Drawing:
    """The names with their colours, then each bar under its label. A bar with nothing to count is left out."""
    fills = [FILLS[one] for one in FILLS_OF_FEW.get(len(chart.names), range(len(chart.names)))]
    shapes: list[Box | Words] = []
    y = _names(chart.names, fills, shapes) + GAP
    for bar in chart.bars:
        for line in wrap(f"{bar.label} ({sum(bar.counts)})", LONGEST_LINE):
            y += LINE
            shapes.append(Words(0, y - PADDING, line))
        shapes += _parts(bar.counts, fills, y)
        y += BAR + GAP
    return Drawing(
        y - GAP + 1,
        tuple(one for one in shapes if isinstance(one, Box)),
        tuple(one for one in shapes if isinstance(one, Words)),
    )


def _names(names: Sequence[str], fills: Sequence[tuple[str, str]], shapes: list[Box | Words]) -> int:
    """How far down the names reach."""
    x, y = 0, 0
    for name, (fill, _) in zip(names, fills, strict=True):
        width = LINE + len(name) * LETTER + GAP
        if x and x + width > WIDTH:
            x, y = 0, y + LINE + PADDING
        shapes += [Box(x, y + PADDING, LETTER * 2, LETTER * 2, fill), Words(x + LINE + 1, y + LINE - 2, name)]
        x += width
    return y + LINE + PADDING


def _parts(counts: Sequence[int], fills: Sequence[tuple[str, str]], y: int) -> Iterator[Box | Words]:
    before, whole = 0, sum(counts)
    for count, (fill, ink) in zip(counts, fills, strict=True):
        if not count:
            continue
        left, right = round(before / whole * WIDTH), round((before + count) / whole * WIDTH)
        before += count
        # A white gap parts neighbours whose colours somebody cannot tell apart.
        yield Box(left, y, max(right - left - 2, 1), BAR, fill)
        if right - left > LETTER * (len(str(count)) + 1):
            yield Words((left + right) // 2 - 1, y + BAR - LETTER, str(count), ink, "middle")
