"""What somebody typed and has not saved: on a page of an audit, or into a form about an audit or a report."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plumbline.audits.models import Answer, AnswerDraft, Audit, FormDraft
from plumbline.audits.rules.answers import FIELDS, Fate, Given, Written, fate_of

NOTHING = Given()


def given_of(row: Answer | None) -> Given:
    """What a stored answer says; nothing for no answer."""
    return NOTHING if row is None else Given(**{name: getattr(row, name) for name in FIELDS})


def written_in(data: Mapping[str, Any]) -> dict[str, Written]:
    """What a draft holds, question by question."""
    return {
        key: Written(
            Given(**{name: str(typed.get(name, "")) for name in FIELDS}), int(typed.get("version", 0))
        )
        for key, typed in data.items()
    }


def unsaved_in(audit: Audit, data: Mapping[str, Any]) -> dict[str, Written]:
    """What of a draft differs both from the version it was begun on and from the current one."""
    written = written_in(data)
    versions: dict[str, list[Answer]] = defaultdict(list)
    for row in Answer.objects.filter(audit=audit, question__in=list(written)):
        versions[row.question].append(row)
    unsaved = {}
    for key, one in written.items():
        current = given_of(next((row for row in versions[key] if row.is_current), None))
        base = given_of(next((row for row in versions[key] if row.number == one.based_on), None))
        if fate_of(one.given, base, current, is_stale=False) is not Fate.UNCHANGED:
            unsaved[key] = one
    return unsaved


def draft_of(person_id: int | None, audit: Audit, page: str) -> tuple[dict[str, Written], datetime | None]:
    """What the person typed on the page and has not saved, and when it was kept; nothing and none without a draft."""
    draft = AnswerDraft.objects.filter(audit=audit, person_id=person_id or 0, page=page).first()
    if draft is None:
        return {}, None
    unsaved = unsaved_in(audit, draft.data)
    return unsaved, draft.saved_at if unsaved else None


def unsaved_pages(person_id: int | None, audit: Audit) -> list[str]:
    """The pages on which the person typed something that is not saved."""
    drafts = AnswerDraft.objects.filter(audit=audit, person_id=person_id or 0).order_by("page")
    return [draft.page for draft in drafts if unsaved_in(audit, draft.data)]


def form_draft_of(person_id: int | None, place: str) -> FormDraft | None:
    """What the person typed into the form at the address and has not saved."""
    return FormDraft.objects.filter(person_id=person_id or 0, place=place).first()
