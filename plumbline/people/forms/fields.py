"""Fields that offer rows by public id, and days that are counted the way people say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from plumbline.govuk.fields import DateField
from plumbline.shared import dates

LATEST = date(2099, 12, 31)


@dataclass(frozen=True)
class Pick:
    """A row that may be picked: its public id, the words shown, and the row itself."""

    key: str
    label: str
    row: Any


class PickField(forms.ChoiceField):
    """One row out of those offered; an id that was not offered is refused without repeating it."""

    def __init__(self, *, picks: Sequence[Pick] = (), empty: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid_choice"] = f"{kwargs['label']}: select from the list"
        self.empty, self.rows = empty, dict[str, Any]()
        super().__init__(**kwargs)
        self.offer(picks)

    def offer(self, picks: Sequence[Pick]) -> None:
        """Sets the rows that may be picked."""
        self.rows = {pick.key: pick.row for pick in picks}
        self.choices = [("", self.empty), *((pick.key, pick.label) for pick in picks)]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class PickManyField(forms.MultipleChoiceField):
    """Several rows out of those offered; if one id was not offered, none is taken and none is named."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, picks: Sequence[Pick] = (), **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {})["invalid_choice"] = f"{kwargs['label']}: select from the list"
        self.rows = dict[str, Any]()
        super().__init__(**kwargs)
        self.offer(picks)

    def offer(self, picks: Sequence[Pick]) -> None:
        """Sets the rows that may be picked."""
        self.rows = {pick.key: pick.row for pick in picks}
        self.choices = [(pick.key, pick.label) for pick in picks]

    def clean(self, value: Any) -> list[Any]:
        return [self.rows[key] for key in dict.fromkeys(super().clean(value))]


class Day(DateField):
    """A day on which something begins; today unless another is typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", dates.today)
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > LATEST:
            raise forms.ValidationError(f"{self.label} must be before the year 2100.")


class LastDay(Day):
    """A last day as people say it; `clean` returns the day after, from whose midnight it no longer counts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", None)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        last = super().clean(value)
        return None if last is None else last + timedelta(days=1)


def line(label: str, limit: int = 100, **kwargs: Any) -> forms.CharField:
    """A field for one line of text."""
    return forms.CharField(
        label=label,
        max_length=limit,
        error_messages={"max_length": f"{label} must be {limit} characters or fewer."},
        **kwargs,
    )
