"""The records behind a figure: references of children and records, never names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from indicator_engine import Indicator, Period, Row
from plumbline.indicators.models import Extract
from plumbline.indicators.presenters.words import period_text
from plumbline.shared.dates import in_words

OUTCOMES = {
    "met": "Counts",
    "not_met": "Does not",
    "too_recent": "Too recent to know",
    "excluded": "Left out",
}


def row_page(
    indicator: Indicator,
    extract: Extract,
    period: Period,
    every: Sequence[Row],
    listed: Sequence[Row],
    team: str,
) -> dict[str, Any]:
    """The figure, how many of its rows came to what, and the rows of this page."""
    names: Mapping[str, str] = extract.manifest.get("teams", {})
    by_outcome = Counter(row.outcome for row in every)
    return {
        "indicator": indicator,
        "period": in_words(period.end) if indicator.is_stock else period_text(period.start, period.end),
        "team": names.get(team, team),
        "outcomes": [(label, by_outcome[key]) for key, label in OUTCOMES.items() if by_outcome[key]],
        "rows": [
            {
                "child": row.person_id,
                "record": row.record_id,
                "on": in_words(row.date),
                "team": names.get(row.team, row.team) or "Not recorded",
                "worker": row.worker or "Not recorded",
                "outcome": row.reason.capitalize() if row.reason else OUTCOMES[row.outcome],
                "value": "" if row.value is None else str(row.value),
            }
            for row in listed
        ],
    }


def row_lines(extract: Extract, rows: Sequence[Row]) -> list[list[str]]:
    """The same as a file."""
    names: Mapping[str, str] = extract.manifest.get("teams", {})
    head = ["Child", "Record", "Date", "Team", "Worker", "Outcome", "Reason", "Value"]
    return [
        head,
        *(
            [
                row.person_id,
                row.record_id,
                row.date.isoformat(),
                names.get(row.team, row.team),
                row.worker,
                OUTCOMES[row.outcome],
                row.reason,
                "" if row.value is None else str(row.value),
            ]
            for row in rows
        ),
    ]
