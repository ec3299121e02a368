"""How practice standards are shown: a version as a whole, one standard, one criterion."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from plumbline.framework.files.content import AppliesTo, CriterionKind
from plumbline.framework.models import Criterion, InterpretationNote, SetState, Standard, StandardSet
from plumbline.framework.presenters.crosswalk import framework_links, spoken_to
from plumbline.framework.presenters.evidence import columns
from plumbline.framework.presenters.words import (
    KINDS,
    applies_words,
    counted,
    listed,
    tag,
    version_title,
    version_words,
)
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.area import Evidence


def balance_sentence(kinds: Iterable[str]) -> str:
    """How far the criteria go beyond compliance: "25 of 46 criteria test quality or impact". Source: A28."""
    found = Counter(kinds)
    total = found.total()
    if not total:
        return ""
    deep = found[CriterionKind.QUALITY] + found[CriterionKind.IMPACT]
    rest = [
        f"{found[kind]} {label.lower()}"
        for kind, label in KINDS.items()
        if kind not in (CriterionKind.QUALITY, CriterionKind.IMPACT) and found[kind]
    ]
    said = f"{deep} of {counted(total, 'criterion', 'criteria')} {'test' if deep != 1 else 'tests'} quality or impact"
    return f"{said}. The others: {listed(rest)}." if len(rest) > 1 else f"{said}."


def set_page(
    viewer: Viewer,
    row: StandardSet,
    standards: list[Standard],
    in_force: list[StandardSet],
    form: Any,
    chosen: dict[str, str],
) -> dict[str, Any]:
    """What the page of one version needs, filtered as chosen."""
    criteria = [criterion for standard in standards for criterion in standard.criteria.all()]
    is_filtered = any(chosen.values())
    shown = {criterion.pk for criterion in criteria if _is_wanted(criterion, chosen)}
    rows = []
    for standard in standards:
        found = [criterion for criterion in standard.criteria.all() if criterion.pk in shown]
        if found or not is_filtered:
            rows.append(
                {
                    **_standard(row, standard),
                    "count": counted(len(standard.criteria.all()), "criterion", "criteria"),
                    "found": [_line(criterion) for criterion in found] if is_filtered else [],
                }
            )
    others = [other for other in in_force if other.pk != row.pk]
    return {
        **_frame(row),
        "title": row.title,
        "form": form,
        "is_filtered": is_filtered,
        "clear_url": reverse("standard_set", args=[row.public_id]),
        "rows": rows,
        "shown_sentence": f"{len(shown)} of {counted(len(criteria), 'criterion', 'criteria')}",
        "size_sentence": f"{counted(len(standards), 'standard', 'standards')}, {counted(len(criteria), 'criterion', 'criteria')}",
        "balance": balance_sentence(criterion.kind for criterion in criteria),
        "frameworks": framework_links(row),
        "about": [
            {"key": {"text": label}, "value": {"text": value}}
            for label, value in (
                ("Who was asked", row.consultation),
                ("Equality", row.equality),
                ("Source", row.source),
                ("Licence", row.licence),
            )
            if value
        ],
        "others": [
            {"title": other.title, "url": reverse("standard_set", args=[other.public_id])} for other in others
        ],
        **_rights(viewer, row),
    }


def _is_wanted(criterion: Criterion, chosen: dict[str, str]) -> bool:
    words = chosen["q"].casefold().split()
    text = " ".join(
        (criterion.number, criterion.text, criterion.good, criterion.not_yet, *criterion.evidence)
    ).casefold()
    return (
        all(word in text for word in words)
        and chosen["kind"] in ("", criterion.kind)
        # A criterion for every child is one for children in care too.
        and (
            not chosen["applies"]
            or {chosen["applies"], AppliesTo.ALL.value} & set(criterion.applies_to) != set()
        )
    )


def _rights(viewer: Viewer, row: StandardSet) -> dict[str, Any]:
    is_draft = row.state == SetState.DRAFT
    return {
        "may_publish": is_draft and viewer.has("standard_set.publish"),
        "may_change": is_draft and viewer.has("standard_set.change"),
        "may_begin": row.state == SetState.PUBLISHED and viewer.has("standard_set.begin"),
        "may_note": row.state == SetState.PUBLISHED and viewer.has("standard_set.note"),
        "may_import": viewer.has("framework.import"),
        "may_export": viewer.has("standard_set.export"),
    }


def _frame(row: StandardSet) -> dict[str, Any]:
    """What every page inside a version shows of it."""
    from_day = f", from {dates.in_words(row.effective_from)}" if row.effective_from else ""
    return {
        "set": row,
        "set_url": reverse("standard_set", args=[row.public_id]),
        "state_tag": tag(row.state),
        "version": f"{version_title(row.version)}{from_day}",
        "is_draft": row.state == SetState.DRAFT,
        "is_replaced": row.state == SetState.RETIRED,
    }


def _standard(row: StandardSet, standard: Standard) -> dict[str, Any]:
    return {
        "number": standard.number,
        "title": standard.title,
        "purpose": standard.purpose,
        "position": standard.position,
        "url": reverse("standard", args=[row.public_id, standard.position]),
    }


def _line(criterion: Criterion) -> dict[str, Any]:
    return {
        "number": criterion.number,
        "text": criterion.text,
        "kind": KINDS[CriterionKind(criterion.kind)],
        "applies": applies_words(criterion.applies_to),
        "url": reverse("criterion", args=[criterion.public_id]),
    }


def criterion_view(criterion: Criterion, notes: Iterable[InterpretationNote]) -> dict[str, Any]:
    """A criterion with all that helps to judge it."""
    return {
        **_line(criterion),
        "anchor": f"criterion-{criterion.key.replace('.', '-')}",
        "good": criterion.good,
        "not_yet": criterion.not_yet,
        "evidence": criterion.evidence,
        "flag": criterion.flag,
        "notes": [{"on": note.on, "text": note.text} for note in notes],
    }


def standard_page(
    viewer: Viewer,
    row: StandardSet,
    standards: list[Standard],
    position: int,
    known: Mapping[int, list[Evidence]],
) -> dict[str, Any]:
    """What the page of one standard needs.

    Raises: StopIteration where the version has no standard at the position.
    """
    at = next(index for index, standard in enumerate(standards) if standard.position == position)
    standard = standards[at]
    criteria = [
        criterion_view(criterion, criterion.notes.all()) | columns(known.get(criterion.pk, ()), viewer.on)
        for criterion in standard.criteria.all()
    ]
    return {
        **_frame(row),
        **_rights(viewer, row),
        "title": f"Standard {standard.number}: {standard.title}",
        "standard": _standard(row, standard),
        "criteria": criteria,
        "balance": balance_sentence(criterion.kind for criterion in standard.criteria.all()),
        "crumbs": crumbs(row),
        "pages": {
            "landmarkLabel": "Standards",
            "previous": _neighbour(row, standards, at - 1, "Previous"),
            "next": _neighbour(row, standards, at + 1, "Next"),
        },
    }


def _neighbour(row: StandardSet, standards: list[Standard], at: int, text: str) -> dict[str, str] | None:
    if not 0 <= at < len(standards):
        return None
    other = standards[at]
    return {
        "text": text,
        "labelText": f"{other.number} {other.title}",
        "href": reverse("standard", args=[row.public_id, other.position]),
    }


def criterion_page(
    viewer: Viewer,
    criterion: Criterion,
    notes: list[InterpretationNote],
    elsewhere: list[Criterion],
    known: Iterable[Evidence],
) -> dict[str, Any]:
    """What the page of one criterion needs: its words, its notes with who added them, its other wordings."""
    row, standard = criterion.set, criterion.standard
    return {
        **_frame(row),
        **_rights(viewer, row),
        "title": f"Criterion {criterion.number}",
        "criterion": criterion_view(criterion, notes) | columns(known, viewer.on),
        "speaks_to": spoken_to(criterion),
        "notes": [
            {
                "on": note.on,
                "text": note.text,
                "by": note.by.name if note.by else "",
                "added_at": note.added_at,
            }
            for note in reversed(notes)
        ],
        "elsewhere": [
            {
                "version": version_title(other.set.version),
                "tag": tag(other.set.state),
                "text": "The same words" if other.text == criterion.text else other.text,
                "url": reverse("criterion", args=[other.public_id]),
            }
            for other in elsewhere
        ],
        "note_url": reverse("criterion_note", args=[criterion.public_id]),
        "remove_url": reverse("criterion_remove", args=[criterion.public_id]),
        "wording_url": reverse("criterion_wording", args=[criterion.public_id]),
        "crumbs": [
            *crumbs(row),
            {
                "text": f"Standard {standard.number}",
                "href": reverse("standard", args=[row.public_id, standard.position]),
            },
        ],
    }


def crumbs(row: StandardSet | None = None) -> list[dict[str, str]]:
    """The way back to the standards, and to the version where it is not the one in force."""
    way = [{"text": "Standards", "href": reverse("standards")}]
    if row is not None:
        way.append(
            {
                "text": f"{row.title}, {version_words(row.version)}",
                "href": reverse("standard_set", args=[row.public_id]),
            }
        )
    return way


def note_page(criterion: Criterion, form: Any) -> dict[str, Any]:
    """What the form for a dated note needs."""
    return {
        "title": f"Add a note to criterion {criterion.number}",
        "lead": criterion.text,
        "form": form,
        "submit": "Add note",
        "back": reverse("criterion", args=[criterion.public_id]),
        "crumbs": crumbs(criterion.set),
    }
