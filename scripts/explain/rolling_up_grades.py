"""The page on rolling judgements up to a grade: its worked example, its picture and its words.

Run from the root of the project: python -m scripts.explain.rolling_up_grades
"""

from itertools import combinations_with_replacement
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame
from stats.rollup import Outcome, Proposal, Unanswered, propose, rules_from

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "rolling-up-grades.md"

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
RULES = rules_from(
    {
        "levels": GRADES,
        "grades": GRADES,
        "base": "majority",
        "limits": [
            {"criteria": ["Safety"], "at_or_worse": "Inadequate", "cap": "Inadequate"},
            {"criteria": ["Supervision"], "at_or_worse": "Inadequate", "cap": "Requires improvement"},
        ],
        "minimum_answered": 4,
    }
)
FIVE_QUESTIONS = rules_from(
    {
        "levels": GRADES,
        "grades": GRADES,
        "base": "table",
        "table": [
            {"grade": "Inadequate", "when": {"Inadequate": {"at_least": 2}}},
            {"grade": "Requires improvement", "when": {"Requires improvement": {"at_least": 2}}},
            {
                "grade": "Outstanding",
                "when": {
                    "Outstanding": {"at_least": 2},
                    "Requires improvement": {"at_most": 0},
                    "Inadequate": {"at_most": 0},
                },
            },
            {
                "grade": "Good",
                "when": {"Requires improvement": {"at_most": 1}, "Inadequate": {"at_most": 0}},
            },
        ],
    }
)
CRITERIA = ("Safety", "Planning", "Child's voice", "Impact", "Supervision")
NA, UNSEEN = Unanswered.NOT_APPLICABLE, Unanswered.NOT_ASSESSED
# Invented: the judgements of five audits, in the order of the criteria.
AUDITS: dict[str, tuple[str | Unanswered, ...]] = {
    "A": ("Good", "Good", "Good", "Requires improvement", "Good"),
    "B": ("Good", "Good", "Good", "Good", "Inadequate"),
    "C": ("Inadequate", "Good", "Good", "Good", "Good"),
    "D": ("Good", "Good", "Requires improvement", "Requires improvement", NA),
    "E": (UNSEEN, "Good", "Good", "Good", "Good"),
}
TITLE = "Five audits, the same rules, five ways to a grade or to none"


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    found = {
        name: propose(dict(zip(CRITERIA, judgements, strict=True)), RULES)
        for name, judgements in AUDITS.items()
    }
    return {"rolling-up-grades.svg": _picture(found), "rolling-up-grades.md": _words(found)}


def _short(judgement: str | Unanswered) -> str:
    return {NA: "n/a", UNSEEN: "not seen", "Requires improvement": "Req. impr."}.get(judgement, judgement)


def _picture(found: dict[str, Proposal]) -> str:
    wide, high, left, top = 104, 44, 60, 76
    frame = Frame(0, 6, 0, 5, width=left + 6 * wide + 60, height=top + len(found) * high + 16)
    pieces = [
        drawing.text_at(
            left + (place + 0.5) * wide + (20 if place == 5 else 0),
            top - 10,
            name,
            anchor="middle",
            colour=drawing.QUIET,
        )
        for place, name in enumerate((*CRITERIA, "proposed"))
    ]
    for row, (name, proposal) in enumerate(found.items()):
        y = top + row * high
        pieces.append(drawing.text_at(24, y + 25, name, bold=True))
        for place, judgement in enumerate(AUDITS[name]):
            limits = bool(proposal.limits_fired) and judgement == "Inadequate"
            pieces += _box(left + place * wide, y, wide, high, _short(judgement), strong=limits)
        words = _short(proposal.grade) if proposal.grade else "judgement needed"
        pieces += _box(left + 5 * wide + 12, y, wide + 30, high, words, strong=True)
    told = "; ".join(f"audit {name}: {proposal.rule}" for name, proposal in found.items())
    return drawing.picture(frame, TITLE, f"A grid of judgements with the proposed grade. {told}", pieces)


def _box(x: float, y: float, wide: float, high: float, words: str, *, strong: bool) -> list[str]:
    border = drawing.TEAL if strong else drawing.GRID
    box = (
        f'<rect x="{drawing.px(x)}" y="{drawing.px(y)}" width="{drawing.px(wide - 4)}" '
        f'height="{drawing.px(high - 4)}" fill="#ffffff" stroke="{border}" '
        f'stroke-width="{2.5 if strong else 1}"/>'
    )
    return [box, drawing.text_at(x + (wide - 4) / 2, y + 25, words, anchor="middle", bold=strong)]


def _words(found: dict[str, Proposal]) -> str:
    every = list(combinations_with_replacement(GRADES, 5))
    open_ones = [
        ratings
        for ratings in every
        if propose(dict(zip("abcde", ratings, strict=True)), FIVE_QUESTIONS).outcome
        is Outcome.JUDGEMENT_NEEDED
    ]
    return TEMPLATE.read_text(encoding="utf-8").format(
        title=TITLE,
        rows="\n".join(
            f"| {name} | {p.assessed} of {p.applicable} | {p.not_applicable} | {p.grade or 'none'} | {p.rule} |"
            for name, p in found.items()
        ),
        combinations=len(every),
        open=len(open_ones),
        d=found["D"],
        minimum=RULES.minimum_answered,
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["rolling-up-grades.md"])


if __name__ == "__main__":
    main()
