"""The findings a viewer may see: the list, one of them, what the filters offer, those without an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from plumbline.framework.models import Criterion
from plumbline.improvement.models import Action, ActionState, Finding, FindingKind, FindingState
from plumbline.people.models import Unit
from plumbline.people.queries.units import UnitNames, is_public_id, unit_names
from plumbline.people.scope import Viewer


@dataclass(frozen=True)
class FindingFilter:
    """What the list of findings is narrowed to."""

    kind: str = ""
    state: str = ""
    unit: str = ""
    criterion: str = ""
    text: str = ""
    without_action: bool = False
    to_analyse: bool = False


def findings_list(viewer: Viewer, wanted: FindingFilter) -> QuerySet[Finding]:
    """The findings the viewer may see, narrowed, newest first; each knows as `has_action` whether one answers it."""
    rows = with_action_known(Finding.objects.visible_to(viewer, "finding.view"))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.unit:
        rows = rows.filter(unit__public_id=wanted.unit)
    if wanted.criterion:
        rows = rows.filter(criterion__public_id=wanted.criterion)
    if wanted.text:
        rows = rows.filter(text__icontains=wanted.text)
    if wanted.without_action:
        rows = rows.filter(wants_action())
    if wanted.to_analyse:
        rows = rows.filter(wants_analysis())
    return rows.select_related("criterion", "unit").order_by("-raised_on", "-pk")


def with_action_known(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """The rows, each with `has_action`: whether an action that was not withdrawn answers it."""
    through = Action.findings.through.objects.filter(finding_id=OuterRef("pk")).exclude(
        action__state=ActionState.WITHDRAWN
    )
    return rows.annotate(has_action=Exists(through))


def wants_action() -> Q:
    """The condition that a finding is open, no strength, and nothing answers it; after `with_action_known`."""
    return Q(state=FindingState.OPEN, has_action=False) & ~Q(kind=FindingKind.STRENGTH)


def wants_analysis() -> Q:
    """The condition that a finding needs further analysis and no action looks into it; after `with_action_known`."""
    return Q(needs_analysis=True, has_action=False) & ~Q(state=FindingState.WITHDRAWN)


def findings_to_analyse(viewer: Viewer) -> QuerySet[Finding]:
    """The findings that need further analysis and that nobody was asked to look into yet, oldest first."""
    rows = with_action_known(Finding.objects.visible_to(viewer, "finding.view"))
    return rows.filter(wants_analysis()).order_by("raised_on", "pk")


def findings_without_action(viewer: Viewer) -> QuerySet[Finding]:
    """The open areas for development and barriers that no action answers yet, oldest first."""
    rows = with_action_known(Finding.objects.visible_to(viewer, "finding.view"))
    return rows.filter(wants_action()).select_related("criterion", "unit").order_by("raised_on", "pk")


def finding_by_id(viewer: Viewer, public_id: str) -> Finding:
    """The finding the viewer may see.

    Raises: Finding.DoesNotExist otherwise.
    """
    rows = with_action_known(Finding.objects.visible_to(viewer, "finding.view"))
    return rows.select_related(
        "criterion", "criterion__standard", "criterion__set", "unit", "worker", "raised_by"
    ).get(public_id=public_id)


def findings_by_ids(viewer: Viewer, public_ids: Sequence[str]) -> list[Finding]:
    """Those of the findings that the viewer may see and that were not withdrawn, in the order asked."""
    asked = [one for one in dict.fromkeys(public_ids) if is_public_id(one)]
    rows = Finding.objects.visible_to(viewer, "finding.view").filter(public_id__in=asked)
    found = {row.public_id: row for row in rows.exclude(state=FindingState.WITHDRAWN).select_related("unit")}
    return [found[one] for one in asked if one in found]


def criteria_with_findings(viewer: Viewer) -> list[Criterion]:
    """The criteria that some finding the viewer may see bears on."""
    seen = Finding.objects.visible_to(viewer, "finding.view").filter(criterion__isnull=False)
    return list(
        Criterion.objects.filter(pk__in=seen.values("criterion_id")).order_by("set_id", "position", "pk")
    )


def units_with(viewer: Viewer, rows: QuerySet[Any]) -> tuple[list[Unit], UnitNames]:
    """The units that the rows are about, and the names of all units."""
    units = list(Unit.objects.filter(pk__in=rows.filter(unit__isnull=False).values("unit_id")))
    names = unit_names(viewer)
    return sorted(units, key=lambda unit: names.on(unit.pk, viewer.on).lower()), names


def teams_of_findings(viewer: Viewer) -> tuple[list[Unit], UnitNames]:
    """The teams that findings the viewer may see are about, and the names of all units."""
    return units_with(viewer, Finding.objects.visible_to(viewer, "finding.view").order_by())


def exportable_findings(viewer: Viewer, wanted: FindingFilter) -> QuerySet[Finding]:
    """The findings of the list that the viewer may also take away as a file."""
    rows = findings_list(viewer, wanted).filter(viewer.reach(Finding, "finding.export"))
    return rows.select_related("criterion", "unit", "raised_by")


def search_findings(viewer: Viewer, text: str, limit: int = 10) -> list[Finding]:
    """The findings whose words hold the text, newest first."""
    if not viewer.has("finding.view"):
        return []
    return list(findings_list(viewer, FindingFilter(text=text))[:limit])


def criteria_to_pick(viewer: Viewer) -> list[Criterion]:
    """The criteria of the standards in force."""
    if not viewer.has("standard_set.view"):
        return []
    rows = Criterion.objects.filter(set__state="published").select_related("standard")
    return list(rows.order_by("set__title", "position", "pk"))
