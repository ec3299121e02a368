"""The dataset's CSV files are read under any of their names, in any encoding, and names of people never get in."""

from pathlib import Path

import pytest

from plumbline.indicators.files.load import load
from plumbline.indicators.files.shapes import Shape
from tests.unit.indicators.returns import (
    NOW,
    csv_text,
    digest_of,
    faults,
    loaded,
    person,
    referral,
    rows_of,
    ssd,
    zipped,
)


def test_tables_are_read_under_yaml_and_deployed_names(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given",
        ssd_person=[person(pers_common_child_id="777", pers_forename="Invented")],
        ssd_cla_placements=[
            {"clap_placement_id": "P1", "clap_person_id": "1001", "clap_cla_placement_distance": "999.9"}
        ],
        ssd_cla_episodes=[
            {"clae_cla_episode_id": "E1", "clae_person_id": "1001", "clae_cla_episode_ceased": "2025-01-02"}
        ],
    )

    report = loaded(given, tmp_path / "x")

    assert report.shape is Shape.SSD
    assert rows_of(tmp_path / "x", "ssd_person", "pers_single_unique_id") == [("777",)]
    # 999.9 stands for not known.
    assert rows_of(
        tmp_path / "x", "ssd_cla_placement", "clap_cla_placement_id", "clap_cla_placement_distance"
    ) == [("P1", None)]
    assert (
        str(rows_of(tmp_path / "x", "ssd_cla_episodes", "clae_cla_episode_ceased_date")[0][0]) == "2025-01-02"
    )


def test_names_addresses_and_free_words_are_dropped_and_postcodes_cut(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given",
        ssd_person=[person(pers_forename="Zebedee", pers_surname="Zzyzx")],
        ssd_address=[
            {
                "addr_table_id": "A1",
                "addr_person_id": "1001",
                "addr_address_json": '{"STREET": "Zzyzx Road"}',
                "addr_address_postcode": "S70 1AB",
            }
        ],
        ssd_professionals=[{"prof_professional_id": "W1", "prof_professional_name": "Zzyzx, Zoe"}],
    )

    loaded(given, tmp_path / "x")

    kept = b"".join(path.read_bytes() for path in (tmp_path / "x").iterdir())
    assert b"Zzyzx" not in kept
    assert b"Zebedee" not in kept
    assert rows_of(tmp_path / "x", "ssd_address", "addr_address_postcode") == [("S70 1",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_same_records_are_the_same_in_any_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = [{"dept_team_id": "T1", "dept_team_name": "Café team"}]
    plain = ssd(tmp_path / "plain", ssd_department=rows)
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "dbo.SSD_Department.csv").write_bytes(csv_text(rows, delimiter=delimiter).encode(encoding))

    digests = {digest_of(loaded(given, tmp_path / f"x{given.name}")) for given in (plain, odd)}

    assert len(digests) == 1
    assert rows_of(tmp_path / "xodd", "ssd_department", "dept_team_name") == [("Café team",)]


def test_headings_may_be_spaced_quoted_and_in_capitals(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "ssd_person.csv").write_text(
        '" PERS_PERSON_ID ","Pers_DOB"\n0012,2015-06-01\n', encoding="utf-8"
    )

    loaded(given, tmp_path / "x")

    assert rows_of(tmp_path / "x", "ssd_person", "pers_person_id") == [("0012",)]


def test_an_identifier_that_a_spreadsheet_rounded_stops_the_load_and_names_the_row(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person(), person("1.2E+12")])

    report = load(given, tmp_path / "x", created_at=NOW)

    assert report.folder is None
    assert not (tmp_path / "x").exists()
    assert [str(problem.place) for problem in report.errors] == ["ssd_person.csv, row 3"]
    assert "rounded" in report.errors[0].message


def test_a_pupil_number_that_a_spreadsheet_rounded_is_refused_too(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person(pers_upn="1.20345E+12")])

    assert load(given, tmp_path / "x", created_at=NOW).errors


def test_a_missing_key_column_is_refused_and_an_unknown_heading_only_told(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[{"pers_dob": "2015-06-01"}])
    other = ssd(tmp_path / "other", ssd_person=[person(pers_shoe_size="12")])

    refused = load(given, tmp_path / "x", created_at=NOW)
    told = loaded(other, tmp_path / "y")

    assert "pers_person_id is missing" in refused.errors[0].message
    assert [(spelling.codelist, spelling.spelling) for spelling in told.spellings] == [
        ("headings:ssd_person", "pers_shoe_size")
    ]
    assert told.to_map == ()


def test_a_row_with_too_few_cells_is_refused_with_its_line(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "ssd_person.csv").write_text("pers_person_id,pers_dob\n1,2015-06-01\n2\n", encoding="utf-8")

    report = load(given, tmp_path / "x", created_at=NOW)

    assert [str(problem.place) for problem in report.errors] == ["line 3, ssd_person.csv"]


def test_an_unknown_file_is_told_and_one_table_twice_is_refused(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given", ssd_person=[person()], ssd_version_log=[{"version": "1"}], lunches=[{"a": "1"}]
    )
    (given / "person.csv").write_text(csv_text([person()]), encoding="utf-8")

    report = load(given, tmp_path / "x", created_at=NOW)

    assert any("lunches.csv" in str(note.place) for note in report.notes)
    assert not any("version_log" in str(note.place) for note in report.notes)
    assert "holds the table ssd_person too" in report.errors[0].message


def test_a_folder_and_its_archive_hold_the_same(tmp_path: Path) -> None:
    given = ssd(tmp_path / "given", ssd_person=[person()], ssd_cin_episodes=[referral()])

    folder, archive = loaded(given, tmp_path / "x"), loaded(zipped(given), tmp_path / "y")

    assert digest_of(folder) == digest_of(archive)


def test_what_was_read_with_care_is_in_the_quality_report(tmp_path: Path) -> None:
    given = ssd(
        tmp_path / "given",
        ssd_person=[person()],
        ssd_cin_episodes=[
            referral("R1", cine_referral_date="45000", cine_close_date="31/12/9999"),
            referral("R2", cine_referral_date="12/05/24", cine_referral_outcome_json="{broken"),
            referral("R3", cine_referral_date="32/05/2024"),
        ],
    )

    found = faults(loaded(given, tmp_path / "x"))

    assert {
        code: found.get(code) for code in ("READ-01", "READ-03", "READ-07", "READ-08", "READ-09")
    } == dict.fromkeys(("READ-01", "READ-03", "READ-07", "READ-08", "READ-09"), 1)
