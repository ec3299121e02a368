"""Worked examples worked: what an indicator counts from the records of its own example."""

from __future__ import annotations

from dataclasses import dataclass

from indicator_engine.definition import Example, Indicator
from indicator_engine.engine import Count, Engine
from indicator_engine.extract import (
    Extract,
    ExtractFault,
    Tables,
    open_records,
    put_records,
    take_records_out,
)
from indicator_engine.faults import DefinitionFault


@dataclass(frozen=True)
class Outcome:
    """What an example gave, and in what it differs from what it should give; no difference is an empty text."""

    example: Example
    count: Count
    difference: str


def work_examples(indicator: Indicator, tables: Tables, *, empty: Extract | None = None) -> list[Outcome]:
    """The outcome of each of a definition's examples.

    They are worked in `empty`, an extract of no records, which is empty again afterwards; else in one of their own.
    Raises: DefinitionFault if an example's records name a table or column that is not described.
    """
    if empty is not None:
        return [_worked(indicator, example, empty) for example in indicator.examples]
    with open_records({}, tables) as extract:
        return [_worked(indicator, example, extract) for example in indicator.examples]


def _worked(indicator: Indicator, example: Example, extract: Extract) -> Outcome:
    engine = Engine(extract, {indicator.key: indicator})
    try:
        put_records(extract.database, example.records, extract.tables)
        [count] = engine.counts([indicator.key], [example.period])
    except ExtractFault as fault:
        raise DefinitionFault(example.place, str(fault)) from fault
    finally:
        engine.let_go()
        take_records_out(extract.database, example.records.keys() & extract.tables.keys())
    return Outcome(example, count, _difference(example, count))


def _difference(example: Example, count: Count) -> str:
    expect = example.expect
    excluded = {reason: n for reason, n in count.excluded.items() if n}
    pairs = {
        "numerator": (count.numerator, expect.numerator),
        "denominator": (count.denominator, expect.denominator),
        "too_recent": (count.too_recent, expect.too_recent),
        "excluded": (excluded, dict(expect.excluded)),
        "values": (dict(count.values), dict(expect.values)),
    }
    wrong = [f"{name} is {had!r}, not {wanted!r}" for name, (had, wanted) in pairs.items() if had != wanted]
    return "; ".join(wrong)
