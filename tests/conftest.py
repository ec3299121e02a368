"""What every test run shares: no network, one hashed set of static files, a quick password hash."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent

# A busy machine must not fail a test: only what is generated counts, never how fast.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_configure() -> None:
    """Makes the tables from the models, since every process would else replay every migration, most of its time.

    The event log keeps its migrations: they make the triggers that let nothing be changed. All migrations are run by
    the journeys, which serve the product as a newcomer starts it, and by the drills.
    """
    labels = [config.label for config in apps.get_app_configs()]
    django_settings.MIGRATION_MODULES = {label: None for label in labels if label != "event_log"}


class TogetherScheduling(LoadScopeScheduling):
    """Spreads single tests over the processes, and keeps in one process those that share what is dear to make.

    Marks of groups are not used for this: pytest 9.2 no longer lets pytest-xdist 3.8 write them into the names by
    which tests are handed out, and leaves them out without a word.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next(
            (found.expand(name) for pattern, name in TOGETHER if (found := pattern.match(nodeid))), nodeid
        )


# Which tests belong together, by their name: the first pattern that matches.
TOGETHER = [
    # One served product; the tour has one of its own, and only its one process knows what no role came to.
    (re.compile(r"tests/journeys/test_every_page"), "every page"),
    (re.compile(r"tests/journeys/"), "journeys"),
    # One role's walk, made once.
    (re.compile(r"tests/proof/test_(?:walk|canary)\.py::.*\[([a-z-]+)\]$"), r"walk of \1"),
    # One PostgreSQL server of their own.
    (re.compile(r"tests/integration/keeping/test_(?:backup_postgres|moving)"), "postgres"),
]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling:
    """How the tests of a run are handed out to its processes."""
    return TogetherScheduling(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Gathers the static files once, before any worker draws a page; leaves no extract of an earlier run."""
    if hasattr(session.config, "workerinput"):
        return
    # Read by other definitions, they would be other records under the same name, which are refused.
    shutil.rmtree(Path(os.environ["PLUMBLINE_VAR"]) / "extracts", ignore_errors=True)
    environment = {**os.environ, "DATABASE_URL": ""}
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Names what was not tested in full at the end of a run, since a letter among thousands is not seen."""
    left_out = [
        f"{report.nodeid}: {report.longrepr[2].removeprefix('Skipped: ')}"
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and "NOT TESTED" in report.longrepr[2]
    ]
    if left_out:
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        for line in left_out:
            terminalreporter.line(line)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Any connection that leaves this machine fails."""
    real = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"A test tried to reach {address[0]}.")
        real(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[assignment, method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _quick_passwords(settings: object) -> None:
    """Argon2 is meant to be slow; tests that are not about it use a quick hash."""
    settings.PASSWORD_HASHERS = [  # type: ignore[attr-defined]
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database that all migrations were run on, to copy."""
    var = tmp_path_factory.mktemp("migrated")
    environment = {**os.environ, "DATABASE_URL": "", "PLUMBLINE_VAR": str(var)}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True)
    return var / "plumbline.sqlite3"
