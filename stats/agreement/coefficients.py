"""Agreement beyond chance as one coefficient, with an interval from resampling the cases."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from stats.agreement.counts import FEWEST_PAIRS
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
from stats.arguments import share, whole

FEWEST_FOR_VERDICT = 30
"""The number of doubly rated cases from which a verdict is given. Unit: cases.

Source: 24 grade pairs with alpha 0.70 have an interval from 0.41 to 0.87; under 30 the words outrun the data.
"""

TENTATIVE, RELIABLE = 0.667, 0.800
"""Lower limits from which conclusions may be tentative, and from which ratings are reliable.

Unit: coefficient. Source: Krippendorff (2004), Content Analysis, 2nd edition, page 241, on the lower limit.
"""

MOST_UNDEFINED = 0.05
"""The share of resamples without a value above which no interval is given.

Unit: share, 0 to 1. Source: dropping more than 1 in 20 would shift a 95% percentile limit by over a tail.
"""

RESAMPLES = 2_000
"""How often cases are drawn again. Unit: draws. Source: Efron and Tibshirani (1993), 13.3 (percentiles)."""

BLOCK = 1_000_000
"""How many drawn cases are held at once. Unit: cases. Source: 8 MB of memory; the draws stay the same."""


class Verdict(StrEnum):
    """What the lower limit of a coefficient lets one say."""

    RELIABLE = "reliable"
    TENTATIVE = "good enough for tentative conclusions"
    UNRELIABLE = "not reliable enough to rely on"
    NONE = "no verdict"


class Reason(StrEnum):
    """Why a value, an interval or a verdict is missing."""

    FEWER_THAN_10 = "fewer than 10 cases were rated twice, so only counts are given"
    FEWER_THAN_30 = "fewer than 30 cases were rated twice, so no verdict is given"
    ONE_CATEGORY = "every rating is the same category, so agreement beyond chance cannot be measured"
    NO_DISAGREEMENT = "nobody disagreed, so drawing the cases again cannot show how sure the figure is"
    UNSTABLE = "too many draws of the cases hold one category only, so no interval is given"


@dataclass(frozen=True)
class Coefficient:
    """A chance-corrected coefficient: 1 is full agreement, 0 what chance would give.

    `cases` were rated at least twice; `observed` and `expected` are the (weighted) agreement seen and that of
    chance. Unit: coefficient, up to 1; agreement as shares. None where `reason` says why.
    """

    value: float | None
    lower: float | None
    upper: float | None
    confidence: float
    cases: int
    observed: float | None
    expected: float | None
    verdict: Verdict
    reason: Reason | None
    resamples: int
    seed: int


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

    return _coefficient(agreement, len(pairs), len(pairs), confidence, resamples, seed)


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

    return _coefficient(agreement, len(counts), int(twice.sum()), confidence, resamples, seed)


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
    size = counts.shape[1]
    together = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(size)
    together = together / (raters - 1)[:, None, None]
    fixed = None if level == Level.ORDINAL else _distances(level, categories)

    def agreement(times: Floats) -> tuple[Floats, Floats]:
        seen = np.tensordot(times, together, axes=1)
        used = seen.sum(axis=2)
        if fixed is None:
            middles = np.cumsum(used, axis=1) - used / 2
            distances = (middles[:, :, None] - middles[:, None, :]) ** 2
        else:
            distances = np.broadcast_to(fixed, seen.shape)
        # Any scale will do; the largest distance makes 1 the whole of a disagreement.
        most = distances.max(axis=(1, 2))
        total = used.sum(axis=1)
        seen_apart = (seen * distances).sum(axis=(1, 2)) / (total * most)
        by_chance = (used[:, :, None] * used[:, None, :] * distances).sum(axis=(1, 2))
        return 1 - seen_apart, 1 - by_chance / (total * (total - 1) * most)

    return _coefficient(agreement, len(counts), len(counts), confidence, resamples, seed)


def _distances(level: Level | Matrix, categories: Sequence[Hashable]) -> Floats:
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


def _coefficient(
    agreement: Callable[[Floats], tuple[Floats, Floats]],
    drawn: int,
    cases: int,
    confidence: float,
    resamples: int,
    seed: int,
) -> Coefficient:
    """The coefficient of all cases with the interval of their resamples, or the reason there is none.

    `agreement` gives agreement seen and by chance for rows of how often each of the `drawn` cases is taken.
    """
    tail = (1 - share("confidence", confidence)) / 2
    draws, start = whole("resamples", resamples, least=1), whole("seed", seed)
    value = lower = upper = observed = expected = None
    verdict, reason = Verdict.NONE, None
    if cases < FEWEST_PAIRS:
        reason = Reason.FEWER_THAN_10
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            seen, by_chance = agreement(np.ones((1, drawn)))
            observed, expected = _finite(seen[0]), _finite(by_chance[0])
            value = _finite(_beyond_chance(seen, by_chance)[0])
            if value is None:
                reason = Reason.ONE_CATEGORY
            elif observed == 1:
                reason = Reason.NO_DISAGREEMENT
            else:
                found = _resampled(agreement, drawn, draws, start)
                if len(found) < (1 - MOST_UNDEFINED) * draws:
                    reason = Reason.UNSTABLE
                else:
                    lower, upper = (float(q) for q in np.quantile(found, (tail, 1 - tail)))
                    reason = Reason.FEWER_THAN_30 if cases < FEWEST_FOR_VERDICT else None
                    verdict = Verdict.NONE if reason else _verdict(lower)
    return Coefficient(
        value, lower, upper, confidence, cases, observed, expected, verdict, reason, draws, start
    )


def _beyond_chance(seen: Floats, by_chance: Floats) -> Floats:
    # Chance agreement of exactly 1 may come out a hair below; there is no room above it to measure.
    room = np.where(by_chance < 1 - 1e-12, 1 - by_chance, np.nan)
    return np.asarray((seen - by_chance) / room, dtype=np.float64)


def _finite(figure: float) -> float | None:
    return float(figure) if np.isfinite(figure) else None


def _resampled(
    agreement: Callable[[Floats], tuple[Floats, Floats]], drawn: int, draws: int, seed: int
) -> Floats:
    """The coefficient of each resample that has one. Shape: (draws with a value,)."""
    chooser = np.random.Generator(np.random.PCG64(seed))
    at_once = max(1, BLOCK // drawn)
    found = []
    for start in range(0, draws, at_once):
        rows = min(at_once, draws - start)
        chosen = chooser.integers(drawn, size=(rows, drawn)) + drawn * np.arange(rows)[:, None]
        times = np.bincount(chosen.ravel(), minlength=rows * drawn).reshape(rows, drawn)
        found.append(_beyond_chance(*agreement(times.astype(np.float64))))
    every = np.concatenate(found)
    return every[np.isfinite(every)]


def _verdict(lower: float) -> Verdict:
    if lower >= RELIABLE:
        return Verdict.RELIABLE
    return Verdict.TENTATIVE if lower >= TENTATIVE else Verdict.UNRELIABLE
