"""Reads settings from environment variables, and says in words what is wrong with them."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS: dict[str, Any] = {
    # A second writer waits for the first instead of failing with "database is locked".
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    # FULL, because at NORMAL a power cut loses acknowledged commits.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
}


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding blanks, or the default."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no.

    Raises: ImproperlyConfigured for anything but 1, 0, yes, no, true, false.
    """
    given = text(name).lower()
    if not given:
        return default
    if given in {"1", "yes", "true"}:
        return True
    if given in {"0", "no", "false"}:
        return False
    raise ImproperlyConfigured(f"{name} is {given!r}. Write 1 for yes or 0 for no.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """The variable as a whole number.

    Raises: ImproperlyConfigured when it is no whole number of at least `least`.
    """
    given = text(name)
    if not given:
        return default
    if not given.isdecimal() or int(given) < least:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write a whole number of at least {least}.")
    return int(given)


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, split at commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str, var: Path) -> dict[str, Any]:
    """Django's settings of the one database that `url` names, or SQLite in the state folder when it is empty.

    Raises: ImproperlyConfigured for a scheme other than sqlite, postgres or postgresql.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var / "plumbline.sqlite3",
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            # A socket folder arrives as ?host=/folder, as PostgreSQL's own tools write it.
            "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {parts.scheme!r}. Write postgresql://user:password@host/name or sqlite:////path."
    )


def secret_key(given: str, var: Path, *, demo: bool) -> str:
    """The key that signs sessions and links; in demo mode one is made and kept in the state folder.

    Raises: ImproperlyConfigured in production when no key of at least 50 characters is given.
    """
    if given:
        return given
    if not demo:
        raise ImproperlyConfigured(
            "PLUMBLINE_SECRET_KEY is not set. Set it to at least 50 random characters, and keep it the same between starts."
        )
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        # Several processes may start at once: the first to create the file wins, the others read it.
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
    return path.read_text()


def email(url: str, var: Path) -> dict[str, Any]:
    """Django's e-mail settings for `smtp://` or `smtps://` addresses; without one, mail is written to files.

    Raises: ImproperlyConfigured for another scheme.
    """
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": var / "mail",
        }
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured("PLUMBLINE_EMAIL_URL must begin with smtp:// or smtps://.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.query == "tls",
        "EMAIL_TIMEOUT": 20,
    }
