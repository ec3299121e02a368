"""Practice standards beside national frameworks: for each area the criteria that speak to it, and what none speaks to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from plumbline.framework.files.areas import Area, JudgedAreas, read_areas
from plumbline.framework.models import Criterion, StandardSet
from plumbline.framework.queries.drivers import shipped_driver_keys


@cache
def judged_frameworks() -> Mapping[str, JudgedAreas]:
    """The frameworks of definitions/frameworks by key, read once a process.

    Raises: ValueError where a file has errors.
    """
    found: dict[str, JudgedAreas] = {}
    for path in sorted((settings.DEFINITIONS_DIR / "frameworks").glob("*.yaml")):
        taken = {area.key for framework in found.values() for area in framework.areas}
        reading = read_areas(path.read_bytes(), shipped_driver_keys(), taken)
        if reading.content is None:
            raise ValueError(f"definitions/frameworks/{path.name}: {'; '.join(map(str, reading.errors))}")
        found[reading.content.key] = reading.content
    return found


@cache
def areas_by_key() -> Mapping[str, tuple[JudgedAreas, Area]]:
    """Each area with its framework, by the key that criteria cite."""
    return {
        area.key: (framework, area) for framework in judged_frameworks().values() for area in framework.areas
    }


@dataclass(frozen=True)
class Crosswalk:
    """A version of the standards beside one framework: its areas with criteria, and the criteria left over."""

    framework: JudgedAreas
    rows: tuple[tuple[Area, tuple[Criterion, ...]], ...]
    others: tuple[Criterion, ...]

    @property
    def unanswered(self) -> tuple[Area, ...]:
        """The areas that no criterion speaks to."""
        return tuple(area for area, criteria in self.rows if not criteria)


def crosswalk_of(row: StandardSet, framework: JudgedAreas) -> Crosswalk:
    """The version beside the framework, in one query. The caller has made sure that the viewer may see it."""
    listed = tuple(Criterion.objects.filter(set=row).order_by("position"))
    rows = tuple(
        (area, tuple(one for one in listed if area.key in one.speaks_to)) for area in framework.areas
    )
    spoken = {one.pk for _, found in rows for one in found}
    return Crosswalk(framework, rows, tuple(one for one in listed if one.pk not in spoken))
