"""Adds people, and changes their name, post and line manager from a day."""

from datetime import date

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.dated import (
    change_rows_from,
    one_change_at_a_time,
    still_running,
    stop_rows,
)
from plumbline.people.actions.units import check_is_open
from plumbline.people.models import LineManagement, Person, Post, PostHolding, Unit, User
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.people.rules.timelines import Link, makes_a_circle
from plumbline.shared.plain_text import clean_line


def add_person(
    *,
    by: Person | None,
    name: str,
    title: str,
    unit: Unit,
    starts_on: date,
    email: str = "",
    manager: Person | None = None,
) -> Person:
    """The person added, in a post from the day; with an e-mail address, with an account but no rights yet.

    Raises: Refused when the address has an account, the team is not open, or the manager has left by then.
    """
    with transaction.atomic():
        check_is_open(unit, starts_on)
        if manager is not None:
            check_works_on(manager, starts_on)
        person = Person(name=clean_line(name), user=new_account(email) if email else None)
        person.save(force_insert=True)
        hold_post(person, title, unit, starts_on)
        if manager is not None:
            LineManagement.objects.create(person=person, manager=manager, starts_on=starts_on)
        record(
            by=by,
            kind=Kind.ACTION,
            action="person.add",
            obj=person,
            detail={
                "unit": unit.public_id,
                "from": starts_on.isoformat(),
                "account": bool(email),
                "manager": manager.public_id if manager else "",
            },
        )
    return person


def change_name(*, by: Person, person: Person, name: str) -> Person:
    """The person under the new name. A person's earlier name is not kept, because keeping it can do harm."""
    name = clean_line(name)
    with transaction.atomic():
        if name == person.name:
            raise Refused(Reason.NOTHING_CHANGES)
        person.name = name
        person.save(update_fields=["name"])
        record(
            by=by,
            kind=Kind.ACTION,
            action="person.change_name",
            obj=person,
            detail={"fields": ["name"]},
        )
    return person


def move_post(
    *, by: Person, person: Person, title: str, unit: Unit, on: date, leaves: PostHolding | None = None
) -> PostHolding:
    """The post the person holds from the day. `leaves` is the one they give up; without it they hold one more.

    Raises: Refused when the team is not open, the person has left, or the day lies before the post they leave.
    """
    with transaction.atomic():
        check_is_open(unit, on)
        check_works_on(person, on)
        until: date | None = None
        if leaves is not None:
            leaves = PostHolding.objects.select_for_update().get(pk=leaves.pk, person=person)
            if on < leaves.starts_on:
                raise Refused(Reason.BEFORE_THE_POST, day=leaves.starts_on)
            until = leaves.ends_on
            if until is not None and until <= on:
                raise Refused(Reason.ALREADY_OVER)
            stop_rows(PostHolding.objects.filter(pk=leaves.pk), on)
        holding = hold_post(person, title, unit, on, until)
        record(
            by=by,
            kind=Kind.ACTION,
            action="person.move_post",
            obj=person,
            detail={"unit": unit.public_id, "from": on.isoformat(), "further_post": leaves is None},
        )
    return holding


def set_line_manager(*, by: Person, person: Person, manager: Person | None, on: date) -> Person:
    """The person, managed by the manager from the day, or by nobody.

    Raises: Refused for a circle, or when one of the two has left by then.
    """
    with transaction.atomic():
        one_change_at_a_time()
        check_works_on(person, on)
        manage(person, manager, on)
        record(
            by=by,
            kind=Kind.ACTION,
            action="person.line_manager",
            obj=person,
            detail={"manager": manager.public_id if manager else "", "from": on.isoformat()},
        )
    return person


def manage(person: Person, manager: Person | None, on: date) -> None:
    """Writes the line manager from the day; part of the actions that change one."""
    rows = LineManagement.objects.filter(person=person)
    now = rows.filter(still_running(on), starts_on__lte=on).first()
    if (now.manager_id if now else None) == (manager.pk if manager else None):
        raise Refused(Reason.NOTHING_CHANGES)
    if manager is None:
        stop_rows(rows.filter(starts_on__lte=on), on)
        return
    check_works_on(manager, on)
    if manager == person:
        raise Refused(Reason.MANAGES_THEMSELVES)
    links = [
        Link(row.person_id, row.manager_id, row.starts_on, row.ends_on)
        for row in LineManagement.objects.filter(still_running(on))
    ]
    if makes_a_circle(links, Link(person.pk, manager.pk, on)):
        raise Refused(Reason.MANAGED_IN_A_CIRCLE)
    change_rows_from(rows, on, person=person, manager=manager)


def hold_post(
    person: Person, title: str, unit: Unit, starts_on: date, ends_on: date | None = None
) -> PostHolding:
    """The holding made, of a vacant post with the title in the unit or of a new one; part of other actions."""
    title = clean_line(title)
    held = PostHolding.objects.filter(still_running(starts_on)).values("post_id")
    post = Post.objects.filter(unit=unit, title=title).exclude(pk__in=held).order_by("pk").first()
    return PostHolding.objects.create(
        person=person,
        post=post or Post.objects.create(title=title, unit=unit),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def new_account(email: str) -> User:
    """The account made, without a password: its owner sets one by e-mail, or signs in through the council.

    Raises: Refused when the address has one.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(Reason.ADDRESS_TAKEN)
    return User.objects.create_user(email)


def check_works_on(person: Person, day: date) -> None:
    """Returns when the person has not left by the day.

    Raises: Refused otherwise.
    """
    if person.left_on is not None and person.left_on <= day:
        raise Refused(Reason.HAS_LEFT)
