"""A table as its cells, what adds up to what, and which cells are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TypeVar

from stats.arguments import refuse, whole


@dataclass(frozen=True)
class Relation:
    """One sum that anybody may use: the total is the sum of the parts.

    `classifies` says that the parts are the answers of one group (its grades, yes and no), so that one part
    holding everybody tells everybody's answer.
    """

    total: str
    parts: tuple[str, ...]
    classifies: bool = False


@dataclass(frozen=True)
class Ratio:
    """A percentage, rate or mean that is printed: numerator times `per` over denominator, half up.

    `is_share` says that the numerator is counted within the denominator (a percentage), so that the rest is
    told as well.
    """

    name: str
    numerator: str
    denominator: str
    per: int = 100
    decimals: int = 0
    is_share: bool = True


@dataclass(frozen=True)
class Table:
    """Counts by cell, the relations between them, the ratios printed beside them, and what is hidden.

    `unprinted` cells are not shown and not marked as hidden either (the "rest" of a percentage). A cell keeps
    its name from one release to the next: same name, same children counted.
    Raises: ValueError for a count that is not a whole number, a name that is not a cell, a sum that is wrong.
    """

    cells: Mapping[str, int]
    relations: tuple[Relation, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    unprinted: frozenset[str] = frozenset()
    primary: frozenset[str] = frozenset()
    secondary: frozenset[str] = frozenset()
    hidden_ratios: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if not self.cells:
            refuse("cells", dict(self.cells), "at least one cell")
        for name, count in self.cells.items():
            whole(f"cells[{name!r}]", count)
        for relation in self.relations:
            self._known("relations", (relation.total, *relation.parts))
            self._sums(relation)
        for ratio in self.ratios:
            self._known("ratios", (ratio.numerator, ratio.denominator))
            whole("ratios.per", ratio.per, least=1)
            whole("ratios.decimals", ratio.decimals, most=6)
            if ratio.is_share and self.cells[ratio.numerator] > self.cells[ratio.denominator]:
                refuse("ratios", ratio.name, "a share whose numerator is within its denominator")
        names = [ratio.name for ratio in self.ratios]
        if len(set(names)) < len(names) or set(names) & set(self.cells):
            refuse("ratios", names, "names that are each given once and are not names of cells")
        for argument in ("unprinted", "primary", "secondary"):
            self._known(argument, getattr(self, argument))
        if unknown := self.hidden_ratios - set(names):
            refuse("hidden_ratios", sorted(unknown)[0], "the name of a ratio of the table")

    @property
    def hidden(self) -> frozenset[str]:
        """The cells that are replaced by a symbol. Source: as `protect`."""
        return self.primary | self.secondary

    @property
    def printed(self) -> tuple[str, ...]:
        """The cells that a reader sees, as a count or as a symbol, in order. Source: as `protect`."""
        return tuple(name for name in self.cells if name not in self.unprinted)

    def hiding(self, *, primary: Iterable[str] = (), secondary: Iterable[str] = ()) -> Table:
        """The same table with more cells hidden, and every ratio that would give one of them away.

        A ratio is hidden when its numerator or denominator is. Source: methods.md section 6, rule 6.
        """
        first = self.primary | frozenset(primary)
        second = (self.secondary | frozenset(secondary)) - first
        ratios = {
            r.name for r in self.ratios if r.numerator in first | second or r.denominator in first | second
        }
        return replace(
            self, primary=first, secondary=second, hidden_ratios=self.hidden_ratios | frozenset(ratios)
        )

    def _known(self, argument: str, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.cells:
                refuse(argument, name, "the name of a cell of the table")

    def _sums(self, relation: Relation) -> None:
        if not relation.parts or len({relation.total, *relation.parts}) <= len(relation.parts):
            refuse("relations", relation, "a total and at least one part, each named once")
        found = sum(self.cells[part] for part in relation.parts)
        if found != self.cells[relation.total]:
            refuse(
                "relations",
                f"{relation.total} = {self.cells[relation.total]}",
                f"the sum of its parts, which is {found}",
            )


@dataclass(frozen=True)
class Dimension:
    """One way in which a table is broken down: its smallest groups, each with the groups above it.

    `above` maps a group to the group it belongs to; a group that is in no other is the top. `classifies` as
    in `Relation`.
    """

    above: Mapping[str, str]
    classifies: bool = False

    @property
    def leaves(self) -> tuple[str, ...]:
        """The smallest groups. Source: as `grid`."""
        parents = set(self.above.values())
        return tuple(group for group in self.above if group not in parents)

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group, the smallest first and then those above, in order of first mention. Source: as `grid`."""
        return tuple(dict.fromkeys((*self.leaves, *self.above, *self.above.values())))

    def within(self, group: str) -> tuple[str, ...]:
        """The smallest groups in a group (itself when it is one). Source: as `grid`."""
        parts = [child for child, parent in self.above.items() if parent == group]
        if not parts:
            return (group,)
        return tuple(leaf for part in parts for leaf in self.within(part))


Key = TypeVar("Key", bound=tuple[str, ...])


def grid(counts: Mapping[Key, int], dimensions: Sequence[Dimension], prefix: str = "") -> Table:
    """The table of every combination of groups, with all totals and all relations between them.

    `counts` has the smallest groups only; combinations that are absent are 0. A cell is named by its groups
    joined with "|", after the prefix (the period, the measure).
    Shape: one cell for each combination of one group from each dimension.
    Raises: ValueError for a count outside the dimensions.
    Source: methods.md section 6, rule 5: a hierarchy is protected as one system.
    """
    known: dict[tuple[str, ...], int] = {}
    for given, count in counts.items():
        known[given] = count
    leaves = set(product(*(d.leaves for d in dimensions)))
    for key in known:
        if key not in leaves:
            refuse("counts", key, "one smallest group from each dimension")
    cells = {}
    for key in product(*(d.groups for d in dimensions)):
        inside = product(*(d.within(group) for d, group in zip(dimensions, key, strict=True)))
        cells[prefix + "|".join(key)] = sum(known.get(leaf, 0) for leaf in inside)
    relations = []
    for place, dimension in enumerate(dimensions):
        others = [d.groups for d in dimensions]
        for group in dict.fromkeys(dimension.above.values()):
            parts = [child for child, parent in dimension.above.items() if parent == group]
            others[place] = (group,)
            for key in product(*others):
                named = [prefix + "|".join((*key[:place], part, *key[place + 1 :])) for part in parts]
                relations.append(Relation(prefix + "|".join(key), tuple(named), dimension.classifies))
    return Table(cells, tuple(relations))
