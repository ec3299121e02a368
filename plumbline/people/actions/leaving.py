"""What happens when somebody leaves, and when they come back."""

from datetime import date

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.dated import one_change_at_a_time, still_running, stop_rights, stop_rows
from plumbline.people.actions.people import check_works_on, hold_post, manage
from plumbline.people.actions.units import check_is_open
from plumbline.people.models import Interest, LineManagement, Person, PostHolding, RoleGrant, Unit, User
from plumbline.people.rules.refusals import Reason, Refused
from plumbline.shared import dates


def leave(*, by: Person, person: Person, on: date, reports_go_to: Person | None = None) -> Person:
    """The person, gone from the day: posts, line management, roles and interests end, and the account closes.

    An open session ends with the next click. `reports_go_to` manages their people from then.

    Raises: Refused when they have left already, or the day lies before a post they hold.
    """
    with transaction.atomic():
        one_change_at_a_time()
        if person.left_on is not None and person.left_on <= on:
            raise Refused(Reason.HAS_LEFT)
        begun = PostHolding.objects.filter(person=person, starts_on__lte=dates.today()).order_by("-starts_on")
        latest = begun.first()
        if latest is not None and on <= latest.starts_on:
            raise Refused(Reason.BEFORE_THE_POST, day=latest.starts_on)
        reports = _hand_over(person, reports_go_to, on)
        counts = {
            "posts": stop_rows(PostHolding.objects.filter(person=person), on),
            "roles": stop_rights(RoleGrant.objects.as_system("leaving").filter(person=person), on),
            "interests": stop_rights(Interest.objects.as_system("leaving").filter(person=person), on),
            "reports": reports,
        }
        stop_rows(LineManagement.objects.filter(person=person), on)
        person.left_on = on
        person.save(update_fields=["left_on"])
        if on <= dates.today():
            _close_account(person)
        record(
            by=by,
            kind=Kind.ACTION,
            action="person.leave",
            obj=person,
            detail={"on": on.isoformat(), **counts},
        )
    return person


def _hand_over(person: Person, successor: Person | None, on: date) -> int:
    if successor is not None:
        if successor == person:
            raise Refused(Reason.MANAGES_THEMSELVES)
        check_works_on(successor, on)
    rows = list(LineManagement.objects.filter(still_running(on), manager=person).select_related("person"))
    for row in rows:
        stop_rows(LineManagement.objects.filter(pk=row.pk), on)
    for report in {row.person for row in rows}:
        if successor is not None and report != successor and not _is_left_by(report, on):
            manage(report, successor, on)
    return len({row.person_id for row in rows})


def _is_left_by(person: Person, day: date) -> bool:
    return person.left_on is not None and person.left_on <= day


def _close_account(person: Person) -> None:
    if person.user is not None and person.user.is_active:
        person.user.is_active = False
        # A password that no longer counts also ends the sessions that were opened with it, for good.
        person.user.set_unusable_password()
        person.user.save(update_fields=["is_active", "password"])


def close_accounts() -> int:
    """How many accounts were closed because the day has come on which their owner left; safe to run again."""
    today = dates.today()
    gone = Person.objects.as_system("leaving").filter(left_on__lte=today, user__is_active=True)
    closed = 0
    for person in gone.select_related("user"):
        with transaction.atomic():
            _close_account(person)
            record(by=None, kind=Kind.ACTION, action="person.close_account", obj=person)
        closed += 1
    return closed


def come_back(
    *, by: Person, person: Person, title: str, unit: Unit, on: date, manager: Person | None = None
) -> Person:
    """The person, back in a post from the day with an open account; roles have to be proposed anew.

    Raises: Refused when they have not left by then, or the team is not open.
    """
    with transaction.atomic():
        one_change_at_a_time()
        if person.left_on is None or person.left_on > on:
            raise Refused(Reason.HAS_NOT_LEFT)
        check_is_open(unit, on)
        person.left_on = None
        person.save(update_fields=["left_on"])
        User.objects.filter(person=person).update(is_active=True)
        hold_post(person, title, unit, on)
        if manager is not None:
            manage(person, manager, on)
        record(
            by=by,
            kind=Kind.ACTION,
            action="person.come_back",
            obj=person,
            detail={"unit": unit.public_id, "from": on.isoformat()},
        )
    return person
