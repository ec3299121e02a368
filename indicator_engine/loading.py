"""Definitions of indicators read from YAML files and checked: keys, columns, operations, examples."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indicator_engine import periods
from indicator_engine.definition import (
    PER_CHILD,
    POLARITIES,
    UNITS,
    Example,
    Exclusion,
    Expected,
    Indicator,
    Limit,
    Source,
)
from indicator_engine.derived import Derived, derived
from indicator_engine.expressions import write
from indicator_engine.faults import DefinitionFault, ExpressionFault
from indicator_engine.lined_yaml import Lined, read_text

KEYS = tuple(
    "key code title theme unit polarity numerator denominator rule reading events where excluded too_recent met "
    "value weigh per_child population settings breakdowns source comparator caveats tags framework examples".split()
)
REQUIRED = "key title theme unit polarity numerator rule events source breakdowns tags examples".split()
# Source: Children's Safeguarding Performance Information Framework (DfE, June 2012), its five themes.
TAGS = ("outcomes", "activity", "timeliness_of_decisions", "quality_of_plans", "workforce")
# Source: Children's Social Care National Framework (DfE, December 2023), outcomes 1 to 4 and the enablers.
FRAMEWORK = ("outcome_1", "outcome_2", "outcome_3", "outcome_4", "enabler_leaders", "enabler_workforce")
CONDITIONS = ("where", "too_recent", "met")


def load_definitions(folder: Path) -> dict[str, Indicator]:
    """Every indicator defined in the folder and below it, by key, in order of their files.

    Raises: DefinitionFault with file and line for the first definition that cannot be used.
    """
    found: dict[str, Indicator] = {}
    for path in sorted(folder.glob("**/*.yaml")):
        indicator = read_definition(path.read_text(encoding="utf-8"), str(path.relative_to(folder)))
        if indicator.key in found:
            raise DefinitionFault(
                indicator.place, f"{indicator.key!r} is also in {found[indicator.key].place}."
            )
        found[indicator.key] = indicator
    return found


def read_definition(text: str, name: str) -> Indicator:
    """The indicator that a YAML text defines; `name` stands for the file in messages.

    Raises: DefinitionFault with file and line if it cannot be used.
    """
    whole = read_text(text, name)
    parts = whole.mapping(KEYS, tuple(REQUIRED))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", parts["key"].text()):
        raise parts["key"].fault("A key is of small letters, digits and single dashes.")
    table = _table(parts["events"])
    settings = {key: _limit(item) for key, item in _optional_mapping(parts, "settings").items()}
    weigh = (
        parts["weigh"].mapping(("numerator", "denominator"), ("numerator", "denominator"))
        if "weigh" in parts
        else {}
    )
    indicator = Indicator(
        key=parts["key"].text(),
        code=_optional(parts, "code"),
        title=parts["title"].text(),
        theme=parts["theme"].text(),
        unit=parts["unit"].text(UNITS),
        polarity=parts["polarity"].text(POLARITIES),
        numerator=parts["numerator"].text(),
        denominator=_optional(parts, "denominator"),
        rule=parts["rule"].text(),
        reading=_optional(parts, "reading"),
        events=table.name,
        where=_optional(parts, "where"),
        excluded=tuple(_exclusion(item) for item in _optional_list(parts, "excluded")),
        too_recent=_optional(parts, "too_recent"),
        met=_optional(parts, "met"),
        value=_optional(parts, "value"),
        weigh_numerator=weigh["numerator"].text() if weigh else "",
        weigh_denominator=weigh["denominator"].text() if weigh else "",
        per_child=parts["per_child"].text(PER_CHILD) if "per_child" in parts else "",
        population=_optional(parts, "population"),
        settings=settings,
        breakdowns=tuple(item.text(table.breakdowns) for item in parts["breakdowns"].items()),
        sources=tuple(_source(item) for item in parts["source"].items()),
        comparator=_optional(parts, "comparator"),
        caveats=tuple(item.text() for item in _optional_list(parts, "caveats")),
        tags=tuple(item.text(TAGS) for item in parts["tags"].items()),
        framework=tuple(item.text(FRAMEWORK) for item in _optional_list(parts, "framework")),
        examples=tuple(_example(item) for item in parts["examples"].items()),
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        place=parts["key"].place,
    )
    _check_shape(indicator, parts, whole)
    _check_conditions(indicator, parts)
    return indicator


def condition_columns(table: Derived) -> dict[str, str]:
    """The columns a condition on this table's rows may name, with their declared types."""
    columns = {"as_at": "date", "event_date": "date", **{c.name: c.type for c in table.columns.values()}}
    if "age_band" in table.breakdowns:
        columns["age"] = "integer"
    return columns


def _table(part: Lined) -> Derived:
    try:
        table = derived(part.text())
    except KeyError:
        raise part.fault(f"There is no derived table {part.value!r}.") from None
    if table.kind == "part":
        raise part.fault(f"{table.name!r} is a part of other tables, not a list of events.")
    return table


def _check_shape(indicator: Indicator, parts: dict[str, Lined], whole: Lined) -> None:
    """Refuses a definition whose unit lacks what it is counted from, or has what it is not."""
    needed = {"percent": "met", "median": "value", "mix": "value", "ratio": "weigh"}.get(indicator.unit)
    if needed and needed not in parts:
        raise whole.fault(f"An indicator in {indicator.unit} needs {needed!r}.")
    if indicator.has_denominator and not indicator.denominator:
        raise whole.fault("Say in words what the denominator is.")
    for key, units in {"met": ("percent",), "value": ("median", "mix"), "weigh": ("ratio",)}.items():
        if key in parts and indicator.unit not in units:
            raise parts[key].fault(f"{key!r} does not belong to an indicator in {indicator.unit}.")
    if (indicator.unit == "rate_per_10_000") != bool(indicator.population):
        raise whole.fault("A rate, and only a rate, names the population it is of.")
    if not indicator.examples:
        raise parts["examples"].fault("Give at least one worked example: it is the definition's test.")


def _check_conditions(indicator: Indicator, parts: dict[str, Lined]) -> None:
    columns, settings = condition_columns(indicator.table), indicator.setting_values
    used: set[str] = set()

    def check(place: Lined, text: str, kind: str | None = "truth") -> str:
        try:
            written = write(text, columns, settings, kind=kind)
        except ExpressionFault as fault:
            raise place.fault(str(fault)) from fault
        used.update(re.findall(r"\$(\w+)", text))
        return written.kind

    for key in CONDITIONS:
        if key in parts:
            check(parts[key], parts[key].text())
    for item, exclusion in zip(_optional_list(parts, "excluded"), indicator.excluded, strict=True):
        check(item, exclusion.when)
    if "value" in parts:
        kind = check(parts["value"], indicator.value, None)
        if kind not in (("number",) if indicator.unit == "median" else ("text", "flags")):
            raise parts["value"].fault(f"A {indicator.unit} cannot be made of a {kind}.")
    for text in (indicator.weigh_numerator, indicator.weigh_denominator):
        if text:
            check(parts["weigh"], text, "number")
    for name in settings.keys() - used:
        raise _optional_mapping(parts, "settings")[name].fault(f"The setting {name!r} is not used.")


def _limit(item: Lined) -> Limit:
    parts = item.mapping(("value", "meaning", "council_may_change", "source"), ("value", "meaning"))
    value = parts["value"].value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise parts["value"].fault("A setting is a number or a text.")
    changeable = parts["council_may_change"].value if "council_may_change" in parts else False
    return Limit(value, parts["meaning"].text(), bool(changeable), _optional(parts, "source"))


def _exclusion(item: Lined) -> Exclusion:
    parts = item.mapping(("when", "reason"), ("when", "reason"))
    return Exclusion(parts["when"].text(), parts["reason"].text())


def _source(item: Lined) -> Source:
    parts = item.mapping(("document", "section", "year"), ("document",))
    year = str(parts["year"].value) if "year" in parts else ""
    return Source(parts["document"].text(), _optional(parts, "section"), year)


def _example(item: Lined) -> Example:
    parts = item.mapping(("title", "period", "records", "expect"), ("title", "period", "records", "expect"))
    try:
        period = periods.parse(str(parts["period"].value))
    except ValueError as error:
        raise parts["period"].fault(str(error)) from error
    records = {
        str(table): tuple(_record(row) for row in rows.items())
        for table, rows in parts["records"].mapping(()).items()
    }
    return Example(parts["title"].text(), period, records, _expected(parts["expect"]), item.place)


def _record(row: Lined) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column, cell in row.mapping(()).items():
        if isinstance(cell.value, bool) or not isinstance(cell.value, str | int | float | dt.date | None):
            raise cell.fault(
                f"{column} is not a text, a number or a date; put codes such as NO in quotation marks."
            )
        cells[column] = cell.value
    return cells


def _expected(part: Lined) -> Expected:
    keys = ("numerator", "denominator", "too_recent", "excluded", "values")
    plain = part.plain
    part.mapping(keys, ("numerator",))
    return Expected(**plain)


def _optional(parts: dict[str, Lined], key: str, convert: Callable[[Lined], str] = Lined.text) -> str:
    return convert(parts[key]) if key in parts else ""


def _optional_list(parts: dict[str, Lined], key: str) -> list[Lined]:
    return parts[key].items() if key in parts else []


def _optional_mapping(parts: dict[str, Lined], key: str) -> dict[str, Lined]:
    return parts[key].mapping(()) if key in parts else {}
