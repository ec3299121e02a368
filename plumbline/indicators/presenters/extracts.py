"""The pages of extracts: what was loaded, what it holds, and what its faults do to which figure."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from plumbline.indicators.models import Extract, ExtractState
from plumbline.indicators.queries.definitions import indicators, record_tables
from plumbline.shared.dates import in_words

SHAPES = {
    "ssd": "Standard Safeguarding Dataset",
    "annex_a": "Ofsted Annex A",
    "ssda903": "SSDA903",
    "cin": "Children in need census",
}
SEVERITIES = {"error": "Makes figures wrong", "warning": "May make figures wrong", "note": "Worth knowing"}


def extract_row(row: Extract) -> dict[str, Any]:
    """A line of the list."""
    return {
        "name": row.name,
        "url": reverse("extract", args=[row.public_id]),
        "shape": SHAPES.get(row.shape, row.shape),
        "as_at": in_words(row.as_at),
        "rows": f"{row.rows:,}",
        "state": ExtractState(row.state).label,
        "purge_on": in_words(row.purge_on),
    }


def extract_page(row: Extract, *, with_references: bool) -> dict[str, Any]:
    """The facts, the tables, and the quality report with the worst first; references of records for who may see rows."""
    quality = list(row.quality)
    faults = [_fault(one, with_references) for one in quality if one["outcome"] == "faults"]
    unseen = [
        {"title": one["title"], "table": _table(one["table"]), "missing": ", ".join(one["missing"])}
        for one in quality
        if one["outcome"] == "not_seen"
    ]
    tables: Mapping[str, int] = row.manifest["rows"]
    return {
        "facts": [
            ("Shape", SHAPES.get(row.shape, row.shape)),
            ("As at", in_words(row.as_at)),
            ("Rows", f"{row.rows:,}"),
            ("Loaded", in_words(row.loaded_at.date())),
            ("Records are deleted on", in_words(row.purge_on)),
            ("Digest of the content", row.digest),
        ],
        "tables": [(_table(name), f"{number:,}") for name, number in sorted(tables.items()) if number],
        "not_supplied": [_table(name) for name in row.manifest["not_supplied"]],
        "faults": faults,
        "unseen": unseen,
        "clean": sum(1 for one in quality if one["outcome"] == "none"),
    }


def _fault(one: Mapping[str, Any], with_references: bool) -> dict[str, Any]:
    known = indicators()
    return {
        "title": one["title"],
        "code": one["official"] or one["code"],
        "table": _table(one["table"]),
        "severity": SEVERITIES[one["severity"]],
        "count": f"{one['count']:,} of {one['rows']:,}" if one["rows"] else f"{one['count']:,}",
        "samples": ", ".join(one["samples"][:5]) if with_references else "",
        "effect": one["effect"],
        "indicators": [known[key].title for key in one["indicators"] if key in known],
    }


def _table(name: str) -> str:
    described = record_tables().get(name)
    return described.title if described else name
