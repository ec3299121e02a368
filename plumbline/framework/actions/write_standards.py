"""Writes a version of the standards as rows, set by set; part of an import, which records the event."""

from collections.abc import Mapping, Sequence

from plumbline.framework.files import content
from plumbline.framework.models import Criterion, InterpretationNote, Standard, StandardSet
from plumbline.framework.rules.versions import wording_digest
from plumbline.people.models import Person


def write_set(given: content.StandardSet, *, by: Person | None) -> StandardSet:
    """The draft made, with its standards, criteria and notes. Runs in the caller's transaction."""
    row = StandardSet.objects.create(
        key=given.key,
        title=given.title,
        version=given.version,
        effective_from=given.effective_from,
        licence=given.licence,
        source=given.source,
        consultation=given.consultation,
        equality=given.equality,
        digest=wording_digest(given),
        created_by=by,
    )
    standards = Standard.objects.bulk_create(
        Standard(
            set=row,
            number=standard.number,
            title=standard.title,
            purpose=standard.purpose,
            position=position,
        )
        for position, standard in enumerate(given.standards, start=1)
    )
    pairs = [
        (parent, criterion)
        for parent, standard in zip(standards, given.standards, strict=True)
        for criterion in standard.criteria
    ]
    criteria = Criterion.objects.bulk_create(
        Criterion(set=row, standard=parent, position=position, **_values(criterion))
        for position, (parent, criterion) in enumerate(pairs, start=1)
    )
    write_notes(
        [(made.pk, criterion.notes) for made, (_, criterion) in zip(criteria, pairs, strict=True)], by=by
    )
    return row


def _values(criterion: content.Criterion) -> dict[str, object]:
    return {
        "key": criterion.key,
        "number": criterion.number,
        "text": criterion.text,
        "kind": criterion.kind.value,
        "applies_to": [one.value for one in criterion.applies_to],
        "good": criterion.good,
        "not_yet": criterion.not_yet,
        "evidence": list(criterion.evidence),
        "speaks_to": list(criterion.speaks_to),
        "flag": criterion.flag,
    }


def write_notes(notes: Sequence[tuple[int, Sequence[content.Note]]], *, by: Person | None) -> int:
    """How many notes were added to the criteria with these numbers. Runs in the caller's transaction."""
    made = InterpretationNote.objects.bulk_create(
        InterpretationNote(criterion_id=criterion, on=note.on, text=note.text, by=by)
        for criterion, listed in notes
        for note in listed
    )
    return len(made)


def write_notes_by_key(
    row: StandardSet, notes: Mapping[str, Sequence[content.Note]], *, by: Person | None
) -> int:
    """How many notes were added to the version's criteria, named by key. Runs in the caller's transaction."""
    found = dict(Criterion.objects.filter(set=row, key__in=notes).values_list("key", "pk"))
    return write_notes([(found[key], listed) for key, listed in notes.items()], by=by)
