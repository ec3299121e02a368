"""Who was audited against who could have been: the frame and the random cases that count, small numbers protected."""

from collections import Counter
from typing import Any

from plumbline.audits.models import Audit, FrameCase, Round
from plumbline.people.models import UnitName
from stats.disclosure import Dimension, RefusedError, Symbol, grid, protect, published

# What a frame tells of its children. Teams and plan types are the council's own and hide nothing of a child.
COLUMNS = (
    ("plan_type", "Plan type", False),
    ("unit_id", "Team", False),
    ("age_band", "Age", True),
    ("sex", "Sex", True),
    ("ethnicity", "Ethnicity", True),
    ("disability", "Disability", True),
)
TOP = "all"


def people_of(round: Round, audited: list[int]) -> list[dict[str, Any]]:
    """For each column of the case list: each value with how many of the frame and of the audited have it, as text.

    Characteristics of children are protected: c for a count that could point to a child.
    """
    names = [column for column, _, _ in COLUMNS]
    frame = list(
        FrameCase.objects.as_system("report-figures").filter(case_list__round=round).values_list(*names)
    )
    sample = list(
        Audit.objects.as_system("report-figures")
        .filter(pk__in=audited)
        .values_list(*(f"case__{name}" for name in names))
    )
    if not frame:
        return []
    units = dict(UnitName.objects.order_by("starts_on").values_list("unit_id", "name"))
    found = []
    for place, (_, label, is_sensitive) in enumerate(COLUMNS):
        of_frame = Counter(_words(row[place], units) for row in frame)
        of_sample = Counter(_words(row[place], units) for row in sample)
        if set(of_frame) == {"Not recorded"}:
            continue
        found.append({"label": label} | _column(of_frame, of_sample, is_sensitive))
    return found


def _words(value: Any, units: dict[int, str]) -> str:
    return (units.get(value, "") if isinstance(value, int) else str(value)) or "Not recorded"


def _column(frame: Counter[str], sample: Counter[str], is_sensitive: bool) -> dict[str, Any]:
    values = sorted(frame, key=lambda one: (-frame[one], one))
    if not is_sensitive:
        rows = [{"label": one, "frame": str(frame[one]), "audited": str(sample[one])} for one in values]
        return {"rows": rows, "advice": ""}
    audited, advice = _protected(sample, values), ""
    if audited is None:
        audited = dict.fromkeys(values, Symbol.CONFIDENTIAL.value)
        advice = "Too few were audited to show this without pointing to a child."
    whole = _protected(frame, values) or dict.fromkeys(values, Symbol.CONFIDENTIAL.value)
    rows = [{"label": one, "frame": whole[one], "audited": audited[one]} for one in values]
    return {"rows": rows, "advice": advice}


def _protected(counts: Counter[str], values: list[str]) -> dict[str, str] | None:
    if len(values) < 2 or not sum(counts.values()):
        return {one: str(counts[one]) for one in values}
    keys = {value: f"v{n}" for n, value in enumerate(values)}
    table = grid(
        {(keys[value],): counts[value] for value in values},
        [Dimension(dict.fromkeys(keys.values(), TOP), True)],
    )
    try:
        shown = published(protect(table).table)
    except RefusedError:
        return None
    return {value: shown[keys[value]] for value in values}
