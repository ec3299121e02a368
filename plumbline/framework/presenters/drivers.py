"""How drivers are shown: on their own page, and where an activity cites them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from plumbline.framework.files.content import Driver, DriverKind, Level
from plumbline.framework.queries.drivers import Cited

KINDS = {
    DriverKind.LAW: "Law",
    DriverKind.GUIDANCE: "Guidance",
    DriverKind.FRAMEWORK: "Framework",
    DriverKind.INSPECTION: "Inspection",
    DriverKind.STANDARDS: "Standards",
    DriverKind.PLAN: "Plan",
    DriverKind.REVIEW: "Review",
}
LEVELS = {Level.NATIONAL: "National", Level.LOCAL: "Local"}


def driver_groups(drivers: Iterable[Cited]) -> list[dict[str, Any]]:
    """National drivers and local ones, those in force before those replaced."""
    listed = sorted(drivers, key=lambda one: one.newest is not None)
    groups = [
        {"title": title, "rows": [driver_row(one) for one in listed if one.driver.level is level]}
        for level, title in LEVELS.items()
    ]
    return [group for group in groups if group["rows"]]


def driver_row(one: Cited) -> dict[str, Any]:
    """One driver: what it is, whether it was replaced, and what cites it."""
    driver = one.driver
    return {
        "title": driver.title,
        "named": named(driver),
        "link": driver.link,
        "kind": KINDS[driver.kind],
        "from": _edition(driver.publisher, driver.year),
        "newest": named(one.newest) if one.newest else "",
        "activities": [
            {"name": activity.name, "url": reverse("activity", args=[activity.public_id])}
            for activity in one.activities
        ],
    }


def named(driver: Driver) -> str:
    """The driver with its year, where its title does not hold it."""
    is_dated = driver.year and str(driver.year) not in driver.title
    return f"{driver.title} ({driver.year})" if is_dated else driver.title


def _edition(publisher: str, year: int | None) -> str:
    return ", ".join(filter(None, (publisher, str(year or ""))))
