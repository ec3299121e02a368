"""State folders with a migrated database and a few rows, made once and copied for each test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plumbline.event_log.models import Event
from plumbline.keeping.extra_databases import opened_database, sqlite_url
from plumbline.people.models import Person, Unit
from tests.postgres import Postgres, temporary_postgres

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class State:
    """A state folder outside the test run's own."""

    var: Path

    @property
    def database(self) -> Path:
        return self.var / "plumbline.sqlite3"

    @property
    def url(self) -> str:
        return sqlite_url(self.database)

    def manage(
        self, *arguments: str, url: str = "", typed: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        """What a management command did with this state folder."""
        environment = {**os.environ, "PLUMBLINE_VAR": str(self.var), "DATABASE_URL": url, **more}
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )


def fill(using: str) -> None:
    """A few rows with all that is awkward in them."""
    people = [
        Person(public_id=f"person{n:06}", name=name)
        for n, name in enumerate(["Zoë O’Hara", "=SUM(A1)", "李 小明", "Line\nbreak"])
    ]
    Person._base_manager.using(using).bulk_create(people)
    Unit._base_manager.using(using).create(
        public_id="unit00000001", key="north", kind="team", opened_on="2020-02-29"
    )
    Event._base_manager.using(using).create(
        at="2026-03-29T00:59:59.123456Z",
        kind="read",
        action="person.view",
        detail={"b": [1, 2.5, None], "a": {"ü": True}},
        previous_hash="0" * 64,
        hash="1" * 64,
    )


@pytest.fixture
def own_databases(django_db_blocker: Any) -> Iterator[None]:
    """Lets a test open databases of its own, and no other."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def state(migrated: Path, tmp_path: Path, own_databases: None) -> State:
    """A state folder of the test's own: database with rows, two uploads, a key file."""
    var = tmp_path / "state"
    var.mkdir()
    shutil.copy(migrated, var)
    (var / "uploads" / "notes").mkdir(parents=True)
    (var / "uploads" / "notes" / "one.txt").write_text("first")
    (var / "uploads" / "two.bin").write_bytes(bytes(range(256)) * 40)
    (var / "secret-key").write_text("k" * 60)
    made = State(var)
    with opened_database("filling", made.url) as alias:
        fill(alias)
    return made


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of the tests' own, whatever the suite itself runs on."""
    with temporary_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_on_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database to which nothing but migrate was done, to make others from."""
    state = State(tmp_path_factory.mktemp("migrated_on_postgres"))
    done = state.manage("migrate", "--verbosity=0", url=postgres.create("migrated"))
    assert done.returncode == 0, done.stderr
    return "migrated"


@pytest.fixture(autouse=True)
def _migrations_are_known(settings: Any) -> None:
    """Backups are told apart by the migrations in them, which the other tests do without."""
    settings.MIGRATION_MODULES = {}
