"""Working days: the list, the count, and the end of the list."""

import csv
import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.working_days import (
    ENGLAND_LIST,
    Calendar,
    add,
    between,
    england,
    is_working_day,
)

REPEATABLE = settings(derandomize=True, deadline=None, max_examples=150)
DAYS = st.dates(dt.date(2012, 2, 1), dt.date(2028, 11, 30))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# Source: methods.md section 8; each was recounted on the list of GOV.UK.
EXAMPLES = [
    ("2022-05-27", 15, "2022-06-21"),
    ("2022-09-14", 15, "2022-10-06"),
    ("2023-05-02", 15, "2023-05-24"),
    ("2021-12-20", 10, "2022-01-06"),
    ("2024-03-27", 45, "2024-06-04"),
]

# Source: methods.md section 8, working days in the year to 31 March.
PUBLISHED_YEARS = {2022: 252, 2023: 250, 2024: 250, 2025: 254}
DELIBERATE_DIFFERENCES = {
    2022: (253, "365 days from Thursday hold 261 weekdays, less 8 bank holidays; 252 leaves out 31 March"),
    2023: (251, "365 days from Friday hold 261 weekdays, less 10 bank holidays; 250 leaves out 31 March"),
}


@pytest.mark.parametrize(("start", "days", "end"), EXAMPLES)
def test_published_examples_of_statutory_counts(start: str, days: int, end: str) -> None:
    assert add(day(start), days) == day(end)
    assert between(day(start), day(end)) == days


@pytest.mark.parametrize("year", sorted(PUBLISHED_YEARS))
def test_working_days_in_the_year_to_31_march(year: int) -> None:
    expected = DELIBERATE_DIFFERENCES.get(year, (PUBLISHED_YEARS[year], ""))[0]

    assert between(dt.date(year - 1, 3, 31), dt.date(year, 3, 31)) == expected


def test_every_year_has_eight_bank_holidays_except_those_with_one_offs() -> None:
    by_year = Counter(d.year for d in england().days_off)

    assert sorted(by_year) == list(range(2012, 2029))
    assert {y: n for y, n in by_year.items() if n != 8} == {2012: 9, 2022: 10, 2023: 9}


@pytest.mark.parametrize(
    "one_off", ["2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"]
)
def test_one_off_and_moved_holidays_are_not_working_days(one_off: str) -> None:
    assert not is_working_day(day(one_off))


@pytest.mark.parametrize("moved_from", ["2012-05-28", "2020-05-04", "2022-05-30"])
def test_the_day_a_holiday_was_moved_from_is_a_working_day(moved_from: str) -> None:
    assert is_working_day(day(moved_from))


def test_every_row_of_the_list_has_its_source_and_falls_on_a_weekday() -> None:
    with ENGLAND_LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert all(row["source"].startswith("GOV.UK") and row["name"] for row in rows)
    assert {row["kind"] for row in rows} == {"usual", "substitute", "moved", "one-off"}
    assert [row["date"] for row in rows] == sorted({row["date"] for row in rows})
    assert all(day(row["date"]).weekday() < 5 for row in rows)


def test_the_list_reaches_a_year_ahead_of_today() -> None:
    today = dt.datetime.now(tz=dt.UTC).date()

    assert england().last >= today + dt.timedelta(days=365), (
        f"The bank holidays end on {england().last}: add the next year from www.gov.uk/bank-holidays to "
        f"{ENGLAND_LIST.name}"
    )


def test_a_start_at_a_weekend_makes_the_next_working_day_day_1() -> None:
    assert add(day("2024-03-30"), 1) == day("2024-04-02")
    assert between(day("2024-03-30"), day("2024-04-02")) == 1


def test_counting_the_start_as_day_1_makes_every_date_one_working_day_earlier() -> None:
    assert add(day("2024-06-03"), 15, start_counts_as=1) == add(day("2024-06-03"), 14)
    assert add(day("2024-06-03"), 1, start_counts_as=1) == day("2024-06-03")
    assert between(day("2024-06-03"), day("2024-06-03"), start_counts_as=1) == 1
    assert between(day("2024-06-03"), day("2024-06-03")) == 0


def test_day_0_is_the_start_even_at_a_weekend() -> None:
    assert add(day("2024-06-01"), 0) == day("2024-06-01")


def test_an_end_at_a_weekend_has_the_number_of_the_working_day_before() -> None:
    assert between(day("2024-06-05"), day("2024-06-08")) == 2
    assert between(day("2024-06-05"), day("2024-06-10")) == 3


def test_negative_days_count_back() -> None:
    assert add(day("2024-04-02"), -1) == day("2024-03-28")
    assert add(day("2024-03-31"), -1) == day("2024-03-28")


def test_a_late_one_off_can_be_added_without_changing_the_shipped_list() -> None:
    with_funeral = england().extended({day("2024-06-06"): "Proclaimed late"})

    assert add(day("2024-06-05"), 1, calendar=with_funeral) == day("2024-06-07")
    assert not is_working_day(day("2024-06-06"), calendar=with_funeral)
    assert between(day("2024-06-05"), day("2024-06-07"), calendar=with_funeral) == 1
    assert add(day("2024-06-05"), 1) == day("2024-06-06")


def test_a_further_year_can_be_added() -> None:
    longer = england().extended({day("2029-01-01"): "New Year's Day"}, last=day("2029-12-31"))

    assert longer.last == day("2029-12-31")
    assert add(day("2028-12-29"), 1, calendar=longer) == day("2029-01-02")


def test_a_day_off_at_a_weekend_changes_no_count() -> None:
    with_saturday = england().extended({day("2024-06-08"): "Office closed"})

    assert between(day("2024-06-05"), day("2024-06-14"), calendar=with_saturday) == 7


def test_the_first_and_last_days_of_the_list_are_within_it() -> None:
    assert is_working_day(day("2028-12-29"))
    assert not is_working_day(day("2012-01-01"))
    assert not is_working_day(day("2028-12-31"))
    assert add(day("2012-01-01"), 1) == day("2012-01-03")
    assert add(day("2012-01-05"), -2) == day("2012-01-03")
    assert add(day("2028-12-27"), 2) == day("2028-12-29")


OUTSIDE = "from 2012-01-01 to 2028-12-31, the years of the bank holiday list"


@pytest.mark.parametrize("outside", ["2011-12-31", "2029-01-01"])
def test_a_day_outside_the_list_is_refused_rather_than_counted_without_holidays(outside: str) -> None:
    with pytest.raises(ValueError, match=f"^day is '{outside}'; it must be {OUTSIDE}"):
        is_working_day(day(outside))
    with pytest.raises(ValueError, match=f"^start is '{outside}'; it must be {OUTSIDE}"):
        add(day(outside), 1)
    with pytest.raises(ValueError, match=f"^start is '{outside}'; it must be {OUTSIDE}"):
        between(day(outside), day("2024-01-01"))
    with pytest.raises(ValueError, match=f"^end is '{outside}'; it must be {OUTSIDE}"):
        between(day("2024-01-01"), day(outside))


def test_a_count_that_runs_off_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^days is 3; .*working day 3 after 2028-12-27 is outside it"):
        add(day("2028-12-27"), 3)
    with pytest.raises(ValueError, match=r"^days is -1; .*working day 1 before 2012-01-03 is outside it"):
        add(day("2012-01-03"), -1)


@pytest.mark.parametrize("bad", [dt.datetime(2024, 1, 2, tzinfo=dt.UTC), "2024-01-02", None])
def test_anything_but_a_date_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match=r"^day is .*; it must be a date without a time\.$"):
        is_working_day(bad)  # type: ignore[arg-type]


def test_arguments_are_checked() -> None:
    start = day("2024-01-02")
    with pytest.raises(
        ValueError, match=r"^end is '2024-01-01'; it must be on or after start \(2024-01-02\)"
    ):
        between(start, day("2024-01-01"))
    with pytest.raises(
        ValueError, match=r"^start_counts_as is 2; it must be 0 \(the next working day is day 1\)"
    ):
        add(start, 1, start_counts_as=2)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^start_counts_as is True; "):
        between(start, start, start_counts_as=True)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^days is 0; it must be a whole number of at least 1"):
        add(start, 0, start_counts_as=1)
    with pytest.raises(ValueError, match=r"^days is 1\.5; it must be a whole number"):
        add(start, 1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^last is '2027-01-01'; it must be on or after 2028-12-31"):
        england().extended({}, last=day("2027-01-01"))
    with pytest.raises(ValueError, match=r"^days_off is '2030-01-01'; it must be from 2012"):
        england().extended({day("2030-01-01"): "Too far"})
    with pytest.raises(
        ValueError, match=r"^last is '2023-12-31'; it must be on or after first \(2024-01-01\)"
    ):
        Calendar({}, day("2024-01-01"), day("2023-12-31"))


def counted_one_by_one(start: dt.date, end: dt.date) -> int:
    days = (start + dt.timedelta(days=i) for i in range(1, (end - start).days + 1))
    return sum(d.weekday() < 5 and d not in england().days_off for d in days)


@REPEATABLE
@given(start=DAYS, length=st.integers(0, 300))
def test_between_equals_a_count_day_by_day(start: dt.date, length: int) -> None:
    end = min(start + dt.timedelta(days=length), england().last)

    assert between(start, end) == counted_one_by_one(start, end)


@REPEATABLE
@given(start=st.dates(dt.date(2012, 2, 1), dt.date(2027, 6, 30)), days=st.integers(1, 250))
def test_adding_days_lands_on_that_working_day(start: dt.date, days: int) -> None:
    end = add(start, days)

    assert is_working_day(end)
    assert between(start, end) == days
    assert add(end, 1) == add(start, days + 1)


@REPEATABLE
@given(start=st.dates(dt.date(2013, 6, 1), dt.date(2027, 6, 30)), days=st.integers(1, 250))
def test_counting_back_mirrors_counting_forward(start: dt.date, days: int) -> None:
    back = add(start, -days)

    assert is_working_day(back)
    landed = add(back, days)
    assert landed == start if is_working_day(start) else landed > start
