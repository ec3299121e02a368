"""What keeps Plumbline from starting."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import path

from plumbline.config.settings import BASE_DIR
from plumbline.event_log.models import Kind
from plumbline.people import checks
from plumbline.people.access import access

GOOD_KEY = "Kq8vW2nZr5tYx1mPb7sDf4gHj6kLc9aEo3uIi0wQzMnBvCxLkJ"


def ids(errors: Any) -> set[str]:
    return {error.id for error in errors}


def test_the_product_as_it_stands_has_no_errors() -> None:
    assert checks.views_declare_what_they_need(None) == []
    assert checks.production_is_safe(None) == []


def test_a_view_without_a_declared_right_stops_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgotten(request: Any) -> HttpResponse:
        return HttpResponse("everything")

    listed = [*checks.every_pattern(), ("forgotten", path("forgotten", forgotten))]
    monkeypatch.setattr(checks, "every_pattern", lambda: iter(listed))
    assert ids(checks.views_declare_what_they_need(None)) == {"plumbline.E001"}


def test_a_right_that_the_table_does_not_know_stops_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.people.access import access

    view = access("teapot.brew")(lambda request: HttpResponse())
    listed = [*checks.every_pattern(), ("teapot", path("teapot", view))]
    monkeypatch.setattr(checks, "every_pattern", lambda: iter(listed))
    assert ids(checks.views_declare_what_they_need(None)) == {"plumbline.E002"}


def test_a_public_address_that_is_gone_must_leave_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    known = checks.public_routes()
    monkeypatch.setattr(checks, "public_routes", lambda: known | {"gone"})
    assert ids(checks.views_declare_what_they_need(None)) == {"plumbline.E003"}


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the check as a production process would at start."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PLUMBLINE_") and name != "DATABASE_URL"
    }
    good = {
        "PLUMBLINE_VAR": str(tmp_path),
        "PLUMBLINE_SECRET_KEY": GOOD_KEY,
        "PLUMBLINE_HOSTS": "quality.fernshire.example",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=BASE_DIR,
        env=kept | good | environment,
        capture_output=True,
        text=True,
    )


def test_production_starts_with_good_settings_and_without_a_warning(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"PLUMBLINE_SECRET_KEY": ""}, "PLUMBLINE_SECRET_KEY is not set"),
        ({"PLUMBLINE_SECRET_KEY": "insecure" * 9}, "too short or a default"),
        ({"PLUMBLINE_SECRET_KEY": "abc123"}, "too short or a default"),
        ({"PLUMBLINE_DEBUG": "1"}, "PLUMBLINE_DEBUG is on"),
        ({"PLUMBLINE_HOSTS": "*"}, "wildcard"),
        ({"PLUMBLINE_HOSTS": ".fernshire.example"}, "wildcard"),
        ({"PLUMBLINE_HOSTS": ""}, "PLUMBLINE_HOSTS is empty"),
        ({"PLUMBLINE_HTTPS": "0"}, "PLUMBLINE_HTTPS is off"),
        ({"PLUMBLINE_HTTPS": "perhaps"}, "Write 1 for yes or 0 for no"),
        ({"DATABASE_URL": "mysql://somewhere/x"}, "Write postgresql://"),
        ({"PLUMBLINE_SESSION_IDLE_MINUTES": "2"}, "whole number of at least 10"),
        ({"PLUMBLINE_EMAIL_URL": "pigeon://loft"}, "smtp://"),
    ],
)
def test_production_refuses_to_start(tmp_path: Path, change: dict[str, str], said: str) -> None:
    done = start(tmp_path, **change)
    assert done.returncode != 0
    assert said in done.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("transaction_mode", "DEFERRED"),
        ("timeout", 5),
        ("init_command", "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"),
        ("init_command", "PRAGMA journal_mode=DELETE;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"),
        ("init_command", "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"),
    ],
)
def test_sqlite_settings_that_lose_work_stop_start_up(option: str, value: object) -> None:
    from plumbline.config.environment import SQLITE_OPTIONS

    assert checks._sqlite_errors(SQLITE_OPTIONS) == []
    assert ids(checks._sqlite_errors({**SQLITE_OPTIONS, option: value})) == {"plumbline.E016"}


def test_a_transaction_around_each_request_stops_start_up(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)
    assert "plumbline.E015" in ids(checks.production_is_safe(None))


def test_every_environment_variable_is_documented_and_every_documented_one_is_read() -> None:
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (BASE_DIR / "docs/reference/settings.md").read_text(), re.MULTILINE)
    )
    sources = [*(BASE_DIR / "plumbline").rglob("*.py"), *(BASE_DIR / "scripts").glob("*.py")]
    read = {
        name
        for source in sources
        for name in re.findall(
            r'["\'](PLUMBLINE_[A-Z_]+|DATABASE_URL|PORT)["\']', source.read_text(encoding="utf-8")
        )
    }
    internal = {"PLUMBLINE_TEST_ENGINE"}
    assert read - internal == documented


def test_a_view_that_hands_over_a_file_asks_who_it_is_first() -> None:
    with pytest.raises(TypeError, match="needs step_up=True"):
        access("schedule.export", reads=Kind.EXPORT)
