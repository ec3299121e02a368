"""What the pages that build the next version of the standards need."""

from typing import Any

from django.urls import reverse

from plumbline.framework.models import Criterion, Standard, StandardSet
from plumbline.framework.presenters.standards import crumbs
from plumbline.framework.presenters.words import version_words


def begin_page(row: StandardSet, form: Any) -> dict[str, Any]:
    """What the page that begins a version needs."""
    return {
        "title": "Begin a new version",
        "lead": f"A draft begins as a copy of {row.title}, {version_words(row.version)}, with its notes. "
        "That version stays in force until the draft is put in force, and is kept then.",
        "form": form,
        "submit": "Begin the draft",
        "back": reverse("standard_set", args=[row.public_id]),
        "crumbs": crumbs(row),
    }


def add_page(row: StandardSet, standard: Standard, form: Any) -> dict[str, Any]:
    """What the form for a new criterion needs."""
    return {
        "title": f"Add a criterion to standard {standard.number}",
        "lead": standard.title,
        "form": form,
        "submit": "Add the criterion",
        "back": reverse("standard", args=[row.public_id, standard.position]),
        "crumbs": crumbs(row),
    }


def remove_page(criterion: Criterion, form: Any) -> dict[str, Any]:
    """What the page that takes a criterion out needs."""
    return {
        "title": f"Remove criterion {criterion.number} from the draft",
        "lead": f"{criterion.text} Versions in force and replaced keep it.",
        "form": form,
        "submit": "Remove the criterion",
        "warn": True,
        "back": reverse("criterion", args=[criterion.public_id]),
        "crumbs": crumbs(criterion.set),
    }


def wording_of(criterion: Criterion) -> dict[str, Any]:
    """The criterion's words as the form shows them."""
    return {
        "text": criterion.text,
        "good": criterion.good,
        "not_yet": criterion.not_yet,
        "evidence": "\n".join(criterion.evidence),
        "speaks_to": criterion.speaks_to,
    }


def wording_page(criterion: Criterion, form: Any) -> dict[str, Any]:
    """What the form for local wording needs."""
    return {
        "title": f"Change criterion {criterion.number} in the draft",
        "form": form,
        "back": reverse("criterion", args=[criterion.public_id]),
        "crumbs": crumbs(criterion.set),
    }
