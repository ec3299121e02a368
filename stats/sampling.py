"""Choosing cases so that anybody can repeat the draw, and what the chosen cases say about the frame."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from stats.arguments import number, refuse, share, whole
from stats.proportion import clopper_pearson, hypergeometric

# Source: methods.md section 3; the largest share of good teams that may wrongly be called not good enough
# in lot quality assurance sampling (Valadez 1991 and the WHO's manuals use 10%).
LQAS_LARGEST_ALPHA = 0.10


def frame_digest(ids: Iterable[str]) -> str:
    """The SHA-256 of the frame: its references sorted, joined with newlines, in UTF-8, as hexadecimal.

    The order in which the references are given does not matter. Sorting is by Unicode code point.
    Raises: ValueError for no references, an empty or repeated one, or one that holds a line break.
    Source: Plumbline issue "One monthly audit round"; FIPS 180-4 for SHA-256.
    """
    return hashlib.sha256("\n".join(sorted(_references(ids))).encode()).hexdigest()


def draw_order(ids: Iterable[str], seed: str) -> tuple[str, ...]:
    """The references in the order in which they are to be audited; the sample is the first n.

    Each reference is given HMAC-SHA256 with the seed as key; ascending hexadecimal, ties by reference. Taking
    a case out or putting one in never reorders the others, so a replacement is simply the next one.
    Raises: ValueError as `frame_digest`, and for an empty seed.
    Source: RFC 2104 (HMAC) and the reasoning of RFC 3797 (verifiable random selection).
    """
    references = _references(ids)
    if not isinstance(seed, str) or not seed:
        refuse("seed", seed, "a text of at least one character, recorded before the draw")
    key = seed.encode()
    return tuple(
        sorted(references, key=lambda id_: (hmac.new(key, id_.encode(), hashlib.sha256).hexdigest(), id_))
    )


def allocate(sizes: Mapping[str, int], n: int, minimum: int = 0) -> dict[str, int]:
    """How many cases to draw from each stratum: in proportion to its size, by largest remainder.

    No stratum gives more than it has; a frame smaller than n is taken whole. With a minimum, each stratum
    gives at least that many, or all it has. Equal remainders go to the larger stratum, then by name.
    Raises: ValueError if n is too small for the minimum.
    Source: methods.md section 3; largest remainder is Hamilton's method of apportionment.
    """
    for label, size in sizes.items():
        whole(f"sizes[{label!r}]", size)
    floor = whole("minimum", minimum)
    wanted = min(whole("n", n), sum(sizes.values()))
    needed = sum(min(floor, size) for size in sizes.values())
    if wanted < needed:
        refuse("n", n, f"at least {needed}, to draw {floor} from every stratum (or merge small strata)")
    fixed: dict[str, int] = {}
    while True:
        open_strata = {label: size for label, size in sizes.items() if label not in fixed}
        left = wanted - sum(fixed.values())
        among = sum(open_strata.values())
        quota = {label: Fraction(left * size, among) for label, size in open_strata.items() if among}
        below = {label for label, q in quota.items() if q < min(floor, sizes[label])}
        if not below:
            break
        fixed |= {label: min(floor, sizes[label]) for label in below}
    given = {label: math.floor(q) for label, q in quota.items()}
    by_remainder = sorted(quota, key=lambda label: (given[label] - quota[label], -sizes[label], label))
    for label in by_remainder[: left - sum(given.values())]:
        given[label] += 1
    return {label: fixed.get(label, given.get(label, 0)) for label in sizes}


@dataclass(frozen=True)
class Stratum:
    """Cases in the frame, cases audited and audited cases that met the test, in one stratum.

    Raises: ValueError unless good <= sampled <= size.
    """

    size: int
    sampled: int
    good: int

    def __post_init__(self) -> None:
        whole("size", self.size, least=1)
        whole("sampled", self.sampled, most=self.size)
        whole("good", self.good, most=self.sampled)


def weights(strata: Mapping[str, Stratum]) -> dict[str, float]:
    """How many cases of the frame each audited case stands for, by stratum.

    Raises: ValueError for a stratum in which nothing was audited.
    Source: methods.md section 3; the inverse of the chance of being drawn (Horvitz and Thompson 1952).
    """
    for label, stratum in strata.items():
        if not stratum.sampled:
            refuse(f"strata[{label!r}].sampled", 0, "at least 1; merge this stratum with another")
    return {label: stratum.size / stratum.sampled for label, stratum in strata.items()}


class IntervalKind(StrEnum):
    """How the limits of a stratified estimate were found."""

    LOGIT = "logit"
    ADDED_UP = "added up"
    CENSUS = "census"


@dataclass(frozen=True)
class StratifiedEstimate:
    """The share in the whole frame, weighted by stratum, and how sure it is.

    `collapsed` names the strata pooled to find a standard error. A census has no limits.
    """

    share: float
    unweighted_share: float
    standard_error: float
    lower: float | None
    upper: float | None
    kind: IntervalKind
    collapsed: tuple[str, ...]
    sampled: int
    population: int


def stratified_estimate(
    strata: Mapping[str, Stratum], confidence: float = 0.95, *, finite_population: bool = True
) -> StratifiedEstimate:
    """The share of good cases in the frame: each stratum weighted by its size.

    Logit interval on t with sampled - strata degrees of freedom. Strata with one audit out of several cases
    have no spread of their own: they are pooled, for the standard error only. Where the sample shows no
    spread at all the exact limits of the strata are added up. `finite_population=False` answers for the
    practice behind the cases rather than for these cases.
    Unit: shares. Raises: ValueError for no strata or a stratum in which nothing was audited.
    Source: methods.md section 3; Cochran, Sampling Techniques, 1977, 5.6 and 5A.12; R survey::svyciprop.
    """
    level = share("confidence", confidence)
    if not strata:
        refuse("strata", dict(strata), "at least one stratum")
    weights(strata)
    population = sum(s.size for s in strata.values())
    sampled = sum(s.sampled for s in strata.values())
    value = float(sum(Fraction(s.size * s.good, s.sampled) for s in strata.values()) / population)
    groups, collapsed = _with_spread(strata)
    variance = sum(_variance(group, population, finite_population) for group in groups)
    error = math.sqrt(variance)
    lower: float | None
    upper: float | None
    if finite_population and sampled == population:
        kind, lower, upper = IntervalKind.CENSUS, None, None
    elif error > 0 and sampled > len(groups):
        from scipy.special import stdtrit

        kind = IntervalKind.LOGIT
        middle = math.log(value / (1 - value))
        half = float(stdtrit(sampled - len(groups), (1 + level) / 2)) * error / (value * (1 - value))
        lower, upper = (1 / (1 + math.exp(-(middle + side))) for side in (-half, half))
    else:
        kind = IntervalKind.ADDED_UP
        lower, upper = _added_up(strata, level, finite_population)
    good = sum(s.good for s in strata.values())
    return StratifiedEstimate(
        value, good / sampled, error, lower, upper, kind, collapsed, sampled, population
    )


@dataclass(frozen=True)
class LqasRule:
    """Pass at this many good cases or more, and both ways in which the rule can be wrong.

    `alpha` is the chance that a team at the upper share fails, `beta` that one at the lower share passes.
    """

    n: int
    pass_at: int
    upper: float
    lower: float
    alpha: float
    beta: float

    @property
    def both_within(self) -> bool:
        """True when neither error is above 10%; otherwise take more cases or put the shares further apart."""
        return max(self.alpha, self.beta) <= LQAS_LARGEST_ALPHA


def lqas_rule(n: int, upper: float, lower: float) -> LqasRule:
    """The pass mark for n yes-or-no audits: the highest that fails a good team at most one time in ten.

    For "is there a problem worth a closer look?", not for a percentage.
    Unit: shares. Raises: ValueError unless 0 < lower < upper < 1.
    Source: methods.md section 3; Valadez, Assessing Child Survival Programs, 1991.
    """
    size = whole("n", n, least=1)
    high = share("upper", upper)
    low = number("lower", lower, f"a share above 0 and below upper ({high:g})", lambda v: 0 < v < high)
    alphas = {mark: _chance_below(mark, size, high) for mark in range(size + 1)}
    pass_at = max(mark for mark, alpha in alphas.items() if alpha <= LQAS_LARGEST_ALPHA)
    return LqasRule(size, pass_at, high, low, alphas[pass_at], 1 - _chance_below(pass_at, size, low))


def _references(ids: Iterable[str]) -> list[str]:
    if isinstance(ids, str):
        refuse("ids", ids, "a list of references, not one text")
    references = list(ids)
    if not references:
        refuse("ids", references, "a list of at least one reference")
    for reference in references:
        if not isinstance(reference, str) or not reference or "\n" in reference or "\r" in reference:
            refuse("ids", reference, "references that are texts without line breaks, none empty")
    if len(set(references)) < len(references):
        repeated = sorted({r for r in references if references.count(r) > 1})
        refuse("ids", repeated[0], "references that are each given once")
    return references


def _with_spread(strata: Mapping[str, Stratum]) -> tuple[list[Stratum], tuple[str, ...]]:
    """Strata that each have a spread, and the names of those pooled to get there.

    The one pooled with a lone stratum is the smallest: chosen by size, never by what the audits found.
    """
    alone = {label: s for label, s in strata.items() if s.sampled == 1 < s.size}
    others = {label: s for label, s in strata.items() if label not in alone}
    if len(alone) == 1 and (partners := [label for label, s in others.items() if s.size > 1]):
        partner = min(partners, key=lambda label: (others[label].size, label))
        alone[partner] = others.pop(partner)
    pooled = list(alone.values())
    groups = list(others.values())
    if pooled:
        groups.append(
            Stratum(sum(s.size for s in pooled), sum(s.sampled for s in pooled), sum(s.good for s in pooled))
        )
    return groups, tuple(label for label in strata if label in alone)


def _variance(group: Stratum, population: int, finite_population: bool) -> float:
    if group.sampled < 2:
        return 0.0
    p = group.good / group.sampled
    correction = 1 - group.sampled / group.size if finite_population else 1.0
    return (group.size / population) ** 2 * correction * p * (1 - p) / (group.sampled - 1)


def _added_up(strata: Mapping[str, Stratum], level: float, finite_population: bool) -> tuple[float, float]:
    # Each stratum may be wrong in a k-th of the cases (Bonferroni), so that the sum holds at the level asked.
    each = 1 - (1 - level) / len(strata)
    population = sum(s.size for s in strata.values())
    lower = upper = 0.0
    for s in strata.values():
        if finite_population:
            exact = hypergeometric(s.good, s.sampled, s.size, each)
            lower += exact.lower_count
            upper += exact.upper_count
        else:
            process = clopper_pearson(s.good, s.sampled, each)
            lower += process.lower * s.size
            upper += process.upper * s.size
    return lower / population, upper / population


def _chance_below(mark: int, n: int, p: float) -> float:
    return math.fsum(math.comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(mark))
