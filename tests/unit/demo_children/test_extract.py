"""An extract of the synthetic council hangs together: ids resolve, days are in order, nobody is unknown."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from plumbline.demo.children.extract import HELD_BACK, CsvFolder
from plumbline.demo.children.tables import TABLES
from tests.unit.demo_children.conftest import Extract, made

PERSON = ("ssd_person", "pers_person_id")
REFERRAL = ("ssd_cin_episodes", "cine_referral_id")
PLAN = ("ssd_cp_plans", "cppl_cp_plan_id")
WORKER = ("ssd_professionals", "prof_professional_id")
TEAM = ("ssd_department", "dept_team_id")
POINTS_TO = {
    "cina_referral_id": REFERRAL,
    "cinp_referral_id": REFERRAL,
    "s47e_referral_id": REFERRAL,
    "icpc_referral_id": REFERRAL,
    "cppl_referral_id": REFERRAL,
    "clae_referral_id": REFERRAL,
    "invo_referral_id": REFERRAL,
    "lrde_referral_id": REFERRAL,
    "cinf_assessment_id": ("ssd_cin_assessments", "cina_assessment_id"),
    "cinv_cin_plan_id": ("ssd_cin_plans", "cinp_cin_plan_id"),
    "lcpr_cin_plan_id": ("ssd_cin_plans", "cinp_cin_plan_id"),
    "icpc_s47_enquiry_id": ("ssd_s47_enquiry", "s47e_s47_enquiry_id"),
    "icpc_cp_plan_id": PLAN,
    "cppl_icpc_id": ("ssd_initial_cp_conference", "icpc_icpc_id"),
    "cppr_cp_plan_id": PLAN,
    "cppv_cp_plan_id": PLAN,
    "lcgr_cp_plan_id": PLAN,
    "ltra_icpc_id": ("ssd_initial_cp_conference", "icpc_icpc_id"),
    "clae_cla_placement_id": ("ssd_cla_placement", "clap_cla_placement_id"),
    "clap_cla_id": ("ssd_cla_episodes", "clae_cla_id"),
    "clar_cla_id": ("ssd_cla_episodes", "clae_cla_id"),
    "clav_cla_id": ("ssd_cla_episodes", "clae_cla_id"),
    "perm_cla_id": ("ssd_cla_episodes", "clae_cla_id"),
    "lcde_contact_id": ("ssd_contacts", "cont_contact_id"),
    "lrin_missing_id": ("ssd_missing", "miss_table_id"),
    "llea_worker_id": WORKER,
    "labs_worker_id": WORKER,
    "lest_team_id": TEAM,
    "dept_team_parent_id": TEAM,
} | {
    column: WORKER
    if "worker_id" in column or column == "invo_professional_id"
    else TEAM
    if "_team" in column
    else PERSON
    for shape in TABLES.values()
    for column in shape.columns
    if column.endswith(("_person_id", "_worker_id", "_team"))
    or column in ("invo_professional_id", "invo_professional_team", "clea_care_leaver_allocated_team")
}
ONE_AFTER_THE_OTHER = (
    ("ssd_cin_episodes", "cine_referral_date", "cine_close_date"),
    ("ssd_cin_assessments", "cina_assessment_start_date", "cina_assessment_auth_date"),
    ("ssd_cin_plans", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
    ("ssd_s47_enquiry", "s47e_s47_start_date", "s47e_s47_end_date"),
    ("ssd_cp_plans", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    ("ssd_cla_episodes", "clae_entered_care_date", "clae_cla_episode_start_date"),
    ("ssd_cla_episodes", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"),
    ("ssd_cla_placement", "clap_cla_placement_start_date", "clap_cla_placement_end_date"),
    ("ssd_legal_status", "lega_legal_status_start_date", "lega_legal_status_end_date"),
    ("ssd_missing", "miss_missing_episode_start_date", "miss_missing_episode_end_date"),
    ("ssd_involvements", "invo_involvement_start_date", "invo_involvement_end_date"),
    ("ssd_permanence", "perm_adm_decision_date", "perm_placement_order_date"),
    ("ssd_permanence", "perm_placement_order_date", "perm_matched_date"),
    ("ssd_permanence", "perm_matched_date", "perm_placed_for_adoption_date"),
    ("ssd_permanence", "perm_placed_for_adoption_date", "perm_permanence_order_date"),
    ("local_proceedings", "lpro_issued_date", "lpro_final_order_date"),
)


def test_every_id_that_points_to_another_record_finds_it(extract: Extract) -> None:
    known = {
        target: {row[target[1]] for row in extract.rows(target[0])} for target in set(POINTS_TO.values())
    }

    lost = [
        f"{table}.{column} {value}"
        for table, row in extract.every_row()
        for column, value in row.items()
        if value and column in POINTS_TO and value not in known[POINTS_TO[column]]
    ]

    assert lost == []


def test_an_id_is_there_once(extract: Extract) -> None:
    for table in (
        "ssd_contacts",
        "ssd_cin_episodes",
        "ssd_cin_assessments",
        "ssd_cp_plans",
        "ssd_cla_placement",
    ):
        ids = [next(iter(row.values())) for row in extract.rows(table)]
        assert len(ids) == len(set(ids)) > 0, table


@pytest.mark.parametrize(("table", "first", "second"), ONE_AFTER_THE_OTHER)
def test_what_follows_is_not_earlier(extract: Extract, table: str, first: str, second: str) -> None:
    pairs = [(row[first], row[second]) for row in extract.rows(table) if row[first] and row[second]]

    assert [pair for pair in pairs if pair[0] > pair[1]] == []


def test_what_happens_in_a_case_happens_between_its_referral_and_its_close(extract: Extract) -> None:
    cases = {row["cine_referral_id"]: row for row in extract.rows("ssd_cin_episodes")}

    for table, referral, starts in (
        ("ssd_cin_assessments", "cina_referral_id", "cina_assessment_start_date"),
        ("ssd_cin_plans", "cinp_referral_id", "cinp_cin_plan_start_date"),
        ("ssd_cp_plans", "cppl_referral_id", "cppl_cp_plan_start_date"),
        ("ssd_cla_episodes", "clae_referral_id", "clae_cla_episode_start_date"),
    ):
        for row in extract.rows(table):
            case = cases[row[referral]]
            assert case["cine_referral_date"] <= row[starts] <= (case["cine_close_date"] or "9"), row


def test_nothing_has_happened_after_the_day_of_the_extract(extract: Extract) -> None:
    due = ("due", "target", "limit", "expected")
    late = [
        (table, column, value)
        for table, row in extract.every_row()
        for place, (column, value) in enumerate(row.items())
        if place in TABLES[table].dates and value > "2026-03-31" and not any(word in column for word in due)
    ]

    assert late == []


def test_a_child_in_care_is_somewhere_every_day(extract: Extract) -> None:
    periods: dict[str, list[tuple[str, str]]] = {}
    for row in extract.rows("ssd_cla_placement"):
        spell = (row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"])
        periods.setdefault(row["clap_cla_id"], []).append(spell)

    assert len(periods) > 20
    for spells in periods.values():
        spells.sort()
        for one, after in pairwise(spells):
            # Two ends may differ by what is recorded late: an end not written down yet, and a next one that is.
            assert one[1] in ("", after[0])


def test_nobody_is_of_age_on_a_plan(extract: Extract) -> None:
    born = {row["pers_person_id"]: row["pers_dob"] for row in extract.rows("ssd_person")}
    for row in extract.rows("ssd_cp_plans"):
        on, dob = row["cppl_cp_plan_start_date"], born[row["cppl_person_id"]]
        if dob:
            assert date.fromisoformat(on) < date.fromisoformat(dob).replace(
                day=1, year=int(dob[:4]) + 18
            ).replace(day=28)


def test_a_referral_with_no_further_action_carries_nothing(extract: Extract) -> None:
    nothing = {
        r["cine_referral_id"] for r in extract.rows("ssd_cin_episodes") if r["cine_referral_nfa"] == "Y"
    }

    assert nothing
    assert not nothing & {row["cina_referral_id"] for row in extract.rows("ssd_cin_assessments")}


def test_the_same_seed_writes_the_same_bytes(extract: Extract) -> None:
    again = made(extract.folder.parent / "again")

    for table in TABLES:
        name = f"{table}.csv"
        assert (again.folder / name).read_bytes() == (extract.folder / name).read_bytes(), table


def test_another_seed_writes_other_children(extract: Extract) -> None:
    other = made(extract.folder.parent / "other", seed=8)

    assert other.rows("ssd_cin_episodes") != extract.rows("ssd_cin_episodes")


def test_the_manifest_counts_the_rows_and_says_that_nobody_is_real(extract: Extract) -> None:
    counted = {table: len(extract.rows(table)) for table in TABLES if extract.rows(table)}

    assert extract.manifest["rows"] == counted
    assert "Nobody" in extract.manifest["about"]
    assert extract.manifest["faults"] == []


def test_lines_reach_the_disk_as_they_come(tmp_path: Path) -> None:
    """A council of any size is written with a few thousand lines of each table in memory."""
    with CsvFolder(tmp_path) as out:
        for number in range(3 * HELD_BACK):
            out.write("local_reference", [str(number), "x"])
            assert len(out._held["local_reference"]) < HELD_BACK
        so_far = (tmp_path / "local_reference.csv").stat().st_size
        assert so_far > 0

    lines = (tmp_path / "local_reference.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "lref_key,lref_value"
    assert [line.split(",")[0] for line in lines[1:]] == [str(number) for number in range(3 * HELD_BACK)]
