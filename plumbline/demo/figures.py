"""The demo council's targets: invented, near enough to its figures that some are met and some are not."""

from datetime import date

from plumbline.framework.rules.months import year_start
from plumbline.indicators.actions.targets import set_target
from plumbline.indicators.models import PeriodKind
from plumbline.indicators.queries.definitions import indicators
from plumbline.people.models import Person

# Indicator, period, target by months after the start, how far is near, whose it is.
TARGETS: tuple[tuple[str, PeriodKind, list[list[float]], float, str], ...] = (
    ("assessments-in-45-working-days", PeriodKind.MONTH, [[0, 80], [6, 85], [12, 90]], 5, "team-manager"),
    ("re-referrals-in-12-months", PeriodKind.MONTH, [[0, 22]], 3, "team-manager"),
    ("conference-in-15-working-days", PeriodKind.QUARTER, [[0, 80], [12, 85]], 5, "reviewing-officer"),
    ("child-protection-visits-in-time", PeriodKind.MONTH, [[0, 88], [6, 90], [12, 92]], 4, "team-manager"),
    ("management-oversight", PeriodKind.MONTH, [[0, 85], [12, 90]], 3, "team-manager"),
    ("three-placements-in-the-year", PeriodKind.MONTH, [[0, 11], [12, 10]], 1, "director"),
    ("in-touch", PeriodKind.MONTH, [[0, 88], [6, 90]], 2, "director"),
)


def make_targets(day: date) -> None:
    """Sets the targets, from the beginning of the year before the day's."""
    starts_on = year_start(year_start(day).replace(day=1, month=3))
    people = Person.objects.as_system("demo")
    for key, kind, steps, tolerance, role in TARGETS:
        set_target(
            by=None,
            indicator=indicators()[key],
            kind=kind,
            starts_on=starts_on,
            steps=steps,
            tolerance=tolerance,
            owner=people.get(user__email=f"{role}@demo.example"),
            agreed_where="Children’s services leadership team",
        )
