"""How standards are shown beside national frameworks: the areas with what speaks to them, those with nothing first."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse

from plumbline.framework.files.areas import JudgedAreas
from plumbline.framework.models import Criterion, StandardSet
from plumbline.framework.presenters.words import counted, tag, version_words
from plumbline.framework.queries.crosswalk import Crosswalk, areas_by_key, judged_frameworks
from plumbline.people.scope import Viewer


def framework_links(row: StandardSet) -> list[dict[str, str]]:
    """The pages that show the version beside each framework."""
    return [{"title": one.title, "url": _url(row, one)} for one in judged_frameworks().values()]


def spoken_to(criterion: Criterion) -> list[dict[str, str]]:
    """The areas that the criterion speaks to, each with its place on the page of its framework."""
    known = areas_by_key()
    found = [known[key] for key in criterion.speaks_to if key in known]
    return [
        {
            "title": area.title,
            "of": f"{framework.publisher}, {framework.year}: {area.part}",
            "url": f"{_url(criterion.set, framework)}#{area.key}",
        }
        for framework, area in found
    ]


def area_choices() -> list[tuple[str, str]]:
    """Every area to choose from, with the framework and the part it is in."""
    return [
        (key, f"{framework.publisher}: {area.part}: {area.title}")
        for key, (framework, area) in areas_by_key().items()
    ]


def crosswalk_page(viewer: Viewer, row: StandardSet, shown: Crosswalk) -> dict[str, Any]:
    """What the page of one framework needs."""
    framework, rows = shown.framework, shown.rows
    spoken = len(rows) - len(shown.unanswered)
    return {
        "title": framework.title,
        "set": row,
        "set_title": f"{row.title}, {version_words(row.version)}",
        "state_tag": tag(row.state),
        "edition": f"{framework.publisher}, {framework.year}",
        "source": framework.source,
        "sentence": f"Criteria speak to {spoken} of {counted(len(rows), 'area', 'areas')}.",
        "unanswered": shown.unanswered,
        "parts": [
            {
                "title": part,
                "areas": [
                    {"area": area, "criteria": [_line(one) for one in criteria]} for area, criteria in found
                ],
            }
            for part, found in groupby((one for one in rows if one[1]), key=lambda one: one[0].part)
        ],
        "others": [_line(one) for one in shown.others],
        "others_title": f"{counted(len(shown.others), 'criterion speaks', 'criteria speak')} to no area of it",
        "elsewhere": [one for one in framework_links(row) if one["title"] != framework.title],
        "csv_url": reverse("standard_areas_csv", args=[row.public_id, framework.key])
        if viewer.has("standard_set.export")
        else "",
        "crumbs": [
            {"text": "Standards", "href": reverse("standards")},
            {"text": row.title, "href": reverse("standard_set", args=[row.public_id])},
        ],
    }


def csv_lines(row: StandardSet, shown: Crosswalk) -> Iterator[tuple[str, ...]]:
    """A line for each area and criterion that speaks to it; an area that none speaks to has a line of its own."""
    yield ("Framework", "Year", "Part", "Area", "Standards", "Version", "Criterion", "Text")
    framework = shown.framework
    for area, criteria in shown.rows:
        about = (framework.title, str(framework.year), area.part, area.title, row.title, row.version)
        for number, text in [(one.number, one.text) for one in criteria] or [("", "")]:
            yield (*about, number, text)


def _url(row: StandardSet, framework: JudgedAreas) -> str:
    return reverse("standard_areas", args=[row.public_id, framework.key])


def _line(criterion: Criterion) -> dict[str, str]:
    return {
        "number": criterion.number,
        "text": criterion.text,
        "url": reverse("criterion", args=[criterion.public_id]),
    }
