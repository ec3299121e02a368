"""Every household of a synthetic council, one after the other, so that memory does not grow with its size."""

import random
from collections.abc import Iterator
from datetime import date

from plumbline.demo.children.days import month_index, month_starts
from plumbline.demo.children.front_door import live, weekday
from plumbline.demo.children.household import Household
from plumbline.demo.children.people import add_persons
from plumbline.demo.children.rates import MONTH_NOISE, MONTHLY_FACTOR, NEW_HOUSEHOLDS
from plumbline.demo.children.staff import Staff
from plumbline.demo.children.world import World


def households(world: World, staff: Staff) -> Iterator[Household]:
    """The households in the order they first came, each lived through to the last simulated day."""
    for month in range(month_index(world.first_day), month_index(world.last_day) + 1):
        first, after = month_starts(month), month_starts(month + 1)
        chance = random.Random(world.seed * 1_000 + month)  # noqa: S311  nothing here is secret
        noise = chance.lognormvariate(0, MONTH_NOISE)
        expected = NEW_HOUSEHOLDS * world.scale * MONTHLY_FACTOR[date.fromordinal(first).month] * noise
        many = max(0, round(chance.gauss(expected, expected**0.5)))
        for number in range(1, many + 1):
            # Each household has its own dice, so that one more or one fewer changes nobody else.
            own = random.Random((world.seed * 1_000 + month) * 10_000_000 + number)  # noqa: S311
            day = weekday(own, first + int(own.random() * (after - first)))
            if day > world.last_day:
                continue
            household = live(world, staff, own, f"{month:03d}{number:04d}", day)
            add_persons(household)
            yield household
