"""A load is all or nothing, the same records make the same extract, and what is loaded never changes."""

import json
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from plumbline.indicators.files.load import (
    DEFINITIONS,
    Cancelled,
    ExtractExists,
    clear_leftovers,
    examine,
    load,
)
from plumbline.indicators.files.manifest import damaged_files, read_manifest
from tests.unit.indicators.returns import NOW, csv_text, digest_of, loaded, person, referral, rows_of, ssd


def given_return(folder: Path) -> Path:
    return ssd(
        folder, ssd_person=[person(), person("1002")], ssd_cin_episodes=[referral(), referral("R2", "1002")]
    )


def test_an_extract_is_a_parquet_file_for_every_table_and_a_manifest(tmp_path: Path) -> None:
    report = loaded(given_return(tmp_path / "given"), tmp_path / "march")

    manifest = read_manifest(tmp_path / "march")
    assert manifest == report.manifest
    assert (manifest.name, manifest.shape, manifest.rows["ssd_cin_episodes"]) == ("march", "ssd", 2)
    assert {source.name for source in manifest.sources} == {"ssd_person.csv", "ssd_cin_episodes.csv"}
    assert all(len(source.sha256) == 64 for source in manifest.sources)
    assert "ssd_contacts" in manifest.not_supplied
    assert "ssd_person" not in manifest.not_supplied
    # A table not supplied is there and empty, with all its columns.
    assert rows_of(tmp_path / "march", "ssd_contacts", "cont_contact_id", "cont_contact_date") == []
    assert len(list((tmp_path / "march").glob("*.parquet"))) == len(manifest.rows)


def test_row_order_and_spelling_do_not_change_the_digest_but_a_record_does(tmp_path: Path) -> None:
    first = given_return(tmp_path / "a")
    turned = ssd(
        tmp_path / "b",
        ssd_cin_episodes=[
            referral("R2", "1002", cine_referral_date="12/05/2025", cine_referral_nfa="b) No"),
            referral(" R1 ", cine_referral_source_code="6: Police"),
        ],
        ssd_person=[person("1002", pers_sex="2"), person(pers_dob="01-Jun-2015")],
    )
    other = ssd(
        tmp_path / "c",
        ssd_person=[person(), person("1003")],
        ssd_cin_episodes=[referral(), referral("R2", "1003")],
    )

    digests = [digest_of(loaded(given, tmp_path / f"x{given.name}")) for given in (first, turned, other)]

    assert digests[0] == digests[1]
    assert digests[0] != digests[2]
    assert (tmp_path / "xa/ssd_person.parquet").read_bytes() == (
        tmp_path / "xb/ssd_person.parquet"
    ).read_bytes()


def test_loading_the_same_records_again_changes_nothing(tmp_path: Path) -> None:
    given = given_return(tmp_path / "given")
    first = loaded(given, tmp_path / "x")

    again = load(given, tmp_path / "x", created_at=NOW.replace(year=2027))

    assert again.was_there
    assert again.manifest == first.manifest


def test_an_extract_is_never_overwritten_by_other_records(tmp_path: Path) -> None:
    loaded(given_return(tmp_path / "given"), tmp_path / "x")
    other = ssd(tmp_path / "other", ssd_person=[person("9")])

    with pytest.raises(ExtractExists):
        load(other, tmp_path / "x", created_at=NOW)

    assert len(rows_of(tmp_path / "x", "ssd_person")) == 2


def test_an_unknown_spelling_stops_the_load_until_a_person_has_mapped_it(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given",
        ssd_person=[person()],
        ssd_cin_episodes=[referral(cine_cin_primary_need_code="Neglectish"), referral("R2")],
    )

    refused = load(given, tmp_path / "x", created_at=NOW)
    mapped = loaded(given, tmp_path / "y", choices={("primary_need", "neglectish"): "N1"})
    emptied = loaded(given, tmp_path / "z", leave_unknown_empty=True)

    assert refused.folder is None
    assert [(unknown.codelist, unknown.spelling, unknown.count) for unknown in refused.to_map] == [
        ("primary_need", "neglectish", 1)
    ]
    assert refused.to_map[0].first_at == "ssd_cin_episodes.csv, row 2"
    assert mapped.to_map == ()
    assert rows_of(tmp_path / "y", "ssd_cin_episodes", "cine_cin_primary_need_code") == [("N1",), ("N1",)]
    assert emptied.manifest
    assert emptied.manifest.left_empty == ("primary_need: neglectish (1 times)",)


def test_nothing_is_left_of_a_load_that_is_cancelled(tmp_path: Path) -> None:
    given = given_return(tmp_path / "given")

    def stop(rows: int, source: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        load(given, tmp_path / "out" / "x", created_at=NOW, progress=stop)

    assert list((tmp_path / "out").iterdir()) == []


def test_nothing_is_left_of_a_load_that_is_refused(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person("1.2E+12")])

    load(given, tmp_path / "out" / "x", created_at=NOW)

    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_load_left_behind_is_cleared_and_extracts_stay(tmp_path: Path) -> None:
    given = given_return(tmp_path / "given")
    code = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from plumbline.indicators.files.load import load\n"
        "load(Path(sys.argv[1]), Path(sys.argv[2]), created_at=datetime(2026, 4, 1, tzinfo=UTC),"
        " progress=lambda rows, source: os._exit(9))"
    )
    loaded(given, tmp_path / "out" / "kept")

    killed = subprocess.run(
        [sys.executable, "-c", code, str(given), str(tmp_path / "out" / "x")],
        cwd=DEFINITIONS.parent,
        check=False,
    )

    assert killed.returncode == 9
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert clear_leftovers(tmp_path / "out") == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kept"]


def test_an_extract_that_was_changed_or_lost_a_file_is_known_by_its_checksums(tmp_path: Path) -> None:
    loaded(given_return(tmp_path / "given"), tmp_path / "x")
    assert damaged_files(tmp_path / "x") == ()

    (tmp_path / "x" / "ssd_person.parquet").write_bytes(b"other")
    (tmp_path / "x" / "ssd_contacts.parquet").unlink()

    assert damaged_files(tmp_path / "x") == ("ssd_contacts.parquet", "ssd_person.parquet")


def test_progress_is_told_while_rows_are_read(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person(str(number)) for number in range(20_001)])
    told: list[tuple[int, str]] = []

    loaded(given, tmp_path / "x", progress=lambda rows, source: told.append((rows, source)))

    assert told[0] == (20_000, "ssd_person.csv")


def test_an_extract_is_unreadable_by_other_users(tmp_path: Path) -> None:
    loaded(given_return(tmp_path / "given"), tmp_path / "x")

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "x").iterdir()}

    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o700
    assert modes == {0o600}


def test_a_key_hashes_people_so_that_tables_still_join(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given", ssd_person=[person(pers_upn="A123456789012")], ssd_cin_episodes=[referral()]
    )
    key = b"a key of at least sixteen bytes"

    plain, hashed = loaded(given, tmp_path / "x"), loaded(given, tmp_path / "y", key=key)
    other = loaded(given, tmp_path / "z", key=key[::-1])

    child = rows_of(tmp_path / "y", "ssd_person", "pers_person_id")
    assert child == rows_of(tmp_path / "y", "ssd_cin_episodes", "cine_person_id")
    assert child not in ([("1001",)], rows_of(tmp_path / "z", "ssd_person", "pers_person_id"))
    kept = b"".join(path.read_bytes() for path in (tmp_path / "y").glob("*.parquet"))
    assert b"A123456789012" not in kept
    assert hashed.manifest
    assert hashed.manifest.is_hashed
    assert plain.manifest
    assert not plain.manifest.is_hashed
    assert other.manifest


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        load(given_return(tmp_path / "given"), tmp_path / "x", created_at=NOW, key=b"short")


def test_examining_tells_the_same_and_loads_nothing(tmp_path: Path) -> None:
    given = given_return(tmp_path / "given")

    examined = examine(given, created_at=NOW)
    report = loaded(given, tmp_path / "x")

    assert examined.folder is None
    assert examined.quality == report.quality
    assert examined.manifest
    assert report.manifest
    assert replace(examined.manifest, name="x") == report.manifest


def test_the_manifest_holds_no_record(tmp_path: Path) -> None:
    loaded(given_return(tmp_path / "given"), tmp_path / "x")

    text = (tmp_path / "x/manifest.json").read_text()

    assert "1001" not in json.dumps(json.loads(text)["rows"])
    assert '"R1"' not in text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "None of the files"),
        ({"notes.csv": "a,b\n1,2\n"}, "None of the files"),
        (
            {
                "ssd_person.csv": csv_text([person()]),
                "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN\n1,1,01/01/2015,WBRI,UN1\n",
            },
            "different returns",
        ),
    ],
)
def test_what_is_no_return_or_two_is_refused_with_what_to_do(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    for name, text in files.items():
        (given / name).write_text(text, encoding="utf-8")

    report = load(given, tmp_path / "x", created_at=NOW)

    assert said in report.errors[0].message
    assert report.folder is None


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    report = load(tmp_path / "nothing", tmp_path / "x", created_at=NOW)

    assert "not there" in report.errors[0].message


def test_more_unknown_spellings_than_can_be_listed_are_told(tmp_path: Path) -> None:
    people = [person(str(number), pers_ethnicity=f"odd {number}") for number in range(2_001)]

    report = load(ssd(tmp_path / "given", ssd_person=people), tmp_path / "x", created_at=NOW)

    assert len(report.to_map) == 2_000
    assert any("Only the first are listed" in note.message for note in report.notes)
