"""How an audit is shared and talked about: strengths first, then what to develop, actions, replies, what comes next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Audit, AuditState, Reply
from plumbline.audits.presenters.visits import WHY, name_of
from plumbline.audits.queries import sharing as queries
from plumbline.audits.queries.self_audits import is_awaited
from plumbline.audits.rules.sharing import BLOCKER_WORDS
from plumbline.audits.rules.states import IN_HAND, SHARED
from plumbline.improvement.models import Finding, FindingKind
from plumbline.improvement.presenters.words import action_row, by_level, finding_row
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates

KINDS = (
    (FindingKind.STRENGTH, "Strengths"),
    (FindingKind.GAP, "Areas for development"),
    (FindingKind.BARRIER, "Barriers: what stands in the way"),
)


def by_kind(findings: Sequence[Finding], names: UnitNames, on: date) -> list[dict[str, Any]]:
    """The findings under their kinds, strengths first; kinds without any are left out."""
    return [
        {"heading": heading, "rows": [finding_row(one, names, on) for one in findings if one.kind == kind]}
        for kind, heading in KINDS
        if any(one.kind == kind for one in findings)
    ]


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "by": reply.person.name,
        "at": dates.time_in_words(reply.at),
        "text": reply.text,
        "disagrees": reply.disagrees,
        "answer": reply.answer,
        "answered_by": reply.answered_by.name if reply.answered_by else "",
    }


def _links(viewer: Viewer, audit: Audit, has_open_challenge: bool) -> list[tuple[str, str]]:
    links: list[tuple[str, str]] = []
    if viewer.may("audit.raise", audit):
        links += [("Raise a finding", "audit_finding_add"), ("Set an action", "audit_action_add")]
    if viewer.may("audit.share", audit):
        links.append(("Share it", "audit_share"))
    if viewer.may("audit.return", audit):
        links.append(("Send it back to the auditor", "audit_return"))
    if viewer.may("audit.reply", audit):
        links += [
            ("Reply in your own words", "audit_reply"),
            ("Confirm that it was talked through", "audit_talked_through"),
        ]
    if viewer.may("audit.close", audit):
        if has_open_challenge:
            links.append(("Answer who disagrees", "audit_answer"))
        links.append(("Close it", "audit_close"))
    if (
        audit.state in SHARED
        and not audit.is_visit
        and viewer.has("moderation.assign")
        and viewer.may("moderation.assign", audit)
    ):
        links.append(("Ask for a second rating", "moderation_ask"))
    return links


def shared_page(viewer: Viewer, audit: Audit, names: UnitNames) -> dict[str, Any]:
    """What was found, what is done about it, who said what, and what comes next."""
    findings = queries.findings_of(viewer, audit)
    actions = queries.actions_of(viewer, audit)
    replies = queries.replies_to(audit)
    talk = queries.talked_through(audit)
    is_shared = audit.state in SHARED
    challenge = any(one.disagrees and one.answered_at is None for one in replies)
    return {
        "title": f"What was found: {name_of(audit)}"
        if audit.is_visit
        else f"What the audit of {audit.reference} found",
        "audit": audit,
        "audit_url": f"/audits/{audit.public_id}",
        "is_shared": is_shared,
        "state_words": _state_words(audit),
        "kinds": by_kind(findings, names, viewer.on),
        "groups": by_level([action_row(one, names, viewer.on) for one in actions]),
        "replies": [_reply(one) for one in replies],
        "talk": {"day": dates.in_words(talk.held_on), "note": talk.note, "by": talk.confirmed_by.name}
        if talk
        else None,
        "links": [
            {"text": text, "href": reverse(name, args=[audit.public_id])}
            for text, name in _links(viewer, audit, challenge)
        ],
        "notice": notice_of(audit),
    }


def _state_words(audit: Audit) -> str:
    if audit.state in IN_HAND:
        return "The audit is with its auditor. What is raised from it stays a draft until it is shared."
    if audit.state in SHARED:
        return f"Shared on {dates.in_words(dates.day_of(audit.shared_at))}." if audit.shared_at else "Shared."
    if audit.state == AuditState.IN_MODERATION:
        return "It is being rated a second time. Drafts stay drafts until it is shared."
    return "It is not shared yet. What was raised from it stays a draft until then."


def notice_of(audit: Audit) -> list[tuple[str, str]]:
    """Why this case, what happens next and who sees it: pairs of a question and its answer."""
    why = {
        "random": "It was drawn at random, by a rule anybody can check. Nobody chose it because of you.",
        "purposive": "The quality assurance team picked it for the theme of the round, not because of you.",
        "inspector": "An inspector picked it.",
    }
    return [
        ("Why this case?", why.get(audit.slot.route, why["random"]))
        if audit.slot
        else ("Why this visit?", WHY),
        (
            "What is it for?",
            "To learn what helps children and what gets in the way. It is not used to judge a worker.",
        ),
        (
            "What happens next?",
            "Read it, reply in your own words and talk it through in supervision. If you disagree, you get an answer.",
        ),
        (
            "Who sees it?",
            "You, your managers, the auditor, the quality assurance team and senior leaders. Reports name no worker.",
        ),
    ]


def share_page(viewer: Viewer, audit: Audit, names: UnitNames) -> dict[str, Any]:
    """What sharing will do, and what stands in its way."""
    blockers = queries.blockers_of(audit)
    findings = queries.findings_of(viewer, audit)
    actions = queries.actions_of(viewer, audit)
    links = {
        "warnings": reverse("audit_identity_settle", args=[audit.public_id]),
        "not_drawn": reverse("moderation_round", args=[audit.round.public_id]),
        "lowest": reverse("moderation_round", args=[audit.round.public_id]),
        "drawn": reverse("moderation_round", args=[audit.round.public_id]),
    }
    told = [("the worker", audit.worker), ("their manager", audit.manager)]
    return {
        "title": f"Share: {name_of(audit)}" if audit.is_visit else f"Share the audit of {audit.reference}",
        "audit": audit,
        "blockers": [
            {
                "text": BLOCKER_WORDS[one],
                "url": links[one],
            }
            for one in blockers
        ],
        "told": " and ".join(word for word, person in told if person) or "nobody: no worker is recorded",
        "is_self_audit_awaited": is_awaited(audit),
        "kinds": by_kind(findings, names, viewer.on),
        "groups": by_level([action_row(one, names, viewer.on) for one in actions]),
        "back": reverse("audit_shared", args=[audit.public_id]),
    }
