"""Every definition's worked examples give what they say, so that a definition is its own test."""

from functools import lru_cache
from pathlib import Path

import pytest

from indicator_engine import Extract, Indicator, load_definitions, open_records, work_examples
from tests.spec.tables import record_tables

FOLDER = Path(__file__).resolve().parents[2] / "definitions" / "indicators"

pytestmark = pytest.mark.no_database_needed


@lru_cache(maxsize=1)
def shipped() -> dict[str, Indicator]:
    return load_definitions(FOLDER)


@lru_cache(maxsize=1)
def empty_extract() -> Extract:
    return open_records({}, record_tables())


@pytest.mark.parametrize("key", sorted(shipped()))
def test_a_definition_counts_what_its_examples_say(key: str) -> None:
    outcomes = work_examples(shipped()[key], record_tables(), empty=empty_extract())

    assert [(o.example.title, o.difference) for o in outcomes if o.difference] == []
