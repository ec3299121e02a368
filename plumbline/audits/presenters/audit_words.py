"""Words and tags that all pages of an audit share."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from plumbline.audits.models import (
    Audit,
    AuditState,
    Judgement,
    VoiceConsent,
    VoiceContact,
    VoiceMethod,
    VoiceOf,
    VoiceOutcome,
)
from plumbline.audits.rules.progress import Progress, due_in_words, questions_of
from plumbline.audits.rules.submission import AuditSoFar
from plumbline.audits.rules.tool import Section
from plumbline.framework.presenters.words import applies_words
from plumbline.shared import dates

STATE_TAGS = {
    "allocated": "govuk-tag--grey",
    "started": "govuk-tag--blue",
    "discussed": "govuk-tag--blue",
    "returned": "govuk-tag--orange",
    "submitted": "govuk-tag--turquoise",
    "in_moderation": "govuk-tag--purple",
    "moderated": "govuk-tag--turquoise",
    "shared": "govuk-tag--green",
    "replied": "govuk-tag--green",
    "closed": "govuk-tag--green",
}
JUDGEMENT_TAGS = {
    "met": "govuk-tag--green",
    "partly_met": "govuk-tag--yellow",
    "not_met": "govuk-tag--orange",
    "not_applicable": "govuk-tag--grey",
    "not_assessed": "govuk-tag--grey",
}
PROGRESS_TAGS = {Progress.IN_PROGRESS: "govuk-tag--light-blue", Progress.NOT_STARTED: "govuk-tag--blue"}


def clock(moment: datetime | None) -> str:
    """The time of day as "3:05pm"; nothing for none."""
    return dates.time_in_words(moment).rsplit(" ", 1)[-1] if moment else ""


def state_tag(state: str) -> dict[str, str]:
    """The state of an audit as a tag."""
    return {"text": AuditState(state).label, "classes": STATE_TAGS.get(state, "govuk-tag--grey")}


def judgement_tag(judgement: str) -> dict[str, str] | None:
    """A judgement as a tag; none for no judgement."""
    if not judgement:
        return None
    label = dict(Judgement.choices).get(judgement, judgement)
    return {"text": str(label), "classes": JUDGEMENT_TAGS.get(judgement, "govuk-tag--grey")}


def page_of(audit: Audit, name: str = "", *more: str) -> str:
    """The address of a page of the audit; of the practice pages where it is for practice."""
    return reverse(f"{audit.pages}_{name}" if name else audit.pages, args=[audit.public_id, *more])


def is_practice(audit: Audit) -> bool:
    """Whether it is for practice on an invented case, and so never stored as an audit."""
    return audit.pages != Audit.pages


def progress_status(progress: Progress) -> dict[str, Any]:
    """The state of a task as the task list shows it: words alone when it is done, a tag otherwise."""
    if progress is Progress.DONE:
        return {"text": progress.value}
    if progress is Progress.NOT_YET:
        return {"text": progress.value, "classes": "govuk-task-list__status--cannot-start-yet"}
    return {"tag": {"text": progress.value, "classes": PROGRESS_TAGS[progress]}}


def due_line(audit: Audit, today: Any) -> str:
    """When an audit is due, in one sentence; nothing once it is submitted."""
    words = due_in_words(audit.state, audit.due_on, today)
    if not words:
        return ""
    day = dates.in_words(audit.due_on)
    return (
        f"{words.capitalize()}: it was due on {day}."
        if "late" in words
        else f"{words.capitalize()}, on {day}."
    )


def voice_line(contact: VoiceContact) -> dict[str, Any]:
    """One attempt to hear somebody."""
    return {
        "id": contact.public_id,
        "of": str(VoiceOf(contact.of).label),
        "on": dates.in_words(contact.on),
        "method": str(VoiceMethod(contact.method).label) if contact.method else "",
        "outcome": str(VoiceOutcome(contact.outcome).label),
        "words": contact.words,
        "consent": str(VoiceConsent(contact.consent).label) if contact.words else "",
        "reason": contact.reason,
    }


def not_asked_lines(audit: Audit, section: Section) -> list[dict[str, str]]:
    """The questions of a section that are not for this child, each with whom its criterion is for."""
    return [
        {"text": one.text, "why": applies_words(audit.not_asked[one.key])}
        for one in section.questions
        if one.key in audit.not_asked
    ]


def judgements_in_words(now: AuditSoFar, section: str) -> str:
    """How many questions of a section have which judgement: "4 met, 1 partly met."; nothing for the whole audit."""
    part = now.tool.section(section)
    if part is None:
        return ""
    given = [
        now.given[one.key].judgement
        for one in questions_of(now.tool, part, now.given)
        if one.key in now.given
    ]
    counts = [(given.count(key), str(label).lower()) for key, label in Judgement.choices if key in given]
    return f"{', '.join(f'{count} {label}' for count, label in counts)}.".capitalize() if counts else ""
