"""Form fields with GOV.UK's behaviour: a date in three boxes, messages that say what to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from plumbline.shared import dates

Boxes = dict[str, str]


class DateBoxes(forms.Widget):
    """Day, month and year, each in a box of its own."""

    def boxes(self, value: Any) -> Boxes:
        """What stands in each box: a date's parts, or what was typed."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return value if isinstance(value, dict) else {"day": "", "month": "", "year": ""}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Boxes | None:
        typed = {part: str(data.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year")}
        return typed if any(typed.values()) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in ("day", "month", "year"))

    def id_for_label(self, id_: str | None) -> str:
        return id_ or ""


class DateField(forms.Field):
    """A date typed as day, month and year, between two years if given."""

    widget = DateBoxes

    def __init__(
        self, *, not_before: date | None = None, not_after_today: bool = False, **kwargs: Any
    ) -> None:
        self.not_before, self.not_after_today = not_before, not_after_today
        kwargs.setdefault("help_text", "For example, 27 3 2026")
        super().__init__(**kwargs)

    @property
    def subject(self) -> str:
        return (self.label or "the date").lower() if isinstance(self.label, str) else "the date"

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        missing = [part for part in ("day", "month", "year") if not value[part]]
        if missing:
            raise forms.ValidationError(f"{self.label} must include a {' and a '.join(missing)}.")
        if not all(part.isdecimal() for part in value.values()) or len(value["year"]) != 4:
            raise forms.ValidationError(
                f"{self.label} must be in numbers, with four for the year, such as 27 3 2026."
            )
        try:
            return date(int(value["year"]), int(value["month"]), int(value["day"]))
        except ValueError:
            raise forms.ValidationError(f"{self.label} must be a real date, such as 27 3 2026.") from None

    def validate(self, value: Any) -> None:
        if value is None:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"])
            return
        if self.not_after_today and value > dates.today():
            raise forms.ValidationError(f"{self.label} must be today or in the past.")
        if value < (self.not_before or date(1990, 1, 1)):
            raise forms.ValidationError(
                f"{self.label} must be on or after {dates.in_words(self.not_before or date(1990, 1, 1))}."
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True
