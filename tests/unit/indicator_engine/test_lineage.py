"""A figure names the record tables and columns it rests on, and none that it could do without."""

from functools import lru_cache
from pathlib import Path

import pytest

from indicator_engine import Indicator, columns_behind, load_definitions, load_tables, tables_behind

DEFINITIONS = Path(__file__).resolve().parents[3] / "definitions"
pytestmark = pytest.mark.no_database_needed


@lru_cache(maxsize=1)
def shipped() -> dict[str, Indicator]:
    return load_definitions(DEFINITIONS / "indicators")


@pytest.mark.parametrize(
    ("key", "by", "tables"),
    [
        ("contacts", (), {"ssd_contacts"}),
        ("contacts-to-early-help", (), {"ssd_contacts", "ssd_early_help_episodes"}),
        ("contacts-decided-in-one-day", (), {"ssd_contacts", "local_contact_decisions"}),
        ("referrals", ("sex",), {"ssd_cin_episodes", "ssd_person"}),
        ("referrals", ("disability",), {"ssd_cin_episodes", "ssd_person", "ssd_disability"}),
        ("referrals", ("team",), {"ssd_cin_episodes", "ssd_involvements"}),
        ("child-protection-plans", (), {"ssd_cp_plans"}),
        ("child-protection-visits-in-time", (), {"ssd_cp_plans", "ssd_cp_visits"}),
        ("plans-reviewed-in-timescale", (), {"ssd_cp_plans", "ssd_cp_reviews"}),
        (
            "plans-of-looked-after-children",
            (),
            {"ssd_cp_plans", "ssd_cla_episodes", "ssd_legal_status", "ssd_person"},
        ),
        ("repeat-child-protection-plans", (), {"ssd_cp_plans"}),
        ("average-caseload", (), {"ssd_involvements", "ssd_professionals"}),
    ],
)
def test_a_figure_rests_on_these_tables(key: str, by: tuple[str, ...], tables: set[str]) -> None:
    assert set(tables_behind(shipped()[key], by)) == tables


def test_what_only_helps_is_named_among_the_columns_and_not_as_needed() -> None:
    assert "local_previous_plans" in columns_behind(shipped()["repeat-child-protection-plans"])


def test_a_column_that_is_only_carried_along_is_not_rested_on() -> None:
    assert columns_behind(shipped()["referrals"]) == {
        "ssd_cin_episodes": ("cine_person_id", "cine_referral_date", "cine_referral_id")
    }


@pytest.mark.parametrize("key", sorted(shipped()))
def test_what_it_rests_on_is_described(key: str) -> None:
    described = {
        t.name: {c.name for c in t.stored} for t in load_tables(DEFINITIONS / "record_tables").values()
    }

    behind = columns_behind(shipped()[key], shipped()[key].breakdowns)

    assert behind
    assert {table: set(columns) - described[table] for table, columns in behind.items()} == {
        table: set() for table in behind
    }
