"""What audits have looked at, set against the open cases: within the viewer's scope, or totals with small numbers hidden."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from plumbline.audits.models import Audit, CaseList, FrameCase, RoundState, Slot
from plumbline.audits.rules.coverage import By, Group, Place, Seen, groups_by, whole_list
from plumbline.audits.rules.states import COUNTED, IN_HAND
from plumbline.framework.rules.months import add_months
from plumbline.people.models import Unit
from plumbline.people.rules.permissions import Relation
from plumbline.people.scope import Viewer
from plumbline.people.tree import tree_on
from plumbline.shared.dates import day_of

PLACE = ("unit_id", "worker_id", "plan_type", "age_band")
# Among so many of the newest case lists there is one of the whole council.
LISTS = 24


@dataclass(frozen=True)
class Asked:
    """What of coverage is asked for: how far back, and which cases only."""

    months: int = 12
    team: str = ""
    plan_type: str = ""
    age_band: str = ""


@dataclass(frozen=True)
class Coverage:
    """Each way of telling coverage, with the case list it is set against."""

    case_list: CaseList | None
    since: date
    groups: dict[By, list[Group]] = field(default_factory=dict)


def sees_totals_only(viewer: Viewer) -> bool:
    """Whether the viewer reads of no team as its own: for them small numbers are hidden and nothing is narrowed."""
    return viewer.relations("coverage.view") == {Relation.AGGREGATE}


def coverage(viewer: Viewer, asked: Asked) -> Coverage:
    """Coverage as far as the viewer may see it, in five queries however many cases and audits there are."""
    since = add_months(viewer.on, -asked.months)
    lists = list(
        CaseList.objects.as_system("coverage")
        # When the time of a list is over it keeps the children who were drawn, and they alone say nothing.
        .filter(Exists(never_drawn().filter(case_list=OuterRef("pk"))))
        .exclude(round__state=RoundState.CANCELLED)
        .select_related("round")
        .order_by("-imported_at", "-pk")[:LISTS]
    )
    if not lists:
        return Coverage(None, since)
    chosen = lists[whole_list([one.size for one in lists])]
    cases = {
        Place(*(row[name] for name in PLACE)): row["cases"]
        for row in _narrowed(_frame(viewer).filter(case_list=chosen), asked)
        .values(*PLACE)
        .annotate(cases=Count("pk"))
        .order_by()
    }
    tree = tree_on(viewer.on)
    heirs: dict[int, frozenset[int]] = {}
    for team in {place.team for place in cases}:
        for earlier in tree.with_predecessors(frozenset({team})):
            heirs[earlier] = heirs.get(earlier, frozenset()) | {team}
    seen = list(_seen(viewer, asked, since, heirs))
    ways = [by for by in By if by is not By.WORKER or not sees_totals_only(viewer)]
    return Coverage(chosen, since, {by: groups_by(by, cases, seen, heirs) for by in ways})


def teams_in_scope(viewer: Viewer) -> list[Unit]:
    """The teams whose cases the viewer may see in coverage, to narrow it to one."""
    return list(Unit.objects.filter(pk__in=_frame(viewer).order_by().values("unit_id")))


def _frame(viewer: Viewer) -> QuerySet[FrameCase]:
    if sees_totals_only(viewer):
        return FrameCase.objects.as_system("coverage")
    return FrameCase.objects.visible_to(viewer, "coverage.view")


def never_drawn() -> QuerySet[FrameCase]:
    """The cases of any list that no round looked at."""
    drawn = Slot.objects.as_system("coverage").filter(case=OuterRef("pk"))
    return FrameCase.objects.as_system("coverage").filter(~Exists(drawn))


def _narrowed(rows: QuerySet[FrameCase], asked: Asked) -> QuerySet[FrameCase]:
    wanted = {"unit__public_id": asked.team, "plan_type": asked.plan_type, "age_band": asked.age_band}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _seen(viewer: Viewer, asked: Asked, since: date, heirs: dict[int, frozenset[int]]) -> Iterable[Seen]:
    # A case counts as its audit found it: with the team, worker, plan and age of that day.
    frame = _narrowed(_frame(viewer), Asked(plan_type=asked.plan_type, age_band=asked.age_band))
    if asked.team:
        frame = frame.filter(unit__in=heirs)
    done = Q(state__in=COUNTED, submitted_at__date__gte=since)
    rows: Iterable[dict[str, Any]] = (
        Audit.objects.as_system("coverage")
        .filter(case__in=frame.order_by().values("pk"), state__in=COUNTED | IN_HAND)
        .values(*(f"case__{name}" for name in PLACE))
        .annotate(
            done=Count("pk", filter=done),
            in_hand=Count("pk", filter=Q(state__in=IN_HAND)),
            last=Max("submitted_at", filter=Q(state__in=COUNTED)),
        )
        .order_by()
    )
    for row in rows:
        place = Place(*(row[f"case__{name}"] for name in PLACE))
        yield Seen(place, row["done"], row["in_hand"], day_of(row["last"]) if row["last"] else None)
