"""Extracts: loaded whole with their figures or not at all, loaded twice without effect, deleted on their day."""

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from plumbline.event_log.models import Event
from plumbline.indicators.actions import loading
from plumbline.indicators.files.load import ExtractExists
from plumbline.indicators.models import Extract, Figure
from plumbline.indicators.queries.places import folder_of
from plumbline.shared import dates
from tests.factories.cast import Cast
from tests.factories.extracts import AS_AT, make_extract, write_ssd


def stored() -> Any:
    return Extract.objects.as_system("extract")


def test_a_loaded_extract_has_its_figures_and_says_what_it_holds(extract: Extract) -> None:
    assert (extract.as_at, extract.shape, extract.child_population) == (AS_AT, "ssd", 10_000)
    assert extract.manifest["rows"]["ssd_cin_episodes"] == 97
    assert extract.manifest["teams"] == {"T1": "Assessment East", "T2": "Assessment West"}
    march = Figure.objects.get(extract=extract, indicator="referrals", kind="month", ends_on=AS_AT, of="")
    assert march.numerator == 4
    again = Figure.objects.get(
        extract=extract, indicator="re-referrals-in-12-months", kind="year", ends_on=AS_AT
    )
    assert (again.numerator, again.denominator) == (12, 48)


def test_nobodys_name_is_kept(extract: Extract) -> None:
    kept = b"".join(path.read_bytes() for path in sorted(folder_of(extract.name).iterdir()))
    assert b"Zephyrine" not in kept
    assert "Zephyrine" not in json.dumps([extract.manifest, extract.quality])


def test_other_users_of_the_machine_cannot_read_the_records(extract: Extract) -> None:
    folder = folder_of(extract.name)
    for path in (folder.parent, folder):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_same_files_twice_change_nothing(extract: Extract, tmp_path: Path) -> None:
    figures = Figure.objects.count()
    again = make_extract(tmp_path / "files")
    assert again == stored().get()
    assert Figure.objects.count() == figures
    assert Event._base_manager.filter(action="extract.load").count() == 1


def test_other_records_under_the_same_name_are_refused(extract: Extract, tmp_path: Path) -> None:
    with pytest.raises(ExtractExists):
        loading.load_extract(by=None, path=write_ssd(tmp_path / "other", cases=3), name=extract.name)
    assert stored().count() == 1


def test_when_counting_fails_neither_row_nor_records_stay(
    cast: Cast, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(loading, "count_figures", broken)
    with pytest.raises(ZeroDivisionError):
        make_extract(tmp_path / "files")
    assert stored().count() == 0
    assert list((var / "extracts").iterdir()) == []


def test_records_are_deleted_on_their_day_and_figures_stay(extract: Extract) -> None:
    assert loading.purge_what_is_due() == 0
    assert any(one["samples"] for one in stored().get().quality)
    stored().update(purge_on=dates.today())
    figures = Figure.objects.count()
    assert loading.purge_what_is_due() == 1
    row = stored().get()
    assert (row.state, row.purged_at is not None) == ("purged", True)
    assert not folder_of(row.name).exists()
    # References of children stood in the examples of faults too.
    assert not any(one["samples"] for one in row.quality)
    assert Figure.objects.count() == figures
    assert loading.purge_what_is_due() == 0


def test_files_left_behind_by_a_crash_are_deleted_by_the_next_run(extract: Extract) -> None:
    stored().update(state="purged", purged_at=extract.loaded_at)
    loading.purge_what_is_due()
    assert not folder_of(extract.name).exists()


def test_the_command_loads_and_counts(db: None, var: Path, tmp_path: Path) -> None:
    out = io.StringIO()
    files = write_ssd(tmp_path / "files")
    call_command("load_extract", str(files), name="first", as_at=AS_AT, stdout=out)
    assert "first is loaded: 172 rows as at 31 March 2026." in out.getvalue()
    out = io.StringIO()
    call_command("indicators", extract="first", period="2025-26", by="team", stdout=out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    found = {row["group"]: row["numerator"] for row in rows if row["indicator"] == "referrals"}
    assert found == {"team T1": "24", "team T2": "24"}
    out = io.StringIO()
    call_command("indicators", extract="first", period="2026-03", format="json", stdout=out)
    by_key = {one["indicator"]: one for one in json.loads(out.getvalue())}
    assert by_key["re-referrals-in-12-months"]["denominator"] == 4


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"extract": "none", "period": "2026-03"}, "There is no extract none"),
        ({"extract": "march-2026", "period": "March"}, "is not a period"),
    ],
)
def test_the_command_says_what_is_wrong(extract: Extract, options: dict[str, str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("indicators", **options)


def test_the_command_refuses_files_it_cannot_read(db: None, var: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_extract", str(tmp_path / "notes.csv"), stdout=io.StringIO())
    assert stored().count() == 0
