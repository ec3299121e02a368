"""The services and teams as they stood on a day, and what became of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from plumbline.people.models import (
    PostHolding,
    RoleGrant,
    Unit,
    UnitKind,
    UnitName,
    UnitPlace,
    UnitSuccession,
)
from plumbline.people.scope import Viewer
from plumbline.people.tree import Tree, tree_on
from plumbline.shared.ids import ALPHABET, LENGTH


def is_public_id(text: str) -> bool:
    """Whether the text can be an identifier from an address; anything else is not asked of the database."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


@dataclass(frozen=True)
class DatedName:
    """What a unit was called from a day to a day."""

    name: str
    starts_on: date
    ends_on: date | None


class UnitNames:
    """What units were called, on any day: a unit that has closed keeps its last name."""

    def __init__(self, rows: Iterable[tuple[int, str, date, date | None]]) -> None:
        self._names: dict[int, list[DatedName]] = defaultdict(list)
        for unit, name, starts_on, ends_on in rows:
            self._names[unit].append(DatedName(name, starts_on, ends_on))

    def on(self, unit: int, day: date) -> str:
        """The name on the day; for a day before the unit opened, its first."""
        names = self._names.get(unit, [])
        earlier = [name for name in names if name.starts_on <= day]
        return (earlier[-1] if earlier else names[0]).name if names else ""

    def all_of(self, unit: int) -> list[DatedName]:
        """Every name of the unit, oldest first."""
        return self._names.get(unit, [])


def unit_names(viewer: Viewer, units: Iterable[int] | None = None) -> UnitNames:
    """The names of all units, or of the ones given, in one query."""
    rows = UnitName.objects.order_by("starts_on", "pk")
    if units is not None:
        rows = rows.filter(unit__in=set(units))
    return UnitNames(rows.values_list("unit_id", "name", "starts_on", "ends_on"))


@dataclass(frozen=True)
class Branch:
    """A unit in the tree of a day, with those below it."""

    unit: Unit
    name: str
    depth: int
    below: list["Branch"] = field(default_factory=list)

    def with_all_below(self) -> "Iterable[Branch]":
        """The branch and everything under it, in reading order."""
        yield self
        for branch in self.below:
            yield from branch.with_all_below()


def tree_as_it_stood(viewer: Viewer, day: date) -> list[Branch]:
    """The units open on the day as a tree by name, in four queries."""
    tree, names = tree_on(day), unit_names(viewer)
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(opened_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    }

    def branch(pk: int, depth: int) -> Branch:
        below = [branch(child, depth + 1) for child in tree.children.get(pk, ()) if child in units]
        order = sorted(below, key=lambda one: (one.unit.kind == UnitKind.SERVICE, one.name.lower()))
        return Branch(units[pk], names.on(pk, day), depth, order)

    tops = [pk for pk in units if tree.parents.get(pk) not in units]
    return sorted((branch(pk, 0) for pk in tops), key=lambda one: one.name.lower())


def branches_on(viewer: Viewer, day: date) -> list[Branch]:
    """The units open on the day, one after the other in the order of the tree."""
    return [one for top in tree_as_it_stood(viewer, day) for one in top.with_all_below()]


def unit_by_id(viewer: Viewer, public_id: str) -> Unit | None:
    """The unit, open or closed; everybody with an account may see which teams there are."""
    if not viewer.has("unit.view") or not is_public_id(public_id):
        return None
    return Unit.objects.filter(public_id=public_id).first()


@dataclass(frozen=True)
class Lineage:
    """Where a unit's work came from and where it went."""

    came_from: list[UnitSuccession]
    went_to: list[UnitSuccession]


@dataclass(frozen=True)
class UnitStory:
    """A unit with all its dated facts and the names of the units they speak of."""

    unit: Unit
    names: UnitNames
    places: list[UnitPlace]
    lineage: Lineage
    tree: Tree
    units: dict[int, Unit]


def unit_story(viewer: Viewer, unit: Unit, day: date) -> UnitStory:
    """Everything that is dated about the unit, and the tree on the day, in eight queries whatever its age."""
    places = list(unit.places.select_related("parent").order_by("starts_on"))
    lineage = Lineage(
        list(UnitSuccession.objects.filter(after=unit).select_related("before").order_by("on", "pk")),
        list(UnitSuccession.objects.filter(before=unit).select_related("after").order_by("on", "pk")),
    )
    tree = tree_on(day)
    spoken_of = {*tree.above(unit.pk), *tree.children.get(unit.pk, ())}
    units = {one.pk: one for one in Unit.objects.filter(pk__in=spoken_of)}
    return UnitStory(unit, unit_names(viewer), places, lineage, tree, units)


@dataclass(frozen=True)
class Weight:
    """How much hangs on units from a day: what a merge carries over, or what stands against closing."""

    people: int
    teams: int
    roles: int


def weight_of(viewer: Viewer, units: Iterable[Unit], day: date) -> Weight:
    """How many people, teams and roles the units have on the day or later; counts only, for those who may change teams."""
    if not viewer.has("unit.change"):
        return Weight(0, 0, 0)
    pks = [unit.pk for unit in units]
    later = Q(ends_on=None) | Q(ends_on__gt=day)
    return Weight(
        people=PostHolding.objects.filter(later, post__unit__in=pks).values("person_id").distinct().count(),
        teams=UnitPlace.objects.filter(later, parent__in=pks).values("unit_id").distinct().count(),
        roles=RoleGrant.objects.as_system("reorganisation")
        .filter(later, unit__in=pks)
        .exclude(state="refused")
        .count(),
    )


def search_units(viewer: Viewer, text: str, limit: int = 10) -> list[tuple[Unit, DatedName]]:
    """The units with a name, now or once, that holds the text; each with the name it was found by, newest first."""
    if not viewer.has("unit.view"):
        return []
    rows = (
        UnitName.objects.filter(name__icontains=text)
        .select_related("unit")
        .order_by("-starts_on", "-pk")[: limit * 3]
    )
    found: dict[int, tuple[Unit, DatedName]] = {}
    for row in rows:
        found.setdefault(row.unit_id, (row.unit, DatedName(row.name, row.starts_on, row.ends_on)))
    return list(found.values())[:limit]
