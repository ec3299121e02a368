"""Checks that keep Plumbline from starting: a view that declares no right, or settings that lose data or secrets."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from plumbline.people.scope import permission_table


def every_pattern(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each route of the application with its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern.url_patterns, route)
        else:
            yield route, pattern


def public_routes() -> set[str]:
    """The routes that need no right, from definitions/public_urls.txt."""
    lines = (settings.DEFINITIONS_DIR / "public_urls.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()}


@register(Tags.security)
def views_declare_what_they_need(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Errors for each route without @access that is not listed as public, and for rights the table does not know."""
    errors: list[CheckMessage] = []
    public, table, seen = public_routes(), permission_table(), set()
    for route, pattern in every_pattern():
        needs = getattr(pattern.callback, "access", None)
        if needs is None and route not in public:
            errors.append(
                Error(
                    f"The address {route!r} declares no right.",
                    hint="Put @access(...) on its view, or list it in definitions/public_urls.txt.",
                    id="plumbline.E001",
                )
            )
        if needs is not None and needs.action not in table:
            errors.append(
                Error(
                    f"The address {route!r} needs {needs.action!r}, which definitions/permissions.csv does not know.",
                    id="plumbline.E002",
                )
            )
        seen.add(route)
    errors += [
        Error(f"definitions/public_urls.txt lists {route!r}, which no longer exists.", id="plumbline.E003")
        for route in sorted(public - seen)
    ]
    return errors


@register(Tags.security)
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Errors for settings under which production must not start. Demo mode is spared the first four only."""
    errors: list[CheckMessage] = []

    def wrong(number: int, message: str, hint: str) -> None:
        errors.append(Error(message, hint=hint, id=f"plumbline.E{number:03}"))

    if not settings.DEMO:
        if settings.DEBUG:
            wrong(10, "PLUMBLINE_DEBUG is on in production.", "Unset it.")
        if (
            len(settings.SECRET_KEY) < 50
            or len(set(settings.SECRET_KEY)) < 10
            or "insecure" in settings.SECRET_KEY
        ):
            wrong(11, "PLUMBLINE_SECRET_KEY is too short or a default.", "Set at least 50 random characters.")
        if not settings.ALLOWED_HOSTS:
            wrong(12, "PLUMBLINE_HOSTS is empty.", "List the host names that people type, split by commas.")
        if not settings.HTTPS:
            wrong(13, "PLUMBLINE_HTTPS is off in production.", "Serve over HTTPS and unset it.")
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        wrong(14, "PLUMBLINE_HOSTS has a wildcard.", "List each host name in full.")
    database = settings.DATABASES["default"]
    if database.get("ATOMIC_REQUESTS"):
        wrong(15, "ATOMIC_REQUESTS is on.", "Every page would take the one write lock; leave it off.")
    if database["ENGINE"].endswith("sqlite3"):
        errors += _sqlite_errors(database["OPTIONS"])
    return errors


def _sqlite_errors(options: dict[str, Any]) -> list[CheckMessage]:
    pragmas = options.get("init_command", "").replace(" ", "").upper()
    needed = {
        "transaction_mode IMMEDIATE": options.get("transaction_mode") == "IMMEDIATE",
        "timeout of 20 seconds or more": options.get("timeout", 0) >= 20,
        "journal_mode WAL": "JOURNAL_MODE=WAL" in pragmas,
        "synchronous FULL": "SYNCHRONOUS=FULL" in pragmas,
        "foreign_keys ON": "FOREIGN_KEYS=ON" in pragmas,
    }
    return [
        Error(
            f"SQLite runs without {name}.",
            hint="Acknowledged work could be lost; use the settings Plumbline ships.",
            id="plumbline.E016",
        )
        for name, holds in needed.items()
        if not holds
    ]
