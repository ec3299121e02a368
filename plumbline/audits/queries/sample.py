"""How the random cases of a round compare with the case list they were drawn from."""

from collections import Counter

from plumbline.audits.models import Draw, FrameCase, Slot, SlotRoute, SlotState
from plumbline.audits.rules.case_values import STRATA, VALUES, Column
from plumbline.audits.rules.representation import Comparison, compared
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import Viewer
from plumbline.shared import dates


def comparisons_of(viewer: Viewer, draw: Draw) -> list[Comparison]:
    """The sample against the list by each column that the list has; picked cases are left out.

    Counts over every case, small ones protected, for those who may see the draw.
    """
    if not viewer.has("draw.view"):
        return []
    fields = ["unit_id" if column is Column.TEAM else column.value for column in STRATA]
    frame = list(
        FrameCase.objects.as_system("draw").filter(case_list=draw.case_list).values_list("pk", *fields)
    )
    drawn = set(
        Slot.objects.as_system("draw")
        .filter(draw=draw, route=SlotRoute.RANDOM, state=SlotState.SELECTED)
        .values_list("case_id", flat=True)
    )
    names = unit_names(viewer)
    on = dates.day_of(draw.case_list.imported_at)
    found = []
    for n, (column, title) in enumerate(STRATA.items(), start=1):
        population = Counter(str(row[n]) for row in frame)
        sample = Counter(str(row[n]) for row in frame if row[0] in drawn)
        if set(population) <= {"", "unknown"}:
            continue
        if column is Column.TEAM:
            labels = {key: names.on(int(key), on) for key in population}
            labels = dict(sorted(labels.items(), key=lambda one: one[1]))
        else:
            labels = VALUES[column]
        found.append(compared(title, population, sample, labels))
    return found
