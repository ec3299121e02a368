"""Rounds as the viewer may see them, with what is counted of their audits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from plumbline.audits.files.report_templates import template_by
from plumbline.audits.models import (
    Audit,
    CaseList,
    Draw,
    Report,
    ReportState,
    Round,
    Seed,
    Slot,
    SlotState,
    ToolState,
    ToolVersion,
    VoiceContact,
    VoiceOf,
    VoiceOutcome,
)
from plumbline.audits.rules.rounds import Year, year_of
from plumbline.audits.rules.states import COUNTED, IN_HAND, LEFT_OUT
from plumbline.people.models import Person, Unit
from plumbline.people.scope import Viewer
from plumbline.shared.dates import day_of


def rounds_for(viewer: Viewer) -> QuerySet[Round]:
    """The rounds, newest months first."""
    return Round.objects.visible_to(viewer, "round.view").order_by("-first_month", "-pk")


def rounds_of_year(viewer: Viewer, year: Year) -> tuple[list[Round], list[Round]]:
    """The rounds of case audits that look at a month of the year, and those of visits, in the order of their months."""
    rows = list(in_year(rounds_for(viewer), year).order_by("first_month", "pk"))
    return [one for one in rows if not one.is_of_visits], [one for one in rows if one.is_of_visits]


def in_year(rounds: QuerySet[Round], year: Year) -> QuerySet[Round]:
    """Those of the rounds that look at a month of the year: one from March to April stands in two financial years."""
    return rounds.filter(first_month__lte=year.months[-1], last_month__gte=year.months[0])


def years_with_rounds(viewer: Viewer, *, is_financial: bool = False) -> list[int]:
    """The years from the first round's to the last round's, today's among them."""
    found = rounds_for(viewer).aggregate(first=Min("first_month"), last=Max("last_month"))
    days = (viewer.on, found["first"] or viewer.on, found["last"] or viewer.on)
    numbers = [year_of(day, is_financial=is_financial).number for day in days]
    return list(range(min(numbers), max(numbers) + 1))


def round_for(viewer: Viewer, public_id: str) -> Round:
    """The round the viewer may see.

    Raises: Round.DoesNotExist otherwise.
    """
    rows = Round.objects.visible_to(viewer, "round.view").select_related("tool", "proposed_by", "plan_forum")
    return rows.get(public_id=public_id)


def report_in_force(round: Round) -> tuple[date | None, str]:
    """The day the report in force was issued, if one is, and the key of the forum that its template goes to."""
    rows = Report.objects.as_system("round-figures").filter(round=round, state=ReportState.ISSUED)
    found = rows.values_list("issued_at", "template").first()
    return (day_of(found[0]), template_by(found[1]).forum) if found and found[0] else (None, "")


def tools_to_choose(viewer: Viewer, round: Round) -> list[ToolVersion]:
    """The audit tools in use that look at what the round looks at: at cases, or for a round of visits at none."""
    rows = ToolVersion.objects.visible_to(viewer, "audit_tool.view").filter(state=ToolState.PUBLISHED)
    return [one for one in rows.order_by("title") if ("subject" in one.content) == round.is_of_visits]


@dataclass(frozen=True)
class Done:
    """How many audits of a round count, of how many; those left out are in neither."""

    done: int = 0
    of: int = 0


def done_of(rounds: Iterable[Round]) -> dict[int, Done]:
    """How many audits of each round are done, in one query; counts only, whoever may see the audits."""
    rows = (
        Audit.objects.as_system("round-figures")
        .filter(round__in=[one.pk for one in rounds])
        .exclude(state__in=LEFT_OUT)
        .values("round_id")
        .annotate(of=Count("pk"), done=Count("pk", filter=Q(state__in=COUNTED)))
        .order_by("round_id")
    )
    return {row["round_id"]: Done(row["done"], row["of"]) for row in rows}


def audits_of(viewer: Viewer, round: Round) -> QuerySet[Audit]:
    """The audits of the round that the viewer may see, those due first."""
    rows = Audit.objects.visible_to(viewer, "audit.view").filter(round=round)
    return rows.select_related("unit", "slot").order_by("due_on", "reference")


def late_among(rows: QuerySet[Audit], on: date) -> tuple[int, date | None]:
    """How many of the audits are late on the day, and the oldest day due."""
    found = rows.filter(state__in=IN_HAND, due_on__lt=on).aggregate(n=Count("pk"), oldest=Min("due_on"))
    return found["n"], found["oldest"]


def visible_names(viewer: Viewer, people: Iterable[int]) -> dict[int, str]:
    """The names of the people, of those the viewer may see."""
    wanted = set(people)
    if not wanted:
        return {}
    rows = Person.objects.visible_to(viewer, "person.view").filter(pk__in=wanted)
    return dict(rows.values_list("pk", "name"))


def teams_of(rows: QuerySet[Audit]) -> list[Unit]:
    """The teams whose work the audits look at."""
    return list(Unit.objects.filter(pk__in=rows.order_by().values("unit_id")).order_by("key"))


@dataclass(frozen=True)
class Voices:
    """In how many audits that are done somebody was heard, was only tried, or nothing is logged."""

    audits: int
    child: int
    family: int
    attempted: int
    silent: int


FAMILY = (VoiceOf.PARENT, VoiceOf.CARER)


def voices_in(rows: QuerySet[Audit]) -> Voices:
    """Who was heard in the audits that are done, in two queries."""
    done = rows.filter(state__in=COUNTED).order_by()
    heard: dict[int, set[str]] = defaultdict(set)
    logged: set[int] = set()
    contacts = VoiceContact.objects.filter(audit__in=done.values("pk")).values_list(
        "audit_id", "of", "outcome"
    )
    for audit, of, outcome in contacts:
        if of not in (VoiceOf.CHILD, *FAMILY):
            continue
        logged.add(audit)
        if outcome == VoiceOutcome.GIVEN:
            heard[audit].add("child" if of == VoiceOf.CHILD else "family")
    number = done.count()
    return Voices(
        number,
        sum("child" in who for who in heard.values()),
        sum("family" in who for who in heard.values()),
        len(logged - set(heard)),
        number - len(logged),
    )


@dataclass(frozen=True)
class Ground:
    """What a round's sample stands on so far."""

    case_list: CaseList | None
    seed: Seed | None
    draw: Draw | None
    selected: int = 0
    asked: int = 0


def ground_of(round: Round) -> Ground:
    """The case list, seed and draw of the round, with counts of its sample; whoever asks has the right to see it."""
    case_list = CaseList.objects.as_system("draw").filter(round=round).first()
    seed = Seed.objects.filter(round=round).first()
    draw = Draw.objects.as_system("draw").filter(round=round).first()
    if draw is None:
        return Ground(case_list, seed, None)
    found: dict[str, Any] = (
        Slot.objects.as_system("draw")
        .filter(draw=draw, state=SlotState.SELECTED)
        .aggregate(n=Count("pk"), asked=Count("pk", filter=Q(proposed_at__isnull=False, approved_at=None)))
    )
    return Ground(case_list, seed, draw, found["n"], found["asked"])


def history_of(viewer: Viewer, round: Round) -> list[dict[str, Any]]:
    """Each stage the round came to: the words, the reason, when, and who where the viewer may see them."""
    steps = list(round.steps.order_by("pk"))
    names = visible_names(viewer, (step.by_id for step in steps if step.by_id))
    return [
        {
            "state": step.get_state_display(),
            "reason": step.reason,
            "at": step.at,
            "by": names.get(step.by_id or 0, ""),
        }
        for step in steps
    ]
