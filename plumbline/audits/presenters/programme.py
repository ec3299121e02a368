"""How the programme of a year is shown, on the page and as a file: what was audited, how far, and which months not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.audits.models import Round
from plumbline.audits.presenters.rounds import round_row
from plumbline.audits.queries.rounds import Done
from plumbline.audits.rules.rounds import (
    AGREED,
    COMPLETED,
    PRINTED,
    Target,
    Year,
    covered,
    gaps,
    months_in_words,
)
from plumbline.shared.given import Scalar

HEADINGS = (
    "Number",
    "Theme",
    "Months",
    "First month",
    "Last month",
    "What it looks at",
    "Audits done",
    "Fewest expected",
    "Most expected",
    "Against what is expected",
    "Action plan status",
    "Kind of audit",
)


def programme_page(rows: Sequence[Round], done: dict[int, Done], year: Year, on: date) -> dict[str, Any]:
    """The table with its sentences."""
    agreed = [row for row in rows if row.state in AGREED]
    spans = [(row.first_month, row.last_month) for row in agreed]
    return {
        "rows": [round_row(row, done.get(row.pk)) for row in rows],
        "months": months_sentence(len(agreed), spans, year),
        "gaps": gaps_sentence(spans, year, on),
        "statuses": status_sentence(agreed),
        "against": target_sentence(agreed, done),
    }


def months_sentence(number: int, spans: Sequence[tuple[date, date]], year: Year) -> str:
    """How many months the rounds cover: "11 rounds cover 12 of 12 months." """
    held = len(covered(spans, year))
    noun, verb = ("round", "covers") if number == 1 else ("rounds", "cover")
    return f"{number} {noun} {verb} {held} of 12 months."


def gaps_sentence(spans: Sequence[tuple[date, date]], year: Year, on: date) -> str:
    """The months without a round: those gone by and those to come, each in words; nothing where there are none."""
    empty = gaps(spans, year)
    gone = [f"{month:%B}" for month in empty if (month.year, month.month) < (on.year, on.month)]
    ahead = [f"{month:%B}" for month in empty if (month.year, month.month) >= (on.year, on.month)]
    said = []
    if gone:
        said.append(f"No round looked at {_listed(gone)}.")
    if ahead:
        said.append(f"Nothing is planned yet for {_listed(ahead)}.")
    return " ".join(said)


def status_sentence(agreed: Sequence[Round]) -> str:
    """How many rounds are completed, and that the others are not: what the year says rests on the completed ones."""
    completed = sum(PRINTED[row.state] == COMPLETED for row in agreed)
    left = len(agreed) - completed
    if not agreed:
        return ""
    said = f"{completed} of {len(agreed)} {'is' if completed == 1 else 'are'} completed."
    return (
        f"{said} {left} {'is' if left == 1 else 'are'} not, so the year is not yet fully known."
        if left
        else said
    )


def target_sentence(agreed: Sequence[Round], done: dict[int, Done]) -> str:
    """How many rounds are under, within and over the range expected; historic ones cannot be counted."""
    counted = [
        Target(done.get(row.pk, Done()).done, row.target_min, row.target_max).word
        for row in agreed
        if not row.is_historic
    ]
    if not counted:
        return ""
    parts = [f"{counted.count(word)} {word}" for word in ("under", "within", "over")]
    return f"Audits done against the range expected: {', '.join(parts)}."


def programme_lines(rows: Sequence[Round], done: dict[int, Done]) -> list[Sequence[Scalar]]:
    """The programme as lines of a file, headings first."""
    lines: list[Sequence[Scalar]] = [HEADINGS]
    for row in rows:
        made = None if row.is_historic or row.state not in AGREED else done.get(row.pk, Done()).done
        word = "" if made is None else Target(made, row.target_min, row.target_max).word
        lines.append(
            (
                row.key,
                row.theme,
                months_in_words(row.first_month, row.last_month),
                f"{row.first_month:%Y-%m}",
                f"{row.last_month:%Y-%m}",
                row.get_kind_display(),
                made,
                None if row.is_historic else row.target_min,
                None if row.is_historic else row.target_max,
                word,
                PRINTED[row.state],
                "" if row.is_of_visits else row.get_audit_kind_display(),
            )
        )
    return lines


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
