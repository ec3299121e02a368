"""Which way moderation moved grades and how often two ratings agree: one meaning, wherever it is counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

OVERALL = ""
WAYS = ("up", "down", "same")


def moved(scale: Sequence[str], first: str, final: str) -> str:
    """ "up" towards the best grade, "down" or "same"; blank where either is no grade of the scale, best first."""
    if first not in scale or final not in scale:
        return ""
    before, after = scale.index(first), scale.index(final)
    return "same" if before == after else "up" if after < before else "down"


@dataclass(frozen=True)
class Rated:
    """One audit that was rated or settled: its scale, best first, and its grades by section, blank for overall.

    `final` holds the grades in force: a part that was settled without a grade of its own keeps the first one.
    """

    scale: Sequence[str]
    first: Mapping[str, str] = field(default_factory=dict)
    second: Mapping[str, str] = field(default_factory=dict)
    final: Mapping[str, str] = field(default_factory=dict)
    is_settled: bool = False

    @property
    def compared(self) -> list[str]:
        """The parts that stand for the audit: the overall grade, or every section where there is no overall grade."""
        return [OVERALL] if self.first.get(OVERALL) else [key for key in self.first if self.first[key]]


@dataclass(frozen=True)
class Moves:
    """How many grades moved each way, and how often first and second agree.

    `moves` counts overall grades, or the sections of audits without one; `by_section` has every section's own.
    `of` says which were counted: overall, section or both; blank for none.
    """

    moves: dict[str, int]
    by_section: dict[str, dict[str, int]]
    of: str
    pairs: tuple[tuple[str, str], ...]
    exact: int
    near: int


def moves_of(audits: Iterable[Rated]) -> Moves:
    """How moderation moved the grades of the audits. Only settled ones can have moved."""
    ways: Counter[str] = Counter()
    sections: dict[str, Counter[str]] = {}
    units: set[str] = set()
    pairs: list[tuple[str, str]] = []
    exact = near = 0
    for one in audits:
        compared = one.compared
        for part in one.first if one.is_settled else ():
            way = moved(one.scale, one.first[part], one.final.get(part, ""))
            if way and part in compared:
                ways[way] += 1
            if way and part != OVERALL:
                sections.setdefault(part, Counter())[way] += 1
        if one.is_settled or one.second:
            units |= {"overall" if part == OVERALL else "section" for part in compared}
        for part in compared:
            first, second = one.first[part], one.second.get(part, "")
            if first in one.scale and second in one.scale:
                apart = abs(one.scale.index(first) - one.scale.index(second))
                pairs.append((first, second))
                exact, near = exact + (apart == 0), near + (apart <= 1)
    return Moves(
        moves={way: ways[way] for way in WAYS},
        by_section={key: {way: found[way] for way in WAYS} for key, found in sections.items()},
        of="both" if len(units) > 1 else next(iter(units), ""),
        pairs=tuple(pairs),
        exact=exact,
        near=near,
    )
