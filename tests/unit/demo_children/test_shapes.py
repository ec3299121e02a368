"""The other shapes hold the same children, and the same answers wherever they hold the fields."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from plumbline.demo.children.shapes.annex_a import NAME, write_annex_a
from plumbline.demo.children.shapes.choice import write_shape
from plumbline.demo.children.shapes.cin_census import NAME as CENSUS
from plumbline.demo.children.shapes.cin_census import write_cin_census
from plumbline.demo.children.shapes.ssda903 import write_903
from plumbline.demo.children.world import World
from tests.unit.demo_children.conftest import UNTIL, Extract

SIX_MONTHS_AGO, YEAR_BEGAN = "2025-09-30", "2025-04-01"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def workbook(
    extract: Extract, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, object]]]:
    folder = tmp_path_factory.mktemp("annex")
    write_annex_a(extract.folder, UNTIL, folder)
    book = CalamineWorkbook.from_path(folder / NAME)
    lists = {}
    for sheet in book.sheet_names:
        head, *rows = book.get_sheet_by_name(sheet).to_python()
        lists[sheet] = [dict(zip(head, row, strict=True)) for row in rows]
    return lists


@pytest.fixture(scope="module")
def looked_after(extract: Extract, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    folder = tmp_path_factory.mktemp("903")
    write_903(extract.folder, UNTIL, folder)
    return {
        path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in folder.glob("*.csv")
    }


@pytest.fixture(scope="module")
def census(extract: Extract, tmp_path_factory: pytest.TempPathFactory) -> etree._ElementTree:
    folder = tmp_path_factory.mktemp("cin")
    write_cin_census(extract.folder, UNTIL, folder)
    return etree.parse(folder / CENSUS)


def test_the_workbook_has_the_eleven_lists(workbook: dict[str, Rows]) -> None:
    assert list(workbook) == [f"List {number}" for number in range(1, 12)]


def test_the_workbook_holds_the_contacts_and_referrals_of_six_months(
    extract: Extract, workbook: dict[str, Rows]
) -> None:
    contacts = [r for r in extract.rows("ssd_contacts") if r["cont_contact_date"] > SIX_MONTHS_AGO]
    referrals = [r for r in extract.rows("ssd_cin_episodes") if r["cine_referral_date"] > SIX_MONTHS_AGO]

    assert len(workbook["List 1"]) == len(contacts) > 0
    assert sorted(row["Child Unique ID"] for row in workbook["List 3"]) == sorted(
        row["cine_person_id"] for row in referrals
    )
    assert all(isinstance(row["Date of Referral"], date) for row in workbook["List 3"])


def test_the_workbook_has_the_plans_open_on_the_day(extract: Extract, workbook: dict[str, Rows]) -> None:
    ours = {
        row["cppl_person_id"]
        for row in extract.rows("ssd_cp_plans")
        if not row["cppl_cp_plan_end_date"] and row["cppl_cp_plan_ola"] == "N"
    }
    theirs = {
        row["Child Unique ID"] for row in workbook["List 7"] if not row["Child Protection Plan End Date"]
    }

    assert ours == theirs


def test_every_child_of_the_workbook_is_described_in_lettered_words(workbook: dict[str, Rows]) -> None:
    for name, rows in workbook.items():
        for row in rows:
            assert str(row["Gender"])[1:3] == ") ", name
            assert str(row["Ethnicity"])[1:3] == ") ", name


def test_the_looked_after_return_has_who_is_in_care_on_the_day(
    extract: Extract, looked_after: dict[str, Rows]
) -> None:
    ours = {
        row["clae_person_id"]
        for row in extract.rows("ssd_cla_episodes")
        if not row["clae_cla_episode_ceased_date"]
    }
    theirs = {row["CHILD"] for row in looked_after["episodes"] if not row["DEC"]}

    assert ours == theirs
    assert ours


def test_each_episode_of_the_return_has_a_legal_status_and_a_known_child(
    looked_after: dict[str, Rows],
) -> None:
    known = {row["CHILD"] for row in looked_after["header"]}

    assert all(row["LS"] and row["PLACE"] and row["RNE"] for row in looked_after["episodes"])
    assert {row["CHILD"] for rows in looked_after.values() for row in rows} <= known


def test_an_episode_is_in_the_return_once(looked_after: dict[str, Rows]) -> None:
    keys = [(row["CHILD"], row["DECOM"], row["RNE"]) for row in looked_after["episodes"]]

    assert len(keys) == len(set(keys))


def test_the_census_has_the_referrals_of_the_year(extract: Extract, census: etree._ElementTree) -> None:
    ours = sorted(
        row["cine_referral_date"]
        for row in extract.rows("ssd_cin_episodes")
        if row["cine_referral_date"] >= YEAR_BEGAN
    )
    theirs = sorted(day for day in census.xpath("//CINreferralDate/text()") if day >= YEAR_BEGAN)

    assert ours == theirs
    assert ours


def test_the_census_has_the_plans_open_on_the_day(extract: Extract, census: etree._ElementTree) -> None:
    ours = [
        row
        for row in extract.rows("ssd_cp_plans")
        if not row["cppl_cp_plan_end_date"] and row["cppl_cp_plan_ola"] == "N"
    ]

    assert len(census.xpath("//ChildProtectionPlans[not(CPPendDate)]")) == len(ours)


def test_a_child_is_in_the_census_once(census: etree._ElementTree) -> None:
    children = census.xpath("//LAchildID/text()")

    assert len(children) == len(set(children)) > 0


@pytest.mark.parametrize("shape", ["annex-a", "903", "cin"])
def test_a_shape_leaves_its_own_files_and_a_manifest(shape: str, tmp_path: Path) -> None:
    write_shape(World(seed=3, until=UNTIL, scale=0.01, years=1), shape, tmp_path)

    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["shape"] == shape
    assert not list(tmp_path.glob("*/"))
    assert not list(tmp_path.glob("ssd_*"))


def test_mistakes_are_refused_in_a_shape_whose_rows_the_manifest_cannot_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ssd only"):
        write_shape(World(seed=3, until=UNTIL, scale=0.01, years=1, faults=True), "cin", tmp_path)
