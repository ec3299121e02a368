"""Makes and removes a person's secret calendar address."""

import hashlib
import secrets

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.models import CalendarFeed
from plumbline.people.models import Person


def hash_of(token: str) -> str:
    """What is kept of the secret: looking it up takes the same time whatever was sent."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_feed(*, by: Person, has_everything: bool) -> str:
    """The new secret, shown once; an address made earlier stops working."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarFeed.objects.update_or_create(
            person=by, defaults={"token_hash": hash_of(token), "has_everything": has_everything}
        )
        record(by=by, kind=Kind.ACTION, action="calendar.make", detail={"everything": has_everything})
    return token


def remove_feed(*, by: Person) -> None:
    """Stops the person's address from working."""
    with transaction.atomic():
        CalendarFeed.objects.filter(person=by).delete()
        record(by=by, kind=Kind.ACTION, action="calendar.remove")
