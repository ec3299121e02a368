"""How requests, decisions on them and the notice to a worker read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from plumbline.audits.actions.requests import Against, NotDone
from plumbline.audits.models import Audit, AuditRequest, AuditState, RequestKind, RequestState, SlotRoute
from plumbline.audits.presenters.allocation import refusal_sentence
from plumbline.audits.presenters.visits import WHY, name_of
from plumbline.audits.rules.allocation import Refusal
from plumbline.audits.rules.audit_kinds import WHO_AUDITS, AuditKind
from plumbline.people.forms.fields import Pick
from plumbline.people.models import Person
from plumbline.people.scope import Viewer
from plumbline.shared import dates

TAGS = {
    RequestState.ASKED: "govuk-tag--yellow",
    RequestState.AGREED: "govuk-tag--green",
    RequestState.REFUSED: "govuk-tag--grey",
}
SENTENCES = {
    Against.WAITS_ALREADY: "A request about this audit waits for a decision already.",
    Against.NOT_IN_HAND: "Nothing was changed: this audit is no longer in the auditor’s hands.",
    Against.DECIDED_ALREADY: "Nothing was changed: somebody else decided in the meantime. This is how it stands now.",
    Against.OWN_REQUEST: "You asked for this yourself, so somebody else has to decide.",
    Against.NOT_INDEPENDENT: "Nothing was changed: this auditor is not independent of the case",
    Against.NOT_AN_AUDITOR: "Nothing was changed: this person may not be given the audit. Select somebody else.",
    Against.NOT_LATER: "Nothing was changed: the new due day must be later than the one before.",
}
HOW_CHOSEN = {
    SlotRoute.RANDOM: "It was drawn by chance from all cases that fit the theme, and anybody can check the draw. That says nothing of you.",
    SlotRoute.PURPOSIVE: "The quality assurance team picked it because of the theme. It says nothing about you.",
    SlotRoute.INSPECTOR: "An inspector picked it. It says nothing about you.",
}


def not_done(fault: NotDone) -> str:
    """Why nothing was changed, in a sentence."""
    said = SENTENCES[fault.against]
    return f"{said}: {refusal_sentence(fault.refusals)}." if fault.refusals else said


def kind_words(kind: str) -> str:
    """The kind of a request: "More time"."""
    return RequestKind(kind).label


def wish_words(row: AuditRequest) -> str:
    """What is asked for: "More time, until 9 January 2018"."""
    said = RequestKind(row.kind).label
    if row.until:
        return f"{said}, until {dates.in_words(row.until)}"
    return f"{said}: {row.with_person.name}" if row.with_person else said


def tag(state: str) -> dict[str, str]:
    """The state of a request as a tag."""
    one = RequestState(state)
    return {"text": one.label, "classes": TAGS[one]}


def request_row(row: AuditRequest) -> dict[str, Any]:
    """A request in the list."""
    return {
        "url": reverse("audit_request", args=[row.public_id]),
        "wish": wish_words(row),
        "reference": row.audit.reference,
        "by": row.asked_by.name,
        "asked": dates.short(dates.day_of(row.asked_at)),
        "tag": tag(row.state),
    }


def summary(row: AuditRequest) -> list[tuple[str, str]]:
    """A request as rows of what and how."""
    found = [
        ("Asked for", wish_words(row)),
        ("Why", row.reason),
        ("Asked by", f"{row.asked_by.name}, {dates.time_in_words(row.asked_at)}"),
        ("Audit", f"{row.audit.reference}, due {dates.in_words(row.audit.due_on)}"),
        ("Round", row.audit.round.title),
        ("State of the audit", AuditState(row.audit.state).label),
    ]
    if row.decided_at and row.decided_by:
        word = RequestState(row.state).label
        found.append((word, f"{dates.time_in_words(row.decided_at)}, by {row.decided_by.name}"))
        found.append(("Why it was decided so", row.decision_reason))
    return found


def request_page(row: AuditRequest, viewer: Viewer) -> dict[str, Any]:
    """One request, with what the viewer may do next."""
    waits = row.state == RequestState.ASKED
    is_own = row.asked_by_id == viewer.person_id
    may_decide = waits and not is_own and viewer.has("audit_request.decide")
    return {
        "title": kind_words(row.kind),
        "request_id": row.public_id,
        "tag": tag(row.state),
        "summary": summary(row),
        "decide": reverse("audit_request_decide", args=[row.public_id]) if may_decide else "",
        "waits": waits and not may_decide,
        "crumbs": [{"text": "Requests", "href": reverse("audit_requests")}],
    }


def swap_picks(
    people: Sequence[Person], refused: Mapping[str, tuple[Refusal, ...]], besides: int
) -> tuple[list[Pick], list[dict[str, str]]]:
    """The people who may take the audit on, and those the rules refuse with why."""
    free = [one for one in people if one.pk != besides and refused.get(one.public_id) == ()]
    others = [
        {"name": one.name, "why": refusal_sentence(refused[one.public_id])}
        for one in people
        if one.pk != besides and refused.get(one.public_id)
    ]
    return [Pick(one.public_id, one.name, one) for one in free], others


def notice_page(audit: Audit) -> dict[str, Any]:
    """Why a worker's case was chosen, what happens next and who sees it."""
    auditor, kind = audit.auditor.name, AuditKind(audit.round.audit_kind)
    steps = [
        f"{auditor} gets in touch with you to find a time to talk about your work with this child. You may suggest times yourself.",
        "The child and the family are asked how they experience our help, when that is right for them. You can say how best to ask them.",
        f"The audit is due by {dates.in_words(audit.due_on)}. What goes well counts as much as what should get better.",
        "You and your manager are then shown the audit. You can reply in your own words, and your reply stays beside it.",
        "You talk it through in supervision. Actions are few, have a day, and are agreed with you.",
    ]
    seen = [
        "the auditor, and the quality assurance team",
        "you and your manager, once it is shared with you",
        "somebody who rates it a second time, for some audits",
        "directors and auditors of the service, once it is shared",
    ]
    return {
        "title": "A visit to your work is planned" if audit.is_visit else "Your work was chosen for an audit",
        "reference": name_of(audit) if audit.is_visit else audit.reference,
        "theme": audit.round.theme,
        "why_theme": audit.round.rationale,
        "how": f"{HOW_CHOSEN[SlotRoute(audit.slot.route)]} {kind.label}: {WHO_AUDITS[kind]}"
        if audit.slot
        else WHY,
        "steps": steps,
        "seen": seen,
    }
