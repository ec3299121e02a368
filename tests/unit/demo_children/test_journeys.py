"""What journeys are made of: seasons at the front door, posts that are held one after the other, days that count."""

import random
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from plumbline.demo.children.days import age_on, birthday, working_day_after, working_days_between
from plumbline.demo.children.front_door import in_season
from plumbline.demo.children.rates import MONTHLY_FACTOR
from plumbline.demo.children.staff import MERGED_ON, make_staff
from plumbline.demo.children.world import World
from stats.working_days import add, between
from tests.unit.demo_children.conftest import UNTIL, Extract

WORLD = World(seed=4, until=UNTIL, scale=0.5, years=2)


def test_households_come_back_in_busy_months_more_than_in_quiet_ones() -> None:
    chance = random.Random(9)
    starts = [date(2020, 1, 1).toordinal() + chance.randrange(0, 1461) for _ in range(30_000)]
    months = Counter(date.fromordinal(in_season(chance, day, 190)).month for day in starts)

    busiest, quietest = (
        max(MONTHLY_FACTOR, key=MONTHLY_FACTOR.get),
        min(MONTHLY_FACTOR, key=MONTHLY_FACTOR.get),
    )
    wanted = MONTHLY_FACTOR[busiest] / MONTHLY_FACTOR[quietest]
    assert months[busiest] / months[quietest] == pytest.approx(wanted, rel=0.12)


def test_a_post_has_one_holder_at_a_time() -> None:
    staff = make_staff(WORLD)

    for posts in staff.by_post.values():
        for holders in posts:
            assert all(one.leaves < after.starts for one, after in pairwise(holders))


def test_who_is_given_a_case_is_in_post_that_day() -> None:
    staff, chance = make_staff(WORLD), random.Random(5)

    for _ in range(3_000):
        day = WORLD.window + chance.randrange(700)
        worker = staff.pick("safeguarding-south", day, chance)
        assert worker.starts <= day < worker.leaves


def test_another_worker_is_another_worker() -> None:
    staff, chance = make_staff(WORLD), random.Random(6)
    day = WORLD.window + 100
    first = staff.pick("assessment-east", day, chance)

    assert all(staff.pick("assessment-east", day, chance, but=first) is not first for _ in range(200))


def test_a_team_that_was_merged_is_named_as_it_was_on_the_day() -> None:
    worker = make_staff(WORLD).by_post["safeguarding-north"][1][0]

    assert worker.team_on(MERGED_ON - 1) == "safeguarding-moor"
    assert worker.team_on(MERGED_ON) == "safeguarding-north"


def test_workers_come_and_go(extract: Extract) -> None:
    leavers = {row["llea_worker_id"] for row in extract.rows("local_leavers")}
    changed = [
        row for row in extract.rows("ssd_involvements") if row["invo_worker_change_reason"] == "LEFTRL"
    ]

    assert leavers
    assert changed


@pytest.mark.parametrize("number", [0, 1, 10, 15, 45])
def test_working_days_are_those_of_the_statistics(number: int) -> None:
    for start in (date(2025, 4, 17), date(2024, 12, 21), date(2022, 9, 16)):
        ends = working_day_after(start.toordinal(), number)
        assert date.fromordinal(ends) == add(start, number)
        assert working_days_between(start.toordinal(), ends) == between(start, date.fromordinal(ends))


def test_a_birthday_on_29_february_is_1_march_in_other_years() -> None:
    born = date(2008, 2, 29).toordinal()

    assert date.fromordinal(birthday(born, 18)) == date(2026, 3, 1)
    assert age_on(born, date(2026, 2, 28).toordinal()) == 17
    assert age_on(born, date(2026, 3, 1).toordinal()) == 18
    assert age_on(born, born - 1) == -1
