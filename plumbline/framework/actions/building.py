"""Builds the next version of a set of standards by hand: begin a draft from the one in force, add and remove criteria."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F, Max

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.framework.actions.standards import NotADraft, NotInForce, Wording
from plumbline.framework.actions.write_standards import write_set
from plumbline.framework.models import Criterion, InterpretationNote, SetState, Standard, StandardSet
from plumbline.framework.queries.stored_content import content_of_set
from plumbline.framework.rules.versions import free_key, free_version, with_criteria, wording_digest
from plumbline.people.models import Person


class DraftWaits(Exception):
    """There is a draft of the set already: two would grow apart."""


@dataclass(frozen=True)
class NewCriterion:
    """What a criterion added by hand says, besides its words."""

    number: str
    kind: str
    applies_to: tuple[str, ...]


@transaction.atomic
def begin_version(*, by: Person, row: StandardSet) -> StandardSet:
    """The draft that begins as a copy of the version in force, with its notes and who added them.

    Raises: NotInForce when the version was replaced first; DraftWaits when somebody began a draft before.
    """
    rows = StandardSet.objects.as_system("framework-publish").select_for_update()
    of_set = list(rows.filter(key=row.key))
    if not any(one.pk == row.pk and one.state == SetState.PUBLISHED for one in of_set):
        raise NotInForce
    if any(one.state == SetState.DRAFT for one in of_set):
        raise DraftWaits
    content = with_criteria(content_of_set(row), lambda criterion: replace(criterion, notes=()))
    version = free_version(row.version, {one.version for one in of_set})
    draft = write_set(replace(content, version=version, effective_from=None), by=by)
    copied = dict(Criterion.objects.filter(set=draft).values_list("key", "pk"))
    notes = InterpretationNote.objects.filter(criterion__set=row).select_related("criterion").order_by("pk")
    InterpretationNote.objects.bulk_create(
        InterpretationNote(
            criterion_id=copied[note.criterion.key],
            on=note.on,
            text=note.text,
            by_id=note.by_id,
            added_at=note.added_at,
        )
        for note in notes
    )
    record(by=by, kind=Kind.ACTION, action="standard_set.begin", obj=draft, detail={"from": row.public_id})
    return draft


@transaction.atomic
def add_criterion(*, by: Person, standard: Standard, new: NewCriterion, wording: Wording) -> Criterion:
    """The criterion added as the last of its standard.

    Raises: NotADraft when the version was published or discarded first.
    """
    draft = _draft(standard.set_id)
    in_set = Criterion.objects.filter(set=draft)
    of_standard = in_set.filter(standard__position__lte=standard.position)
    last = of_standard.aggregate(last=Max("position"))["last"] or 0
    in_set.filter(position__gt=last).update(position=F("position") + 1)
    made = Criterion.objects.create(
        set=draft,
        standard=standard,
        key=free_key(new.number, set(in_set.values_list("key", flat=True))),
        number=new.number,
        kind=new.kind,
        applies_to=list(new.applies_to),
        position=last + 1,
        **wording.stored(),
    )
    _seal(draft)
    record(
        by=by,
        kind=Kind.ACTION,
        action="standard_set.add_criterion",
        obj=draft,
        detail={"criterion": made.public_id},
    )
    return made


@transaction.atomic
def remove_criterion(*, by: Person, criterion: Criterion) -> None:
    """Takes a criterion out of a draft; the versions before keep it.

    Raises: NotADraft when the version was published or discarded first.
    """
    draft = _draft(criterion.set_id)
    record(
        by=by,
        kind=Kind.ACTION,
        action="standard_set.remove_criterion",
        obj=draft,
        detail={"criterion": criterion.public_id, "key": criterion.key},
    )
    criterion.delete()
    _seal(draft)


def _draft(pk: int) -> StandardSet:
    rows = StandardSet.objects.as_system("framework-publish").select_for_update()
    draft: StandardSet | None = rows.filter(pk=pk, state=SetState.DRAFT).first()
    if draft is None:
        raise NotADraft
    return draft


def _seal(draft: StandardSet) -> None:
    draft.digest = wording_digest(content_of_set(draft))
    draft.save(update_fields=["digest"])
