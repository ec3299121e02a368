"""The children the demo council works with: 1,100 invented open cases, with teams and workers who come and go."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from plumbline.demo.people import Fernshire
from plumbline.people.models import Person, PostHolding, Unit

OPEN_CASES = 1_100
# Plan types as the case list has them, with the teams that hold such cases and how many of a hundred there are.
PLAN_TYPES: dict[str, tuple[int, str]] = {
    "child-in-need": (
        44,
        "assessment-east assessment-west safeguarding-north safeguarding-south adolescents disabled-children",
    ),
    "child-protection": (16, "safeguarding-north safeguarding-south adolescents"),
    "child-in-care": (26, "children-in-care-one children-in-care-two disabled-children adoption"),
    "care-leaver": (14, "care-leavers"),
}
AGE_BANDS = {
    "care-leaver": (("16-17", 25), ("18-25", 75)),
    "": (("0", 6), ("1-4", 19), ("5-9", 27), ("10-15", 35), ("16-17", 13)),
}
ETHNICITIES = (("white", 79), ("asian", 7), ("mixed", 7), ("black", 5), ("other", 2))
FIRST_REFERENCE = 20_100


@dataclass(frozen=True)
class Case:
    """One open case: what a case list says of it, in the keys of audits.rules.case_values."""

    reference: str
    plan_type: str
    unit: Unit
    worker: Person
    started_on: date
    age_band: str
    sex: str
    ethnicity: str
    disability: str


def open_cases(fernshire: Fernshire, on: date) -> list[Case]:
    """The cases open on the day. The same children stay from month to month; about one in twenty-five changes."""
    workers = {key: workers_of(unit, on) for key, unit in fernshire.units.items()}
    months_ago = max(0, (fernshire.today.year - on.year) * 12 + fernshire.today.month - on.month)
    return list(_cases(fernshire, workers, shift=-4 * months_ago, on=on))


def _cases(fernshire: Fernshire, workers: dict[str, list[Person]], shift: int, on: date) -> Iterator[Case]:
    for number in range(FIRST_REFERENCE + shift, FIRST_REFERENCE + shift + OPEN_CASES):
        # Everything about a child follows from the reference, so that they are the same child next month.
        chance = random.Random(number)  # noqa: S311  nothing here is secret
        plan_type = chance.choices(list(PLAN_TYPES), [share for share, _ in PLAN_TYPES.values()])[0]
        teams = [key for key in PLAN_TYPES[plan_type][1].split() if workers.get(key)]
        team = chance.choice(teams)
        bands = AGE_BANDS.get(plan_type, AGE_BANDS[""])
        disabled = 62 if team == "disabled-children" else 11
        yield Case(
            reference=f"FC-{number}",
            plan_type=plan_type,
            unit=fernshire.units[team],
            worker=workers[team][chance.randrange(1_000) % len(workers[team])],
            started_on=on - timedelta(days=chance.randrange(20, 900)),
            age_band=chance.choices([band for band, _ in bands], [share for _, share in bands])[0],
            sex=chance.choice(("female", "male")),
            ethnicity=chance.choices([name for name, _ in ETHNICITIES], [s for _, s in ETHNICITIES])[0],
            disability="yes" if chance.randrange(100) < disabled else "no",
        )


def workers_of(unit: Unit, on: date) -> list[Person]:
    """Those who hold a practitioner's post in the unit on the day."""
    held = PostHolding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, post__unit=unit
    ).exclude(post__title__in=("Team manager", "Head of service"))
    return list(Person.objects.as_system("demo").filter(pk__in=held.values("person_id")).order_by("pk"))
