"""Ratings as counts per case, and how far apart two categories are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from stats.arguments import refuse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matrix: TypeAlias = Sequence[Sequence[float]]
Floats: TypeAlias = "NDArray[np.float64]"


class Weights(StrEnum):
    """How much of an agreement two different categories still are."""

    UNWEIGHTED = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
    ORDINAL = "ordinal"


class Level(StrEnum):
    """What the categories are: names, an order, numbers with equal steps, or numbers with a true zero."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def named(argument: str, given: str, kinds: type[Weights] | type[Level]) -> None:
    """Nothing.

    Raises: ValueError when what was given is not the name of one of the kinds.
    Source: the enums Weights and Level.
    """
    names = [kind.value for kind in kinds]
    if given not in names:
        refuse(argument, given, f"one of {', '.join(names)}, or a matrix of disagreements")


def positions(categories: Sequence[Hashable]) -> dict[Hashable, int]:
    """The place of each declared category, from 0.

    Raises: ValueError unless there are at least two and all differ.
    Source: Gwet (2014), Handbook of Inter-Rater Reliability: coefficients depend on the declared categories.
    """
    needed = "a sequence of at least two different categories, in their order"
    if isinstance(categories, str) or not isinstance(categories, Sequence):
        refuse("categories", categories, needed)
    places = {category: place for place, category in enumerate(categories)}
    if len(places) < 2 or len(places) < len(categories):
        refuse("categories", categories, needed)
    return places


def place_of(rating: Hashable, places: dict[Hashable, int], argument: str) -> int:
    """The place of a rating among the declared categories.

    Raises: ValueError when it is not one of them. Source: as `positions`.
    """
    if rating not in places:
        refuse(
            argument, rating, f"one of the declared categories {list(places)!r}, or None where there is none"
        )
    return places[rating]


def counts_per_case(ratings: Sequence[Sequence[Hashable]], categories: Sequence[Hashable]) -> Floats:
    """How many raters gave each case each category; None is no rating.

    Shape: (cases, categories). Raises: ValueError for categories not declared, too few or twice the same.
    Source: Gwet (2014): the table of subjects by category.
    """
    import numpy as np

    places = positions(categories)
    counts = np.zeros((len(ratings), len(places)))
    for number, case in enumerate(ratings):
        if isinstance(case, str) or not isinstance(case, Sequence):
            refuse(f"ratings[{number}]", case, "a sequence with one rating, or None, per rater")
        for rating in case:
            if rating is not None:
                counts[number, place_of(rating, places, f"ratings[{number}]")] += 1
    return counts


def paired(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    categories: Sequence[Hashable],
    names: tuple[str, str],
) -> list[tuple[int, int]]:
    """The places of both ratings for every case that both raters rated.

    Raises: ValueError when the lists differ in length or hold categories not declared.
    Source: Cohen (1960), Educ Psychol Meas 20: 37-46: cases rated by both.
    """
    places = positions(categories)
    if len(first) != len(second):
        refuse(names[1], f"{len(second)} ratings", f"as long as {names[0]}, which has {len(first)}")
    both = zip(first, second, strict=True)
    return [
        (place_of(a, places, names[0]), place_of(b, places, names[1]))
        for a, b in both
        if a is not None and b is not None
    ]


def disagreements(weights: Weights | Matrix, size: int) -> Floats:
    """How much of a disagreement each pair of categories is: 0 for the same, 1 for the furthest apart.

    A matrix of one's own gives disagreements, on any scale. Shape: (size, size).
    Raises: ValueError for a matrix that is not square, symmetric, at least 0 and 0 on its diagonal.
    Source: Cohen (1968), Psychol Bull 70: 213-220; ordinal weights, Gwet (2014), C(|k - l| + 1, 2).
    """
    import numpy as np

    if not isinstance(weights, str):
        return _own(weights, size)
    named("weights", weights, Weights)
    places = np.arange(size)
    apart = np.abs(places[:, None] - places[None, :]).astype(np.float64)
    match Weights(weights):
        case Weights.UNWEIGHTED:
            return np.asarray(apart > 0, dtype=np.float64)
        case Weights.LINEAR:
            return np.asarray(apart / (size - 1))
        case Weights.QUADRATIC:
            return np.asarray((apart / (size - 1)) ** 2)
        case Weights.ORDINAL:
            return np.asarray(apart * (apart + 1) / (size * (size - 1)))


def _own(weights: Matrix, size: int) -> Floats:
    import numpy as np

    needed = f"a symmetric {size} by {size} matrix of disagreements, 0 on its diagonal and nowhere less"
    try:
        given = np.asarray(weights, dtype=np.float64)
    except (TypeError, ValueError):
        refuse("weights", weights, needed)
    if (
        given.shape != (size, size)
        or not np.isfinite(given).all()
        or (given < 0).any()
        or (given != given.T).any()
        or np.diagonal(given).any()
        or not given.any()
    ):
        refuse("weights", weights, needed)
    return np.asarray(given / given.max(), dtype=np.float64)


def values_of(categories: Sequence[Hashable], level: Level) -> Floats:
    """The numbers between which interval and ratio distances are taken: the categories, or places from 1.

    Shape: (categories,). Raises: ValueError when a ratio scale has a number below 0.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, interval and ratio metrics.
    """
    import numpy as np

    numbers = [float(c) for c in categories if isinstance(c, (int, float)) and not isinstance(c, bool)]
    if len(numbers) < len(categories):
        return np.arange(1, len(categories) + 1, dtype=np.float64)
    if level is Level.RATIO and min(numbers) < 0:
        refuse("categories", list(categories), "numbers of at least 0, because a ratio scale starts at 0")
    return np.asarray(numbers)
