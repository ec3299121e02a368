"""Whom and what a visit may be about, and who may make it, as far as the viewer may see them."""

from dataclasses import dataclass

from plumbline.audits.models import Round
from plumbline.audits.queries.allocation_facts import Council, auditors_for
from plumbline.audits.rules.subjects import Subject
from plumbline.people.models import Person, PostHolding, Unit, UnitKind
from plumbline.people.queries.units import branches_on
from plumbline.people.scope import Viewer, holding_on

KINDS = {
    Subject.TEAM: (UnitKind.TEAM, UnitKind.SERVICE),
    Subject.ESTABLISHMENT: (UnitKind.HOME,),
}


@dataclass(frozen=True)
class Visited:
    """What a visit can be about: a team or an establishment, or a worker with the team they work in."""

    key: str
    name: str
    unit: Unit
    worker: Person | None = None


def to_visit(viewer: Viewer, subject: Subject) -> list[Visited]:
    """The teams, establishments or workers of today."""
    branches = branches_on(viewer, viewer.on)
    if subject is not Subject.WORKER:
        kinds = KINDS.get(subject, ())
        return [Visited(one.unit.public_id, one.name, one.unit) for one in branches if one.unit.kind in kinds]
    names = {one.unit.pk: one.name for one in branches}
    people = Person.objects.visible_to(viewer, "person.view").filter(left_on=None)
    held = (
        PostHolding.objects.filter(holding_on(viewer.on), person__in=people, post__unit__in=names)
        .select_related("person", "post__unit")
        .order_by("person__name", "pk")
    )
    found = {one.person_id: one for one in reversed(held)}
    return [
        Visited(
            one.person.public_id, f"{one.person.name}, {names[one.post.unit_id]}", one.post.unit, one.person
        )
        for one in sorted(found.values(), key=lambda one: one.person.name)
    ]


def visitors(viewer: Viewer, round: Round) -> list[Person]:
    """The people who may be given a visit of the round, by name."""
    facts = auditors_for(round, Council(viewer.on), viewer.on)
    people = Person.objects.visible_to(viewer, "person.view").filter(pk__in=[one.person for one in facts])
    return list(people.order_by("name", "pk"))
