"""The records behind a figure: references of children and records, never names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from indicator_engine import Indicator, Period, Row
from plumbline.indicators.models import Extract
from plumbline.indicators.presenters.words import period_text
from plumbline.indicators.rules.sample import HEADINGS, NO_PLAN, WHICH, frame
from plumbline.shared.area import Listed
from plumbline.shared.dates import in_words


@dataclass(frozen=True)
class Behind:
    """The records behind a figure."""

    extract: Extract
    indicator: Indicator
    period: Period
    team: str
    rows: list[Row]


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
        "period": when_text(indicator, period),
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


def when_text(indicator: Indicator, period: Period) -> str:
    """The day of a figure of what is open, the period of one of what happened."""
    return in_words(period.end) if indicator.is_stock else period_text(period.start, period.end)


def listed_cases(found: Behind, which: str) -> Listed:
    """The children behind the figure as a list to draw from, with definition and extract as they are written down."""
    one, extract = found.indicator, found.extract
    names: Mapping[str, str] = extract.manifest.get("teams", {})
    when, team = when_text(one, found.period), names.get(found.team, found.team)
    where = f", {team}" if team else ""
    lines = frame(found.rows, which, names, plan="Care leaver" if one.theme == "care_leavers" else NO_PLAN)
    label = WHICH[which][0]
    address = reverse("indicator_sample_csv", args=[extract.public_id, one.key])
    span = {"from": found.period.start.isoformat(), "to": found.period.end.isoformat()}
    asked = span | ({"team": found.team} if found.team else {}) | {"which": which}
    return Listed(
        title=one.title,
        theme=f"{one.title}: {when}{where}.",
        rule=f"The children behind the figure “{one.title}”, {when}{where}. {label}.",
        file_name=f"{one.key}-{found.period.end:%Y-%m-%d}-{extract.name}.csv",
        rows=(HEADINGS, *lines),
        source={
            "Figure": f"{one.code} {one.title}, {when}{where}. {label}.",
            "Definition": f"{one.key}, version {one.version}",
            "Extract": f"{extract.name}, as at {in_words(extract.as_at)}",
            "Digest of the extract (SHA-256)": extract.digest,
            "The list again": f"{address}?{urlencode(asked)}",
        },
    )
