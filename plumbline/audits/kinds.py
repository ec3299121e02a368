"""The kinds of record about audits that are kept for a time, and what goes with each when its time is over."""

from typing import Any

from django.db.models import Exists, Max, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from plumbline.audits.models import (
    Audit,
    AuditState,
    AuditStep,
    Briefing,
    CaseList,
    CoverSheet,
    FrameCase,
    Quotation,
    RoundState,
    RoundStep,
    Slot,
)
from plumbline.shared.kinds import RecordKind

OVER = (AuditState.CLOSED, AuditState.EXEMPTED, AuditState.REPLACED)
ROUND_OVER = (RoundState.COMPLETED, RoundState.CANCELLED)
REASON = "retention"


def _last(steps: type[Model], of: str, row: str) -> TruncDate:
    """The day of the last step of the record that the field `of` of a step points to."""
    rows = steps._default_manager.filter(**{of: OuterRef(row)}).order_by().values(of)
    return TruncDate(Subquery(rows.annotate(last=Max("at")).values("last")))


def _never_drawn() -> QuerySet[FrameCase]:
    drawn = Slot.objects.as_system(REASON).filter(case=OuterRef("pk"))
    return FrameCase.objects.as_system(REASON).filter(~Exists(drawn))


def _lists_to_empty() -> QuerySet[CaseList]:
    """The case lists of rounds that are over, while they still hold children who were never drawn."""
    rows = CaseList.objects.as_system(REASON).filter(round__state__in=ROUND_OVER)
    return rows.filter(Exists(_never_drawn().filter(case_list=OuterRef("pk"))))


def _empty_lists(rows: QuerySet[Any]) -> int:
    """How many lists lost the children who were not drawn. The digest stays: the council can still prove the draw."""
    lists = list(rows.values_list("pk", flat=True))
    _never_drawn().filter(case_list__in=lists).delete()
    return len(lists)


def _remove_audits(rows: QuerySet[Any]) -> int:
    """How many audits went, each with its place in the draw and its line of the case list.

    A quotation in a report stays as words without a source.
    """
    found = list(rows.values_list("pk", "slot_id", "case_id"))
    audits = [audit for audit, _, _ in found]
    Quotation.objects.filter(answer__audit__in=audits).update(answer=None)
    Quotation.objects.filter(voice__audit__in=audits).update(voice=None)
    removed = Audit.objects.as_system(REASON).filter(pk__in=audits).delete()[1].get(Audit._meta.label, 0)
    Slot.objects.as_system(REASON).filter(pk__in=[slot for _, slot, _ in found if slot]).delete()
    FrameCase.objects.as_system(REASON).filter(pk__in=[case for _, _, case in found if case]).delete()
    return removed


KINDS = (
    RecordKind(
        key="cover_sheet",
        label="Cover sheets with names",
        counted_from="the day its audit was closed, exempted or replaced",
        finished=lambda: CoverSheet.objects.as_system(REASON).filter(audit__state__in=OVER),
        ends_on=_last(AuditStep, "audit", "audit_id"),
        of_unit=("audit__unit",),
        of_person=("audit__worker", "audit__manager", "audit__auditor"),
    ),
    RecordKind(
        key="audit",
        label="Audits",
        counted_from="the day it was closed, exempted or replaced",
        finished=lambda: Audit.objects.as_system(REASON).filter(state__in=OVER),
        ends_on=_last(AuditStep, "audit", "pk"),
        of_unit=("unit",),
        of_person=("worker", "manager", "auditor"),
        remove=_remove_audits,
    ),
    RecordKind(
        key="briefing",
        label="Briefings, and who said that they have read them",
        counted_from="the day it was issued",
        finished=lambda: Briefing.objects.as_system(REASON).filter(issued_at__isnull=False),
        ends_on=TruncDate("issued_at"),
    ),
    RecordKind(
        key="case_list",
        label="Case lists: children who were not drawn",
        counted_from="the day its round was completed or cancelled",
        finished=_lists_to_empty,
        ends_on=_last(RoundStep, "round", "round_id"),
        remove=_empty_lists,
    ),
)
