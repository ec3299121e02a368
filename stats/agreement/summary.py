"""What to print about two people who judged the same cases, in the order to print it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from stats.agreement.coefficients import krippendorff_alpha
from stats.agreement.counts import PairShare, SignedDifference, percent, signed_difference, within_one
from stats.agreement.ratings import Level
from stats.agreement.resampling import Coefficient


@dataclass(frozen=True)
class TwoRaters:
    """Pairs, exact agreement, within one step, which way the rest lean, then one coefficient."""

    pairs: int
    exact: PairShare
    within_one: PairShare
    lean: SignedDifference
    alpha: Coefficient


def two_raters(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    categories: Sequence[Hashable],
    level: Level = Level.ORDINAL,
    *,
    confidence: float = 0.95,
    seed: int = 1,
) -> TwoRaters:
    """Everything to print about two raters, in the order to print it.

    Declare grades from best to worst, so that a positive lean is the second rater being harsher.
    Unit: as each part. Raises: ValueError for lists of different length or a rating that is not declared.
    Source: counts first, then one coefficient with its interval; Krippendorff's alpha suits any number of
    raters and missing ratings (Krippendorff 2004).
    """
    lean = signed_difference(first, second, categories)
    ratings = list(zip(first, second, strict=True))
    return TwoRaters(
        pairs=lean.pairs,
        exact=percent(ratings, categories, confidence),
        within_one=within_one(ratings, categories, confidence),
        lean=lean,
        alpha=krippendorff_alpha(ratings, level, categories, confidence=confidence, seed=seed),
    )
