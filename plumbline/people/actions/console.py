"""What the console may do so that a council can start from nothing: an account, and a first role."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.actions.people import new_account
from plumbline.people.actions.roles import check_place_and_person, facts_of
from plumbline.people.models import GrantState, Person, RoleGrant, Unit
from plumbline.people.rules.grants import Wish, against_dates, against_place
from plumbline.people.rules.refusals import Refused
from plumbline.people.rules.roles import Role
from plumbline.people.scope import permission_table
from plumbline.shared import dates
from plumbline.shared.plain_text import clean_line


def add_account_by_console(*, email: str, name: str, password: str) -> Person:
    """The person made, with an account and no rights.

    Raises: Refused when the address has an account, ValidationError for a weak password.
    """
    with transaction.atomic():
        user = new_account(email)
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        person = Person(name=clean_line(name), user=user)
        person.save(force_insert=True)
        record(by=None, kind=Kind.ACTION, action="person.add_by_console", obj=person)
    return person


def grant_role_by_console(
    *, person: Person, role: Role, unit: Unit | None, ends_on: date | None
) -> RoleGrant:
    """The role, agreed from today. Whoever has the console stands for both people; the event log says so.

    Raises: Refused for an outsider without an end, a wrong place or day, or a role held already.
    """
    with transaction.atomic():
        today = dates.today()
        wish = Wish(role, unit is not None, today, ends_on)
        against = against_place(wish, permission_table()) or against_dates(wish, today)
        if against is not None:
            raise Refused(against)
        check_place_and_person(person, unit, wish)
        grant = RoleGrant.objects.create(
            person=person,
            role=role,
            unit=unit,
            starts_on=today,
            ends_on=ends_on,
            reason="Granted from the console",
            state=GrantState.AGREED,
            proposed_by=None,
        )
        record(by=None, kind=Kind.ACTION, action="role_grant.by_console", obj=grant, detail=facts_of(grant))
    return grant


def person_with_account(email: str) -> Person | None:
    """The person whose account has the address, for the console."""
    return Person.objects.as_system("console").filter(user__email__iexact=email.strip()).first()


def unit_with_key(key: str) -> Unit | None:
    """The unit with the key, for the console."""
    return Unit.objects.filter(key=key.strip()).first()
