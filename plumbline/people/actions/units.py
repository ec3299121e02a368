"""Opens, renames, moves and closes services and teams."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.dated import (
    change_rows_from,
    one_change_at_a_time,
    still_running,
    stop_rights,
    stop_rows,
)
from plumbline.people.models import (
    Person,
    PostHolding,
    RoleGrant,
    Unit,
    UnitKind,
    UnitName,
    UnitPlace,
    UnitSuccession,
)
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.timelines import Link, makes_a_circle
from plumbline.people.tree import tree_on
from plumbline.shared import dates
from plumbline.shared.plain_text import clean_line, slug


def open_unit(
    *,
    by: Person | None,
    name: str,
    kind: UnitKind,
    parent: Unit | None,
    on: date,
    takes_over_from: Unit | None = None,
    key: str = "",
) -> Unit:
    """The unit opened from the day. With `takes_over_from` it is the younger part of a split.

    Raises: Refused when the name is taken, the parent is not open that day, or a second council would stand.
    """
    name = clean_line(name)
    with transaction.atomic():
        one_change_at_a_time()
        if (kind == UnitKind.COUNCIL) is not (parent is None):
            raise Refused(Reason.ONLY_ONE_COUNCIL)
        if parent is None and Unit.objects.filter(kind=UnitKind.COUNCIL).exists():
            raise Refused(Reason.ONLY_ONE_COUNCIL)
        for other in (parent, takes_over_from):
            if other is not None:
                check_is_open(other, on)
        check_name_is_free(name, on)
        unit = Unit.objects.create(key=key or free_key(name), kind=kind, opened_on=on)
        UnitName.objects.create(unit=unit, name=name, starts_on=on)
        if parent is not None:
            UnitPlace.objects.create(unit=unit, parent=parent, starts_on=on)
        if takes_over_from is not None:
            UnitSuccession.objects.create(before=takes_over_from, after=unit, on=on)
        record(
            by=by,
            kind=Kind.ACTION,
            action="unit.open",
            obj=unit,
            detail={
                "kind": str(kind),
                "from": on.isoformat(),
                "under": parent.public_id if parent else "",
                "takes_over_from": takes_over_from.public_id if takes_over_from else "",
            },
        )
    return unit


def rename_unit(*, by: Person, unit: Unit, name: str, on: date) -> Unit:
    """The unit, called by the new name from the day; earlier days keep the earlier name.

    Raises: Refused when it is not open that day, already has the name, or another unit has it.
    """
    name = clean_line(name)
    with transaction.atomic():
        one_change_at_a_time()
        check_is_open(unit, on)
        if unit.names.filter(starts_on__lte=on, name=name).filter(still_running(on)).exists():
            raise Refused(Reason.NOTHING_CHANGES)
        check_name_is_free(name, on, besides=unit)
        change_rows_from(unit.names.all(), on, unit=unit, name=name)
        record(
            by=by,
            kind=Kind.ACTION,
            action="unit.rename",
            obj=unit,
            detail={"fields": ["name"], "from": on.isoformat()},
        )
    return unit


def move_unit(*, by: Person, unit: Unit, parent: Unit, on: date) -> Unit:
    """The unit, placed under another from the day with all that lies below it.

    Raises: Refused for a place below itself, a parent that is not open, or one through which `by` would gain reach.
    """
    with transaction.atomic():
        one_change_at_a_time()
        check_is_open(unit, on)
        check_is_open(parent, on)
        if unit.kind == UnitKind.COUNCIL:
            raise Refused(Reason.NOT_THE_COUNCIL)
        if unit.places.filter(starts_on__lte=on, parent=parent).filter(still_running(on)).exists():
            raise Refused(Reason.NOTHING_CHANGES)
        links = [
            Link(place.unit_id, place.parent_id, place.starts_on, place.ends_on)
            for place in UnitPlace.objects.filter(still_running(on))
        ]
        if makes_a_circle(links, Link(unit.pk, parent.pk, on)):
            raise Refused(Reason.UNDER_ITSELF)
        check_no_own_reach(by, {parent.pk, *tree_on(on).above(parent.pk)})
        change_rows_from(unit.places.all(), on, unit=unit, parent=parent)
        record(
            by=by,
            kind=Kind.ACTION,
            action="unit.move",
            obj=unit,
            detail={"to": parent.public_id, "from": on.isoformat()},
        )
    return unit


def close_unit(*, by: Person, unit: Unit, on: date) -> Unit:
    """The unit, closed from the day. Roles held in it end; its name and history stay.

    Raises: Refused while people hold posts in it or teams lie below it on the day or later.
    """
    with transaction.atomic():
        one_change_at_a_time()
        check_is_open(unit, on)
        if unit.kind == UnitKind.COUNCIL:
            raise Refused(Reason.NOT_THE_COUNCIL)
        if unit.closed_on is not None:
            raise Refused(Reason.ALREADY_CLOSING, day=unit.closed_on)
        people = (
            PostHolding.objects.filter(still_running(on), post__unit=unit)
            .values("person_id")
            .distinct()
            .count()
        )
        teams = UnitPlace.objects.filter(still_running(on), parent=unit).values("unit_id").distinct().count()
        if people or teams:
            raise Refused(Reason.STILL_IN_USE, people=people, teams=teams)
        roles = stop_rights(RoleGrant.objects.as_system("reorganisation").filter(unit=unit), on)
        shut(unit, on)
        record(
            by=by,
            kind=Kind.ACTION,
            action="unit.close",
            obj=unit,
            detail={"from": on.isoformat(), "roles": roles},
        )
    return unit


def shut(unit: Unit, on: date) -> None:
    """Marks the unit as closed and takes it out of the tree; part of closing and of merging."""
    unit.closed_on = on
    unit.save(update_fields=["closed_on"])
    stop_rows(unit.places.all(), on)


def check_is_open(unit: Unit, on: date) -> None:
    """Returns when the unit is open on the day.

    Raises: Refused otherwise.
    """
    if on < unit.opened_on:
        raise Refused(Reason.BEFORE_IT_OPENED, day=unit.opened_on)
    if unit.closed_on is not None and on >= unit.closed_on:
        raise Refused(Reason.NOT_OPEN, day=unit.closed_on)


def check_name_is_free(name: str, on: date, besides: Unit | None = None) -> None:
    """Returns when no other open unit is called so on the day or later.

    Raises: Refused otherwise.
    """
    others = UnitName.objects.filter(still_running(on), name__iexact=name).filter(
        Q(unit__closed_on=None) | Q(unit__closed_on__gt=on)
    )
    if besides is not None:
        others = others.exclude(unit=besides)
    if others.exists():
        raise Refused(Reason.NAME_TAKEN)


def check_no_own_reach(by: Person, units: set[int]) -> None:
    """Returns when the person holds no role in the units, so that a change there gives them no wider sight.

    Raises: Refused otherwise: nobody may widen their own rights.
    """
    grants = RoleGrant.objects.as_system("reorganisation").filter(person=by, unit__in=units)
    if grants.filter(still_running(dates.today())).exclude(state="refused").exists():
        raise Refused(Reason.OWN_REACH)


def free_key(name: str) -> str:
    """A key for imports made of the name, with a number behind it when the plain one is taken."""
    stem = slug(name, 50) or "team"
    taken = set(Unit.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
