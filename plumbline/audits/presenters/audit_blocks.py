"""What other parts add to the page of an audit: a block below its answers, a link beside each answer.

A block is worked out for a viewer and an audit they may see; none where it has nothing to show.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from plumbline.audits.presenters.self_audits import beside
from plumbline.audits.queries.moderating import answers_of
from plumbline.audits.queries.self_audits import given_beside
from plumbline.audits.rules.states import SHARED


@dataclass(frozen=True)
class Block:
    """A template with what it needs, drawn on the audit's page as `block`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerLink:
    """A link drawn beside every answer; the question's key is put at the end of the address."""

    text: str
    address: str


def raise_link(viewer: Any, audit: Any) -> AnswerLink | None:
    """The link that raises a finding from an answer, for whoever may."""
    if not viewer.may("audit.raise", audit):
        return None
    return AnswerLink("Raise a finding", f"{reverse('audit_finding_add', args=[audit.public_id])}?question=")


def sharing_block(viewer: Any, audit: Any) -> Block:
    """The way to what was found, what is to be done and what was said."""
    words = (
        "Read what was found, strengths first, and what was said about it. You can reply there."
        if audit.state in SHARED
        else "See what was raised from it so far. It stays a draft until the audit is shared."
    )
    url = reverse("audit_shared", args=[audit.public_id])
    return Block("audits/share/_on_audit.html", {"url": url, "words": words})


def self_audit_block(viewer: Any, audit: Any) -> Block | None:
    """What whoever did or managed the work judged on their own, beside the auditor's judgements, once both are given."""
    row = given_beside(audit)
    return Block("audits/self/_on_audit.html", beside(audit, row, answers_of(audit))) if row else None


# One line a part: functions of the viewer and the audit.
BLOCKS: tuple[Callable[[Any, Any], Block | None], ...] = (self_audit_block, sharing_block)
ANSWER_LINKS: tuple[Callable[[Any, Any], AnswerLink | None], ...] = (raise_link,)


def blocks_for(viewer: Any, audit: Any) -> list[Block]:
    """The blocks that have something to show, in order."""
    return [block for make in BLOCKS if (block := make(viewer, audit)) is not None]


def answer_links_for(viewer: Any, audit: Any) -> list[AnswerLink]:
    """The links to draw beside each answer."""
    return [link for make in ANSWER_LINKS if (link := make(viewer, audit)) is not None]
