"""The shipped record tables."""

from functools import lru_cache
from pathlib import Path

from indicator_engine.extract import Tables
from indicator_engine.tables import load_tables

FOLDER = Path(__file__).resolve().parents[2] / "definitions" / "record_tables"


@lru_cache(maxsize=1)
def record_tables() -> Tables:
    return load_tables(FOLDER)
