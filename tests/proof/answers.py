"""What every answer must carry, and what looking may write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

NEEDED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
COOKIES = {"plumbline", "csrf"}


def wrong_headers(response: Any) -> list[str]:
    """What a response lacks."""
    wrong = [
        f"{name} is {response.headers.get(name)}"
        for name, value in NEEDED.items()
        if response.headers.get(name) != value
    ]
    policy = response.headers.get("Content-Security-Policy", "")
    if (
        "default-src 'none'" not in policy
        or "frame-ancestors 'none'" not in policy
        or "base-uri 'none'" not in policy
    ):
        wrong.append("Content-Security-Policy is weak or missing")
    if "unsafe" in policy or "*" in policy or "http" in policy:
        wrong.append(f"Content-Security-Policy is open: {policy}")
    if "Permissions-Policy" not in response.headers:
        wrong.append("Permissions-Policy is missing")
    if "no-store" not in response.headers.get("Cache-Control", ""):
        wrong.append(f"Cache-Control is {response.headers.get('Cache-Control')}")
    for name, cookie in response.cookies.items():
        if name not in COOKIES:
            wrong.append(f"cookie {name} is not on the list")
        if not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict"):
            wrong.append(f"cookie {name} is open")
    return wrong


WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# What looking may write: that somebody looked, that they are still there, and how often they tried.
WRITTEN_BY_LOOKING = ("event_log", "sessions")


@contextmanager
def writes_noted() -> Iterator[set[str]]:
    """The tables written to meanwhile, apart from those that looking may write."""
    allowed = {
        model._meta.db_table
        for label in WRITTEN_BY_LOOKING
        for model in apps.get_app_config(label).get_models()
    }
    # The first time the worker or their manager opens a shared audit is kept, as the report counts who read theirs.
    allowed.add("audits_reading")
    written: set[str] = set()

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if (found := WRITE.match(sql)) and found.group(1) not in allowed:
            written.add(found.group(1))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield written
