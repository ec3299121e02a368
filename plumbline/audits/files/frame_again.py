"""A frame read again from its file the way a certificate says it was read: references with their strata, no database."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.audits.files.case_list import Table, read_case_list
from plumbline.audits.files.case_rows import read_cases
from plumbline.audits.rules.case_values import Column, column_of, plain
from plumbline.audits.rules.draw import BETWEEN
from plumbline.shared.given import FileError


def frame_from(certificate: Mapping[str, Any], data: bytes, heading: str = "") -> dict[str, str]:
    """The stratum of each reference in the file. `heading` names the column of references where it is called otherwise.

    Raises: FileError for a file that cannot be read, or lacks a column that the draw needs; KeyError or TypeError
    for a certificate that does not say how its list was read.
    """
    reading: Mapping[str, Any] = certificate["frame"]["reading"]
    strata: list[str] = certificate["strata_columns"]
    table = read_case_list(data)
    named: dict[str, str] = dict(reading.get("columns", {}))
    if heading:
        named[Column.REFERENCE.value] = heading
    wanted = [Column.REFERENCE.value, *strata]
    if reading.get("plan_types"):
        wanted.append(Column.PLAN_TYPE.value)
    if Column.AGE_BAND in strata and Column.BIRTH.value in named:
        wanted = [Column.BIRTH.value if one == Column.AGE_BAND else one for one in wanted]
    columns = {_at(table, Column(one), named.get(one, "")): Column(one) for one in dict.fromkeys(wanted)}
    read = read_cases(
        table,
        columns,
        spellings=reading.get("spellings", {}),
        on=date.fromisoformat(reading["on"]),
        plan_types=frozenset(reading.get("plan_types", ())),
    )
    for column, spellings in read.asked.items():
        for one in spellings.values():
            raise FileError(
                f"“{one.text}” was not in the {column.value.replace('_', ' ')} column before.", one.place
            )
    told = read.problems.told()
    if told:
        raise FileError(told[0].message, told[0].place)
    return {case.reference: BETWEEN.join(getattr(case, column) for column in strata) for case in read.cases}


def _at(table: Table, column: Column, heading: str) -> int:
    """Where the column stands: under its heading of before, or the only one that means it."""
    for n, found in enumerate(table.headings):
        if heading and plain(found) == plain(heading):
            return n
    guessed = [n for n, found in enumerate(table.headings) if column_of(found) is column]
    if len(guessed) == 1:
        return guessed[0]
    if column is Column.REFERENCE and len(table.headings) == 1:
        return 0
    named = f"“{heading}”" if heading else column.value.replace("_", " ")
    raise FileError(f"The list has no column {named}, which the draw needs.")
