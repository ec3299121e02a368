"""A coefficient with the interval of its resampled cases, or the reason why it has none."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from stats.agreement.counts import FEWEST_PAIRS
from stats.agreement.ratings import Floats
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

Agreement: TypeAlias = "Callable[[Floats], tuple[Floats, Floats]]"
"""Agreement seen and by chance, for rows of how often each case is taken."""


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


def coefficient_of(
    agreement: Agreement, drawn: int, cases: int, confidence: float, resamples: int, seed: int
) -> Coefficient:
    """The coefficient of all cases with the interval of their resamples, or the reason there is none.

    `agreement` gives agreement seen and by chance for rows of how often each of the `drawn` cases is taken.
    Unit: coefficient, up to 1. Raises: ValueError unless 0 < confidence < 1, resamples is whole and at least 1
    and seed whole and at least 0.
    Source: percentile bootstrap over cases, Efron and Tibshirani (1993), An Introduction to the Bootstrap, 13.3.
    """
    import numpy as np

    tail = (1 - share("confidence", confidence)) / 2
    draws, start = whole("resamples", resamples, least=1), whole("seed", seed)
    bare = Coefficient(
        value=None,
        lower=None,
        upper=None,
        confidence=confidence,
        cases=cases,
        observed=None,
        expected=None,
        verdict=Verdict.NONE,
        reason=Reason.FEWER_THAN_10,
        resamples=draws,
        seed=start,
    )
    if cases < FEWEST_PAIRS:
        return bare
    with np.errstate(invalid="ignore", divide="ignore"):
        seen, by_chance = agreement(np.ones((1, drawn)))
        value = _finite(_beyond_chance(seen, by_chance)[0])
        found = replace(bare, value=value, observed=_finite(seen[0]), expected=_finite(by_chance[0]))
        if value is None:
            return replace(found, reason=Reason.ONE_CATEGORY)
        if found.observed == 1:
            return replace(found, reason=Reason.NO_DISAGREEMENT)
        again = _resampled(agreement, drawn, draws, start)
    if len(again) < (1 - MOST_UNDEFINED) * draws:
        return replace(found, reason=Reason.UNSTABLE)
    lower, upper = (float(limit) for limit in np.quantile(again, (tail, 1 - tail)))
    if cases < FEWEST_FOR_VERDICT:
        return replace(found, lower=lower, upper=upper, reason=Reason.FEWER_THAN_30)
    return replace(found, lower=lower, upper=upper, reason=None, verdict=verdict_for(lower))


def verdict_for(lower: float) -> Verdict:
    """The verdict that a lower limit allows.

    Unit: coefficient. Source: Krippendorff (2004), Content Analysis, 2nd edition, page 241: 0.800 and 0.667.
    """
    if lower >= RELIABLE:
        return Verdict.RELIABLE
    return Verdict.TENTATIVE if lower >= TENTATIVE else Verdict.UNRELIABLE


def _beyond_chance(seen: Floats, by_chance: Floats) -> Floats:
    # Chance agreement of exactly 1 may come out a hair below; there is no room above it to measure.
    import numpy as np

    room = np.where(by_chance < 1 - 1e-12, 1 - by_chance, np.nan)
    return np.asarray((seen - by_chance) / room, dtype=np.float64)


def _finite(figure: float) -> float | None:
    import numpy as np

    return float(figure) if np.isfinite(figure) else None


def _resampled(agreement: Agreement, drawn: int, draws: int, seed: int) -> Floats:
    """The coefficient of each resample that has one. Shape: (draws with a value,)."""
    import numpy as np

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
