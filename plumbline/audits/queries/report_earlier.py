"""What a report tells of earlier rounds: their actions that are still open, and their grades as they were issued."""

from collections import Counter
from datetime import date
from typing import Any

from plumbline.audits.models import AuditAction, AuditFinding, Report, ReportState, Round
from plumbline.improvement.models import Action, ActionLevel, ActionState
from plumbline.improvement.rules.states import is_open, is_overdue

ROUNDS_BEFORE = 3
OPEN = [state for state in ActionState.values if is_open(state)]


def earlier_actions(round: Round, day: date) -> dict[str, Any]:
    """By earlier round how many actions are open and overdue on the day, and what is open for the service.

    An action that came of several rounds stands under the first of them. What is open for one child is counted only.
    """
    earlier = Round.objects.as_system("report-figures").filter(first_month__lt=round.first_month)
    before = earlier.values("pk")
    set_from = AuditAction.objects.filter(round__in=before, action__state__in=OPEN)
    answering = AuditFinding.objects.filter(round__in=before, finding__actions__state__in=OPEN)
    links = {
        *set_from.values_list("round_id", "action_id"),
        *answering.values_list("round_id", "finding__actions"),
    }
    wanted = earlier.filter(pk__in={of for of, _ in links}).order_by("first_month", "pk")
    rounds = {row.pk: row for row in wanted}
    place = {pk: number for number, pk in enumerate(rounds)}
    came_of: dict[int, int] = {}
    for of, action in sorted(links, key=lambda link: place[link[0]]):
        came_of.setdefault(action, of)
    actions = Action.objects.as_system("report-figures").filter(pk__in=came_of)
    rows = list(actions.filter(state__in=OPEN).order_by("due_on", "pk"))
    still_open = Counter(came_of[row.pk] for row in rows)
    overdue = Counter(came_of[row.pk] for row in rows if is_overdue(row.state, row.due_on, day))
    return {
        "rounds": [
            {
                "title": row.title,
                "first_month": row.first_month.isoformat(),
                "last_month": row.last_month.isoformat(),
                "open": still_open[pk],
                "overdue": overdue[pk],
            }
            for pk, row in rounds.items()
            if still_open[pk]
        ],
        "service": [
            {
                "text": row.text,
                "round": rounds[came_of[row.pk]].title,
                "due_on": row.due_on.isoformat(),
                "is_overdue": is_overdue(row.state, row.due_on, day),
            }
            for row in rows
            # A draft would tell of a finding before it is shared.
            if row.level == ActionLevel.SERVICE and row.state != "draft"
        ],
    }


def grades_before(round: Round) -> list[dict[str, Any]]:
    """How many random cases had each grade in the rounds before, newest first, as their reports were issued."""
    issued = (
        Report.objects.as_system("report-figures")
        .filter(state=ReportState.ISSUED, round__last_month__lt=round.first_month)
        .order_by("-round__last_month", "-round")
    )
    return [
        {
            "title": figures["round"]["title"],
            "first_month": figures["round"]["first_month"],
            "last_month": figures["round"]["last_month"],
            "grades": {
                one["title"]: {grade["label"]: grade["share"]["x"] for grade in one["grades"]}
                for one in figures["groups"].get("random", {}).get("grades", ())
                if one["n"]
            },
        }
        for figures in issued.values_list("figures", flat=True)[:ROUNDS_BEFORE]
    ]
