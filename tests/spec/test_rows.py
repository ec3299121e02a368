"""The rows behind a figure are those that were counted, and no others."""

from collections import Counter

import pytest

from indicator_engine import Count, Engine, Row
from indicator_engine.extract import put_records, take_records_out
from indicator_engine.periods import parse
from tests.spec.random_records import random_records
from tests.spec.test_twin_agrees import empty_extract
from tests.spec.test_worked_examples import shipped

pytestmark = pytest.mark.no_database_needed


def told(count: Count) -> dict[str, int]:
    """How many rows of each outcome a count says there are."""
    reasons = {f"excluded: {reason}": n for reason, n in count.excluded.items()}
    unit = shipped()[count.indicator].unit
    counted = {"met": count.numerator, "not_met": (count.denominator or 0) - count.numerator}
    if unit != "percent":
        counted = {"met": count.numerator}
    return {key: int(n) for key, n in ({**counted, "too_recent": count.too_recent, **reasons}).items() if n}


def listed(rows: list[Row]) -> dict[str, int]:
    """How many rows of each outcome there are."""
    return dict(Counter(f"excluded: {row.reason}" if row.reason else row.outcome for row in rows))


@pytest.mark.parametrize("seed", [11, 12])
def test_the_rows_add_up_to_the_count_for_all_and_for_a_team(seed: int) -> None:
    records, extract = random_records(seed), empty_extract()
    engine, period = Engine(extract, shipped()), parse("2024-25")
    keys = [key for key, indicator in shipped().items() if indicator.unit != "ratio"]
    try:
        put_records(extract.database, {name: tuple(rows) for name, rows in records.items()}, extract.tables)
        counts = engine.counts(keys, [period]) + engine.counts(keys, [period], by=("team",))
        found = {(c.indicator, c.group): listed(engine.rows(c.indicator, period, c.group)) for c in counts}
    finally:
        engine.let_go()
        take_records_out(extract.database, records)

    assert found == {(c.indicator, c.group): told(c) for c in counts}


def test_a_row_says_whose_it_is_when_where_and_why() -> None:
    extract = empty_extract()
    engine = Engine(extract, shipped())
    records = {
        "ssd_cin_assessments": (
            {
                "cina_assessment_id": "A1",
                "cina_person_id": "C1",
                "cina_assessment_start_date": parse("2025-03-03").start,
                "cina_assessment_auth_date": parse("2025-03-10").start,
                "cina_assessment_team": "T1",
                "cina_assessment_worker_id": "W1",
            },
            {
                "cina_assessment_id": "A2",
                "cina_person_id": "C2",
                "cina_assessment_auth_date": parse("2025-03-11").start,
            },
        )
    }
    try:
        put_records(extract.database, records, extract.tables)
        rows = engine.rows("assessment-duration", parse("2025-03"))
    finally:
        engine.let_go()
        take_records_out(extract.database, records)

    assert rows == [
        Row("C1", "A1", parse("2025-03-10").start, "T1", "W1", "met", "", 5),
        Row("C2", "A2", parse("2025-03-11").start, "unknown", "unknown", "excluded", "no start date", None),
    ]


def test_a_figure_is_not_shown_by_what_its_rows_do_not_have() -> None:
    engine = Engine(empty_extract(), shipped())

    with pytest.raises(ValueError, match="average-caseload cannot be shown by age_band"):
        engine.counts(["average-caseload"], [parse("2025-03")], by=("age_band",))
