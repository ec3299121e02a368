"""Merges several units into one, so that people, rights and history go on in it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.dated import change_rows_from, one_change_at_a_time, still_running
from plumbline.people.actions.units import (
    check_is_open,
    check_name_is_free,
    check_no_own_reach,
    free_key,
    shut,
)
from plumbline.people.models import (
    Interest,
    Person,
    Post,
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
from plumbline.shared.ids import new_id
from plumbline.shared.plain_text import clean_line


def merge_units(
    *, by: Person, units: Sequence[Unit], on: date, into: Unit | None = None, name: str = ""
) -> Unit:
    """The unit that goes on with the work of the others from the day: an open one, or a new one called `name`.

    The others close. People keep their posts, line managers and roles, in the new unit; teams below move with them.

    Raises: Refused for fewer than two units, one that is not open or lies below another, or rights `by` would gain.
    """
    with transaction.atomic():
        one_change_at_a_time()
        _check(by, units, into, on)
        target = into or _opened(units, clean_line(name), on)
        closing = [unit for unit in units if unit != target]
        counts = {"people": 0, "roles": 0, "teams": 0, "interests": 0}
        for unit in closing:
            counts["people"] += _move_holdings(unit, target, on)
            counts["teams"] += _move_teams(unit, target, on)
            counts["roles"] += _move_grants(unit, target, on)
            counts["interests"] += _copy_interests(unit, target, on)
            shut(unit, on)
            UnitSuccession.objects.create(before=unit, after=target, on=on)
        _check_no_circle(target, on)
        record(
            by=by,
            kind=Kind.ACTION,
            action="unit.merge",
            obj=target,
            detail={
                "units": [unit.public_id for unit in closing],
                "from": on.isoformat(),
                "new": into is None,
                **counts,
            },
        )
    return target


def _check(by: Person, units: Sequence[Unit], into: Unit | None, on: date) -> None:
    involved = {*units, *([into] if into else [])}
    if len(involved) < 2:
        raise Refused(Reason.TOO_FEW_TO_MERGE)
    if into is not None and into in units:
        raise Refused(Reason.MERGED_INTO_ITSELF)
    tree = tree_on(on)
    for unit in involved:
        check_is_open(unit, on)
        if unit.closed_on is not None:
            raise Refused(Reason.ALREADY_CLOSING, day=unit.closed_on)
        if unit.kind == UnitKind.COUNCIL:
            raise Refused(Reason.NOT_THE_COUNCIL)
        if set(tree.above(unit.pk)) & {other.pk for other in units}:
            raise Refused(Reason.BELOW_ONE_THAT_CLOSES)
    check_no_own_reach(by, {pk for unit in involved for pk in (unit.pk, *tree.above(unit.pk))})


def _check_no_circle(target: Unit, on: date) -> None:
    # A move planned for later could put the target below a team that now lies below it.
    links = [
        Link(place.unit_id, place.parent_id, place.starts_on, place.ends_on)
        for place in UnitPlace.objects.filter(still_running(on))
    ]
    if any(makes_a_circle(links, link) for link in links if link.below == target.pk):
        raise Refused(Reason.BELOW_ONE_THAT_CLOSES)


def _opened(units: Sequence[Unit], name: str, on: date) -> Unit:
    """The new unit, of the kind and under the parent of the first one merged; it may keep one of their names."""
    first = units[0]
    if not any(unit.names.filter(still_running(on), name__iexact=name).exists() for unit in units):
        check_name_is_free(name, on)
    place = first.places.filter(still_running(on), starts_on__lte=on).get()
    target = Unit.objects.create(key=free_key(name), kind=first.kind, opened_on=on)
    UnitName.objects.create(unit=target, name=name, starts_on=on)
    UnitPlace.objects.create(unit=target, parent=place.parent, starts_on=on)
    return target


def _move_holdings(unit: Unit, target: Unit, on: date) -> int:
    posts: dict[int, Post] = {}
    holdings = PostHolding.objects.filter(still_running(on), post__unit=unit).select_related("post")
    people = set()
    for holding in holdings:
        people.add(holding.person_id)
        post = posts.get(holding.post_id) or Post.objects.create(title=holding.post.title, unit=target)
        posts[holding.post_id] = post
        if holding.starts_on >= on:
            holding.post = post
            holding.save(update_fields=["post"])
        else:
            PostHolding.objects.create(
                person_id=holding.person_id, post=post, starts_on=on, ends_on=holding.ends_on
            )
            holding.ends_on = on
            holding.save(update_fields=["ends_on"])
    return len(people)


def _move_teams(unit: Unit, target: Unit, on: date) -> int:
    places = list(UnitPlace.objects.filter(still_running(on), parent=unit).select_related("unit"))
    for place in places:
        if place.starts_on >= on:
            place.parent = target
            place.save(update_fields=["parent"])
        else:
            change_rows_from(place.unit.places.all(), on, unit=place.unit, parent=target)
    return len(places)


def _move_grants(unit: Unit, target: Unit, on: date) -> int:
    grants = list(
        RoleGrant.objects.as_system("reorganisation")
        .filter(still_running(on), unit=unit)
        .exclude(state="refused")
    )
    for grant in grants:
        if grant.starts_on >= on:
            grant.unit = target
            grant.save(update_fields=["unit"])
            continue
        until = grant.ends_on
        grant.ends_on = on
        grant.save(update_fields=["ends_on"])
        # The same right, agreed by the same two people; only the name over the door is another.
        grant.pk, grant.public_id = None, new_id()
        grant._state.adding = True
        grant.unit, grant.starts_on, grant.ends_on = target, on, until
        grant.save(force_insert=True)
    return len(grants)


def _copy_interests(unit: Unit, target: Unit, on: date) -> int:
    """An interest in a unit covers the one that takes over too; the old one stays, for the old records."""
    interests = list(
        Interest.objects.as_system("reorganisation").filter(Q(about_unit=unit) & still_running(on))
    )
    for interest in interests:
        interest.pk, interest.public_id = None, new_id()
        interest._state.adding = True
        interest.about_unit, interest.starts_on = target, max(on, interest.starts_on)
        interest.save(force_insert=True)
    return len(interests)
