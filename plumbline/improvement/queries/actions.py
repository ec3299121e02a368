"""The actions a viewer may see: the list with overdue first, one of them, what waits for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from plumbline.improvement.models import Action, ActionState, Finding
from plumbline.improvement.queries.findings import units_with
from plumbline.improvement.queries.impact import has_evidenced_impact, impact_to_check, with_impact_known
from plumbline.improvement.rules.states import FINISHED, NEVER_LATE, WITH_OWNER
from plumbline.people.models import Person, Unit
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer

OPEN = "open"
OVERDUE = "overdue"
IMPACT_DUE = "impact_due"
EVIDENCED = "evidenced"


@dataclass(frozen=True)
class ActionFilter:
    """What the list of actions is narrowed to. `state` may also be open, overdue, impact_due or evidenced."""

    level: str = ""
    state: str = ""
    unit: str = ""
    owner: str = ""
    text: str = ""
    is_mine: bool = False
    is_to_check: bool = False


def overdue_on(day: date) -> Q:
    """The condition of rules.states.is_overdue, for the database."""
    return ~Q(state__in=NEVER_LATE) & Q(due_on__lt=day)


def open_now() -> Q:
    """The condition of rules.states.is_open, for the database."""
    return ~Q(state__in=FINISHED)


def in_order(rows: QuerySet[Action], day: date) -> QuerySet[Action]:
    """The rows for children first, then for the service; in each the overdue first, then by day, the finished last."""
    standing = Case(
        When(overdue_on(day), then=Value(0)),
        When(state__in=FINISHED, then=Value(3)),
        When(state=ActionState.DONE, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.annotate(standing=standing).order_by("level", "standing", "due_on", "pk")


def actions_list(viewer: Viewer, wanted: ActionFilter) -> QuerySet[Action]:
    """The actions the viewer may see, narrowed, in order; each knows what is known of its impact."""
    rows = with_impact_known(Action.objects.visible_to(viewer, "action.view"), viewer.on)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.state == OPEN:
        rows = rows.filter(open_now())
    elif wanted.state == OVERDUE:
        rows = rows.filter(overdue_on(viewer.on))
    elif wanted.state == IMPACT_DUE:
        rows = rows.filter(pk__in=impact_to_check(viewer).values("pk"))
    elif wanted.state == EVIDENCED:
        rows = rows.filter(has_evidenced_impact())
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.unit:
        rows = rows.filter(unit__public_id=wanted.unit)
    if wanted.owner:
        rows = rows.filter(owner__public_id=wanted.owner)
    if wanted.text:
        rows = rows.filter(Q(text__icontains=wanted.text) | Q(case_reference__iexact=wanted.text))
    if wanted.is_mine:
        rows = rows.filter(owner_id=viewer.person_id)
    if wanted.is_to_check:
        rows = rows.filter(pk__in=actions_to_check(viewer).values("pk"))
    return in_order(rows, viewer.on).select_related("owner", "unit")


def exportable_actions(viewer: Viewer, wanted: ActionFilter) -> QuerySet[Action]:
    """The actions of the list that the viewer may also take away as a file."""
    rows = actions_list(viewer, wanted).filter(viewer.reach(Action, "action.export"))
    return rows.select_related("owner", "unit", "raised_by", "closed_by")


def action_by_id(viewer: Viewer, public_id: str) -> Action:
    """The action the viewer may see.

    Raises: Action.DoesNotExist otherwise.
    """
    rows = Action.objects.visible_to(viewer, "action.view")
    return rows.select_related("owner", "unit", "raised_by", "closed_by").get(public_id=public_id)


def history_of(action: Action) -> list[Any]:
    """Each step, oldest first, with who took it."""
    return list(action.steps.select_related("by").order_by("pk"))


def findings_of(viewer: Viewer, action: Action) -> list[Finding]:
    """The findings the action answers, as far as the viewer may see them."""
    return list(Finding.objects.visible_to(viewer, "finding.view").filter(actions=action))


def actions_of(viewer: Viewer, finding: Finding) -> list[Action]:
    """The actions that answer the finding, as far as the viewer may see them, in order."""
    rows = Action.objects.visible_to(viewer, "action.view").filter(findings=finding)
    return list(in_order(rows, viewer.on).select_related("owner", "unit"))


def own_open_actions(viewer: Viewer) -> list[Action]:
    """What waits for the viewer as owner: to agree to, or to do; soonest first."""
    rows = Action.objects.visible_to(viewer, "action.view").filter(
        owner_id=viewer.person_id, state__in=WITH_OWNER
    )
    return list(rows.order_by("due_on", "pk"))


def actions_due(viewer: Viewer, until: date) -> QuerySet[Action]:
    """What owners were asked to do by the day or before it, those longest overdue first."""
    rows = Action.objects.visible_to(viewer, "action.view").filter(state__in=WITH_OWNER, due_on__lte=until)
    return rows.select_related("owner").order_by("due_on", "pk")


def actions_to_check(viewer: Viewer) -> QuerySet[Action]:
    """What is done by others and waits for somebody who may close it, as the viewer may; oldest first."""
    rows = Action.objects.visible_to(viewer, "action.close").filter(state=ActionState.DONE)
    return rows.exclude(owner_id=viewer.person_id).order_by("due_on", "pk")


def teams_of_actions(viewer: Viewer) -> tuple[list[Unit], UnitNames]:
    """The teams that actions the viewer may see are about, and the names of all units."""
    return units_with(viewer, Action.objects.visible_to(viewer, "action.view").order_by())


def owners_of_actions(viewer: Viewer) -> list[Person]:
    """The people who own an action that the viewer may see, by name."""
    owners = Action.objects.visible_to(viewer, "action.view").order_by().values("owner_id")
    return list(Person.objects.as_system("names").filter(pk__in=owners).order_by("name", "pk"))


def people_to_own(viewer: Viewer, more: tuple[Person | None, ...] = ()) -> list[Person]:
    """Who may be asked to own an action: those the viewer may see who work here, and the people given."""
    rows = Person.objects.visible_to(viewer, "person.view").filter(left_on=None, user__isnull=False)
    known = {person.pk: person for person in rows.order_by("name", "pk")}
    extra = [one for one in more if one is not None and one.left_on is None and one.pk not in known]
    return [*extra, *known.values()]


def search_actions(viewer: Viewer, text: str, limit: int = 10) -> list[Action]:
    """The actions whose words hold the text, open ones first."""
    if not viewer.has("action.view"):
        return []
    return list(actions_list(viewer, ActionFilter(text=text))[:limit])
