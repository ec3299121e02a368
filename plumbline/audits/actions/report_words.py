"""Writes the words of a draft report: its parts, themes and quotations, so that two officers lose nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plumbline.audits.actions.reports import Leaking, ReportNotInState, locked
from plumbline.audits.models import (
    Answer,
    Quotation,
    Report,
    ReportState,
    ReportText,
    ReportTheme,
    VoiceConsent,
    VoiceContact,
)
from plumbline.audits.queries.report_checks import leaks_in_text
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


class WrittenMeanwhile(Exception):
    """Somebody else saved the part since it was opened; `current` is what stands there now."""

    def __init__(self, current: ReportText) -> None:
        super().__init__()
        self.current = current


class NotAgreed(Exception):
    """Who said the words has not agreed that they are used."""


def write_part(*, by: Person, report: Report, part: str, text: str, version: int) -> ReportText:
    """The part with its new words. `version` is the one that the writer saw; 0 for none.

    Raises: ReportNotInState, WrittenMeanwhile.
    """
    with transaction.atomic():
        row = locked(report, ReportState.DRAFT)
        found = ReportText.objects.filter(report=row, part=part).select_related("updated_by").first()
        if (found.version if found else 0) != version:
            if found is None:
                raise ReportNotInState
            raise WrittenMeanwhile(found)
        written = found or ReportText(report=row, part=part, version=0)
        written.text, written.version = text, version + 1
        written.updated_by, written.updated_at = by, timezone.now()
        written.save()
        _noted(by, row, "report.write", part=part)
    return written


def add_theme(*, by: Person, report: Report, title: str, text: str) -> ReportTheme:
    """The theme, at the end. Raises: ReportNotInState."""
    with transaction.atomic():
        row = locked(report, ReportState.DRAFT)
        last = ReportTheme.objects.filter(report=row).aggregate(last=Max("position"))["last"] or 0
        theme = ReportTheme.objects.create(report=row, title=title, text=text, position=last + 1)
        _noted(by, row, "report.add_theme", theme=theme.public_id)
    return theme


def change_theme(*, by: Person, theme: ReportTheme, title: str, text: str) -> ReportTheme:
    """The theme with new words. Raises: ReportNotInState."""
    with transaction.atomic():
        row = locked(theme.report, ReportState.DRAFT)
        theme.title, theme.text = title, text
        theme.save(update_fields=["title", "text"])
        _noted(by, row, "report.change_theme", theme=theme.public_id)
    return theme


def remove_theme(*, by: Person, theme: ReportTheme) -> None:
    """Takes the theme and its quotations out; the words stay where they came from. Raises: ReportNotInState."""
    with transaction.atomic():
        row = locked(theme.report, ReportState.DRAFT)
        _noted(by, row, "report.remove_theme", theme=theme.public_id)
        theme.delete()


def add_quotations(
    *, by: Person, theme: ReportTheme, answers: Sequence[Answer] = (), voices: Sequence[VoiceContact] = ()
) -> int:
    """How many quotations were added to the theme, each with its whole text, not yet shareable.

    What the theme quotes already is passed over. Raises: ReportNotInState; NotAgreed, and adds nothing, when who said
    one of the words has not agreed that they are used.
    """
    with transaction.atomic():
        row = locked(theme.report, ReportState.DRAFT)
        said = VoiceContact.objects.filter(pk__in=[one.pk for one in voices])
        if said.exclude(consent=VoiceConsent.AGREED).exists():
            raise NotAgreed
        quoted = list(theme.quotations.values_list("answer_id", "voice_id", "position"))
        known = {answer for answer, _, _ in quoted if answer}, {voice for _, voice, _ in quoted if voice}
        last = max((position for _, _, position in quoted), default=0)
        new = [
            Quotation(theme=theme, answer=one, text=_first_text(one))
            for one in answers
            if one.pk not in known[0]
        ]
        new += [
            Quotation(theme=theme, voice=one, text=one.words, whose=one.get_of_display())
            for one in voices
            if one.pk not in known[1]
        ]
        for place, one in enumerate(new, start=last + 1):
            one.position = place
        Quotation.objects.bulk_create(new)
        _noted(by, row, "report.add_quotations", theme=theme.public_id, number=len(new))
    return len(new)


def _first_text(answer: Answer) -> str:
    return answer.rationale or answer.text or answer.evidence


def change_quotation(*, by: Person, quotation: Quotation, text: str, is_shareable: bool) -> Quotation:
    """The quotation, shortened or marked as shareable.

    Raises: ReportNotInState; Leaking when it is to be shareable and identifies somebody.
    """
    if is_shareable and (leaks := leaks_in_text(quotation.theme.report.round, text)):
        raise Leaking(leaks)
    with transaction.atomic():
        row = locked(quotation.theme.report, ReportState.DRAFT)
        quotation.text, quotation.is_shareable = text, is_shareable
        quotation.save(update_fields=["text", "is_shareable"])
        _noted(by, row, "report.change_quotation", quotation=quotation.public_id, shareable=is_shareable)
    return quotation


def remove_quotation(*, by: Person, quotation: Quotation) -> None:
    """Takes the quotation out of its theme. Raises: ReportNotInState."""
    with transaction.atomic():
        row = locked(quotation.theme.report, ReportState.DRAFT)
        _noted(by, row, "report.remove_quotation", quotation=quotation.public_id)
        quotation.delete()


def _noted(by: Person, report: Report, action: str, **detail: Any) -> None:
    record(by=by, kind=Kind.ACTION, action=action, obj=report, detail=detail)
