"""Who was audited against who could have been: the case list and the random cases that count, small numbers protected."""

from collections import Counter
from typing import Any

from django.db.models import Count

from plumbline.audits.models import Audit, FrameCase, Round
from plumbline.audits.rules.case_values import STRATA, VALUES, Column
from plumbline.audits.rules.representation import compared
from plumbline.people.models import UnitName

# Columns of the case list that say nothing where nobody filled them in.
UNKNOWN = {"", "unknown"}


def people_of(round: Round, audited: list[int]) -> list[dict[str, Any]]:
    """For each column of the case list: a sentence, and each value with how many of the list and of the audited have it.

    Counts are text: c for one that could point to a child.
    """
    fields = ["unit_id" if column is Column.TEAM else column.value for column in STRATA]
    frame = _counted(FrameCase.objects.as_system("report-figures").filter(case_list__round=round), fields)
    if not frame:
        return []
    audits = Audit.objects.as_system("report-figures").filter(pk__in=audited)
    sample = _counted(audits, [f"case__{name}" for name in fields])
    teams = {
        str(unit): name for unit, name in UnitName.objects.order_by("starts_on").values_list("unit", "name")
    }
    found = []
    for place, (column, title) in enumerate(STRATA.items()):
        population, drawn = _by(frame, place), _by(sample, place)
        if set(population) <= UNKNOWN:
            continue
        in_order = sorted(population, key=lambda key: teams.get(key, ""))
        labels = {key: teams.get(key, "") for key in in_order} if column is Column.TEAM else VALUES[column]
        seen = compared(title, population, drawn, labels)
        found.append(
            {
                "label": title,
                "sentence": seen.sentence,
                "has_hidden": seen.has_hidden,
                "rows": [
                    {"label": one.label, "frame": one.population, "audited": one.sample, "word": one.word}
                    for one in seen.groups
                ],
            }
        )
    return found


def _counted(rows: Any, fields: list[str]) -> list[tuple[Any, ...]]:
    """How many rows have each combination of values, so that a long list is counted by the database."""
    return list(rows.order_by().values_list(*fields).annotate(many=Count("pk")))


def _by(rows: list[tuple[Any, ...]], place: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[str(row[place])] += row[-1]
    return counts
