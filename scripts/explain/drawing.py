"""Small pictures as SVG text: axes, lines, bands, bars, intervals and points told apart by shape and label.

A picture is a list of pieces, each a string, put together by `picture`. Pieces that need a scale take a
`Frame`, which turns the units of the data into places on the page. The same input gives the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.sax.saxutils import escape

INK = "#1d2b2e"
QUIET = "#5a6a6d"
GRID = "#d5dcdd"
TEAL = "#0b5c66"
BAND = "#dcebed"
WARM = "#a3470f"
FONT = "Liberation Sans, Arial, sans-serif"


class Shape(StrEnum):
    """The marks a point can have: kinds of point differ in shape first and colour second."""

    DOT = "dot"
    RING = "ring"
    SQUARE = "square"
    DIAMOND = "diamond"
    UP = "up"
    DOWN = "down"
    CROSS = "cross"


@dataclass(frozen=True)
class Frame:
    """The plotting area: its size on the page and the range of data that it shows."""

    x_from: float
    x_to: float
    y_from: float
    y_to: float
    width: int = 720
    height: int = 360
    left: int = 64
    right: int = 24
    top: int = 56
    bottom: int = 52

    def across(self, x: float) -> float:
        """The distance from the left of the picture, in pixels."""
        share = (x - self.x_from) / (self.x_to - self.x_from)
        return self.left + share * (self.width - self.left - self.right)

    def down(self, y: float) -> float:
        """The distance from the top of the picture, in pixels; values outside the range stay at its edge."""
        share = min(1.0, max(0.0, (y - self.y_from) / (self.y_to - self.y_from)))
        return self.height - self.bottom - share * (self.height - self.top - self.bottom)


def px(value: float) -> str:
    """A length with at most one decimal, so that the same picture is the same bytes on every machine."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def text_at(
    left: float,
    top: float,
    words: str,
    *,
    anchor: str = "start",
    size: int = 13,
    colour: str = INK,
    bold: bool = False,
) -> str:
    """Words at a place on the page; `anchor` is start, middle or end."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{px(left)}" y="{px(top)}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def label(
    frame: Frame,
    x: float,
    y: float,
    words: str,
    *,
    right: float = 0,
    lower: float = 0,
    anchor: str = "start",
    colour: str = INK,
    bold: bool = False,
) -> str:
    """Words beside a place in the data, moved by `right` and `lower` pixels."""
    return text_at(
        frame.across(x) + right, frame.down(y) + lower, words, anchor=anchor, colour=colour, bold=bold
    )


def y_axis(frame: Frame, ticks: Mapping[float, str], title: str = "") -> str:
    """Quiet lines across with their labels on the left; the title stands above them."""
    pieces = []
    for value, words in ticks.items():
        top = frame.down(value)
        pieces.append(
            f'<line x1="{frame.left}" y1="{px(top)}" x2="{frame.width - frame.right}" y2="{px(top)}" '
            f'stroke="{GRID}"/>'
        )
        pieces.append(text_at(frame.left - 8, top + 4, words, anchor="end", colour=QUIET))
    if title:
        pieces.append(text_at(8, frame.top - 12, title, colour=QUIET))
    return "\n".join(pieces)


def x_axis(frame: Frame, ticks: Mapping[float, str], title: str = "") -> str:
    """The line at the foot with short marks and their labels; the title stands under them."""
    foot = frame.height - frame.bottom
    end = frame.width - frame.right
    pieces = [f'<line x1="{frame.left}" y1="{foot}" x2="{end}" y2="{foot}" stroke="{QUIET}"/>']
    for value, words in ticks.items():
        left = frame.across(value)
        pieces.append(f'<line x1="{px(left)}" y1="{foot}" x2="{px(left)}" y2="{foot + 5}" stroke="{QUIET}"/>')
        pieces.append(text_at(left, foot + 19, words, anchor="middle", colour=QUIET))
    if title:
        middle = (frame.left + end) / 2
        pieces.append(text_at(middle, foot + 40, title, anchor="middle", colour=QUIET))
    return "\n".join(pieces)


def line(
    frame: Frame,
    points: Iterable[tuple[float, float | None]],
    *,
    colour: str = TEAL,
    width: float = 2,
    dash: str = "",
) -> str:
    """A line through the points, broken where a value is None."""
    path = []
    joined = False
    for x, y in points:
        if y is None:
            joined = False
            continue
        path.append(f"{'L' if joined else 'M'}{px(frame.across(x))} {px(frame.down(y))}")
        joined = True
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{" ".join(path)}" fill="none" stroke="{colour}" stroke-width="{px(width)}"{dashes} '
        f'stroke-linejoin="round"/>'
    )


def level(
    frame: Frame,
    y: float,
    *,
    x_from: float | None = None,
    x_to: float | None = None,
    colour: str = INK,
    width: float = 1.5,
    dash: str = "",
) -> str:
    """A level line at one value, over the whole frame unless told from where to where."""
    start = frame.x_from if x_from is None else x_from
    end = frame.x_to if x_to is None else x_to
    return line(frame, [(start, y), (end, y)], colour=colour, width=width, dash=dash)


def band(
    frame: Frame, xs: Sequence[float], lower: Sequence[float], upper: Sequence[float], *, colour: str = BAND
) -> str:
    """A filled band between two lines."""
    there = [(x, y) for x, y in zip(xs, upper, strict=True)]
    back = [(x, y) for x, y in zip(xs, lower, strict=True)][::-1]
    corners = " ".join(f"{px(frame.across(x))},{px(frame.down(y))}" for x, y in there + back)
    return f'<polygon points="{corners}" fill="{colour}"/>'


def bar(frame: Frame, x: float, y: float, *, width: float = 0.7, colour: str = TEAL, foot: float = 0) -> str:
    """An upright bar from `foot` to the value, `width` wide in the units of the data."""
    left, right = frame.across(x - width / 2), frame.across(x + width / 2)
    top, bottom = sorted((frame.down(y), frame.down(foot)))
    return (
        f'<rect x="{px(left)}" y="{px(top)}" width="{px(right - left)}" height="{px(bottom - top)}" '
        f'fill="{colour}"/>'
    )


def upright_interval(frame: Frame, x: float, lower: float, upper: float, *, colour: str = TEAL) -> str:
    """An upright line from the lower to the upper limit, with short ends."""
    return _interval(
        (frame.across(x), frame.down(lower)), (frame.across(x), frame.down(upper)), (5, 0), colour
    )


def level_interval(frame: Frame, y: float, lower: float, upper: float, *, colour: str = TEAL) -> str:
    """A level line from the lower to the upper limit, with short ends."""
    return _interval(
        (frame.across(lower), frame.down(y)), (frame.across(upper), frame.down(y)), (0, 5), colour
    )


def _interval(
    start: tuple[float, float], end: tuple[float, float], half: tuple[float, float], colour: str
) -> str:
    (a, b), (c, d), (e, f) = start, end, half
    strokes = [(a, b, c, d), (a - e, b - f, a + e, b + f), (c - e, d - f, c + e, d + f)]
    path = " ".join(f"M{px(p)} {px(q)} L{px(r)} {px(s)}" for p, q, r, s in strokes)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'


def points(
    frame: Frame,
    places: Iterable[tuple[float, float | None]],
    *,
    shape: Shape = Shape.DOT,
    colour: str = TEAL,
    size: float = 5,
) -> str:
    """One mark for each place; places whose value is None are left out."""
    return "\n".join(
        mark(frame.across(x), frame.down(y), shape=shape, colour=colour, size=size)
        for x, y in places
        if y is not None
    )


def mark(left: float, top: float, *, shape: Shape = Shape.DOT, colour: str = TEAL, size: float = 5) -> str:
    """One mark at a place on the page, also for keys and labels."""
    if shape is Shape.DOT:
        return f'<circle cx="{px(left)}" cy="{px(top)}" r="{px(size - 1)}" fill="{colour}"/>'
    if shape is Shape.RING:
        return (
            f'<circle cx="{px(left)}" cy="{px(top)}" r="{px(size - 0.5)}" fill="#ffffff" '
            f'stroke="{colour}" stroke-width="2"/>'
        )
    if shape is Shape.CROSS:
        a, b, c, d = px(left - size), px(top - size), px(left + size), px(top + size)
        return f'<path d="M{a} {b} L{c} {d} M{a} {d} L{c} {b}" stroke="{colour}" stroke-width="2.5"/>'
    s = size
    corners = {
        Shape.SQUARE: [(-s, -s), (s, -s), (s, s), (-s, s)],
        Shape.DIAMOND: [(0, -s - 1.5), (s + 1.5, 0), (0, s + 1.5), (-s - 1.5, 0)],
        Shape.UP: [(0, -s - 1), (s + 1, s), (-s - 1, s)],
        Shape.DOWN: [(0, s + 1), (s + 1, -s), (-s - 1, -s)],
    }[shape]
    places = " ".join(f"{px(left + x)},{px(top + y)}" for x, y in corners)
    return f'<polygon points="{places}" fill="{colour}"/>'


def picture(frame: Frame, title: str, description: str, pieces: Iterable[str]) -> str:
    """A whole SVG document; the title is also drawn as the heading, the description is for screen readers."""
    body = "\n".join(pieces)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
        f'width="{frame.width}" height="{frame.height}" role="img" aria-labelledby="title desc" '
        f'font-family="{FONT}">\n'
        f'<title id="title">{escape(title)}</title>\n'
        f'<desc id="desc">{escape(description)}</desc>\n'
        f'<rect width="{frame.width}" height="{frame.height}" fill="#ffffff"/>\n'
        f"{text_at(8, 22, title, size=16, bold=True)}\n"
        f"{body}\n"
        f"</svg>\n"
    )


def save(folder: Path, files: Mapping[str, str]) -> None:
    """Nothing; writes each text to the folder, in UTF-8 with line feeds on every system."""
    for name, words in files.items():
        (folder / name).write_bytes(words.encode())
