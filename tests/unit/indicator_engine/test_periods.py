"""Periods are named and bounded as the DfE's financial year has them."""

import datetime as dt

import pytest

from indicator_engine import Period, periods

pytestmark = pytest.mark.no_database_needed


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025-26", "2025-04-01", "2026-03-31"),
        ("2099-00", "2099-04-01", "2100-03-31"),
        ("2025-26-Q1", "2025-04-01", "2025-06-30"),
        ("2025-26-Q4", "2026-01-01", "2026-03-31"),
        ("2026-03-ytd", "2025-04-01", "2026-03-31"),
        ("2026-04-ytd", "2026-04-01", "2026-04-30"),
        ("2026-03-r12", "2025-04-01", "2026-03-31"),
        ("2024-02-r12", "2023-03-01", "2024-02-29"),
        ("2026-03-31", "2026-03-31", "2026-03-31"),
    ],
)
def test_a_key_names_days_and_comes_back(key: str, start: str, end: str) -> None:
    period = periods.parse(key)

    assert (period.start.isoformat(), period.end.isoformat(), period.key) == (start, end, key)


@pytest.mark.parametrize(
    "key", ["2025-13", "2025-27", "2025-26-Q5", "2025-26-ytd", "March", "", "2025-02-30"]
)
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"period|year|month|day"):
        periods.parse(key)


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(dt.date(2025, 4, 1), dt.date(2025, 3, 31))


def test_months_run_from_the_first_to_the_last() -> None:
    found = periods.months(periods.parse("2024-11"), periods.parse("2025-02"))

    assert [period.key for period in found] == ["2024-11", "2024-12", "2025-01", "2025-02"]


@pytest.mark.parametrize(
    ("key", "months"), [("2025-03", 1), ("2025-26", 12), ("2025-06-ytd", 3), ("2025-06-r12", 12)]
)
def test_a_count_is_made_annual_by_its_months(key: str, months: int) -> None:
    assert periods.parse(key).months == months
