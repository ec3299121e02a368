"""Identifiers that may stand in an address: random, short, and without letters that are mistaken for digits."""

import secrets

from django.db import models

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_id() -> str:
    """Twelve random characters: 60 bits, so that an address cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField[str, str]):
    """The identifier of a row in addresses, exports and the event log; never the database's own number."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=LENGTH, default=new_id, unique=True, editable=False)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, path, args, _ = super().deconstruct()
        return name, path, list(args), {}
