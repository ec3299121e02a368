"""Second ratings: those a viewer may see, what waits, and how moderation moved the grades of a round."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditState,
    Grade,
    GradeStage,
    Moderation,
    ModerationDraw,
    Round,
)
from plumbline.audits.rules.movement import Rated, moves_of
from plumbline.audits.rules.tool_data import tool_from
from plumbline.people.scope import Viewer
from stats.agreement.counts import PairShare, percent, within_one

STATES = {
    "rate": Q(rated_at=None),
    "settle": Q(rated_at__isnull=False, settled_at=None),
    "settled": Q(settled_at__isnull=False),
}


def moderations_list(viewer: Viewer, state: str = "", *, is_mine: bool = False) -> QuerySet[Moderation]:
    """The second ratings the viewer may see, those to do first."""
    rows = Moderation.objects.visible_to(viewer, "moderation.view").filter(is_cancelled=False)
    if state:
        rows = rows.filter(STATES.get(state, Q(pk__in=())))
    if is_mine:
        rows = rows.filter(moderator_id=viewer.person_id)
    return rows.select_related("audit", "audit__round", "moderator").order_by(
        "settled_at", "rated_at", "due_on", "pk"
    )


def moderation_by_id(viewer: Viewer, public_id: str) -> Moderation:
    """The second rating the viewer may see.

    Raises: Moderation.DoesNotExist otherwise.
    """
    rows = Moderation.objects.visible_to(viewer, "moderation.view")
    return rows.select_related(
        "audit", "audit__round", "audit__tool", "audit__auditor", "moderator", "settled_by", "draw"
    ).get(public_id=public_id)


def moderations_of(viewer: Viewer, round: Round) -> list[Moderation]:
    """The second ratings of a round that the viewer may see."""
    return list(moderations_list(viewer).filter(audit__round=round))


def has_to_rate_in(viewer: Viewer, round: Round) -> bool:
    """Whether the viewer still has to rate an audit of the round blind."""
    rows = Moderation.objects.as_system("blind-rating").filter(
        audit__round=round, moderator_id=viewer.person_id, rated_at=None, is_cancelled=False
    )
    return rows.exists()


def has_to_rate(viewer: Viewer, audit: Audit) -> bool:
    """Whether the viewer still has to rate the audit blind, and so sees nothing of its first rating."""
    rows = Moderation.objects.as_system("blind-rating").filter(
        audit=audit, moderator_id=viewer.person_id, rated_at=None, is_cancelled=False
    )
    return rows.exists()


def evidence_cited(audit: Audit) -> dict[str, str]:
    """The evidence the auditor cited, by question: the one part of the first rating that a second rater reads."""
    rows = Answer.objects.filter(audit=audit, is_current=True).exclude(evidence="")
    return dict(rows.values_list("question", "evidence"))


def current_grades(audit: Audit, stage: str) -> dict[str, Grade]:
    """The current grades of a stage by section key; the overall one under the empty key."""
    rows = Grade.objects.filter(audit=audit, stage=stage, is_current=True).select_related("given_by")
    return {row.section: row for row in rows}


def has_lowest_grade(audit: Audit) -> bool:
    """Whether the auditor gave the lowest grade: overall, or in a section where there is no overall grade."""
    tool = tool_from(audit.tool.content)
    grades = Grade.objects.filter(audit=audit, stage=GradeStage.FIRST, is_current=True)
    if tool.has_overall:
        grades = grades.filter(section="")
    return grades.filter(grade=tool.lowest_grade).exists()


def waits_from_earlier_draw(round: Round, submitted: Iterable[Audit]) -> list[Audit]:
    """The submitted audits that an earlier draw took and that have no second rating: nobody was left, or they came back."""
    taken = {
        reference
        for draw in ModerationDraw.objects.filter(round=round)
        for reference in draw.references[: draw.wanted]
    }
    return [one for one in submitted if one.reference in taken]


def has_stood_in_draw(audit: Audit) -> bool:
    """Whether the audit stood in a draw of the share to moderate."""
    draws = ModerationDraw.objects.filter(round_id=audit.round_id)
    return any(audit.reference in draw.references for draw in draws)


def draws_of(round: Round) -> list[ModerationDraw]:
    """The draws of the share to moderate in the round, oldest first."""
    return list(ModerationDraw.objects.filter(round=round).select_related("drawn_by").order_by("pk"))


def waiting_to_be_drawn(round: Round) -> int:
    """How many submitted audits of the round nobody has drawn yet, whoever may see them."""
    rows = Audit.objects.as_system("figures").filter(round=round, state=AuditState.SUBMITTED)
    seen = {reference for draw in draws_of(round) for reference in draw.references}
    return sum(reference not in seen for reference in rows.values_list("reference", flat=True))


def without_rater(viewer: Viewer, round: Round) -> list[Audit]:
    """The submitted audits that are to be moderated and for which nobody independent was found."""
    rows = list(
        Audit.objects.visible_to(viewer, "audit.view")
        .filter(round=round, state=AuditState.SUBMITTED)
        .select_related("tool")
    )
    if not draws_of(round):
        return []
    again = {one.pk for one in waits_from_earlier_draw(round, rows)}
    return [one for one in rows if one.pk in again or has_lowest_grade(one)]


def is_late(moderation: Moderation, on: date) -> bool:
    """Whether the second rating is late on the day."""
    return moderation.rated_at is None and not moderation.is_cancelled and moderation.due_on < on


@dataclass(frozen=True)
class Movement:
    """How moderation moved the grades of a round. Up is towards the best grade.

    `of` says which grades were counted: overall, section where audits have no overall grade, or both. `sections`
    has the moves of each section by its title. `exact` and `near` say how often the first and the second overall
    grade agree, with percentages from ten pairs on; of section grades there are counts alone, `alike` and `close`,
    because the sections of one audit hang together.
    """

    asked: int = 0
    rated: int = 0
    settled: int = 0
    of: str = ""
    up: int = 0
    down: int = 0
    same: int = 0
    sections: dict[str, dict[str, int]] = field(default_factory=dict)
    by_reason: dict[str, int] = field(default_factory=dict)
    pairs: int = 0
    alike: int = 0
    close: int = 0
    exact: PairShare | None = None
    near: PairShare | None = None


def movement(round: Round) -> Movement:
    """How moderation moved the grades of the round, over every audit whoever may see it, in three queries."""
    rows = list(
        Moderation.objects.as_system("figures")
        .filter(audit__round=round, is_cancelled=False)
        .select_related("audit__tool")
    )
    grades: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    given = Grade.objects.filter(audit__in=[row.audit_id for row in rows], is_current=True)
    for audit, stage, section, grade in given.values_list("audit_id", "stage", "section", "grade"):
        grades[audit, stage][section] = grade
    tools = {row.audit.tool_id: tool_from(row.audit.tool.content) for row in rows}
    found = moves_of(
        Rated(
            [one.key for one in tools[row.audit.tool_id].grades],
            grades[row.audit_id, GradeStage.FIRST],
            grades[row.audit_id, GradeStage.SECOND] if row.rated_at else {},
            grades[row.audit_id, GradeStage.FIRST] | grades[row.audit_id, GradeStage.FINAL],
            row.settled_at is not None,
        )
        for row in rows
    )
    titles = {one.key: one.title for tool in tools.values() for one in tool.sections}
    scale = list(dict.fromkeys(one.key for tool in tools.values() for one in tool.grades))
    has_shares = bool(found.pairs) and found.of == "overall"
    return Movement(
        asked=len(rows),
        rated=sum(row.rated_at is not None for row in rows),
        settled=sum(row.settled_at is not None for row in rows),
        of=found.of,
        **found.moves,
        sections={titles[key]: ways for key, ways in found.by_section.items() if key in titles},
        by_reason={why: sum(row.why == why for row in rows) for why in sorted({row.why for row in rows})},
        pairs=len(found.pairs),
        alike=found.exact,
        close=found.near,
        exact=percent(found.pairs, scale) if has_shares else None,
        near=within_one(found.pairs, scale) if has_shares else None,
    )
