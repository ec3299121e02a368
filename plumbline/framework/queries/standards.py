"""Practice standards as a viewer may read them: versions, one version whole, one criterion, search."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Count, Prefetch, Q, QuerySet

from plumbline.framework.files import content
from plumbline.framework.files.difference import Difference, difference
from plumbline.framework.files.reading import as_xlsx, as_yaml
from plumbline.framework.models import Criterion, InterpretationNote, SetState, Standard, StandardSet
from plumbline.framework.queries.stored_content import content_of_set
from plumbline.people.scope import Viewer
from plumbline.shared.plain_text import slug

MOST_FOUND = 20


def sets_for(viewer: Viewer, action: str = "standard_set.view") -> QuerySet[StandardSet]:
    """The versions on which the viewer may do the action, the newest first in each set."""
    return StandardSet.objects.visible_to(viewer, action).order_by("title", "key", "-created_at", "-pk")


def versions_for(viewer: Viewer) -> QuerySet[StandardSet]:
    """The versions the viewer may see, with who made, published and replaced them and their size."""
    people = ("created_by", "published_by", "retired_by")
    return sets_for(viewer).select_related(*people).annotate(criteria_count=Count("criteria"))


def sets_in_force(viewer: Viewer) -> list[StandardSet]:
    """The versions in force, the one published last first."""
    return list(sets_for(viewer).filter(state=SetState.PUBLISHED).order_by("-published_at", "-pk"))


def set_for(viewer: Viewer, public_id: str, action: str = "standard_set.view") -> StandardSet | None:
    """The version, if the viewer may do the action to it."""
    return sets_for(viewer, action).filter(public_id=public_id).first()


def standards_of(row: StandardSet) -> list[Standard]:
    """The standards of a version with criteria and notes, in three queries whatever their number."""
    notes = InterpretationNote.objects.order_by("on", "pk")
    criteria = Criterion.objects.order_by("position").prefetch_related(Prefetch("notes", notes))
    return list(
        Standard.objects.filter(set=row).order_by("position").prefetch_related(Prefetch("criteria", criteria))
    )


def criterion_for(viewer: Viewer, public_id: str) -> Criterion | None:
    """The criterion with its standard and version, if the viewer may see the version."""
    visible = sets_for(viewer).values("pk")
    found = Criterion.objects.filter(public_id=public_id, set__in=visible)
    return found.select_related("standard", "set").first()


def notes_of(criterion: Criterion) -> list[InterpretationNote]:
    """The notes of the criterion in the order of their dates, with who added them."""
    return list(
        InterpretationNote.objects.filter(criterion=criterion).select_related("by").order_by("on", "pk")
    )


def criterion_in_other_versions(viewer: Viewer, criterion: Criterion) -> list[Criterion]:
    """The criterion of the same key in the other versions of its set that the viewer may see, newest first."""
    versions = sets_for(viewer).filter(key=criterion.set.key).exclude(pk=criterion.set_id)
    return list(
        Criterion.objects.filter(set__in=versions.values("pk"), key=criterion.key)
        .select_related("set")
        .order_by("-set__created_at", "-set__pk")
    )


@dataclass(frozen=True)
class Compared:
    """Two versions of a set, what differs, and the content of both."""

    old: StandardSet
    new: StandardSet
    difference: Difference
    old_content: content.StandardSet
    new_content: content.StandardSet


def compared(old: StandardSet, new: StandardSet) -> Compared:
    """What differs between two versions."""
    before, after = content_of_set(old), content_of_set(new)
    return Compared(old, new, difference(before, after), before, after)


@dataclass(frozen=True)
class FoundStandards:
    """Standards and criteria in force that hold every word of a search."""

    standards: list[Standard]
    criteria: list[Criterion]


def find_standards(viewer: Viewer, asked: str) -> FoundStandards:
    """The standards and criteria in force in which every word is found, a handful of each."""
    words = asked.split()[:8]
    if not words:
        return FoundStandards([], [])
    in_force = sets_for(viewer).filter(state=SetState.PUBLISHED).values("pk")
    standards = Standard.objects.filter(_every_word(words, ("title", "purpose", "number")), set__in=in_force)
    criteria = Criterion.objects.filter(
        _every_word(words, ("text", "good", "not_yet", "number")), set__in=in_force
    )
    return FoundStandards(
        list(standards.select_related("set").order_by("set", "position")[:MOST_FOUND]),
        list(criteria.select_related("set", "standard").order_by("set", "position")[:MOST_FOUND]),
    )


def _every_word(words: Iterable[str], fields: Iterable[str]) -> Q:
    each = (
        reduce(lambda one, other: one | other, (Q(**{f"{name}__icontains": word}) for name in fields))
        for word in words
    )
    return reduce(and_, each)


@dataclass(frozen=True)
class ExportFile:
    """A file to download. Unit: `rows` criteria."""

    name: str
    content_type: str
    data: bytes
    rows: int


def export_of(row: StandardSet, form: str) -> ExportFile | None:
    """The version as a file that imports back without a change; None for a form that is not offered.

    The same version gives the same bytes each time.
    """
    kinds = {
        "yaml": ("application/yaml; charset=utf-8", as_yaml),
        "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    }
    if form not in kinds:
        return None
    content_type, write = kinds[form]
    given = content_of_set(row)
    name = f"{slug(f'{row.key} {row.version}') or 'standards'}.{form}"
    return ExportFile(name, content_type, write(given), len(given.criteria))
