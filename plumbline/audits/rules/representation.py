"""How a sample compares with the list it was drawn from, with small numbers protected and chance taken into account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stats.disclosure import RefusedError, Relation, Symbol, Table, protect, published
from stats.proportion import hypergeometric

TOTAL = "all"
SECONDS = 0.5
CONFIDENCE = 0.95
AS_EXPECTED = "about as many as chance gives"
MORE = "more than chance gives"
FEWER = "fewer than chance gives"


@dataclass(frozen=True)
class Group:
    """One group: its number in the list and in the sample as they may be shown, and how they compare."""

    label: str
    population: str
    sample: str
    word: str


@dataclass(frozen=True)
class Comparison:
    """One way to break the sample down, with a sentence that says what differs."""

    title: str
    groups: tuple[Group, ...]
    population: int
    sample: int
    sentence: str
    has_hidden: bool


def compared(
    title: str, population: Mapping[str, int], sample: Mapping[str, int], labels: Mapping[str, str]
) -> Comparison:
    """The comparison of a sample with its population, both as counts by group.

    A group differs when the number in the list is outside what its number in the sample speaks for, at 95% for
    all groups together. Counts from 1 to 5 and whatever would give them away are hidden.
    """
    keys = [key for key in labels if population.get(key)] + [
        key for key in population if key not in labels and population[key]
    ]
    everyone, drawn = sum(population[key] for key in keys), sum(sample.get(key, 0) for key in keys)
    in_list = protected({key: population[key] for key in keys})
    in_sample = protected({key: sample.get(key, 0) for key in keys})
    groups = []
    for key in keys:
        word = _word(sample.get(key, 0), drawn, population[key], everyone, len(keys)) if drawn else ""
        groups.append(Group(labels.get(key) or key or "Not known", in_list[key], in_sample[key], word))
    return Comparison(
        title,
        tuple(groups),
        everyone,
        drawn,
        _sentence(title, groups, drawn, everyone),
        any(Symbol.CONFIDENTIAL.value in (one.population, one.sample) for one in groups),
    )


def protected(counts: Mapping[str, int]) -> dict[str, str]:
    """The counts as they may be shown beside their total: numbers, or "c" where a number is hidden.

    Where no table of them is safe and worth showing, every number but a zero is hidden.
    """
    if not counts:
        return {}
    cells = {f"{TOTAL}|{key}": count for key, count in counts.items()}
    table = Table(cells | {TOTAL: sum(counts.values())}, (Relation(TOTAL, tuple(cells), classifies=True),))
    try:
        figures = published(protect(table, seconds=SECONDS).table)
    except RefusedError:
        figures = {name: Symbol.CONFIDENTIAL.value if count else "0" for name, count in cells.items()}
    return {key: figures[f"{TOTAL}|{key}"] for key in counts}


def _word(x: int, n: int, inside: int, everyone: int, groups: int) -> str:
    if n >= everyone:
        return AS_EXPECTED
    limits = hypergeometric(x, n, everyone, 1 - (1 - CONFIDENCE) / groups)
    if inside < limits.lower_count:
        return MORE
    return FEWER if inside > limits.upper_count else AS_EXPECTED


def _sentence(title: str, groups: Sequence[Group], drawn: int, everyone: int) -> str:
    if not drawn:
        return "Nothing is drawn at random yet, so nothing can be compared."
    more = [one.label for one in groups if one.word == MORE]
    fewer = [one.label for one in groups if one.word == FEWER]
    said = []
    if more:
        said.append(f"more of {_listed(more)} than chance gives")
    if fewer:
        said.append(f"fewer of {_listed(fewer)} than chance gives")
    if not said:
        return (
            f"By {title.lower()} the {drawn} random cases look like the {everyone:,} they were drawn from, as far as "
            "so few can tell."
        )
    return f"By {title.lower()} the {drawn} random cases hold {' and '.join(said)}."


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
