"""What is kept for how long, what is due, and what a legal hold keeps back."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Min, Q, QuerySet

from plumbline.keeping.models import Disposal, DisposalState, LegalHold, RetentionRule
from plumbline.keeping.rules.retention import last_day_due
from plumbline.people.scope import NOTHING, Viewer
from plumbline.people.tree import Tree, tree_on
from plumbline.shared.area import areas
from plumbline.shared.kinds import RecordKind

EVERYTHING = Q(pk__isnull=False)


@dataclass(frozen=True)
class Rule:
    """How long a kind of record is kept; no months mean for good. `is_own` where the council set it itself."""

    kind: RecordKind
    months: int | None
    reason: str
    is_own: bool = False


@dataclass(frozen=True)
class Due:
    """A rule with what has ended under it: in all, due for disposal, due but held, and the disposal that waits."""

    rule: Rule
    ended: int
    due: int
    held: int
    waiting: Disposal | None = None


@cache
def record_kinds() -> dict[str, RecordKind]:
    """The kinds of record that the areas keep for a time, by key."""
    return {kind.key: kind for area in areas() for kind in area.kinds}


@cache
def shipped_rules() -> dict[str, tuple[int | None, str]]:
    """The periods of definitions/retention.csv with their reasons, by kind."""
    with open(settings.DEFINITIONS_DIR / "retention.csv", newline="", encoding="utf-8") as file:
        return {
            row["kind"]: (int(row["months"]) if row["months"] else None, row["why"])
            for row in csv.DictReader(file)
        }


def rules_in_force() -> dict[str, Rule]:
    """The rule of every kind: the council's own where there is one, the shipped one otherwise."""
    own = {rule.kind: rule for rule in RetentionRule.objects.all()}
    return {
        key: Rule(kind, own[key].months, own[key].reason, is_own=True)
        if key in own
        else Rule(kind, *shipped_rules()[key])
        for key, kind in record_kinds().items()
    }


def rule_of(key: str) -> Rule | None:
    """The rule of a kind, when there is such a kind."""
    return rules_in_force().get(key)


def ended_rows(kind: RecordKind) -> QuerySet[Any]:
    """The rows of a kind whose time runs, each with the day it runs from as `ended`."""
    rows: QuerySet[Any] = kind.finished().annotate(ended=kind.ends_on)
    return rows


def held_rows(kind: RecordKind, holds: Iterable[LegalHold], tree: Tree) -> Q:
    """The condition for the rows that some hold covers. A hold that cannot be narrowed for a kind covers all of it."""
    covered = NOTHING
    for hold in holds:
        if hold.kind and hold.kind != kind.key:
            continue
        here = EVERYTHING if hold.unit_id is None and hold.person_id is None else NOTHING
        if hold.unit_id is not None:
            units = tree.with_predecessors(tree.below(hold.unit_id))
            here |= _through(kind.of_unit, units)
        if hold.person_id is not None:
            here |= _through(kind.of_person, {hold.person_id})
        covered |= here
    return covered


def _through(ways: tuple[str, ...], ids: Iterable[int]) -> Q:
    if not ways:
        return EVERYTHING
    found = NOTHING
    for way in ways:
        found |= Q(**{f"{way}__isnull": False, f"{way}__in": list(ids)})
    return found


def holds_in_force() -> list[LegalHold]:
    """Every hold that is not lifted, those included that nobody at the screen may see."""
    return list(LegalHold.objects.as_system("retention").filter(lifted_at=None))


def due_rows(rule: Rule, today: date) -> QuerySet[Any]:
    """The rows that may be removed today: their time is over and no hold covers them."""
    last = last_day_due(today, rule.months) if rule.months is not None else None
    rows = ended_rows(rule.kind)
    if last is None:
        return rows.none()
    return rows.filter(ended__lte=last).exclude(held_rows(rule.kind, holds_in_force(), tree_on(today)))


def all_due(viewer: Viewer) -> list[Due]:
    """Every kind with its rule and its counts, one query a kind; nothing without the right."""
    if not viewer.has("retention.view"):
        return []
    holds, tree = holds_in_force(), tree_on(viewer.on)
    waiting = {
        one.kind: one
        for one in Disposal.objects.visible_to(viewer, "disposal.view")
        .filter(state=DisposalState.PROPOSED)
        .defer("references")
    }
    return [
        _due(rule, viewer.on, held_rows(rule.kind, holds, tree), waiting.get(key))
        for key, rule in rules_in_force().items()
    ]


def _due(rule: Rule, today: date, held: Q, waiting: Disposal | None) -> Due:
    last = last_day_due(today, rule.months) if rule.months is not None else None
    is_over = Q(ended__lte=last) if last is not None else NOTHING
    counts = ended_rows(rule.kind).aggregate(
        all=Count("pk"),
        over=Count("pk", filter=is_over),
        kept=Count("pk", filter=is_over & held),
    )
    return Due(rule, counts["all"], counts["over"] - counts["kept"], counts["kept"], waiting)


def span_of(rows: QuerySet[Any]) -> tuple[date | None, date | None]:
    """The first and the last day on which the rows ended."""
    found = rows.aggregate(first=Min("ended"), last=Max("ended"))
    return found["first"], found["last"]


def holds_for(viewer: Viewer) -> QuerySet[LegalHold]:
    """The holds the viewer may see, those in force first."""
    rows: QuerySet[LegalHold] = LegalHold.objects.visible_to(viewer, "legal_hold.view")
    return rows.select_related("unit", "person", "placed_by", "lifted_by").order_by(
        F("lifted_at").desc(nulls_first=True), "-placed_at", "pk"
    )


def disposals_for(viewer: Viewer) -> QuerySet[Disposal]:
    """The disposals the viewer may see, those that wait first."""
    rows: QuerySet[Disposal] = Disposal.objects.visible_to(viewer, "disposal.view")
    return rows.select_related("proposed_by", "decided_by").order_by(
        F("decided_at").desc(nulls_first=True), "-proposed_at", "pk"
    )


def disposals_to_decide(viewer: Viewer) -> list[Disposal]:
    """The disposals that wait for somebody like the viewer, not those they proposed."""
    if not viewer.has("disposal.decide"):
        return []
    return list(
        Disposal.objects.visible_to(viewer, "disposal.decide")
        .exclude(proposed_by=viewer.person_id)
        .defer("references")
    )
