"""The services and teams as they stood on a day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from plumbline.people.models import UnitKind, UnitPlace, UnitSuccession


@dataclass(frozen=True)
class Tree:
    """Which unit belonged to which on a day. Units are their database numbers."""

    parents: dict[int, int]
    kinds: dict[int, str]
    before: dict[int, set[int]] = field(default_factory=dict)
    children: dict[int, set[int]] = field(init=False, default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for unit, parent in self.parents.items():
            self.children[parent].add(unit)

    def below(self, unit: int) -> frozenset[int]:
        """The unit and everything under it."""
        found, waiting = {unit}, [unit]
        while waiting:
            for child in self.children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    def above(self, unit: int) -> list[int]:
        """The units above, nearest first."""
        found: list[int] = []
        while unit in self.parents and self.parents[unit] not in found:
            unit = self.parents[unit]
            found.append(unit)
        return found

    def service_of(self, unit: int) -> int:
        """The service the unit lies in; the unit itself where it is a service or lies in none."""
        for candidate in [unit, *self.above(unit)]:
            if self.kinds.get(candidate) == UnitKind.SERVICE:
                return candidate
        return unit

    def with_predecessors(self, units: frozenset[int]) -> frozenset[int]:
        """The units and those whose work they took over, so that old records keep a home."""
        found, waiting = set(units), list(units)
        while waiting:
            for earlier in self.before.get(waiting.pop(), ()):
                if earlier not in found:
                    found.add(earlier)
                    waiting.append(earlier)
        return frozenset(found)


def tree_on(day: date) -> Tree:
    """The tree on the day, in two queries."""
    places = UnitPlace.objects.filter(
        Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
    ).values_list("unit_id", "parent_id", "unit__kind", "parent__kind")
    parents: dict[int, int] = {}
    kinds: dict[int, str] = {}
    for unit, parent, kind, parent_kind in places:
        parents[unit] = parent
        kinds[unit] = kind
        kinds.setdefault(parent, parent_kind)
    before: dict[int, set[int]] = defaultdict(set)
    for earlier, later in UnitSuccession.objects.filter(on__lte=day).values_list("before_id", "after_id"):
        before[later].add(earlier)
    return Tree(parents, kinds, before)
