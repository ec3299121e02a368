"""The figures of a report as CSV, one figure a line, and the protected ones of the shareable version."""

from collections.abc import Mapping
from typing import Any

from plumbline.audits.rules.report_lines import lines_of
from plumbline.shared.tables import write_csv


def csv_of(figures: Mapping[str, Any]) -> bytes:
    """Every figure with its part, its cases, how many of how many, and its range as shares from 0 to 1."""
    rows: list[list[str | int | float | None]] = [
        ["Part", "Cases", "What", "Count", "Of", "Lower", "Upper", "In words"]
    ]
    rows += [
        [line.part, line.cases, line.what, line.count, line.of, line.lower, line.upper, line.words]
        for line in lines_of(figures)
    ]
    return write_csv(rows)


def shareable_csv_of(shareable: Mapping[str, Any]) -> bytes:
    """The protected figures: a hidden count is c, and a table that is left out has no line."""
    rows = [["Table", "Answer", "Audits", "Of", "Probable range"]]
    rows += [
        [one["title"], row["label"], row["count"], str(shareable["counted"]), row["range"]]
        for one in shareable["tables"]
        for row in one["rows"]
    ]
    return write_csv(rows)
