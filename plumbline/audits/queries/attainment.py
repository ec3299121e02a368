"""How far criteria were met in audits that were shared, in the same number of queries whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from django.db.models import Count, Max, Q
from django.utils import timezone

from plumbline.audits.models import Answer, Audit, Judgement, RoundKind, SlotRoute, ToolVersion
from plumbline.audits.rules.audit_kinds import AuditKind
from plumbline.audits.rules.states import SHARED
from plumbline.audits.rules.tool import QuestionKind
from plumbline.audits.rules.tool_data import tool_from
from plumbline.framework.models import Criterion
from plumbline.framework.rules.months import add_months
from plumbline.people.scope import Viewer
from plumbline.shared import dates

MONTHS = 12
APPLICABLE = (Judgement.MET, Judgement.PARTLY_MET, Judgement.NOT_MET)


@dataclass
class Attained:
    """Answers under one criterion: how many were met of those that applied, and when the newest was shared."""

    met: int = 0
    applicable: int = 0
    newest_on: date | None = None
    # The questions in each tool version: where one version asks twice, two answers come from one audit.
    asked: dict[int, set[str]] = field(default_factory=dict)

    @property
    def one_an_audit(self) -> bool:
        """Whether no audit gave more than one of the answers, so that they are independent of each other."""
        return all(len(questions) == 1 for questions in self.asked.values())


class SaidBy(StrEnum):
    """What says how far a criterion was met; each stands apart from the others."""

    AUDITS = "shared audits"
    MANAGERS = "managers’ own audits"
    VISITS = "visits and observations"


def _said_by(audit_kind: str, looks_at: str) -> SaidBy:
    if looks_at == RoundKind.VISITS:
        return SaidBy.VISITS
    return SaidBy.AUDITS if AuditKind(audit_kind).is_independent else SaidBy.MANAGERS


def attained(viewer: Viewer, criteria: Iterable[Criterion]) -> dict[tuple[int, bool, SaidBy], Attained]:
    """What audits the viewer may see say of the last year, by criterion, whether the questions are about voice, and
    what says it: independent audits, managers' own, or visits.

    Of cases only those drawn at random count: picked ones were picked because something was known of them.
    """
    found: dict[tuple[int, bool, SaidBy], Attained] = {}
    if not viewer.has("audit.view"):
        return found
    meant = _meant_by_key(criteria)
    since = timezone.make_aware(datetime.combine(add_months(viewer.on, -MONTHS), time()))
    audits = Audit.objects.visible_to(viewer, "audit.view").filter(
        Q(slot__route=SlotRoute.RANDOM) | Q(slot=None), state__in=SHARED, shared_at__gte=since
    )
    rows = Answer.objects.filter(
        audit__in=audits.order_by().values("pk"), is_current=True, judgement__in=APPLICABLE
    )
    grouped = list(
        rows.order_by()
        .values_list("audit__tool_id", "question", "audit__round__audit_kind", "audit__round__kind")
        .annotate(
            applicable=Count("pk"),
            met=Count("pk", filter=Q(judgement=Judgement.MET)),
            newest=Max("audit__shared_at"),
        )
    )
    versions = ToolVersion.objects.visible_to(viewer, "audit_tool.view").in_bulk({row[0] for row in grouped})
    questions = {pk: tool_from(version.content).questions for pk, version in versions.items()}
    for tool, key, kind, looks_at, number, met, newest in grouped:
        question = questions[tool].get(key) if tool in questions else None
        if question is None or question.criterion not in meant:
            continue
        is_voice = question.kind == QuestionKind.VOICE
        place = (meant[question.criterion], is_voice, _said_by(kind, looks_at))
        one = found.setdefault(place, Attained())
        one.met, one.applicable = one.met + met, one.applicable + number
        day = dates.day_of(newest)
        one.newest_on = max(day, one.newest_on or day)
        one.asked.setdefault(tool, set()).add(key)
    return found


def _meant_by_key(criteria: Iterable[Criterion]) -> dict[str, int]:
    """Those of the criteria that tools mean by a key: the ones in force, and of two sets in force the older one's."""
    wanted = {one.key: one.pk for one in criteria}
    in_force = Criterion.objects.filter(set__state="published", key__in=wanted).order_by("-set_id")
    meant = dict(in_force.values_list("key", "pk"))
    return {key: pk for key, pk in meant.items() if wanted[key] == pk}
