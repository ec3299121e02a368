"""The frame of a round for its draw: each reference with its stratum, and those audited lately."""

from collections.abc import Iterable, Sequence
from datetime import date

from plumbline.audits.models import Audit, CaseList, FrameCase, Round
from plumbline.audits.rules.case_values import VALUES, Column
from plumbline.audits.rules.draw import BETWEEN
from plumbline.audits.rules.states import LEFT_OUT
from plumbline.people.models import Unit, UnitName
from plumbline.people.queries.units import UnitNames
from plumbline.shared.dates import first_of_month


def frame_of(case_list: CaseList, columns: Sequence[str]) -> dict[str, str]:
    """The stratum of each reference: the keys of its values in the columns, joined; one stratum without columns."""
    fields = ["unit__key" if column == Column.TEAM else column for column in columns]
    rows = FrameCase.objects.as_system("draw").filter(case_list=case_list).values_list("reference", *fields)
    return {row[0]: stratum_key(row[1:]) for row in rows}


def stratum_key(values: Iterable[str]) -> str:
    """The key of a stratum."""
    return BETWEEN.join(values)


def stratum_labels(keys: Iterable[str], columns: Sequence[str], on: date) -> dict[str, str]:
    """The words for each stratum, such as "Safeguarding North, Child protection"."""
    names: dict[str, str] = {}
    if Column.TEAM in columns:
        units = dict(Unit.objects.values_list("key", "pk"))
        dated = UnitNames(
            UnitName.objects.order_by("starts_on", "pk").values_list(
                "unit_id", "name", "starts_on", "ends_on"
            )
        )
        names = {key: dated.on(pk, on) or key for key, pk in units.items()}
    said = {}
    for key in keys:
        values = key.split(BETWEEN) if columns else []
        said[key] = ", ".join(
            names.get(value, value)
            if column == Column.TEAM
            else VALUES[Column(column)].get(value, value or "Not known")
            for column, value in zip(columns, values, strict=False)
        )
    return said


def audited_lately(round: Round, references: Iterable[str] | None = None) -> set[str]:
    """The references audited in the months before the round that it does not repeat.

    An audit counts by the last month of its round; one that was left out does not count.
    """
    if not round.no_repeat_months:
        return set()
    since = first_of_month(round.first_month, -round.no_repeat_months)
    rows = (
        Audit.objects.as_system("draw")
        .filter(round__last_month__gte=since, round__first_month__lte=round.last_month)
        .exclude(round=round)
        .exclude(state__in=LEFT_OUT)
        .exclude(round__state="cancelled")
    )
    found = set(rows.values_list("reference", flat=True))
    return found if references is None else found & set(references)
