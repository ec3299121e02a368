"""The pages of extracts: what was loaded, what it holds, and what its faults do to which figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from indicator_engine import tables_behind
from plumbline.indicators.models import Extract, ExtractState
from plumbline.indicators.queries.definitions import indicators, record_tables
from plumbline.shared.dates import in_words

SHAPES = {
    "ssd": "Standard Safeguarding Dataset",
    "annex_a": "Ofsted Annex A",
    "ssda903": "SSDA903",
    "cin_census": "Children in need census",
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
    return {
        "facts": [
            ("Shape", SHAPES.get(row.shape, row.shape)),
            ("As at", in_words(row.as_at)),
            ("Rows", f"{row.rows:,}"),
            ("Loaded", in_words(row.loaded_at.date())),
            ("Records are deleted on", in_words(row.purge_on)),
            ("Digest of the content", row.digest),
        ],
        # A spelling is what somebody typed, which may be anything.
        "left_empty": row.manifest.get("left_empty", []) if with_references else [],
        **quality(row.quality, with_references),
        **held(row.manifest["rows"], row.manifest["not_supplied"]),
    }


def quality(found: Sequence[Mapping[str, Any]], with_references: bool) -> dict[str, Any]:
    """The quality report: faults, the worst first; rules that could not see enough; how many found nothing."""
    return {
        "faults": [_fault(one, with_references) for one in found if one["outcome"] == "faults"],
        "unseen": [
            {"title": one["title"], "table": _table(one["table"]), "missing": ", ".join(one["missing"])}
            for one in found
            if one["outcome"] == "not_seen"
        ],
        "clean": sum(1 for one in found if one["outcome"] == "none"),
    }


def held(tables: Mapping[str, int], not_supplied: Sequence[str]) -> dict[str, Any]:
    """The tables with their rows, and those the return did not hold."""
    return {
        "tables": [(_table(name), f"{number:,}") for name, number in sorted(tables.items()) if number],
        "not_supplied": [_table(name) for name in not_supplied],
    }


def _fault(one: Mapping[str, Any], with_references: bool) -> dict[str, Any]:
    return {
        "title": one["title"],
        "code": one["official"] or one["code"],
        "table": _table(one["table"]),
        "severity": SEVERITIES[one["severity"]],
        "count": f"{one['count']:,} of {one['rows']:,}" if one["rows"] else f"{one['count']:,}",
        "samples": ", ".join(one["samples"][:5]) if with_references else "",
        "effect": one["effect"],
        "touches": _touched(one),
    }


def _touched(one: Mapping[str, Any]) -> str:
    """Which indicators the fault touches: those that the rule names, else how many rest on the table."""
    by_code = {indicator.code: indicator.title for indicator in indicators().values()}
    if named := [by_code[code] for code in one["indicators"] if code in by_code]:
        return f"It touches: {'; '.join(named)}."
    resting = sum(one["table"] in tables_behind(indicator) for indicator in indicators().values())
    return f"{resting} indicators rest on this table." if resting else ""


def _table(name: str) -> str:
    described = record_tables().get(name)
    return described.title if described else name
