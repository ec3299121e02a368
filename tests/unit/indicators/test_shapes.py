"""Census, SSDA903 and Annex A become the dataset's tables; the same child is the same in every shape."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from plumbline.indicators.files.load import load
from plumbline.indicators.files.shapes import Shape
from tests.unit.indicators.returns import (
    CENSUS_CHILD,
    HEADINGS,
    NOW,
    annex_a,
    census,
    digest_of,
    faults,
    loaded,
    person,
    referral,
    return_903,
    rows_of,
    ssd,
)

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1001,2,01/06/2015,WBRI,A123456789012,,\n1002,1,01/07/2010,WBRI,UN4,1,\n"
EPISODES = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
1001,01/02/2024,S,C1,N1,U6,PR1,01/05/2024,X1,,S70 1AA,S71 2BB,SC1
1001,01/05/2024,L,C2,N1,U6,PR1,10/09/2024,X1,CARPL,S70 1AA,S71 2BB,SC1
1001,10/09/2024,P,C2,N1,K2,PR4,,,,S70 1AA,S72 3CC,SC2
1002,03/03/2023,S,V2,N5,U1,PR1,04/04/2023,E4A,,,,
1002,05/05/2024,S,V2,N5,U1,PR1,,,,,,
"""


def census_file(folder: Path, *children: str, name: str = "cin.xml") -> Path:
    path = folder / name
    path.write_bytes(census(*children))
    return path


def test_a_census_becomes_referrals_assessments_enquiries_and_plans(tmp_path: Path) -> None:
    report = loaded(census_file(tmp_path, CENSUS_CHILD), tmp_path / "x")

    extract = tmp_path / "x"
    assert report.shape is Shape.CIN_CENSUS
    assert report.manifest
    assert report.manifest.reference == {
        "authority_code": "999",
        "reference_date": "2026-03-31",
        "year": "2026",
    }
    assert rows_of(
        extract, "ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_referral_nfa"
    ) == [("1001", date(2025, 5, 12), "N")]
    assert rows_of(extract, "ssd_assessment_factors", "cinf_assessment_factors_json") == [("|16A|3B|",)]
    assert rows_of(
        extract,
        "ssd_initial_cp_conference",
        "icpc_icpc_date",
        "icpc_icpc_transfer_in",
        "icpc_icpc_outcome_cp_flag",
    ) == [(date(2025, 6, 19), "N", "Y")]
    assert rows_of(extract, "ssd_s47_enquiry", "s47e_s47_outcome_json") == [("|CP_CONFERENCE_FLAG|",)]
    assert rows_of(extract, "ssd_cp_plans", "cppl_icpc_id") == rows_of(
        extract, "ssd_initial_cp_conference", "icpc_icpc_id"
    )
    assert rows_of(extract, "local_previous_plans", "lprp_previous_plans") == [(1,)]
    assert rows_of(extract, "ssd_cp_reviews", "cppr_cp_review_date") == [(date(2025, 9, 10),)]


def test_a_conference_outside_an_enquiry_is_that_of_a_child_who_moved_in(tmp_path: Path) -> None:
    child = CENSUS_CHILD.replace(
        "<Assessments>", "<DateOfInitialCPC>2025-08-08</DateOfInitialCPC><Assessments>", 1
    )

    loaded(census_file(tmp_path, child), tmp_path / "x")

    assert sorted(
        rows_of(tmp_path / "x", "ssd_initial_cp_conference", "icpc_icpc_date", "icpc_icpc_transfer_in")
    ) == [
        (date(2025, 6, 19), "N"),
        (date(2025, 8, 8), "Y"),
    ]


def test_a_census_without_plans_says_there_were_none_but_says_nothing_of_visits(tmp_path: Path) -> None:
    child = CENSUS_CHILD.partition("<CINdetails>")[0]

    report = loaded(census_file(tmp_path, child), tmp_path / "x")

    assert report.manifest
    assert "ssd_cp_plans" not in report.manifest.not_supplied
    assert "ssd_cp_visits" in report.manifest.not_supplied


def test_what_a_shape_does_not_hold_is_told_apart_from_what_was_left_empty(tmp_path: Path) -> None:
    report = loaded(census_file(tmp_path, CENSUS_CHILD), tmp_path / "x")
    given = ssd(tmp_path / "given", ssd_person=[person()], ssd_cin_episodes=[referral(cine_close_date="")])
    dataset = loaded(given, tmp_path / "y")

    assert report.manifest
    assert dataset.manifest
    # The census does not ask whether the child was seen; it does ask when the episode closed.
    assert "ssd_cin_assessments.cina_assessment_child_seen" in report.manifest.columns_not_supplied
    assert "ssd_cin_episodes.cine_close_date" not in report.manifest.columns_not_supplied
    assert "cine_close_date" in report.manifest.empty_columns
    assert report.manifest.window_months == 12
    assert "ssd_cin_episodes.cine_close_reason" in dataset.manifest.columns_not_supplied
    assert "ssd_cin_episodes.cine_close_date" not in dataset.manifest.columns_not_supplied
    assert dataset.manifest.window_months is None


def test_older_censuses_and_namespaces_are_read_too(tmp_path: Path) -> None:
    older = CENSUS_CHILD.replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>")
    path = tmp_path / "older.xml"
    path.write_bytes(census(older).replace(b"<Message>", b'<Message xmlns="urn:census">'))

    assert digest_of(loaded(path, tmp_path / "x")) == digest_of(
        loaded(census_file(tmp_path, CENSUS_CHILD), tmp_path / "y")
    )


def test_a_row_of_the_census_that_names_no_child_is_left_out_and_told(tmp_path: Path) -> None:
    nameless = CENSUS_CHILD.replace("<LAchildID>1001</LAchildID>", "")

    report = loaded(census_file(tmp_path, CENSUS_CHILD, nameless), tmp_path / "x")

    assert faults(report)["READ-05"] == 1
    assert len(rows_of(tmp_path / "x", "ssd_person")) == 1


def test_the_same_child_is_the_same_in_a_census_and_in_the_dataset(tmp_path: Path) -> None:
    loaded(census_file(tmp_path, CENSUS_CHILD), tmp_path / "census")
    given = ssd(
        tmp_path / "given",
        ssd_person=[person(pers_upn="A123456789012")],
        ssd_cin_episodes=[referral()],
        ssd_cp_plans=[
            {
                "cppl_cp_plan_id": "P9",
                "cppl_person_id": "1001",
                "cppl_cp_plan_start_date": "19/06/2025",
                "cppl_cp_plan_initial_category": "Neglect",
                "cppl_cp_plan_latest_category": "EMO",
            }
        ],
    )
    loaded(given, tmp_path / "dataset")

    for table, columns in {
        "ssd_person": ["pers_person_id", "pers_sex", "pers_dob", "pers_ethnicity", "pers_upn"],
        "ssd_cin_episodes": [
            "cine_person_id",
            "cine_referral_date",
            "cine_referral_source_code",
            "cine_cin_primary_need_code",
            "cine_referral_nfa",
        ],
        "ssd_cp_plans": [
            "cppl_person_id",
            "cppl_cp_plan_start_date",
            "cppl_cp_plan_end_date",
            "cppl_cp_plan_initial_category",
            "cppl_cp_plan_latest_category",
        ],
    }.items():
        assert rows_of(tmp_path / "census", table, *columns) == rows_of(tmp_path / "dataset", table, *columns)


def test_episodes_without_a_gap_are_one_period_of_care_and_a_legal_change_is_no_move(tmp_path: Path) -> None:
    report = loaded(return_903(tmp_path / "given", header=HEADER, episodes=EPISODES), tmp_path / "x")

    extract = tmp_path / "x"
    assert report.shape is Shape.SSDA903
    periods = rows_of(extract, "ssd_cla_episodes", "clae_person_id", "clae_cla_id", "clae_entered_care_date")
    assert {(child, entered) for child, _, entered in periods} == {
        ("1001", date(2024, 2, 1)),
        ("1002", date(2023, 3, 3)),
        ("1002", date(2024, 5, 5)),
    }
    assert len({period for _, period, _ in periods}) == 3
    placements = rows_of(
        extract,
        "ssd_cla_placement",
        "clap_cla_placement_start_date",
        "clap_cla_placement_end_date",
        "clap_cla_placement_type",
        "clap_cla_placement_postcode",
        "clap_cla_placement_change_reason",
    )
    assert (date(2024, 2, 1), date(2024, 9, 10), "U6", "S71 2", "CARPL") in placements
    assert (date(2024, 9, 10), None, "K2", "S72 3", None) in placements
    assert len(placements) == 4
    statuses = rows_of(extract, "ssd_legal_status", "lega_legal_status", "lega_legal_status_end_date")
    assert ("C1", date(2024, 5, 1)) in statuses
    assert ("C2", None) in statuses
    assert len(statuses) == 4


def test_the_day_care_began_is_not_known_where_the_return_begins_later(tmp_path: Path) -> None:
    episodes = "\n".join(line for line in EPISODES.splitlines() if ",S,C1," not in line)

    report = loaded(return_903(tmp_path / "given", episodes=episodes), tmp_path / "x")

    assert faults(report)["READ-15"] == 1
    first = rows_of(tmp_path / "x", "ssd_cla_episodes", "clae_person_id", "clae_entered_care_date")
    assert ("1001", None) in first


def test_the_other_lists_of_the_return_reach_their_tables(tmp_path: Path) -> None:
    given = return_903(
        tmp_path / "given",
        header=HEADER,
        episodes=EPISODES,
        reviews="CHILD,DOB,REVIEW,REVIEW_CODE\n1001,01/06/2015,20/02/2024,PN1\n1001,01/06/2015,20/02/2020,PN1\n",
        uasc="CHILD,SEX,DOB,DUC\n1002,1,01/07/2010,01/07/2028\n",
        oc2="CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n1001,01/06/2015,14,,0,0,1,1,1,0,0,0\n",
        oc3="CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n1003,01/01/2006,YES,F2,K1\n",
        ad1="CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
        "1001,01/06/2015,01/01/2025,01/02/2025,0,2,MF,L11\n",
        placed="CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n1001,01/06/2015,01/03/2025,,\n",
        missing="CHILD,DOB,MISSING,MIS_START,MIS_END\n1002,01/07/2010,M,01/08/2024,02/08/2024\n",
        workers="CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n1001,01/06/2015,SW1,01/02/2024,,FCONTA\n",
    )

    loaded(given, tmp_path / "x")

    extract = tmp_path / "x"
    reviews = rows_of(extract, "ssd_cla_reviews", "clar_cla_review_date", "clar_cla_id IS NULL")
    # A review before any period of care the return tells of belongs to none.
    assert sorted(reviews) == [(date(2020, 2, 20), True), (date(2024, 2, 20), False)]
    assert rows_of(extract, "ssd_immigration_status", "immi_person_id", "immi_immigration_status") == [
        ("1002", "UASC")
    ]
    # What the return tells of the year is dated on the last day of the year of its latest episode or review.
    assert sorted(rows_of(extract, "ssd_cla_health", "clah_health_check_type", "clah_health_check_date")) == [
        ("DENTAL", date(2025, 3, 31)),
        ("HEALTH_REVIEW", date(2025, 3, 31)),
    ]
    assert rows_of(
        extract, "ssd_care_leavers", "clea_care_leaver_accommodation", "clea_care_leaver_accom_suitable"
    ) == [("K", "1")]
    assert rows_of(extract, "ssd_permanence", "perm_matched_date", "perm_placed_for_adoption_date") == [
        (date(2025, 2, 1), date(2025, 3, 1))
    ]
    assert rows_of(extract, "ssd_missing", "miss_missing_episode_type") == [("M",)]
    assert rows_of(extract, "ssd_involvements", "invo_professional_id", "invo_professional_role_id") == [
        ("SW1", "SOCIAL_WORKER")
    ]
    # A child told of only in another list is a person too, and a reason in place of a pupil number is no number.
    people = rows_of(extract, "ssd_person", "pers_person_id", "pers_upn", "pers_upn_unknown")
    assert ("1003", None, None) in people
    assert ("1002", None, "UN4") in people


def test_a_list_given_twice_is_refused(tmp_path: Path) -> None:
    given = return_903(tmp_path / "given", header=HEADER, header_copy=HEADER)

    assert "holds the list header too" in load(given, tmp_path / "x", created_at=NOW).errors[0].message


CONTACT: list[Any] = [1001, "b) Female", "a) WBRI", date(2015, 6, 1), 10.8, date(2026, 1, 5), "q) 6: Police"]
REFERRED = [*CONTACT[:5], date(2025, 5, 12), "q) 6: Police", "b) No", 0, "North team", "Zoe Zzyzx"]
IN_NEED = [
    *CONTACT[:5],
    "a) Yes",
    date(2025, 5, 12),
    "N1 - Abuse or Neglect",
    date(2026, 1, 9),
    None,
    None,
    "c) Child in need plan",
    "North team",
    "Zoe Zzyzx",
]
PROTECTED = [
    *CONTACT[:5],
    "a) Yes",
    date(2025, 6, 19),
    "Neglect",
    "Emotional abuse",
    date(2026, 1, 9),
    "a) Yes",
    date(2025, 9, 10),
    None,
    "b) No",
    1,
    "North team",
    "Zoe Zzyzx",
]

ANNEX_ROWS: dict[int, list[Any]] = {1: CONTACT, 3: REFERRED, 6: IN_NEED, 7: PROTECTED}


def test_an_annex_a_workbook_becomes_the_datasets_tables(tmp_path: Path) -> None:
    path = annex_a(tmp_path / "annex.xlsx", {1: [CONTACT], 3: [REFERRED], 6: [IN_NEED], 7: [PROTECTED]})

    report = loaded(path, tmp_path / "x")

    extract = tmp_path / "x"
    assert report.shape is Shape.ANNEX_A
    assert rows_of(extract, "ssd_person", "pers_person_id", "pers_sex", "pers_ethnicity", "pers_dob") == [
        ("1001", "F", "WBRI", date(2015, 6, 1))
    ]
    # Lists 3 and 6 tell of one referral, which becomes one row.
    assert rows_of(
        extract,
        "ssd_cin_episodes",
        "cine_referral_date",
        "cine_cin_primary_need_code",
        "cine_referral_source_code",
    ) == [(date(2025, 5, 12), "N1", "6")]
    assert rows_of(
        extract, "ssd_cp_plans", "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category"
    ) == [("NEG", "EMO")]
    assert rows_of(extract, "ssd_cp_visits", "cppv_cp_visit_date", "cppv_cp_visit_seen_alone") == [
        (date(2026, 1, 9), "Y")
    ]
    assert rows_of(extract, "ssd_disability", "disa_disability_code") == [("ANY",)]
    assert report.manifest
    assert "ssd_cla_episodes" in report.manifest.not_supplied


def test_the_names_of_workers_in_a_workbook_are_only_kept_as_a_hash(tmp_path: Path) -> None:
    path = annex_a(tmp_path / "annex.xlsx", {3: [REFERRED], 7: [PROTECTED]})

    loaded(path, tmp_path / "x")

    kept = b"".join(part.read_bytes() for part in (tmp_path / "x").iterdir())
    assert b"Zzyzx" not in kept
    assert rows_of(tmp_path / "x", "ssd_cin_episodes", "cine_referral_worker_id") == rows_of(
        tmp_path / "x", "ssd_involvements", "invo_professional_id"
    )


def test_hidden_sheets_are_told_and_not_read(tmp_path: Path) -> None:
    path = annex_a(tmp_path / "annex.xlsx", {1: [CONTACT], 3: [REFERRED]}, hidden=[3])

    report = loaded(path, tmp_path / "x")

    assert any("List 3" in str(note.place) and "hidden" in note.message for note in report.notes)
    assert rows_of(tmp_path / "x", "ssd_cin_episodes") == []


def test_a_formula_without_its_value_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = annex_a(tmp_path / "annex.xlsx", {1: [[*CONTACT[:5], "=TODAY()-1", CONTACT[6]]]})

    report = load(path, tmp_path / "x", created_at=NOW)

    assert [str(error.place) for error in report.errors] == ["sheet List 1, row 2, column F"]


def test_headings_may_stand_below_a_title_and_be_written_otherwise(tmp_path: Path) -> None:
    plain = annex_a(tmp_path / "plain.xlsx", {1: [CONTACT]})
    titled = annex_a(
        tmp_path / "titled.xlsx",
        {
            1: [
                [
                    "Child  ID",
                    "SEX",
                    "Ethnic origin",
                    "DOB",
                    "Age (years)",
                    "Contact date",
                    "Source of contact",
                ],
                CONTACT,
            ]
        },
        title="Contacts of the last six months",
    )

    assert digest_of(loaded(plain, tmp_path / "x")) == digest_of(loaded(titled, tmp_path / "y"))


def test_a_column_that_a_workbook_lacks_is_told_apart_from_one_left_empty(tmp_path: Path) -> None:
    lists: dict[int, list[list[Any]]] = {6: [[*HEADINGS[6]], IN_NEED]}
    whole = loaded(annex_a(tmp_path / "whole.xlsx", lists, title="In need"), tmp_path / "x")
    without = [[cell for at, cell in enumerate(row) if at != 9] for row in lists[6]]
    lacking = loaded(annex_a(tmp_path / "lacking.xlsx", {6: without}, title="In need"), tmp_path / "y")

    assert whole.manifest
    assert lacking.manifest
    assert HEADINGS[6][9] == "CIN Closure Date"
    assert "ssd_cin_episodes.cine_close_date" not in whole.manifest.columns_not_supplied
    assert "cine_close_date" in whole.manifest.empty_columns
    assert "ssd_cin_episodes.cine_close_date" in lacking.manifest.columns_not_supplied


def test_a_heading_nobody_knows_is_mapped_once_by_a_person(tmp_path: Path) -> None:
    plain = annex_a(tmp_path / "plain.xlsx", {1: [CONTACT]})
    other = annex_a(
        tmp_path / "other.xlsx",
        {1: [["Child ID", "Sex", "Ethnicity", "DOB", "Age", "Came in on", "From whom"], CONTACT]},
        title="Contacts",
    )
    chosen = {
        ("headings:annex_a_1", "Came in on"): "contact_date",
        ("headings:annex_a_1", "From whom"): "source",
    }

    refused = load(other, tmp_path / "x", created_at=NOW)
    mapped = loaded(other, tmp_path / "y", choices=chosen)

    assert "No sheet has the headings" in refused.errors[0].message
    assert digest_of(mapped) == digest_of(loaded(plain, tmp_path / "z"))


@pytest.mark.parametrize("name", ["list.xml", "list.zip", "list.csv", "list.xlsx"])
def test_the_shape_is_seen_from_the_content_not_from_the_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(census(CENSUS_CHILD))

    assert loaded(tmp_path / name, tmp_path / "x").shape is Shape.CIN_CENSUS


@pytest.mark.parametrize("shape", ["census", "903", "annex"])
def test_with_a_key_no_identifier_of_any_row_holds_the_childs_number(tmp_path: Path, shape: str) -> None:
    number = "77001234"
    given = {
        "census": lambda: census_file(tmp_path, CENSUS_CHILD.replace("1001", number)),
        "903": lambda: return_903(
            tmp_path / "given",
            header=HEADER.replace("1001", number),
            episodes=EPISODES.replace("1001", number),
        ),
        "annex": lambda: annex_a(
            tmp_path / "annex.xlsx",
            {number_of: [[int(number), *row[1:]]] for number_of, row in ANNEX_ROWS.items()},
        ),
    }[shape]()

    loaded(given, tmp_path / "x", key=b"a key of at least sixteen bytes")

    with duckdb.connect(":memory:") as connection:
        for path in (tmp_path / "x").glob("*.parquet"):
            rows = connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            assert number not in str(rows), path.name
    assert len(rows_of(tmp_path / "x", "ssd_person", "pers_person_id")[0][0]) == 20
