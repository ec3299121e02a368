"""What a report tells of earlier rounds: their actions that are still open, and their grades as they were issued."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from plumbline.audits.models import AuditFinding, Report, ReportState, Round, RoundKind
from plumbline.audits.rules.audit_kinds import beside
from plumbline.audits.rules.report_lines import main_group
from plumbline.improvement.models import Action, ActionLevel, ActionState
from plumbline.improvement.rules.states import is_open, is_overdue

ROUNDS_BEFORE = 3
OPEN = [state for state in ActionState.values if is_open(state)]


def alike(rounds: QuerySet[Round], round: Round) -> QuerySet[Round]:
    """Those of the rounds that look at cases, for a round that does; those of visits for one of visits."""
    of_visits = Q(kind=RoundKind.VISITS)
    return rounds.filter(of_visits if round.is_of_visits else ~of_visits)


def comparable(rounds: QuerySet[Round], round: Round) -> QuerySet[Round]:
    """Those of the rounds whose figures may be set beside this one's: of the same kind, and visits with the same tool."""
    rows = alike(rounds, round)
    if round.is_of_visits:
        return rows.filter(tool__key=round.tool.key if round.tool else "")
    return rows.filter(audit_kind__in=beside(round.audit_kind))


def earlier_actions(round: Round, day: date) -> dict[str, Any]:
    """By earlier round how many actions are open and overdue on the day, and what is open for the service.

    An action stands under the round whose audit it was set from, else under the first round whose finding it answers.
    What is open for one child is counted only.
    """
    earlier = alike(
        Round.objects.as_system("report-figures").filter(first_month__lt=round.first_month), round
    )
    actions = Action.objects.as_system("report-figures").filter(state__in=OPEN)
    answering = _answering(actions, earlier)
    still_open: Counter[int] = Counter()
    overdue: Counter[int] = Counter()
    for of, state, due_on, many in _set_from(actions, earlier):
        still_open[of] += many
        overdue[of] += many * is_overdue(state, due_on, day)
    for row in actions.filter(pk__in=answering):
        still_open[answering[row.pk]] += 1
        overdue[answering[row.pk]] += is_overdue(row.state, row.due_on, day)
    rounds = earlier.filter(pk__in=still_open).order_by("first_month", "pk")
    # A draft would tell of a finding before it is shared.
    service = actions.filter(level=ActionLevel.SERVICE).exclude(state=ActionState.DRAFT)
    service = service.filter(Q(from_audit__round__in=earlier.values("pk")) | Q(pk__in=answering))
    titles = dict(rounds.values_list("pk", "title"))
    return {
        "rounds": [
            {
                "title": row.title,
                "first_month": row.first_month.isoformat(),
                "last_month": row.last_month.isoformat(),
                "open": still_open[row.pk],
                "overdue": overdue[row.pk],
            }
            for row in rounds
        ],
        "service": [
            {
                "text": row.text,
                "round": titles[set_in or answering[row.pk]],
                "due_on": row.due_on.isoformat(),
                "is_overdue": is_overdue(row.state, row.due_on, day),
            }
            for row, set_in in _with_round(service)
        ],
    }


def _with_round(actions: QuerySet[Action]) -> list[tuple[Action, int | None]]:
    rows = actions.annotate(set_in=F("from_audit__round")).order_by("due_on", "pk")
    return [(row, row.set_in) for row in rows]


def _set_from(actions: QuerySet[Action], rounds: QuerySet[Round]) -> list[tuple[int, str, date, int]]:
    """How many actions were set from audits of each of the rounds, by state and day due: counted by the database."""
    rows = actions.filter(from_audit__round__in=rounds.values("pk")).order_by()
    return list(rows.values_list("from_audit__round", "state", "due_on").annotate(many=Count("pk")))


def _answering(actions: QuerySet[Action], rounds: QuerySet[Round]) -> dict[int, int]:
    """Of the actions that were not set from an audit, those that answer a finding of the rounds, and of which first."""
    place = {
        pk: number
        for number, pk in enumerate(rounds.order_by("first_month", "pk").values_list("pk", flat=True))
    }
    links = AuditFinding.objects.filter(
        round__in=rounds.values("pk"), finding__actions__in=actions.filter(from_audit=None).values("pk")
    ).values_list("finding__actions", "round_id")
    found: dict[int, int] = {}
    for action, of in sorted(links, key=lambda link: place[link[1]]):
        found.setdefault(action, of)
    return found


def grades_before(round: Round) -> list[dict[str, Any]]:
    """How many random cases had each grade in the rounds before, newest first, as their reports were issued.

    Only rounds whose kind of audit may be set beside this one's.
    """
    issued = (
        Report.objects.as_system("report-figures")
        .filter(
            state=ReportState.ISSUED,
            round__last_month__lt=round.first_month,
            round__in=comparable(Round.objects.as_system("report-figures"), round).order_by().values("pk"),
        )
        .order_by("-round__last_month", "-round")
    )
    return [
        {
            "title": figures["round"]["title"],
            "first_month": figures["round"]["first_month"],
            "last_month": figures["round"]["last_month"],
            "grades": {
                one["title"]: {grade["label"]: grade["share"]["x"] for grade in one["grades"]}
                for one in main_group(figures).get("grades", ())
                if one["n"]
            },
        }
        for figures in issued.values_list("figures", flat=True)[:ROUNDS_BEFORE]
    ]
