"""Figures of the teams that the viewer manages, from the newest extract."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from plumbline.indicators.models import Extract, Figure, PeriodKind
from plumbline.people.models import UnitName
from plumbline.people.scope import Viewer


@dataclass(frozen=True)
class Team:
    """A team of the council that the extract has figures of: its name there and here, and its id in the extract."""

    key: str
    name: str
    group: str


def newest_extract(viewer: Viewer) -> Extract | None:
    """The extract whose figures of teams are shown, for whoever may see those of a team."""
    if not viewer.has("team_figure.view"):
        return None
    return Extract.objects.as_system("team-figures").defer("quality").order_by("-as_at", "-pk").first()


def teams_for(viewer: Viewer, extract: Extract) -> list[Team]:
    """The viewer's teams that the extract knows by a name they have or had; a name borne twice is nobody's."""
    units = viewer.units("team_figure.view")
    rows = UnitName.objects.select_related("unit").order_by("name")
    named: dict[str, set[int]] = defaultdict(set)
    keys: dict[int, str] = {}
    for row in rows:
        named[" ".join(row.name.split()).casefold()].add(row.unit_id)
        keys[row.unit_id] = row.unit.public_id
    found = []
    for group, name in sorted(extract.manifest.get("teams", {}).items(), key=lambda one: str(one[1])):
        known = named.get(" ".join(str(name).split()).casefold(), set())
        if len(known) == 1:
            (unit,) = known
            if units is None or unit in units:
                found.append(Team(keys[unit], str(name), str(group)))
    return found


def busiest(extract: Extract, teams: Sequence[Team]) -> Team | None:
    """The team with the newest and most figures: one that was closed comes after those that work."""
    rows = Figure.objects.filter(extract=extract, of="team", group__in=[one.group[:80] for one in teams])
    newest = rows.values("group").annotate(last=Max("ends_on"), many=Count("pk")).order_by("-last", "-many")
    group = newest.values_list("group", flat=True).first() if teams else None
    return next((one for one in teams if one.group[:80] == group), teams[0] if teams else None)


def months_of_team(extract: Extract, team: Team) -> dict[str, list[Figure]]:
    """The monthly figures of the team by indicator, oldest first, in one query."""
    found: dict[str, list[Figure]] = defaultdict(list)
    rows = Figure.objects.filter(extract=extract, of="team", group=team.group[:80], kind=PeriodKind.MONTH)
    for row in rows.defer("excluded").order_by("ends_on"):
        found[row.indicator].append(row)
    return found
