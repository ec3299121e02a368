"""Grouping of short narratives by the words they share, and whether the groups are real."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from stats.arguments import refuse, whole
from stats.themes.words import bag_of, stripped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_NARRATIVES = 20
"""The number of narratives under which none are grouped. Unit: narratives.

Source: under 20 a group of a tenth is two texts; the range in which TF-IDF grouping was tried is 20 to 250.
"""

CODEBOOK_UNDER = 100
"""The number of narratives under which a fixed codebook does better. Unit: narratives.

Source: below about 100 texts a keyword list and a fixed codebook beat clustering.
"""

SMALLEST_GROUP = 6
"""The smallest group that is shown. Unit: narratives. Source: DfE hides counts of 1 to 5."""

STABLE = 0.65
"""The mean adjusted Rand index of regrouped samples from which groups are stable.

Unit: adjusted Rand index. Source: Steinley (2004), Psychological Methods 9: 386-396: under 0.65 is poor recovery.
"""

AS_STABLE = 0.05
"""How far below the best a larger number of groups may be and still be taken.

Unit: adjusted Rand index. Source: the spread of the mean over 10 samples of planted themes.
"""

SAMPLE = 0.8
"""The part of the narratives regrouped each time. Unit: share. Source: Ben-Hur and others (2002), PSB 7: 6-17."""


class Outcome(StrEnum):
    """Whether the narratives fall into groups."""

    GROUPED = "grouped"
    NO_STABLE_GROUPING = "no stable grouping"
    TOO_FEW = "too few narratives to group"


@dataclass(frozen=True)
class Group:
    """Narratives that share words. `terms` say which; people give the name.

    `members` and `exemplars` are places in the list that was given; the exemplars are the most typical members.
    """

    members: tuple[int, ...]
    terms: tuple[str, ...]
    exemplars: tuple[int, ...]


@dataclass(frozen=True)
class Tried:
    """How stable one number of groups was. Unit: adjusted Rand index, 1 the same groups every time."""

    groups: int
    stability: float
    smallest: int


@dataclass(frozen=True)
class Grouping:
    """The groups, or that there are none worth showing.

    `left_out` are narratives with no word in common with enough others. `tried` says how stable each number of
    groups was. Counts of groups and quotations are published only through `stats.disclosure`.
    """

    outcome: Outcome
    groups: tuple[Group, ...]
    left_out: tuple[int, ...]
    stability: float | None
    tried: tuple[Tried, ...]
    narratives: int

    @property
    def words(self) -> str:
        """The finding as a sentence, with advice where a list of words and a codebook would do better."""
        advice = ""
        if self.narratives < CODEBOOK_UNDER:
            advice = "; with so few, reading them with a fixed codebook does better"
        if self.outcome is not Outcome.GROUPED:
            return f"{self.narratives} narratives: {self.outcome.value}{advice}"
        return f"{self.narratives} narratives in {len(self.groups)} groups, stability {self.stability:.2f} of 1{advice}"


def group_narratives(
    texts: Sequence[str],
    *,
    groups: Sequence[int] = (2, 3, 4, 5, 6),
    names: Collection[str] = (),
    samples: int = 10,
    seed: int = 1,
) -> Grouping:
    """Groups of narratives that share words, where the same groups come back when some narratives are left out.

    Names given in `names`, words that are only ever written with a capital, words with digits, and words in fewer
    than three narratives never count and are never shown. Every number of groups in `groups` is tried; the
    largest that is about as stable as the best is taken.
    Unit: adjusted Rand index. Raises: ValueError unless texts are strings, groups are whole numbers of at least
    2, samples is at least 2 and seed at least 0.
    Source: TF-IDF, Salton and Buckley (1988); k-means; stability over regrouped samples, Ben-Hur, Elisseeff and
    Guyon (2002), PSB 7: 6-17, by the adjusted Rand index, Hubert and Arabie (1985).
    """
    import numpy as np

    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        refuse("texts", type(texts).__name__, "a sequence of strings")
    sizes = [whole("groups", size, least=2) for size in groups]
    again, start = whole("samples", samples, least=2), whole("seed", seed)
    nothing: tuple[int, ...] = ()
    if len(texts) < FEWEST_NARRATIVES:
        return Grouping(Outcome.TOO_FEW, (), nothing, None, (), len(texts))
    vectors, terms = bag_of(stripped(texts, names))
    kept = np.flatnonzero(vectors.any(axis=1))
    left_out = tuple(int(i) for i in np.flatnonzero(~vectors.any(axis=1)))
    vectors = vectors[kept]
    tried, found = [], {}
    threads: Any = import_module("threadpoolctl")
    import_module("sklearn.cluster")
    # On texts this few, threads cost more than they save, and sums must not depend on the number of cores.
    with threads.threadpool_limits(limits=1):
        for size in sizes:
            if len(kept) * SAMPLE < size * SMALLEST_GROUP:
                continue
            labels = _grouped(vectors, size, start)
            smallest = int(np.bincount(labels, minlength=size).min())
            tried.append(Tried(size, _stability(vectors, labels, size, again, start), smallest))
            found[size] = labels
    sound = [each for each in tried if each.stability >= STABLE and each.smallest >= SMALLEST_GROUP]
    if not sound:
        return Grouping(Outcome.NO_STABLE_GROUPING, (), left_out, None, tuple(tried), len(texts))
    best = max(each.stability for each in sound)
    taken = max((each for each in sound if each.stability >= best - AS_STABLE), key=lambda each: each.groups)
    shown = _described(vectors, found[taken.groups], kept, terms)
    return Grouping(Outcome.GROUPED, shown, left_out, taken.stability, tuple(tried), len(texts))


def _grouped(vectors: NDArray[np.float64], size: int, seed: int) -> NDArray[np.int_]:
    """The group of each narrative. Shape: (narratives,)."""
    import numpy as np

    cluster: Any = import_module("sklearn.cluster")
    model = cluster.KMeans(n_clusters=size, n_init=3, random_state=seed)
    return np.asarray(model.fit_predict(vectors), dtype=np.int_)


def _stability(
    vectors: NDArray[np.float64], labels: NDArray[np.int_], size: int, samples: int, seed: int
) -> float:
    """The mean adjusted Rand index between the groups of all and the groups of samples of them."""
    import numpy as np

    metrics: Any = import_module("sklearn.metrics")
    chooser = np.random.Generator(np.random.PCG64(seed))
    count = len(vectors)
    scores = []
    for turn in range(samples):
        sample = np.sort(chooser.permutation(count)[: int(SAMPLE * count)])
        regrouped = _grouped(vectors[sample], size, seed + 1 + turn)
        scores.append(float(metrics.adjusted_rand_score(labels[sample], regrouped)))
    return sum(scores) / samples


def _described(
    vectors: NDArray[np.float64], labels: NDArray[np.int_], kept: NDArray[np.int_], terms: list[str]
) -> tuple[Group, ...]:
    """The groups, largest first, with the eight words that mark them and three typical members."""
    import numpy as np

    groups = []
    for label in np.unique(labels):
        inside = np.flatnonzero(labels == label)
        centre = vectors[inside].mean(axis=0)
        marked = np.argsort(-(centre - vectors.mean(axis=0)), kind="stable")[:8]
        typical = inside[np.argsort(-(vectors[inside] @ centre), kind="stable")[:3]]
        groups.append(
            Group(
                members=tuple(int(kept[i]) for i in inside),
                terms=tuple(terms[i] for i in marked if centre[i] > 0),
                exemplars=tuple(int(kept[i]) for i in typical),
            )
        )
    return tuple(sorted(groups, key=lambda group: (-len(group.members), group.members)))
