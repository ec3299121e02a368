"""Where an audit's free text may identify somebody, found anew from the texts themselves each time."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from plumbline.audits.models import (
    Answer,
    Audit,
    AuditAction,
    AuditFinding,
    CoverSheet,
    Discussion,
    Grade,
    IdentityWarning,
    Moderation,
    VoiceContact,
)
from plumbline.audits.rules.identity import IdentityKind, find_in


@dataclass(frozen=True)
class Place:
    """Words in one text of an audit that may identify somebody. `digest` stands for the words in what is stored."""

    place: str
    kind: IdentityKind
    words: str
    digest: str


def found_in(audit: Audit) -> list[Place]:
    """Every place in the audit's free texts that may identify somebody, with the words; nothing here is stored."""
    sheet = CoverSheet.objects.as_system("identity-check").filter(audit=audit).first()
    names = sheet.names.splitlines() if sheet else []
    if audit.worker is not None:
        names.append(audit.worker.name)
    found = find_in(dict(texts_of(audit)), names=names, born_on=sheet.born_on if sheet else None)
    # Digits are few, so a plain hash of a number could be turned back by trying; a keyed one cannot.
    return list(
        dict.fromkeys(
            Place(
                place,
                one.kind,
                one.words,
                salted_hmac(
                    f"identity-{audit.public_id}", f"{one.kind}|{one.fingerprint}", algorithm="sha256"
                ).hexdigest(),
            )
            for place, one in found
        )
    )


def texts_of(audit: Audit) -> Iterator[tuple[str, str]]:
    """Each free text of the audit that others will read, with the place it stands at."""
    yield "mode", audit.mode_reason
    for answer in Answer.objects.filter(audit=audit, is_current=True):
        for name in ("text", "rationale", "evidence"):
            yield f"question:{answer.question}:{name}", getattr(answer, name)
    for said in Discussion.objects.filter(audit=audit):
        for name in ("who", "notes", "reason_not_held"):
            yield f"discussion:{name}", getattr(said, name)
    for contact in VoiceContact.objects.filter(audit=audit):
        for name in ("words", "reason"):
            yield f"voice:{contact.public_id}:{name}", getattr(contact, name)
    for grade in Grade.objects.filter(audit=audit, is_current=True).exclude(reason=""):
        yield f"grade:{grade.stage}:{grade.section}", grade.reason
    for rating in Moderation.objects.as_system("identity-check").filter(audit=audit, is_cancelled=False):
        for name in ("comment", "about_the_audit", "final_reason"):
            yield f"moderation:{rating.public_id}:{name}", getattr(rating, name)
    yield from _raised_from(audit)


def _raised_from(audit: Audit) -> Iterator[tuple[str, str]]:
    for link in AuditFinding.objects.filter(audit=audit).select_related("finding"):
        yield f"finding:{link.finding.public_id}:text", link.finding.text
        yield f"finding:{link.finding.public_id}:evidence", link.evidence
    for done in AuditAction.objects.filter(audit=audit).select_related("action"):
        yield f"action:{done.action.public_id}:text", done.action.text


def open_warnings(audit: Audit) -> list[IdentityWarning]:
    """The places that wait for an answer; while there is one, the audit is not shared."""
    return list(IdentityWarning.objects.filter(audit=audit, answered_at=None))


def unanswered(audit: Audit) -> list[Place]:
    """The places found in the texts as they stand now that nobody has answered yet, noted before or not."""
    answered = set(
        IdentityWarning.objects.filter(audit=audit, answered_at__isnull=False).values_list(
            "place", "kind", "digest"
        )
    )
    return [one for one in found_in(audit) if (one.place, str(one.kind), one.digest) not in answered]


def answered_warnings(audit: Audit) -> list[IdentityWarning]:
    """The places that were answered, with who said why."""
    rows = IdentityWarning.objects.filter(audit=audit, answered_at__isnull=False)
    return list(rows.select_related("answered_by"))
