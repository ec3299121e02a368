"""How the records look on the day an extract is made: what is not recorded yet is not there."""

from collections.abc import Callable, Iterator

from plumbline.demo.children.days import FIRST, ISO
from plumbline.demo.children.household import Child, Household, Row
from plumbline.demo.children.rates import LATENESS
from plumbline.demo.children.tables import TABLES, TableShape
from plumbline.demo.children.world import World

Line = list[str]


def visible_rows(household: Household) -> Iterator[tuple[str, Line]]:
    """The household's lines of the extract: table and texts, in the order they came to be."""
    world = household.world
    shown = {child.person_id for child in household.children if _is_shown(child, world)}
    if not shown:
        return
    for row in household.rows:
        if (
            row.person in shown
            and row.happened <= world.as_at < row.stands_until
            and row.recorded <= world.as_at
        ):
            shape = TABLES[row.table]
            if row.happened >= world.window or not shape.small_events:
                yield row.table, line(shape, row, world.as_at)


def _is_shown(child: Child, world: World) -> bool:
    """Whether anything of the child's was open, and begun, in the years shown."""
    return any(starts <= world.as_at and ends >= world.window for starts, ends in child.spans)


def line(shape: TableShape, row: Row, as_at: int) -> Line:
    """One line of the table as it stood on the day."""
    values = row.values
    if row.first_said and as_at < row.corrected:
        values = values | row.first_said
    known = values.get
    found = [known(column) for column in shape.columns]
    for group in shape.later:
        day = found[group[0]]
        if not day or not _is_known(day, row, as_at):
            for place in group:
                found[place] = None
    return [
        "" if value is None or value == "" else ISO[value - FIRST] if is_date else str(value)
        for value, is_date in zip(found, shape.is_date, strict=True)
    ]


def _is_known(day: int, row: Row, as_at: int) -> bool:
    """Whether something that happened on a later day than the row itself had been written down."""
    if row.end_recorded:
        return row.end_recorded <= as_at
    return max(day + LATENESS[(day * 29 + row.happened * 13) & 127], row.recorded) <= as_at


Sink = Callable[[str, Line], None]
