"""The shipped extract of published figures: its form, values known from the publications, and how they are made."""

import os
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from indicator_engine import load_definitions
from scripts.benchmark_ratios import ratios, table
from scripts.make_benchmarks import TO, YEARS, added, make, number, rows_of, share

PUBLISHED = Path(
    os.environ.get("PUBLISHED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data" / "published")
)
HIDDEN = {"c", "x", "z", "u", "k", "low", ""}
MEASURES = rows_of(TO / "measures.csv")
SOURCES = {row["source"]: row for row in rows_of(TO / "sources.csv")}
AREAS = {row["area"]: row for row in rows_of(TO / "areas.csv")}
KNOWN = load_definitions(TO.parent / "indicators")


def figures(indicator: str) -> list[dict[str, str]]:
    return rows_of(TO / "figures" / f"{indicator}.csv")


def figure(indicator: str, area: str, year: str) -> tuple[str, str, str]:
    found = [row for row in figures(indicator) if (row["area"], row["year"]) == (area, year)]
    return found[0]["numerator"], found[0]["denominator"], found[0]["value"]


def published() -> Path:
    """The published files; the test is skipped, and says so, where they are not there."""
    if not PUBLISHED.is_dir():
        pytest.skip(f"NOT TESTED: the published files are not in {PUBLISHED}; set PUBLISHED_DATA")
    return PUBLISHED


def test_every_measure_is_of_an_indicator_that_names_its_comparator() -> None:
    keys = [row["indicator"] for row in MEASURES]
    assert len(keys) == len(set(keys)) == len(list((TO / "figures").glob("*.csv")))
    for row in MEASURES:
        assert KNOWN[row["indicator"]].comparator, row["indicator"]
        assert row["source"] in SOURCES
        assert row["as_of"] in ("31 March", "year to 31 March", "30 September", "year to 30 September")
        assert row["says"].endswith(".")
        # Ratios of workers are counted as ratios and published as percentages.
        assert row["unit"] == KNOWN[row["indicator"]].unit or (
            row["unit"] == "percent" and KNOWN[row["indicator"]].unit == "ratio"
        )
        assert KNOWN[row["indicator"]].is_stock or row["as_of"] == "year to 31 March"


def test_every_source_has_its_file_publication_date_and_licence() -> None:
    for row in SOURCES.values():
        assert row["file"].endswith(".csv")
        assert row["publication"]
        assert re.fullmatch(r"20\d\d(-\d\d(-\d\d)?)?( or later)?", row["published"])
        assert row["licence"] == "Open Government Licence v3.0"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one["indicator"])
def test_every_figure_has_an_area_a_year_a_source_and_is_a_number_or_hidden(measure: dict[str, str]) -> None:
    rows = figures(measure["indicator"])
    assert len({(row["area"], row["year"]) for row in rows}) == len(rows)
    years = {int(row["year"]) for row in rows}
    assert max(years) - min(years) < YEARS
    for row in rows:
        assert row["area"] in AREAS
        assert row["source"] == measure["source"]
        for part in ("numerator", "denominator", "value"):
            assert number(row[part]) is not None or row[part] in HIDDEN, row
    assert number(figure(measure["indicator"], "E92000001", str(max(years)))[2]) is not None


@pytest.mark.parametrize(
    ("indicator", "area", "year", "expected"),
    [
        ("re-referrals-in-12-months", "370", "2024", ("696", "3114", "22.4")),
        ("re-referrals-in-12-months", "870", "2024", ("800", "3003", "26.6")),
        ("re-referrals-in-12-months", "E92000001", "2024", ("139080", "621880", "22.4")),
        ("assessments-in-45-working-days", "370", "2018", ("1827", "1837", "99.5")),
        ("assessments-in-45-working-days", "370", "2024", ("2961", "3450", "85.8")),
        ("assessments-in-45-working-days", "E92000001", "2024", ("543210", "643170", "84.5")),
        ("assessment-duration", "870", "2024", ("", "", "41")),
        ("section-47-rate", "870", "2024", ("1093", "", "288.2")),
        ("conference-in-15-working-days", "370", "2024", ("502", "616", "81.5")),
        ("child-protection-plan-rate", "370", "2024", ("366", "", "71.7")),
        ("plans-reviewed-in-timescale", "870", "2024", ("142", "186", "76.3")),
        ("looked-after-rate", "370", "2024", ("404", "", "79")),
        ("three-social-workers-in-the-year", "370", "2024", ("123", "405", "30")),
    ],
)
def test_figures_are_those_of_the_publications(
    indicator: str, area: str, year: str, expected: tuple[str, str, str]
) -> None:
    assert figure(indicator, area, year) == expected


def test_a_hidden_band_hides_the_share_made_of_it() -> None:
    assert figure("assessments-in-45-working-days", "370", "2021") == ("c", "2927", "c")
    assert added({"a": "3", "b": "c", "d": "x"}, "a + b + d") == "c"
    assert share("c", "10") == "c"
    assert share("3", "x") == "x"
    assert share("1", "8") == "12.5"
    assert share("0", "0") == "z"


def test_ten_neighbours_stand_for_each_authority_in_each_model() -> None:
    rows = rows_of(TO / "neighbours.csv")
    of: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        assert row["source"] in SOURCES
        of.setdefault((row["area"], row["model"]), []).append(row["neighbour"])
    assert {len(set(ten)) for ten in of.values()} == {10}
    assert of["370", "2025"][:3] == ["372", "384", "357"]
    assert of["370", "2021"][0] == "807"


def test_the_population_is_of_each_mid_year_from_the_one_before_the_first_figures() -> None:
    people = {(row["area"], row["mid_year"]): row["children"] for row in rows_of(TO / "population.csv")}
    assert people["370", "2024"] == "51799"
    assert people["870", "2024"] == "38963"
    assert ("370", "2014") in people


def test_an_authority_is_known_by_every_ons_code_it_had() -> None:
    assert AREAS["370"]["ons_codes"] == "E08000016 E08000038"
    codes = [code for row in AREAS.values() for code in row["ons_codes"].split()]
    assert len(codes) == len(set(codes))


def test_the_shipped_extract_is_what_the_script_makes(tmp_path: Path) -> None:
    folder = published()
    for name in ("measures.csv", "sources.csv"):
        shutil.copy(TO / name, tmp_path / name)
    make(folder, tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert made == {path.relative_to(TO): path.read_bytes() for path in TO.rglob("*.csv")}


def test_the_ratios_of_the_publications_come_out_anew(capsys: pytest.CaptureFixture[str]) -> None:
    found = ratios(published())
    with capsys.disabled():
        # Part of the proof: how many rows agree is printed wherever the tests run.
        sys.stdout.write("\nRows agreeing of rows tried\n" + table(found) + "\n")
    agreement = {one.says: (one.agreeing, one.tried) for one in found}
    assert agreement["Re-referrals out of referrals"] == (1_939, 1_939)
    assert agreement["Section 47 rate of authorities by the previous mid-year, to 2022"] == (1_484, 1_484)
    for one in found:
        if "mid-year" not in one.says:
            assert Decimal(one.agreeing) / one.tried > Decimal("0.95"), one
