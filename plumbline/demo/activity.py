"""A year of quality assurance in Fernshire: what was planned, done, done late, missed, and reported."""

from datetime import date, timedelta

from plumbline.demo.people import Fernshire
from plumbline.framework.actions.plan_period import plan_period
from plumbline.framework.models import Activity, Occurrence, OccurrenceState, OccurrenceStatus, ReportGiven
from plumbline.framework.rules.months import add_months, year_start
from plumbline.people.models import Person
from plumbline.people.rules.roles import Role

OUTCOMES = (
    "Strong relationships with families. Plans could say more plainly what has to change.",
    "Staff spoke well of their supervision. Recording after visits was slow in two teams.",
    "Good use of direct work tools. We agreed to look again at how fathers are involved.",
    "The discussion was open. One barrier was raised: the booking of contact rooms.",
    "Children had been seen alone and their words recorded. Chronologies need work.",
)
REASONS = (
    "The lead was unwell and nobody could stand in.",
    "It was put off for the inspection week.",
    "Too few members could come.",
)
RESPONSIBLE = {
    "visit": Role.LEAD_MEMBER,
    "committee": Role.DEMOCRATIC_SERVICES,
    "briefing": Role.DIRECTOR,
    "childrens_voice": Role.DIRECTOR,
    "case_audit": Role.QA_LEAD,
    "homes_monitoring": Role.REVIEWING_OFFICER,
    "supervision_audit": Role.AUDITOR,
    "service_audit": Role.QA_LEAD,
    "complaints": Role.COMPLAINTS_OFFICER,
    "meeting": Role.QA_OFFICER,
    "thematic_review": Role.QA_LEAD,
    "performance_analysis": Role.ANALYST,
    "direct_observation": Role.AUDITOR,
    "external_challenge": Role.DIRECTOR,
}


def make_year(fernshire: Fernshire) -> None:
    """Plans last year and this one, and records most of what is past."""
    start = add_months(year_start(fernshire.today), -12)
    plan_period(
        by=fernshire.by_role[Role.QA_OFFICER], start=start, end=add_months(start, 24) - timedelta(days=1)
    )
    types = dict(Activity.objects.values_list("pk", "type"))
    rows = list(Occurrence.objects.as_system("demo").select_related("unit").order_by("due_on", "pk"))
    teams = [unit for key, unit in fernshire.units.items() if unit.kind == "team" and unit.closed_on is None]
    visited = 0
    for row in rows:
        kind = types[row.activity_id]
        if row.unit is None and kind == "visit":
            # Visits go round the teams; two of them are never reached, and the figures show it.
            row.unit, visited = teams[visited % (len(teams) - 2)], visited + 1
        manager = fernshire.heads.get(row.unit.key) if row.unit and kind == "meeting" else None
        row.responsible = manager or fernshire.by_role.get(RESPONSIBLE.get(kind, Role.QA_OFFICER))
        _settle(fernshire, row)
    fields = ["unit", "responsible", "state", "held_on", "outcome", "reason"]
    Occurrence.objects.as_system("demo").bulk_update(rows, fields, batch_size=300)
    _histories(fernshire, rows)
    _reports(fernshire, rows)


def _settle(fernshire: Fernshire, row: Occurrence) -> None:
    """What became of it: nine in ten done, some late, a few missed or still open."""
    if row.due_on >= fernshire.today:
        return
    luck, recent = fernshire.chance.random(), row.due_on > fernshire.today - timedelta(days=25)
    if luck < 0.87:
        late = fernshire.chance.randrange(1, 9) if luck > 0.8 else -fernshire.chance.randrange(0, 6)
        row.state = OccurrenceState.DONE
        row.held_on = min(row.due_on + timedelta(days=late), fernshire.today)
        row.outcome = fernshire.chance.choice(OUTCOMES)
    elif luck < 0.93 and not recent:
        row.state, row.reason = OccurrenceState.MISSED, fernshire.chance.choice(REASONS)
    elif luck < 0.95 and not recent:
        row.state, row.reason = OccurrenceState.CANCELLED, "Joined with the next one."


def _histories(fernshire: Fernshire, rows: list[Occurrence]) -> None:
    steps = [
        OccurrenceStatus(
            occurrence=row,
            state=row.state,
            reason=row.reason,
            held_on=row.held_on,
            outcome=row.outcome,
            by=row.responsible,
        )
        for row in rows
        if row.state != OccurrenceState.PLANNED
    ]
    OccurrenceStatus.objects.bulk_create(steps, batch_size=500)


def _reports(fernshire: Fernshire, rows: list[Occurrence]) -> None:
    lines: dict[int, list[int]] = {}
    for activity in Activity.objects.prefetch_related("report_lines"):
        lines[activity.pk] = [line.forum_id for line in activity.report_lines.all()]
    by: Person = fernshire.by_role[Role.QA_OFFICER]
    given = [
        ReportGiven(occurrence=row, forum_id=forum, given_on=_soon_after(row.held_on, fernshire), by=by)
        for row in rows
        if row.held_on
        for forum in dict.fromkeys(lines[row.activity_id])
        if fernshire.chance.random() < 0.96
    ]
    ReportGiven.objects.bulk_create(given, batch_size=500)


def _soon_after(held_on: date, fernshire: Fernshire) -> date:
    return min(held_on + timedelta(days=fernshire.chance.randrange(3, 34)), fernshire.today)
