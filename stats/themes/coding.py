"""Agreement between two coders who each gave every narrative a set of themes."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from stats.agreement import FEWEST_PAIRS, Coefficient, Level, krippendorff_alpha
from stats.arguments import refuse


class Distance(StrEnum):
    """How far apart two sets of themes are."""

    EXACT = "exact"
    JACCARD = "jaccard"
    MASI = "masi"


@dataclass(frozen=True)
class ThemeAgreement:
    """How far both coders found one theme in the same narratives.

    `positive` is twice the narratives where both found it over all findings of either: the figure to read first,
    because chance-corrected ones are unstable for rare themes. None with fewer than 10 narratives or no finding.
    Unit: counts of narratives; `positive` a share, 0 to 1.
    """

    theme: str
    first: int
    second: int
    both: int
    neither: int
    positive: float | None
    alpha: Coefficient


@dataclass(frozen=True)
class CoderAgreement:
    """Agreement theme by theme, and of the whole sets.

    `sets` is alpha with the distance named; `exact` how many narratives got the very same set from both.
    """

    narratives: int
    exact: int
    themes: tuple[ThemeAgreement, ...]
    distance: Distance
    sets: Coefficient


def set_distance(a: AbstractSet[str], b: AbstractSet[str], distance: Distance) -> float:
    """How far apart two sets are: 0 for the same, 1 for nothing in common.

    Two empty sets are the same. Unit: share, 0 to 1.
    Source: Jaccard (1901); MASI, Passonneau (2006), LREC: Jaccard overlap times 1, 2/3, 1/3 or 0 for same, one
    within the other, overlapping and apart.
    """
    if a == b:
        return 0.0
    if distance is Distance.EXACT or not a & b:
        return 1.0
    overlap = len(a & b) / len(a | b)
    if distance is Distance.JACCARD:
        return 1 - overlap
    return 1 - overlap * (2 / 3 if a <= b or b <= a else 1 / 3)


def coder_agreement(
    first: Sequence[AbstractSet[str] | None],
    second: Sequence[AbstractSet[str] | None],
    themes: Sequence[str],
    distance: Distance = Distance.JACCARD,
    *,
    seed: int = 1,
) -> CoderAgreement:
    """How far two coders gave the same narratives the same themes; narratives that either left out are left out.

    An empty set says that no theme was found, None that the narrative was not coded.
    Shape: one set per narrative, in the same order. Raises: ValueError for lists of different length, or a theme
    that is not declared.
    Source: positive agreement, Dice (1945) and Cicchetti and Feinstein (1990), J Clin Epidemiol 43: 551-558;
    alpha, Krippendorff (2011); set distances, Passonneau (2006), LREC.
    """
    if isinstance(themes, str) or not themes or len(set(themes)) < len(themes):
        refuse("themes", themes, "a sequence of at least one theme, each once")
    if len(first) != len(second):
        refuse("second", f"{len(second)} sets", f"as long as first, which has {len(first)}")
    pairs = [
        (_declared("first", a, themes), _declared("second", b, themes))
        for a, b in zip(first, second, strict=True)
        if a is not None and b is not None
    ]
    used = sorted({each for pair in pairs for each in pair}, key=sorted)
    # Alpha leaves unused categories alone, and cannot do with fewer than two.
    categories = [*used, *({frozenset(), frozenset(themes)} - set(used))]
    apart = [[set_distance(a, b, distance) for b in categories] for a in categories]
    return CoderAgreement(
        narratives=len(pairs),
        exact=sum(a == b for a, b in pairs),
        themes=tuple(_theme(theme, pairs, seed) for theme in themes),
        distance=distance,
        sets=krippendorff_alpha(pairs, apart, categories, seed=seed),
    )


def _declared(argument: str, found: AbstractSet[str], themes: Sequence[str]) -> frozenset[str]:
    if isinstance(found, str) or not isinstance(found, AbstractSet):
        refuse(argument, found, "a set of themes for each narrative, or None where it was not coded")
    for theme in sorted(found - set(themes)):
        refuse(argument, theme, f"one of the declared themes {list(themes)!r}")
    return frozenset(found)


def _theme(theme: str, pairs: list[tuple[frozenset[str], frozenset[str]]], seed: int) -> ThemeAgreement:
    found = [(theme in a, theme in b) for a, b in pairs]
    first, second = sum(a for a, _ in found), sum(b for _, b in found)
    both = sum(a and b for a, b in found)
    enough = len(found) >= FEWEST_PAIRS and first + second > 0
    return ThemeAgreement(
        theme=theme,
        first=first,
        second=second,
        both=both,
        neither=sum(not (a or b) for a, b in found),
        positive=2 * both / (first + second) if enough else None,
        alpha=krippendorff_alpha(found, Level.NOMINAL, (False, True), seed=seed),
    )
