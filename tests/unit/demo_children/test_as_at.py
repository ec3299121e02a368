"""Two extracts of the same children on two days differ by what was recorded in between, and by corrections."""

from plumbline.demo.children.tables import TABLES
from tests.unit.demo_children.conftest import EARLIER, Extract

# Rows of a child or worker as they stand on the day, and tables whose first column is not a key.
AS_THEY_STAND = (
    "ssd_person",
    "ssd_care_leavers",
    "ssd_professionals",
    "local_school_moves",
    "local_absences",
)
KEYED = [table for table in TABLES if table not in AS_THEY_STAND]
# Columns that say where things stand on the day of the extract, not what happened.
OF_THE_DAY = {"clae_cla_last_iro_contact_date"}
# Columns that are put right later, as real ones are.
CORRECTED = {
    "cine_cin_primary_need_code",
    "cina_assessment_auth_date",
    "cppv_cp_visit_seen",
    "cppv_cp_visit_seen_alone",
    "cppv_cp_visit_bedroom",
    "cppl_cp_plan_latest_category",
}


def _keyed(extract: Extract, table: str) -> dict[tuple[str, ...], dict[str, str]]:
    key = (
        2
        if table
        in ("local_visit_intervals", "local_establishment", "ssd_disability", "ssd_immigration_status")
        else 1
    )
    return {tuple(list(row.values())[:key]): row for row in extract.rows(table)}


def test_what_was_in_an_earlier_extract_is_in_the_later_one(
    earlier_extract: Extract, extract: Extract
) -> None:
    for table in KEYED:
        assert _keyed(earlier_extract, table).keys() <= _keyed(extract, table).keys(), table


def test_a_value_changes_only_from_unknown_to_known_or_when_it_is_corrected(
    earlier_extract: Extract, extract: Extract
) -> None:
    changed = set()
    for table in KEYED:
        later = _keyed(extract, table)
        for key, row in _keyed(earlier_extract, table).items():
            changed |= {
                c for c, text in row.items() if text and later[key][c] != text and c not in OF_THE_DAY
            }

    assert changed <= CORRECTED
    assert changed, "No value was corrected: the extracts show no restatement."


def test_some_things_were_recorded_late(earlier_extract: Extract, extract: Extract) -> None:
    """A month that was reported changes afterwards, and only its last weeks do."""
    days = (
        ("ssd_contacts", "cont_contact_date"),
        ("ssd_cp_visits", "cppv_cp_visit_date"),
        ("ssd_cin_visits", "cinv_cin_visit_date"),
        ("local_management_oversight", "lmov_oversight_date"),
    )

    def recorded(extract: Extract, month: str) -> int:
        return sum(row[column].startswith(month) for table, column in days for row in extract.rows(table))

    assert recorded(earlier_extract, "2025-12") < recorded(extract, "2025-12")
    assert recorded(earlier_extract, "2025-08") == recorded(extract, "2025-08") > 0


def test_the_earlier_extract_knows_nothing_of_what_came_after(earlier_extract: Extract) -> None:
    later = [
        row
        for row in earlier_extract.rows("ssd_cin_episodes")
        if max(row["cine_referral_date"], row["cine_close_date"]) > EARLIER.isoformat()
    ]

    assert later == []
