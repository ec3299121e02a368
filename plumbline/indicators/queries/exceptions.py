"""Exceptions as the viewer may see them, what of them waits, and those of a quarter."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q, QuerySet

from indicator_engine import Period
from plumbline.improvement.models import Action
from plumbline.indicators.models import ExceptionState, IndicatorException
from plumbline.people.models import Person
from plumbline.people.scope import Viewer
from plumbline.shared.dates import LONDON

OPEN = ~Q(state=ExceptionState.CLOSED)


def exceptions_for(viewer: Viewer, action: str = "exception.view") -> QuerySet[IndicatorException]:
    """The exceptions, open ones first, then the newest."""
    rows = IndicatorException.objects.visible_to(viewer, action).select_related("owner", "extract")
    return rows.order_by("closed_at", "-raised_at", "-pk")


def exception_by_id(viewer: Viewer, public_id: str) -> IndicatorException:
    """The exception.

    Raises: IndicatorException.DoesNotExist where the viewer may not see it.
    """
    return exceptions_for(viewer).get(public_id=public_id)


def of_indicator(viewer: Viewer, key: str) -> list[IndicatorException]:
    """The open exceptions of one indicator."""
    return list(exceptions_for(viewer).filter(OPEN, indicator=key)) if viewer.has("exception.view") else []


def in_quarter(viewer: Viewer, period: Period) -> list[IndicatorException]:
    """Those that were open in the quarter: raised before its end, not closed before its beginning."""
    begins, ends = _moment(period.start), _moment(period.end, time.max)
    rows = exceptions_for(viewer, "exception.report").filter(raised_at__lte=ends)
    return list(rows.filter(Q(closed_at=None) | Q(closed_at__gte=begins)).order_by("indicator", "raised_at"))


def actions_of(viewer: Viewer, rows: Iterable[IndicatorException]) -> dict[int, list[Action]]:
    """The actions of each exception that the viewer may see, by the exception's number."""
    found: dict[int, list[Action]] = {row.pk: [] for row in rows}
    through = IndicatorException.actions.through.objects.filter(indicatorexception__in=found)
    links = list(through.values_list("indicatorexception_id", "action_id"))
    seen = Action.objects.visible_to(viewer, "action.view").filter(pk__in={action for _, action in links})
    known = {action.pk: action for action in seen.select_related("owner")}
    for exception, action in links:
        if action in known:
            found[exception].append(known[action])
    return found


def exceptions_behind(
    viewer: Viewer, actions: Iterable[Action]
) -> dict[int, tuple[IndicatorException, bool]]:
    """The exception that an action belongs to, by the action's number, and whether the viewer may open it."""
    through = IndicatorException.actions.through.objects.filter(action__in=list(actions))
    links = list(through.values_list("action_id", "indicatorexception_id"))
    if not links:
        return {}
    wanted = {exception for _, exception in links}
    known = IndicatorException.objects.as_system("exception").in_bulk(wanted)
    seen = set(exceptions_for(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return {action: (known[exception], exception in seen) for action, exception in links}


def names_for(viewer: Viewer, people: Iterable[Person | None]) -> dict[int, str]:
    """The names of those the viewer may see."""
    wanted = {one.pk for one in people if one is not None}
    rows = Person.objects.visible_to(viewer, "person.view").filter(pk__in=wanted)
    return dict(rows.values_list("pk", "name"))


def _moment(day: date, at: time = time.min) -> datetime:
    return datetime.combine(day, at, LONDON)
