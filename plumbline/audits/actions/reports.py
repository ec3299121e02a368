"""Begins a report, puts it forward with its figures frozen, issues it by a second person, or sends it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.round_stages import move_round, settle
from plumbline.audits.files.report_templates import template_by
from plumbline.audits.models import (
    Quotation,
    Report,
    ReportState,
    ReportText,
    ReportTheme,
    Round,
    RoundState,
)
from plumbline.audits.queries.report_checks import leaks_of
from plumbline.audits.queries.report_figures import figures_of
from plumbline.audits.queries.reports import content_of, digest_now, shareable_before
from plumbline.audits.rules.report_completeness import gaps
from plumbline.audits.rules.report_leaks import Leak
from plumbline.audits.rules.report_shareable import is_publishable, shareable_figures
from plumbline.audits.rules.report_templates import FULL
from plumbline.audits.rules.states import round_may_move
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person

# Where the reason stands for which a report was sent back. It is no part of the report.
RETURNED = "returned"


class ReportNotInState(Exception):
    """The report is no longer in the state that the step starts from: somebody else was quicker."""


class ReportBegun(Exception):
    """A version of the round's report is being written already."""


class CaveatMissing(Exception):
    """Audits are missing, and the report does not say what they could change."""


class NotPublishable(Exception):
    """No table of a shareable version is safe; the message says what to do instead."""


class SamePerson(Exception):
    """Whoever put a report forward cannot issue it."""


class Changed(Exception):
    """Words or figures are not those that were put forward."""


class Leaking(Exception):
    """Something in the words identifies a child or a colleague; `leaks` says where and what kind of thing."""

    def __init__(self, leaks: list[Leak]) -> None:
        super().__init__()
        self.leaks = leaks


def locked(report: Report, *states: str) -> Report:
    """The row, locked until the transaction ends.

    Raises: ReportNotInState unless it is in one of the states.
    """
    rows: Any = Report.objects.as_system("recording")
    row: Report = rows.select_for_update().get(pk=report.pk)
    if row.state not in states:
        raise ReportNotInState
    return row


def begin_report(*, by: Person, round: Round, reason: str = "", template: str = "") -> Report:
    """A new draft: the first version, or with the words of the version before and the reason for another.

    Without a template it has that of the version before, or the full one.

    Raises: ReportBegun when one is being written already.
    """
    with transaction.atomic():
        rounds: Any = Round.objects.as_system("recording")
        rounds.select_for_update().get(pk=round.pk)
        rows = Report.objects.as_system("recording").filter(round=round)
        if rows.filter(state__in=(ReportState.DRAFT, ReportState.CHECKED)).exists():
            raise ReportBegun
        before = rows.order_by("-number").first()
        report = Report.objects.create(
            round=round,
            number=before.number + 1 if before else 1,
            made_by=by,
            reason=reason,
            template=template or (before.template if before else FULL),
        )
        if before:
            _copy_words(before, report)
        record(by=by, kind=Kind.ACTION, action="report.begin", obj=report, detail={"number": report.number})
    return report


def _copy_words(before: Report, report: Report) -> None:
    for text in ReportText.objects.filter(report=before).exclude(part=RETURNED):
        ReportText.objects.create(report=report, part=text.part, text=text.text, updated_by=text.updated_by)
    for theme in ReportTheme.objects.filter(report=before).prefetch_related("quotations"):
        quotations = list(theme.quotations.all())
        copy = ReportTheme.objects.create(
            report=report, title=theme.title, text=theme.text, position=theme.position
        )
        for one in quotations:
            Quotation.objects.create(
                theme=copy,
                answer_id=one.answer_id,
                voice_id=one.voice_id,
                whose=one.whose,
                text=one.text,
                is_shareable=one.is_shareable,
                position=one.position,
            )


def choose_template(*, by: Person, report: Report, template: str) -> Report:
    """The draft with another template; its words stay, also those of chapters that it does not show.

    Raises: ReportNotInState.
    """
    with transaction.atomic():
        row = locked(report, ReportState.DRAFT)
        row.template = template
        row.save(update_fields=["template"])
        detail = {"template": template}
        record(by=by, kind=Kind.ACTION, action="report.choose_template", obj=row, detail=detail)
    return row


def put_forward(*, by: Person, report: Report, with_shareable: bool = True) -> Report:
    """The report, waiting for a second person, its figures frozen and bound to its words by a digest.

    Raises: ReportNotInState, CaveatMissing, NotPublishable, Leaking.
    """
    # Worked out before the pen is taken: protecting small numbers may take a second or two.
    figures = figures_of(report.round) | {"template": template_by(report.template).figures}
    shareable = shareable_figures(figures, shareable_before(report), report.number) if with_shareable else {}
    if with_shareable and not is_publishable(shareable):
        raise NotPublishable(shareable["refused"])
    with transaction.atomic():
        row = locked(report, ReportState.DRAFT)
        ReportText.objects.filter(report=row, part=RETURNED).delete()
        row.figures, row.shareable = figures, shareable
        row.state, row.checked_by, row.checked_at = ReportState.CHECKED, by, timezone.now()
        content = content_of(row)
        if gaps(figures["completeness"]) and not content.words("caveat").strip():
            raise CaveatMissing
        if with_shareable and (leaks := leaks_of(content)):
            raise Leaking(leaks)
        row.digest = digest_now(content)
        row.save()
        _follow(by, row.round, RoundState.DRAFTED)
        record(by=by, kind=Kind.ACTION, action="report.put_forward", obj=row, detail={"digest": row.digest})
    return row


def send_back(*, by: Person, report: Report, reason: str) -> Report:
    """The report, a draft again with the reason; its figures are counted anew.

    Raises: ReportNotInState.
    """
    with transaction.atomic():
        row = locked(report, ReportState.CHECKED)
        row.state, row.digest, row.figures, row.shareable = ReportState.DRAFT, "", {}, {}
        row.checked_by = row.checked_at = None
        row.save()
        ReportText.objects.update_or_create(
            report=row, part=RETURNED, defaults={"text": reason, "updated_by": by}
        )
        _follow(by, row.round, RoundState.ANALYSIS)
        record(by=by, kind=Kind.ACTION, action="report.send_back", obj=row)
    return row


def issue(*, by: Person, report: Report) -> Report:
    """The report, issued by somebody other than who put it forward; the version before is replaced.

    Raises: ReportNotInState, SamePerson, Changed, Leaking.
    """
    with transaction.atomic():
        row = locked(report, ReportState.CHECKED)
        if row.checked_by_id == by.pk:
            raise SamePerson
        content = content_of(row)
        if digest_now(content) != row.digest:
            raise Changed
        # A name may have come onto a cover sheet since it was put forward.
        if row.shareable and (leaks := leaks_of(content)):
            raise Leaking(leaks)
        rows = Report.objects.as_system("recording").filter(round=row.round_id, state=ReportState.ISSUED)
        rows.update(state=ReportState.SUPERSEDED)
        row.state, row.issued_by, row.issued_at = ReportState.ISSUED, by, timezone.now()
        row.save()
        _follow(by, row.round, RoundState.FINALISED)
        settle(by=by, round=row.round)
        record(by=by, kind=Kind.ACTION, action="report.issue", obj=row, detail={"digest": row.digest})
    return row


def _follow(by: Person, round: Round, to: str) -> None:
    """The round goes along where its stage allows; a report on a round under way leaves it where it is."""
    if round_may_move(round.state, to) and (round.state, to) != (
        RoundState.CASES_AUDITED,
        RoundState.ANALYSIS,
    ):
        move_round(by=by, round=round, to=to)
