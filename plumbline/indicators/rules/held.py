"""Which indicators an extract cannot speak of, because its return does not hold what they rest on."""

from collections.abc import Mapping

from indicator_engine import Indicator, columns_behind, tables_behind
from plumbline.indicators.files.manifest import Manifest


def not_held(manifest: Manifest, indicators: Mapping[str, Indicator]) -> dict[str, list[str]]:
    """The tables and columns that each indicator lacks, by the keys of those that lack some."""
    tables, columns = set(manifest.not_supplied), set(manifest.columns_not_supplied)
    found: dict[str, list[str]] = {}
    for key, indicator in indicators.items():
        lacking = [table for table in tables_behind(indicator) if table in tables]
        lacking += [
            f"{table}.{column}"
            for table, behind in columns_behind(indicator).items()
            for column in behind
            if f"{table}.{column}" in columns
        ]
        if lacking:
            found[key] = lacking
    return found
