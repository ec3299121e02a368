"""Standards and criteria as answers of the search."""

from collections.abc import Iterator

from django.urls import reverse

from plumbline.framework.queries.standards import find_standards
from plumbline.people.scope import Viewer
from plumbline.shared.area import Found


def found_standards(viewer: Viewer, asked: str) -> Iterator[Found]:
    """The standards and criteria in force that hold every word."""
    found = find_standards(viewer, asked)
    for standard in found.standards:
        url = reverse("standard", args=[standard.set.public_id, standard.position])
        yield Found(f"{standard.number} {standard.title}", url, "Practice standard", standard.purpose)
    for criterion in found.criteria:
        url = reverse("criterion", args=[criterion.public_id])
        yield Found(f"{criterion.number} {criterion.text}", url, "Criterion", criterion.standard.title)
