"""Everything leaves in open formats: every table, every row, no key to the service."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from plumbline.event_log.models import Event
from plumbline.keeping import exporting
from plumbline.keeping.exporting import COLUMNS_LEFT_OUT, TABLES_LEFT_OUT
from plumbline.keeping.sums import stored_models
from plumbline.people.models import Person, User
from tests.factories.cast import Cast


@pytest.fixture
def folder(cast: Cast, tmp_path: Path) -> Path:
    Person.objects.as_system("demo").filter(pk=cast.sam.pk).update(name='=1+1, "Zoë"\nO’Hara')
    User.objects.filter(pk=cast.sam.user_id).update(password="sealed-secret")
    target = tmp_path / "export"
    call_command("export_all", str(target), verbosity=0)
    return target


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with open(folder / "tables" / f"{table}.csv", newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_table_is_there_with_every_row_and_its_seal(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for model in stored_models():
        table = model._meta.db_table
        if model._meta.label in TABLES_LEFT_OUT:
            assert table not in manifest["tables"]
            continue
        told = manifest["tables"][table]
        assert len(rows_of(folder, table)) == told["rows"] == model._base_manager.count(), table
        assert hashlib.sha256((folder / told["file"]).read_bytes()).hexdigest() == told["sha256"]
        names = [column["name"] for column in told["columns"]]
        assert not rows_of(folder, table) or list(rows_of(folder, table)[0]) == names


def test_awkward_text_comes_back_and_runs_in_no_spreadsheet(folder: Path, cast: Cast) -> None:
    (row,) = [row for row in rows_of(folder, "people_person") if row["public_id"] == cast.sam.public_id]
    assert row["name"].replace("\r\n", "\n") == '\'=1+1, "Zoë"\nO’Hara'


def test_no_key_to_the_service_leaves_with_it(folder: Path) -> None:
    assert "sealed-secret" not in "".join(path.read_text("utf-8") for path in folder.rglob("*.csv"))
    assert "password" not in rows_of(folder, "people_user")[0]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["left out"]) == {*TABLES_LEFT_OUT, *COLUMNS_LEFT_OUT}
    for label in TABLES_LEFT_OUT:
        apps.get_model(label)
    for label in COLUMNS_LEFT_OUT:
        model, name = label.rsplit(".", 1)
        apps.get_model(model)._meta.get_field(name)


def test_each_column_says_what_it_is_and_whom_it_could_name(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    columns = {column["name"]: column for column in manifest["tables"]["people_person"]["columns"]}
    assert columns["name"]["class"] == "identifies-adult"
    assert columns["user_id"]["points to"] == "people_user"


def test_the_export_is_in_the_log_and_in_the_exported_log(folder: Path) -> None:
    assert Event.objects.as_system("verify-event-log").filter(action="database.export").count() == 1
    assert "database.export" in {row["action"] for row in rows_of(folder, "event_log_event")}


def test_nobody_else_may_open_the_folder(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0


def test_uploads_go_along(cast: Cast, tmp_path: Path) -> None:
    note = settings.VAR / "uploads" / "export-test" / "note.txt"
    note.parent.mkdir(parents=True)
    try:
        note.write_text("kept")
        call_command("export_all", str(tmp_path / "export"), verbosity=0)
    finally:
        note.unlink()
        note.parent.rmdir()
    assert (tmp_path / "export" / "uploads" / "export-test" / "note.txt").read_text() == "kept"


def test_a_folder_that_is_there_is_left_alone(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(CommandError, match="exists already"):
        call_command("export_all", str(folder), verbosity=0)
    assert sorted(folder.rglob("*")) == before


def test_an_export_that_stops_leaves_no_folder_behind(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_copy_uploads", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("export_all", str(tmp_path / "export"), verbosity=0)
    assert list(tmp_path.iterdir()) == []
