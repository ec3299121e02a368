"""The world is made once for all tests here and rolled back; each request is rolled back too."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from plumbline.people.models import Person
from plumbline.people.sessions import SEEN, STARTED
from tests.proof.world import World, make_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The world, for all tests of the package that one process runs one after the other."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def confirmed_just_now(user: Any) -> dict[str, Any]:
    """What a session holds after a recent sign-in, so that steps that ask for one are walked too."""
    soon = int(time.time()) + 3600
    return {
        "account_authentication_methods": [{"method": "password", "at": soon, "reauthenticated": True}],
        "account_authentication_methods_user": str(user.pk),
        # As somebody seen a moment ago: else each request would note that, only to be undone.
        STARTED: soon,
        SEEN: soon,
    }


class Walker(Client):
    """A client of one person; whatever a request writes is undone."""

    def __init__(self, person: Person | None) -> None:
        super().__init__(raise_request_exception=True)
        if person is not None:
            self.force_login(person.user)
            session = self.session
            session.update(confirmed_just_now(person.user))
            session.save()

    def ask(self, method: str, address: str, data: dict[str, str] | None = None) -> Any:
        """The response; nothing it wrote stays."""
        with transaction.atomic():
            response = self.generic(method, address) if data is None else self.post(address, data)
            if response.streaming:
                response.content_read = b"".join(response.streaming_content)  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        return response
