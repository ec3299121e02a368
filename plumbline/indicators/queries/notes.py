"""Notes on charts, and the months from which limits are worked out anew."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from indicator_engine import Indicator
from plumbline.indicators.models import Note

# The month, by its first day, and the reason.
Rebases = Sequence[tuple[date, str]]


def notes_on(indicator: Indicator) -> list[Note]:
    """The notes on the indicator and those on all, the oldest first."""
    rows = Note.objects.filter(Q(indicator=indicator.key) | Q(indicator=""), taken_back_at=None)
    return list(rows.select_related("made_by"))


def rebases() -> dict[str, list[tuple[date, str]]]:
    """By the key of each indicator, the months from which its limits are worked out anew, with the reasons."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    rows = Note.objects.filter(is_rebase=True, taken_back_at=None).values_list("indicator", "month", "text")
    for key, month, text in rows:
        found[key].append((month, text))
    return found


def has_rebase(indicator: Indicator, day: date) -> bool:
    """Whether the limits are worked out anew from the day's month already."""
    month = day.replace(day=1)
    rows = Note.objects.filter(indicator=indicator.key, month=month, is_rebase=True, taken_back_at=None)
    return rows.exists()
