"""Writes, issues and takes back a briefing, and notes that somebody has read it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.reports import Leaking
from plumbline.audits.models import Briefing, BriefingRead, BriefingState, Quotation, Report
from plumbline.audits.queries.briefings import TEXTS, leaks_of_briefing
from plumbline.audits.rules.briefings import MARKS
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person, Unit
from plumbline.people.tree import tree_on
from plumbline.shared import dates


class BriefingNotInState(Exception):
    """The briefing is no longer in the state that the step starts from: somebody else was quicker."""


class Unfinished(Exception):
    """A part of the briefing has no words yet."""


def begin_briefing(*, by: Person, report: Report, title: str, looked_at: str) -> Briefing:
    """A draft out of the report, for everybody until somebody is chosen."""
    with transaction.atomic():
        made = Briefing.objects.create(report=report, title=title[:120], looked_at=looked_at, made_by=by)
        _noted(by, made, "begin")
    return made


def write_briefing(
    *,
    by: Person,
    briefing: Briefing,
    quotations: Sequence[Quotation] = (),
    units: Sequence[Unit] = (),
    **words: Any,
) -> Briefing:
    """The draft with its words, its quotations and whom it is for. A service stands for every team below it.

    Raises: BriefingNotInState.
    """
    with transaction.atomic():
        row = _locked(briefing, BriefingState.DRAFT)
        for name, value in words.items():
            setattr(row, name, value)
        row.quotations = [
            {"id": one.public_id, "text": one.text.strip(MARKS), "whose": one.whose} for one in quotations
        ]
        row.save()
        row.units.set(units)
        _noted(by, row, "write")
    return row


def issue_briefing(*, by: Person, briefing: Briefing) -> Briefing:
    """The briefing, out: it waits in the My work of those it is for until they say that they have read it.

    Raises: BriefingNotInState; Unfinished; Leaking when its words point to somebody.
    """
    if not all(getattr(briefing, name).strip() for name in TEXTS):
        raise Unfinished
    if leaks := leaks_of_briefing(briefing):
        raise Leaking(leaks)
    with transaction.atomic():
        row = _locked(briefing, BriefingState.DRAFT)
        tree = tree_on(dates.today())
        chosen = set(row.units.values_list("pk", flat=True))
        row.units.add(*{below for unit in chosen for below in tree.below(unit)})
        row.state, row.issued_by, row.issued_at = BriefingState.ISSUED, by, timezone.now()
        row.save(update_fields=["state", "issued_by", "issued_at"])
        _noted(by, row, "issue")
    return row


def withdraw_briefing(*, by: Person, briefing: Briefing) -> Briefing:
    """The briefing, taken back: nobody is asked to read it any more.

    Raises: BriefingNotInState.
    """
    with transaction.atomic():
        row = _locked(briefing, BriefingState.ISSUED)
        row.state = BriefingState.WITHDRAWN
        row.save(update_fields=["state"])
        _noted(by, row, "withdraw")
    return row


def note_read(*, by: Person, briefing: Briefing) -> None:
    """That the person has read it; said twice, it is noted once."""
    with transaction.atomic():
        if BriefingRead.objects.get_or_create(briefing=briefing, person=by)[1]:
            _noted(by, briefing, "read")


def _locked(briefing: Briefing, state: str) -> Briefing:
    row: Briefing = Briefing.objects.as_system("recording").select_for_update().get(pk=briefing.pk)
    if row.state != state:
        raise BriefingNotInState
    return row


def _noted(by: Person, briefing: Briefing, what: str) -> None:
    record(by=by, kind=Kind.ACTION, action=f"briefing.{what}", obj=briefing)
