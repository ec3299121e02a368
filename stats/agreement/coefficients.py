"""Agreement beyond chance as one coefficient, with an interval from resampling the cases."""

from collections.abc import Hashable, Sequence

from stats.agreement.ratings import (
    Floats,
    Level,
    Matrix,
    Weights,
    counts_per_case,
    disagreements,
    named,
    paired,
    values_of,
)
from stats.agreement.resampling import RESAMPLES, Agreement, Coefficient, coefficient_of


def cohen_kappa(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    weights: Weights | Matrix,
    categories: Sequence[Hashable],
    *,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Coefficient:
    """Cohen's (weighted) kappa for two raters; cases that either left out are left out.

    `weights` may be a matrix of one's own, of disagreements. Unit: coefficient, up to 1.
    Raises: ValueError for lists of different length, ratings not declared or a matrix that does not fit.
    Source: Cohen (1960), Educ Psychol Meas 20: 37-46; weighted, Cohen (1968), Psychol Bull 70: 213-220.
    """
    import numpy as np

    pairs = paired(a, b, categories, ("a", "b"))
    size = len(categories)
    apart = disagreements(weights, size)
    tables = np.zeros((len(pairs), size, size))
    for number, (first, second) in enumerate(pairs):
        tables[number, first, second] = 1

    def agreement(times: Floats) -> tuple[Floats, Floats]:
        table = np.tensordot(times, tables, axes=1) / times.sum(axis=1)[:, None, None]
        chance = table.sum(axis=2)[:, :, None] * table.sum(axis=1)[:, None, :]
        return 1 - (table * apart).sum(axis=(1, 2)), 1 - (chance * apart).sum(axis=(1, 2))

    return coefficient_of(agreement, len(pairs), len(pairs), confidence, resamples, seed)


def gwet_ac(
    ratings: Sequence[Sequence[Hashable]],
    weights: Weights | Matrix,
    categories: Sequence[Hashable],
    *,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Coefficient:
    """Gwet's AC1 (unweighted) or AC2 (weighted) for any number of raters, ratings missing or not.

    It depends on the declared categories: a grade that nobody used still counts.
    Shape: (cases, raters). Unit: coefficient, up to 1. Raises: ValueError for ratings not declared or a
    matrix that does not fit. Source: Gwet (2008), Br J Math Stat Psychol 61: 29-48; Gwet (2014), Handbook of
    Inter-Rater Reliability, 4th edition.
    """
    import numpy as np

    counts = counts_per_case(ratings, categories)
    counts = counts[counts.sum(axis=1) >= 1]
    raters = counts.sum(axis=1)
    size = counts.shape[1]
    alike = 1 - disagreements(weights, size)
    twice = raters >= 2
    pairs = np.where(twice, raters * (raters - 1), 1)
    agreed = np.where(twice, (((counts @ alike) * counts).sum(axis=1) - raters) / pairs, 0.0)
    used = counts / raters[:, None]
    scale = alike.sum() / (size * (size - 1))

    def agreement(times: Floats) -> tuple[Floats, Floats]:
        # A draw without a single doubly rated case has no agreement to speak of: 0 / 0, undefined.
        seen = (times @ agreed) / (times @ twice.astype(np.float64))
        usage = (times @ used) / times.sum(axis=1)[:, None]
        return seen, scale * (usage * (1 - usage)).sum(axis=1)

    return coefficient_of(agreement, len(counts), int(twice.sum()), confidence, resamples, seed)


def krippendorff_alpha(
    ratings: Sequence[Sequence[Hashable]],
    level: Level | Matrix,
    categories: Sequence[Hashable],
    *,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Coefficient:
    """Krippendorff's alpha for any number of raters, ratings missing or not.

    Interval and ratio distances are taken between the categories where all are numbers, else between their
    places from 1. `level` may be a matrix of one's own, of disagreements.
    Shape: (cases, raters). Unit: coefficient, up to 1. Raises: ValueError for ratings not declared or a
    matrix that does not fit. Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; R's irr
    0.84.1 is wrong for complete data of more than two raters (it weighs each pair 1, not 1/(m - 1)).
    """
    counts = counts_per_case(ratings, categories)
    raters = counts.sum(axis=1)
    counts, raters = counts[raters >= 2], raters[raters >= 2]
    ordinal = level == Level.ORDINAL
    agreement = (
        _ordinal_agreement(counts) if ordinal else _fixed_agreement(counts, _distances(level, categories))
    )
    return coefficient_of(agreement, len(counts), len(counts), confidence, resamples, seed)


def _fixed_agreement(counts: Floats, distances: Floats) -> Agreement:
    """Agreement seen and by chance where the distances between categories are known beforehand."""
    raters = counts.sum(axis=1)
    # Any scale will do; the largest distance is the whole of a disagreement.
    distances = distances / distances.max()
    apart = ((counts @ distances) * counts).sum(axis=1) / (raters - 1)

    def agreement(times: Floats) -> tuple[Floats, Floats]:
        used = times @ counts
        total = used.sum(axis=1)
        by_chance = ((used @ distances) * used).sum(axis=1) / (total * (total - 1))
        return 1 - times @ apart / total, 1 - by_chance

    return agreement


def _ordinal_agreement(counts: Floats) -> Agreement:
    """Agreement seen and by chance where the distance of two categories is how many ratings lie between them."""
    import numpy as np

    size = counts.shape[1]
    together = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(size)
    together = together / (counts.sum(axis=1) - 1)[:, None, None]

    def agreement(times: Floats) -> tuple[Floats, Floats]:
        used = times @ counts
        total = used.sum(axis=1)
        middles = np.cumsum(used, axis=1) - used / 2
        distances = ((middles[:, :, None] - middles[:, None, :]) / total[:, None, None]) ** 2
        seen = (np.tensordot(times, together, axes=1) * distances).sum(axis=(1, 2)) / total
        by_chance = (used[:, :, None] * used[:, None, :] * distances).sum(axis=(1, 2))
        return 1 - seen, 1 - by_chance / (total * (total - 1))

    return agreement


def _distances(level: Level | Matrix, categories: Sequence[Hashable]) -> Floats:
    import numpy as np

    if not isinstance(level, str):
        return disagreements(level, len(categories))
    named("level", level, Level)
    if Level(level) is Level.NOMINAL:
        return disagreements(Weights.UNWEIGHTED, len(categories))
    values = values_of(categories, Level(level))
    apart = (values[:, None] - values[None, :]) ** 2
    if level == Level.INTERVAL:
        return np.asarray(apart, dtype=np.float64)
    sums = (values[:, None] + values[None, :]) ** 2
    return np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0)
