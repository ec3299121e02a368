"""The demo council's targets, near enough to its figures that some are not met, and what its managers said of those."""

from datetime import date, timedelta

from plumbline.framework.rules.months import year_start
from plumbline.indicators.actions.exceptions import act, agree_plan, explain, look_again
from plumbline.indicators.actions.notes import write_note
from plumbline.indicators.actions.targets import set_target
from plumbline.indicators.models import IndicatorException, NoteKind, PeriodKind
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


# What managers told of an exception, and what they set out to do: indicator, story, action, days until it is due.
STORIES: tuple[tuple[str, str, str, int], ...] = (
    (
        "child-protection-visits-in-time",
        (
            "Two workers left in September and their visits were shared out late. Children were seen, but four of them "
            "had waited longer than ten working days."
        ),
        "Share out a leaver’s visits before their last day, and check on Mondays that each child has a next visit",
        28,
    ),
    (
        "management-oversight",
        (
            "Managers talked with workers and did not write it down. It mattered for three children whose plans had "
            "changed and whose files did not say why."
        ),
        "Write the decision on the child’s file on the day it is made, and look through ten files each Friday",
        21,
    ),
)


def make_notes(day: date) -> None:
    """Writes two notes: a rebase where two teams became one, and an audit theme on every chart."""
    lead = Person.objects.as_system("demo").get(user__email="qa-lead@demo.example")
    begins = year_start(day)
    for key, on, kind, text, everywhere in (
        (
            "assessments-in-45-working-days",
            begins,
            NoteKind.RESTRUCTURE,
            "One front door for all referrals",
            False,
        ),
        (
            "referrals",
            begins + timedelta(days=61),
            NoteKind.AUDIT,
            "Audits of children living with neglect",
            True,
        ),
    ):
        write_note(
            by=lead,
            indicator=indicators()[key],
            on=on,
            kind=kind,
            text=text,
            everywhere=everywhere,
            is_rebase=not everywhere,
        )


def make_exceptions(day: date) -> None:
    """Looks through the newest extract, and tells the story of a few that are off; the first has its plan agreed."""
    look_again()
    lead = Person.objects.as_system("demo").get(user__email="qa-lead@demo.example")
    for number, (key, story, text, days) in enumerate(STORIES):
        rows = IndicatorException.objects.as_system("demo").filter(indicator=key, reason="off_target")
        row = rows.select_related("owner").first()
        if row is None or row.owner is None:
            continue
        explain(by=row.owner, exception=row, story=story, causes=["staffing" if number == 0 else "recording"])
        act(by=row.owner, exception=row, text=text, owner=row.owner, due_on=day + timedelta(days=days))
        if number == 0:
            agree_plan(by=lead, exception=row, review_on=day + timedelta(days=35))
