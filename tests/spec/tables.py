"""The record tables with their columns' types, as the engine needs them."""

import json
from functools import lru_cache
from pathlib import Path

from indicator_engine.extract import Tables


@lru_cache(maxsize=1)
def record_tables() -> Tables:
    """Column types by table and column."""
    tables: Tables = json.loads((Path(__file__).parent / "interim_columns.json").read_text(encoding="utf-8"))
    return tables
