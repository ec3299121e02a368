"""Days that come again and again: visits and meetings that are due at an interval, and are at times late."""

from plumbline.demo.children.days import on_or_after
from plumbline.demo.children.household import Household


def visit_days(household: Household, starts: int, ends: int, interval: int, late: float) -> list[int]:
    """The days on which the children are visited: about as often as asked, at times late."""
    chance = household.chance
    ends = min(ends, household.world.last_day)
    # Visits of earlier years are not shown, so they are not thought out either.
    day = max(starts, household.world.window - interval) + int(chance.random() * interval * 0.6)
    days = []
    while day <= ends:
        worked = on_or_after(day)
        if worked <= ends:
            days.append(worked)
        wait = interval * (0.6 + 0.4 * chance.random())
        if chance.random() < late:
            wait = interval * (1.1 + chance.random())
        day += max(2, int(wait))
    return days


def due_days(
    household: Household, first: int, ends: int, interval: int, late: float, missed: float
) -> list[tuple[int, int | None]]:
    """Due day and the day it was done (None when never), from the first due day on, within the years shown."""
    chance = household.chance
    due, days = first, []
    ends = min(ends, household.world.last_day)
    if due < household.world.window - interval:
        due += (household.world.window - interval - due) // interval * interval
    while due <= ends:
        draw = chance.random()
        if draw < missed:
            done = None
        elif draw < missed + late:
            done = on_or_after(due + 1 + int(chance.expovariate(1 / 9)))
        else:
            done = on_or_after(due - int(chance.random() * 6))
            done = done if done <= due else due
        days.append((due, done))
        due += interval
    return days
