"""How the last look at an audit reads: what is missing, what does not fit, what may identify somebody."""

from typing import Any

from plumbline.audits.forms.involving import IdentityForm
from plumbline.audits.models import Audit, IdentityWarning
from plumbline.audits.presenters.audit_words import is_practice, page_of
from plumbline.audits.queries.identity import Place as Found
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.submission import AuditSoFar, Missing, Place, missing, second_looks
from plumbline.audits.rules.tool import Tool
from plumbline.shared import dates

KINDS = {
    "name": "A name from the cover sheet, or the worker’s",
    "birth date": "A date of birth",
    "postcode": "A postcode",
    "phone": "A phone number",
    "health number": "A number like an NHS number",
    "email": "An e-mail address",
}
PARTS = {
    "rationale": "why",
    "evidence": "evidence",
    "text": "answer",
    "who": "who took part",
    "notes": "what the worker told you",
    "reason_not_held": "why there was no talk",
    "words": "what they said",
    "reason": "why",
    "comment": "comment",
    "about_the_audit": "about how the audit was done",
    "final_reason": "reason for the final grade",
}


def check_page(audit: Audit, now: AuditSoFar, unsaved: list[str], identities: int) -> dict[str, Any]:
    """The page before submission."""
    left = [
        {
            "text": f"Save or discard what you typed in “{section.title}”",
            "href": page_of(audit, "section", key),
        }
        for key in unsaved
        if (section := now.tool.section(key)) is not None
    ]
    left += [line(audit, one) for one in missing(now)]
    return {
        "title": "Check and submit",
        "left": left,
        "looks": [line(audit, one) for one in second_looks(now)],
        "identities": identities,
        "identity_url": page_of(audit, "identity") if identities else "",
        "identity_words": "1 place may identify somebody."
        if identities == 1
        else f"{identities} places may identify somebody.",
        "is_ready": not left,
        "is_practice": is_practice(audit),
    }


def line(audit: Audit, one: Missing) -> dict[str, str]:
    """Something to put right, with the way there."""
    match one.place:
        case Place.SECTION:
            address = page_of(audit, "section", one.key)
            href = f"{address}#question-{one.question}" if one.question else address
        case Place.CONFLICT:
            href = page_of(audit, "conflict", one.key)
        case Place.DISCUSSION:
            href = page_of(audit, "discussion")
        case Place.VOICES:
            href = page_of(audit, "voices")
        case Place.GRADES:
            href = page_of(audit, "grades")
        case Place.OVERALL:
            href = page_of(audit, "grade_overall")
    return {"text": one.sentence, "href": href}


def places_by_words(audit: Audit, found: list[Found], *, is_writing: bool) -> list[dict[str, Any]]:
    """The places put together where the same words stand, so that one answer does for all.

    Whoever may still change the text is led to it.
    """
    tool = whole_tool(audit.tool.content, audit.not_asked, audit.local_questions)
    together: dict[str, dict[str, Any]] = {}
    for one in found:
        group = together.setdefault(
            one.digest, {"digest": one.digest, "words": one.words, "kind": KINDS[one.kind], "places": []}
        )
        where = {
            "text": place_in_words(one.place, tool),
            "href": _way_to(audit, one.place, tool) if is_writing else "",
        }
        if where not in group["places"]:
            group["places"].append(where)
    return list(together.values())


def _way_to(audit: Audit, place: str, tool: Tool) -> str:
    kind, _, rest = place.partition(":")
    match kind:
        case "question":
            section = tool.section_of.get(rest.rpartition(":")[0])
            if section is None:
                return ""
            address = page_of(audit, "section", section.key)
            return f"{address}#question-{rest.rpartition(':')[0]}"
        case "discussion" | "mode":
            return page_of(audit, "discussion")
        case "voice":
            return page_of(audit, "voices")
        case "grade":
            return page_of(audit, "grades")
    return ""


def place_in_words(place: str, tool: Tool) -> str:
    """Where a text stands, in words."""
    kind, _, rest = place.partition(":")
    key, _, name = rest.rpartition(":")
    match kind:
        case "question":
            question = tool.questions.get(key)
            return f"“{question.text if question else key}”, {PARTS.get(name, name)}"
        case "discussion":
            return f"Talk with the worker, {PARTS.get(rest, rest)}"
        case "voice":
            return f"Views of the child and the family, {PARTS.get(name, name)}"
        case "grade":
            section = tool.section(name)
            return f"Reason for the grade of {f'“{section.title}”' if section else 'the whole audit'}"
        case "finding":
            return "A finding raised from the audit"
        case "action":
            return "An action set from the audit"
        case "moderation":
            return f"Moderation, {PARTS.get(name, name)}"
    return "How the audit is done"


def identity_page(
    audit: Audit,
    places: list[dict[str, Any]],
    form: IdentityForm,
    answered: list[IdentityWarning],
    tool: Tool,
    *,
    is_writing: bool,
) -> dict[str, Any]:
    """The page of what may identify somebody."""
    return {
        "title": "Words that may identify somebody",
        "places": [one | {"field": form[f"answer-{one['digest']}"]} for one in places],
        "answered": [
            {
                "place": place_in_words(one.place, tool),
                "kind": KINDS.get(one.kind, one.kind),
                "answer": one.answer,
                "by": one.answered_by.name if one.answered_by else "",
                "at": dates.time_in_words(one.answered_at) if one.answered_at else "",
            }
            for one in answered
        ],
        "is_writing": is_writing,
        "audit_url": page_of(audit),
    }


def answered_in_words(answered: int, left: int) -> str:
    """What became of the answers."""
    if left:
        return f"{answered} answered. {left} {'place is' if left == 1 else 'places are'} left."
    return "Everything that was found is answered."
