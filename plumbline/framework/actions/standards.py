"""What people do to practice standards: publish a draft, reword or discard it, add a dated note."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.in_force import put_in_force
from plumbline.framework.models import Criterion, InterpretationNote, SetState, StandardSet
from plumbline.framework.queries.stored_content import content_of_set
from plumbline.framework.rules.versions import wording_digest
from plumbline.people.models import Person


class NotADraft(Exception):
    """The version was published or discarded in the meantime; a published version is never edited."""


class NotInForce(Exception):
    """The version was replaced in the meantime; notes belong on the one in force."""


@dataclass(frozen=True)
class Wording:
    """The words of a criterion that a council may make its own."""

    text: str
    good: str
    not_yet: str
    evidence: tuple[str, ...]
    speaks_to: tuple[str, ...] = ()

    def stored(self) -> dict[str, object]:
        """The values as rows hold them."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()
        }


@transaction.atomic
def publish_set(*, by: Person, row: StandardSet, also_replaces: Collection[str] = ()) -> StandardSet:
    """The version, now in force; the version before it, and other sets named, are kept as replaced.

    Raises: NotADraft when somebody published or discarded it first.
    """
    draft = _locked(row, SetState.DRAFT)
    if draft is None:
        raise NotADraft
    replaced = put_in_force(draft, by=by, also_replaces=also_replaces)
    record(by=by, kind=Kind.ACTION, action="standard_set.publish", obj=draft, detail={"replaced": replaced})
    return draft


@transaction.atomic
def discard_draft(*, by: Person, row: StandardSet) -> None:
    """Removes a draft, with all that is in it.

    Raises: NotADraft when somebody published or discarded it first.
    """
    draft = _locked(row, SetState.DRAFT)
    if draft is None:
        raise NotADraft
    record(
        by=by,
        kind=Kind.ACTION,
        action="standard_set.discard",
        obj=draft,
        detail={"key": draft.key, "version": draft.version},
    )
    draft.delete()


@transaction.atomic
def reword_criterion(*, by: Person, criterion: Criterion, wording: Wording) -> Criterion:
    """The criterion of a draft in the council's own words.

    Raises: NotADraft when the version was published or discarded first.
    """
    draft = _locked(criterion.set, SetState.DRAFT)
    if draft is None:
        raise NotADraft
    given = wording.stored()
    changed = sorted(name for name, value in given.items() if getattr(criterion, name) != value)
    if not changed:
        return criterion
    for name in changed:
        setattr(criterion, name, given[name])
    criterion.save(update_fields=changed)
    draft.digest = wording_digest(content_of_set(draft))
    draft.save(update_fields=["digest"])
    record(
        by=by,
        kind=Kind.ACTION,
        action="standard_set.reword",
        obj=draft,
        detail={"criterion": criterion.public_id, "fields": changed},
    )
    return criterion


@transaction.atomic
def add_note(*, by: Person, criterion: Criterion, on: date, text: str) -> InterpretationNote:
    """The dated note added to a criterion in force. The same note a second time is not added again.

    Raises: NotInForce when the version was replaced first.
    """
    if _locked(criterion.set, SetState.PUBLISHED) is None:
        raise NotInForce
    note, is_new = InterpretationNote.objects.get_or_create(
        criterion=criterion, on=on, text=text, defaults={"by": by}
    )
    if is_new:
        record(
            by=by,
            kind=Kind.ACTION,
            action="standard_set.note",
            obj=criterion.set,
            detail={"criterion": criterion.public_id, "note": note.public_id},
        )
    return note


def _locked(row: StandardSet, state: SetState) -> StandardSet | None:
    rows = StandardSet.objects.as_system("framework-publish").select_for_update()
    return rows.filter(pk=row.pk, state=state).first()
