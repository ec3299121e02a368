"""The page on themes in narratives: its worked examples, its picture and its words.

Run from the root of the project: python -m scripts.explain.themes
"""

import random
from pathlib import Path

from scripts.explain import drawing
from scripts.explain.drawing import Frame, Shape
from stats.themes import CoderAgreement, Grouping, coder_agreement, group_narratives
from stats.themes.grouping import CODEBOOK_UNDER, SMALLEST_GROUP, STABLE

FOLDER = Path(__file__).parents[2] / "docs" / "explanation"
TEMPLATE = Path(__file__).parent / "templates" / "themes.md"


def _listed(words: str) -> list[str]:
    return words.split()


THEMES = {"child's voice": "v", "planning": "p", "risk": "r", "supervision": "s"}
# Invented: the themes each of two people found in 24 narratives, by first letter; "-" is none.
FIRST = _listed("v vp p r - s v pr p v r s rs v p - r vp s p r v - rs")
SECOND = _listed("v v p r - s vp pr - v r s r v p s r v s p rs p - rs")
# Invented: the words narratives are made of.
VOICE = _listed("child listened wishes feelings heard direct advocate views drawing alone spoke play")
PLANNING = _listed("plan actions timescales review outcomes drift steps progress measured conference")
RISK = _listed("risk assessment neglect chronology history harm analysis escalation police threshold")
SHARED = _listed("good evidence record file worker needs practice clear notes family visit")
COUNT = 120


def pages() -> dict[str, str]:
    """The text of every file this script writes, by name."""
    texts = _narratives()
    found, shuffled = group_narratives(texts), group_narratives(_shuffled(texts))
    return {"themes.svg": _picture(found, shuffled), "themes.md": _words(_coded(), found, shuffled)}


def _coded() -> CoderAgreement:
    names = {letter: theme for theme, letter in THEMES.items()}
    first, second = ([{names[x] for x in each if x in names} for each in coder] for coder in (FIRST, SECOND))
    return coder_agreement(first, second, list(THEMES))


def _narratives() -> list[str]:
    """Narratives that each speak mainly of one theme."""
    chooser = random.Random(1)  # noqa: S311 - an example, not a secret
    texts = []
    for _ in range(COUNT):
        words = chooser.sample(chooser.choice([VOICE, PLANNING, RISK]), 6) + chooser.sample(SHARED, 5)
        chooser.shuffle(words)
        texts.append(" ".join(words))
    return texts


def _shuffled(texts: list[str]) -> list[str]:
    words = [word for text in texts for word in text.split()]
    random.Random(2).shuffle(words)  # noqa: S311 - an example, not a secret
    dealt = iter(words)
    return [" ".join(next(dealt) for _ in text.split()) for text in texts]


def _title(found: Grouping) -> str:
    return f"Only {len(found.groups)} groups come back every time"


def _picture(found: Grouping, shuffled: Grouping) -> str:
    frame = Frame(1.5, 7.5, 0, 1.1)
    real = [(float(each.groups), each.stability) for each in found.tried]
    dealt = [(float(each.groups), each.stability) for each in shuffled.tried]
    pieces = [
        drawing.y_axis(
            frame, {v / 4: f"{v / 4:.2f}" for v in range(5)}, "How alike the groups are that come back"
        ),
        drawing.x_axis(frame, {float(v): str(v) for v in range(2, 7)}, "Number of groups tried"),
        drawing.level(frame, STABLE, x_to=6.4, colour=drawing.QUIET, dash="5 4"),
        drawing.label(
            frame, 6.4, STABLE, f"stable from {STABLE:.2f}", right=6, lower=5, colour=drawing.QUIET
        ),
        drawing.line(frame, real),
        drawing.points(frame, real),
        drawing.label(frame, *real[-1], "these texts", right=12, lower=5, colour=drawing.TEAL),
        drawing.line(frame, dealt, colour=drawing.WARM, dash="2 3"),
        drawing.points(frame, dealt, shape=Shape.CROSS, colour=drawing.WARM),
        drawing.label(frame, *dealt[-1], "words shuffled", right=12, lower=5, colour=drawing.WARM),
    ]
    told = "; ".join(
        f"{a.groups} groups: {a.stability:.2f} for the texts, {b.stability:.2f} for shuffled words"
        for a, b in zip(found.tried, shuffled.tried, strict=True)
    )
    return drawing.picture(frame, _title(found), f"Line chart of stability. {told}.", pieces)


def _words(coded: CoderAgreement, found: Grouping, shuffled: Grouping) -> str:
    assert coded.sets.reason is not None
    rows = [
        f"| {each.theme} | {each.first} | {each.second} | {each.both} | "
        f"{'' if each.positive is None else format(each.positive, '.0%')} |"
        for each in coded.themes
    ]
    tried = [
        f"| {a.groups} | {a.stability:.2f} | {b.stability:.2f} |"
        for a, b in zip(found.tried, shuffled.tried, strict=True)
    ]
    groups = [f"- {len(group.members)} texts: {', '.join(group.terms[:5])}" for group in found.groups]
    return TEMPLATE.read_text(encoding="utf-8").format(
        coded=coded,
        rows="\n".join(rows),
        reason=coded.sets.reason.value,
        count=COUNT,
        title=_title(found),
        stable=STABLE,
        tried="\n".join(tried),
        found=found.words,
        groups="\n".join(groups),
        shuffled=shuffled.outcome.value,
        codebook=CODEBOOK_UNDER,
        smallest=SMALLEST_GROUP,
    )


def main() -> None:
    """Nothing; prints the figures and writes the page and its picture."""
    files = pages()
    drawing.save(FOLDER, files)
    print(files["themes.md"])


if __name__ == "__main__":
    main()
