"""What happened after the end of a period is not known in it: later records change no figure of an earlier day."""

import datetime as dt

import pytest

from indicator_engine import Count, Engine
from indicator_engine.extract import put_records, take_records_out
from indicator_engine.periods import parse
from tests.spec.random_records import random_records
from tests.spec.test_twin_agrees import empty_extract
from tests.spec.test_worked_examples import shipped
from tests.spec.twin.ground import Records, Row

pytestmark = pytest.mark.no_database_needed
# What may be known before it comes: when something is due, and when a child was or will be born.
KNOWN_BEFORE = ("pers_dob", "pers_expected_dob")


def as_known_on(day: dt.date, records: Records) -> Records:
    """The records without any date later than the day."""

    def known(row: Row) -> Row:
        return {
            name: None
            if isinstance(cell, dt.date) and cell > day and name not in KNOWN_BEFORE and "due" not in name
            else cell
            for name, cell in row.items()
        }

    return {table: [known(row) for row in rows] for table, rows in records.items()}


def counted(records: Records, key: str, by: tuple[str, ...]) -> list[Count]:
    extract = empty_extract()
    engine = Engine(extract, shipped())
    keys = [name for name, indicator in shipped().items() if set(by) <= set(indicator.breakdowns)]
    try:
        put_records(extract.database, {name: tuple(rows) for name, rows in records.items()}, extract.tables)
        return engine.counts(keys, [parse(key)], by)
    finally:
        engine.let_go()
        take_records_out(extract.database, records)


@pytest.mark.parametrize("by", [(), ("team",), ("plan_type",)])
@pytest.mark.parametrize("key", ["2024-03", "2024-25"])
@pytest.mark.parametrize("seed", [21, 22])
def test_later_dates_change_nothing(seed: int, key: str, by: tuple[str, ...]) -> None:
    records = random_records(seed)

    later = counted(records, key, by)
    then = counted(as_known_on(parse(key).end, records), key, by)

    assert later == then
    assert any(count.numerator for count in then)
