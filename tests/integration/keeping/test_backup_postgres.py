"""Backups on PostgreSQL, by its own tools: all comes back, and a failed restore leaves what was there."""

import shutil
from pathlib import Path

import pytest

from plumbline.keeping.backup.postgres import ToolError
from plumbline.keeping.backup.restoring import RestoreError, restore_backup
from plumbline.keeping.backup.taking import make_backup
from plumbline.keeping.extra_databases import opened_database
from plumbline.keeping.sums import TableSum, differences, sums_of_tables
from tests.integration.keeping.conftest import State, fill
from tests.postgres import Postgres


@pytest.fixture
def source(
    postgres: Postgres, migrated_on_postgres: str, own_databases: None, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The address of a migrated PostgreSQL database with a few rows."""
    monkeypatch.setenv("PLUMBLINE_PG_BIN", postgres.tools)
    url = postgres.create("source", like=migrated_on_postgres)
    with opened_database("source", url) as alias:
        fill(alias)
    return url


def sums(url: str) -> dict[str, TableSum]:
    with opened_database("summed", url) as alias:
        return sums_of_tables(alias)


def test_a_postgresql_backup_comes_back_equal_and_only_into_an_empty_database(
    source: str, postgres: Postgres, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened_database("source", source) as alias:
        archive = make_backup(tmp_path, var=state.var, using=alias).path
    fresh = postgres.create("fresh")
    with opened_database("fresh", fresh) as alias:
        restored = restore_backup(archive, var=tmp_path / "new", using=alias)
    assert differences(sums(source), sums(fresh)) == []
    assert sums(fresh)["people_person"].rows == 4
    assert restored.uploads == 2

    # A second time there is something to lose.
    with opened_database("fresh", fresh) as alias:
        with pytest.raises(RestoreError, match="already"):
            restore_backup(archive, var=tmp_path / "other", using=alias)
        # With --replace, a tool that gives up leaves the database as it was.
        before = sums_of_tables(alias)
        broken = tmp_path / "tools"
        broken.mkdir()
        (broken / "pg_restore").write_text("#!/bin/sh\necho out of order >&2\nexit 1\n")
        (broken / "pg_restore").chmod(0o755)
        monkeypatch.setenv("PLUMBLINE_PG_BIN", str(broken))
        with pytest.raises(ToolError, match="out of order"):
            restore_backup(archive, var=tmp_path / "other", using=alias, replace=True)
        assert differences(before, sums_of_tables(alias)) == []
        monkeypatch.setenv("PLUMBLINE_PG_BIN", postgres.tools)
        restore_backup(archive, var=tmp_path / "new", using=alias, replace=True)
        assert differences(before, sums_of_tables(alias)) == []


def test_a_sqlite_backup_is_not_put_into_postgresql(postgres: Postgres, state: State, tmp_path: Path) -> None:
    with opened_database("kept", state.url) as alias:
        archive = make_backup(tmp_path, var=state.var, using=alias).path
    with (
        opened_database("fresh", postgres.create("fresh")) as alias,
        pytest.raises(RestoreError, match="uses postgresql"),
    ):
        restore_backup(archive, var=tmp_path / "new", using=alias)
    assert not (tmp_path / "new").exists()


def test_a_missing_tool_is_named_with_what_to_do(
    postgres: Postgres, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_PG_BIN", str(tmp_path))
    with (
        opened_database("empty", postgres.create("empty")) as alias,
        pytest.raises(ToolError, match=r"pg_dump was not found in .*PLUMBLINE_PG_BIN"),
    ):
        make_backup(tmp_path / "backups", var=state.var, using=alias)
    assert list((tmp_path / "backups").iterdir()) == []
    shutil.rmtree(tmp_path / "backups")
