"""The second `make run` finds everything ready: nothing is loaded, migrated or copied again."""

import importlib.util
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from tests.environment import ROOT
from tests.factories.cast import Cast


@pytest.fixture
def prepare(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What `scripts/serve.py` does before it serves, in the database of the test and a folder of its own."""
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    # Its connections are closed before it starts other processes; here they hold the test's transaction.
    monkeypatch.setattr(connections, "close_all", lambda: None)
    spec = importlib.util.spec_from_file_location("serve", ROOT / "scripts" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.prepare


def rows_of_every_table() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def files(folder: Path) -> dict[str, int]:
    """Each file with the moment it was written, in nanoseconds."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("is_demo", [True, False], ids=["demo", "production"])
def test_a_second_start_changes_no_row_and_writes_no_file(
    cast: Cast, prepare: Any, settings: Any, tmp_path: Path, capsys: Any, is_demo: bool
) -> None:
    settings.DEMO = is_demo
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.HTTPS = (
        "0123456789abcdefghij" * 3,
        ["qa.example"],
        True,
    )
    prepare()
    rows, written = rows_of_every_table(), files(tmp_path)
    assert written
    capsys.readouterr()
    prepare()
    assert rows_of_every_table() == rows
    assert files(tmp_path) == written
    said = capsys.readouterr().out
    assert "Plumbline is at" in said
    assert "Preparing" not in said
    assert "Making" not in said


def test_a_changed_static_file_is_collected_again(
    cast: Cast, prepare: Any, settings: Any, tmp_path: Path
) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, extra]
    get_finder.cache_clear()
    try:
        (extra / "note.txt").write_text("first")
        prepare()
        (extra / "note.txt").write_text("changed since")
        # Files are compared by the second.
        later = time.time() + 60
        os.utime(extra / "note.txt", (later, later))
        prepare()
    finally:
        get_finder.cache_clear()
    assert (settings.STATIC_ROOT / "note.txt").read_text() == "changed since"


def test_a_start_with_a_migration_to_run_prepares_the_database(
    cast: Cast, prepare: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [object()])
    asked: list[str] = []
    monkeypatch.setattr("django.core.management.call_command", lambda name, **options: asked.append(name))
    prepare()
    assert "Preparing the database" in capsys.readouterr().out
    assert asked == ["check", "migrate", "createcachetable", "load_demo", "collectstatic"]
