"""Conditions: what is allowed, what is refused by name, and what is hidden from a period."""

import duckdb
import pytest

from indicator_engine.expressions import write
from indicator_engine.faults import ExpressionFault

COLUMNS = {
    "as_at": "date",
    "event_date": "date",
    "end_date": "date",
    "due_date": "planned",
    "days": "integer",
    "name": "text",
    "outcomes": "flags",
}
pytestmark = pytest.mark.no_database_needed


def answer(sql: str) -> object:
    with duckdb.connect(":memory:") as connection:
        return connection.execute(sql).fetchone()


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT 1) = 1",
        "name = (SELECT pers_surname FROM ssd_person)",
        "read_csv('/etc/passwd') = 1",
        "getenv('HOME') = 'x'",
        "days IN (SELECT days FROM referrals)",
        "other.days = 1",
        "days = 1; DROP TABLE referrals",
        "name LIKE 'A%'",
        "name || 'a' = 'b'",
        "CAST(days AS VARCHAR) = '1'",
        "CASE WHEN days = 1 THEN true END",
        "days * 2 = 1",
        "days = random()",
        "name = $limit",
        "surname = 'x'",
        "has(outcomes, name)",
        "has(outcomes, 'A|B')",
        "name ~ 'x'",
        "EXISTS (SELECT 1)",
    ],
)
def test_what_is_not_on_the_list_is_refused(text: str) -> None:
    with pytest.raises(ExpressionFault):
        write(text, COLUMNS, {})


@pytest.mark.parametrize("text", ["name = 1", "days = end_date", "name", "has(name, 'X')", "outcomes = 'X'"])
def test_kinds_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(ExpressionFault):
        write(text, COLUMNS, {})


def test_the_message_says_which_columns_there_are() -> None:
    with pytest.raises(ExpressionFault, match=r"no column 'dayz'.*days, name"):
        write("dayz = 1", COLUMNS, {})


def test_a_quotation_mark_in_a_setting_stays_text() -> None:
    written = write("name = $who", COLUMNS, {"who": "x' OR '1'='1"})

    assert answer(f"SELECT {written.sql} FROM (SELECT 'x' AS name)") == (False,)


@pytest.mark.parametrize(("column", "hidden"), [("end_date", True), ("due_date", False)])
def test_a_date_after_the_end_of_the_period_is_hidden_unless_it_was_planned(
    column: str, hidden: bool
) -> None:
    written = write(f"{column} is null", COLUMNS, {})

    row = f"SELECT DATE '2025-03-31' AS as_at, DATE '2025-04-01' AS {column}"
    assert answer(f"SELECT {written.sql} FROM ({row})") == (hidden,)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("months_after(event_date, 1) = end_date", True),
        ("months_after(end_date, 0 - 1) = event_date", False),
        ("days_after(event_date, 28) = end_date", True),
        ("days_from(event_date, end_date) = 28", True),
        ("has(outcomes, 'A_B')", True),
        ("has(outcomes, 'A')", False),
        ("has_none(outcomes)", False),
        ("has_only(outcomes, 'A_B')", True),
        ("days between 2 and 4 and name in ('x', 'y') and not days = 4", True),
    ],
)
def test_the_functions_do_what_they_say(text: str, met: bool) -> None:
    row = (
        "SELECT DATE '2025-12-31' AS as_at, DATE '2025-01-31' AS event_date, DATE '2025-02-28' AS end_date, "
        "3 AS days, 'x' AS name, '|A_B|' AS outcomes"
    )

    assert answer(f"SELECT {write(text, COLUMNS, {}).sql} FROM ({row})") == (met,)
