"""The page on protecting small numbers: its worked example, its pictures and its words.

Run from the root of the project: python -m scripts.explain.protecting_small_numbers
"""

from collections.abc import Mapping
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.disclosure import (
    Dimension,
    Range,
    RefusedError,
    Register,
    Relation,
    Table,
    audit,
    grid,
    numerators,
    primary,
    protect,
    published,
)

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "protecting-small-numbers.md"

TEAMS = ("North", "South", "East")
GRADES = ("Outstanding", "Good", "Req. impr.", "Inadequate")
# Invented: a year of audits by team and grade.
COUNTS = {
    "North": (9, 38, 21, 3),
    "South": (7, 31, 26, 8),
    "East": (12, 40, 19, 11),
}
# Invented: the audits of one month, and two months of one figure.
MONTH = {"North": (1, 4, 2, 0), "South": (0, 3, 2, 1), "East": (1, 3, 2, 1)}
APRIL, MAY = 20, 1
TITLE = "One small count takes three others with it"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    result = protect(_table(COUNTS))
    return {
        "protecting-small-numbers.svg": _picture(result.table),
        "protecting-small-numbers.md": _words(),
    }


def _table(counts: Mapping[str, tuple[int, ...]]) -> Table:
    inner = {
        (team, grade): count for team, row in counts.items() for grade, count in zip(GRADES, row, strict=True)
    }
    return grid(
        inner,
        [
            Dimension(dict.fromkeys(TEAMS, "All teams")),
            Dimension(dict.fromkeys(GRADES, "All grades"), classifies=True),
        ],
    )


def _picture(table: Table) -> str:
    wide, high, left, top = 112, 46, 96, 78
    rows, columns = (*TEAMS, "All teams"), (*GRADES, "All grades")
    frame = Frame(0, 1, 0, 1, width=left + 5 * wide + 12, height=top + 4 * high + 66)
    figures = published(table)
    pieces = [
        drawing.text_at(left + (i + 0.5) * wide, top - 10, name, anchor="middle", colour=drawing.QUIET)
        for i, name in enumerate(columns)
    ]
    for i, row in enumerate(rows):
        pieces.append(drawing.text_at(8, top + i * high + 27, row, bold=True))
        for j, column in enumerate(columns):
            name = f"{row}|{column}"
            pieces += _cell(table, figures[name], name, (left + j * wide, top + i * high), (wide, high))
    foot = top + len(rows) * high + 22
    pieces += [
        _frame_of((left, foot - 12), (24, 16), "small"),
        drawing.text_at(left + 32, foot, "c: too small to show", colour=drawing.QUIET),
        _frame_of((left + 220, foot - 12), (24, 16), "besides"),
        drawing.text_at(left + 252, foot, "c: hidden so that it cannot be worked out", colour=drawing.QUIET),
    ]
    told = "; ".join(f"{name.replace('|', ', ')}: {figure}" for name, figure in figures.items())
    return drawing.picture(frame, TITLE, f"A table of audits by team and grade. {told}.", pieces)


def _cell(
    table: Table, figure: str, name: str, corner: tuple[float, float], size: tuple[float, float]
) -> list[str]:
    kind = "small" if name in table.primary else "besides" if name in table.secondary else ""
    middle = corner[0] + size[0] / 2 - 2
    return [
        _frame_of(corner, (size[0] - 4, size[1] - 4), kind),
        drawing.text_at(middle, corner[1] + 26, figure, anchor="middle", bold=bool(kind)),
    ]


def _frame_of(corner: tuple[float, float], size: tuple[float, float], kind: str) -> str:
    stroke = {
        "small": f'stroke="{drawing.WARM}" stroke-width="3"',
        "besides": f'stroke="{drawing.TEAL}" stroke-width="2" stroke-dasharray="5 3"',
    }.get(kind, f'stroke="{drawing.GRID}"')
    return (
        f'<rect x="{drawing.px(corner[0])}" y="{drawing.px(corner[1])}" width="{drawing.px(size[0])}" '
        f'height="{drawing.px(size[1])}" fill="#ffffff" {stroke}/>'
    )


def _words() -> str:
    table = _table(COUNTS)
    small = primary(table)
    result = protect(table)
    secret = next(iter(small.primary))
    bare = audit(small).ranges[secret]
    threes = Table({"a": 1, "b": 2, "c": 40, "all": 43}, (Relation("all", ("a", "b", "c")),))
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        header=" | ".join((*GRADES, "All grades")),
        rows="\n".join(_line(small, team) for team in (*TEAMS, "All teams")),
        after="\n".join(_line(result.table, team) for team in (*TEAMS, "All teams")),
        secret=secret.replace("|", ", "),
        total=table.cells["North|All grades"],
        others=" - ".join(str(n) for n in COUNTS["North"][:3]),
        found=bare.lower,
        ranges="\n".join(
            f"| {name.replace('|', ', ')} | {_range(found)} |" for name, found in result.audit.ranges.items()
        ),
        besides=len(result.table.secondary),
        first=_range(audit(primary(threes)).ranges["a"]),
        fifteen=" or ".join(str(n) for n in numerators(15, 0, 20)),
        refused=_refused(_table(MONTH)),
        april=APRIL,
        to_date=APRIL + MAY,
        may=_month(),
    )


def _line(table: Table, team: str) -> str:
    figures = published(table)
    return f"| {team} | " + " | ".join(figures[f"{team}|{g}"] for g in (*GRADES, "All grades")) + " |"


def _range(found: Range) -> str:
    return f"{found.lower} to {found.upper}"


def _refused(table: Table) -> str:
    try:
        protect(table)
    except RefusedError as refused:
        return str(refused)
    raise AssertionError("The example is of a table that is refused.")


def _month() -> str:
    links = (Relation("April to May", ("April", "May")),)
    before = Register(links=links).with_release("April", Table({"April": APRIL}))
    before = before.with_release("April to May", Table({"April to May": APRIL + MAY}))
    try:
        protect(Table({"May": MAY}), register=before)
    except RefusedError as refused:
        return str(refused)
    raise AssertionError("The example is of a figure that earlier releases give away.")


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["protecting-small-numbers.md"])


if __name__ == "__main__":
    main()
