"""The cast of the integration tests: Amira, Ben and Cath, in a small council."""

import time

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """A small council with one person for each role and a few more."""
    return make_cast()


@pytest.fixture
def client_of() -> "type[SignedIn]":
    """Gives a client signed in as a person: client_of(cast.ben)."""
    return SignedIn


class SignedIn(Client):
    """A test client that is signed in as the person."""

    def __init__(self, person: object) -> None:
        super().__init__(raise_request_exception=True)
        self.force_login(person.user)  # type: ignore[attr-defined]

    def confirmed(self) -> "SignedIn":
        """The client, as after showing a moment ago that it is them, which exports and changes of rights ask for."""
        session = self.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()
        return self
