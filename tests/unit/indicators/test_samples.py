"""The public samples of three shapes load, and what is odd in them is told."""

from pathlib import Path

import pytest

from plumbline.indicators.files.load import load
from tests.unit.indicators.returns import NOW, faults, loaded

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "samples"


def sample(name: str) -> Path:
    """A sample; the test is skipped, and says so, where the samples are not there."""
    if not (SAMPLES / name).exists():
        pytest.skip(f"NOT TESTED: the sample {name} is not in {SAMPLES}")
    return SAMPLES / name


def test_the_sample_return_of_26000_rows_loads_with_its_faults_told(tmp_path: Path) -> None:
    report = loaded(sample("ssda903_one_year"), tmp_path / "x", leave_unknown_empty=True)

    assert report.manifest
    assert report.manifest.rows["ssd_cla_episodes"] == 5_050
    assert report.manifest.rows["ssd_cla_reviews"] == 12_582
    assert {unknown.spelling for unknown in report.to_map} == {"01", "02", "0", "xxx", "swlazy"}
    assert faults(report)["CLA-03"] > 0
    assert any("DoLo.csv" in str(note.place) for note in report.notes)


@pytest.mark.parametrize("name", ["Annex_A.xlsx", "Annex_A_2024_Jan.xlsx"])
def test_the_sample_workbooks_of_two_years_load_with_their_spreadsheet_errors_told(
    tmp_path: Path, name: str
) -> None:
    report = loaded(sample(f"annex_a/{name}"), tmp_path / "x", leave_unknown_empty=True)

    assert report.manifest
    assert report.manifest.rows["ssd_person"] == 48
    assert faults(report)["READ-14"] > 0
    assert {unknown.spelling for unknown in report.to_map} == {
        "psrmem - support with memory and cognition",
        "cs assessment updated",
    }


@pytest.mark.parametrize(
    ("name", "children"),
    [
        ("CIN2rows.xml", 1),
        ("CIN_Census_2021.xml", 1),
        ("CIN_Census_2021_no_assessment_factors.xml", 1),
        ("CIN_Census_2024.xml", 2),
        ("CIN_Census_2026.xml", 2),
        ("CIN_header_issues_100.xml", 1),
        ("CIN_la_issues_2887Q.xml", 1),
        ("fake_CIN_data.xml", 332),
    ],
)
def test_the_sample_censuses_of_every_year_load(tmp_path: Path, name: str, children: int) -> None:
    report = loaded(sample(f"cin_census/{name}"), tmp_path / "x", leave_unknown_empty=True)

    assert report.manifest
    assert report.manifest.rows["ssd_person"] == children


def test_a_sample_with_a_factor_nobody_knows_waits_for_a_person(tmp_path: Path) -> None:
    report = load(sample("cin_census/CIN_Census_2024.xml"), tmp_path / "x", created_at=NOW)

    assert report.folder is None
    assert [(unknown.codelist, unknown.spelling) for unknown in report.to_map] == [
        ("assessment_factor", "rb")
    ]
