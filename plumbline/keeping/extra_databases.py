"""Second databases, known to Django only while a command needs them: a copy to be checked, a target to be filled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connections


@contextmanager
def opened_database(alias: str, url: str) -> Iterator[str]:
    """The alias under which the database at the address is open inside the block.

    Raises: ImproperlyConfigured for an address that is no database's.
    """
    known: dict[str, Any] = connections.settings
    of_url: Callable[[str], dict[str, Any]] = settings.DATABASE_OF_URL
    configured = connections.configure_settings({"default": {}, alias: of_url(url)})
    known[alias] = configured[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del known[alias]


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{quote(str(path.resolve()))}"
