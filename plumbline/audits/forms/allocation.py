"""What is typed to allocate a round, to set capacity and leave, and to decide on an exception."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Day, LastDay, Pick, PickField, line
from plumbline.shared import dates

LONG = 2000
NO_NAMES = "In a sentence. Do not name children or families."


def text(label: str, limit: int = LONG, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"{label} must be {limit} characters or fewer."},
        **more,
    )


def due_day(label: str = "Audits due on") -> DateField:
    """A day on which audits are due."""
    return DateField(label=label)


def check_due(day: date | None) -> date | None:
    """The day.

    Raises: ValidationError for one that is past or beyond two years.
    """
    if day is not None and not dates.today() <= day <= dates.first_of_month(dates.today(), 24):
        raise forms.ValidationError("The due day must be today or later, within two years.")
    return day


@dataclass(frozen=True)
class CaseLine:
    """A case in the form: its place in the form, its reference, who is proposed and whom the rules refuse."""

    key: str
    reference: str
    proposed: str
    refused: frozenset[str]


class AllocationForm(GovukForm):
    """An auditor for each case, a reason where the rules refuse them, and the day on which all are due."""

    due_on = due_day()

    def __init__(self, *args: Any, lines: Sequence[CaseLine], people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for one in lines:
            label = f"Auditor of {one.reference}"
            field = PickField(label=label, empty="Nobody yet", required=False, picks=people)
            field.initial = one.proposed
            self.fields[f"auditor_{one.key}"] = field
            self.fields[f"reason_{one.key}"] = text(f"Reason for {one.reference}", 1000, required=False)

    def clean_due_on(self) -> date | None:
        return check_due(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.lines:
            person = given.get(f"auditor_{one.key}")
            if person is None or person.public_id not in one.refused or given.get(f"reason_{one.key}"):
                continue
            if f"reason_{one.key}" not in self.errors:
                said = f"Enter why {person.name} should audit {one.reference} although the rules refuse it, or select somebody else."
                self.add_error(f"reason_{one.key}", said)
        return given

    def choices(self) -> list[tuple[str, Any, str]]:
        """Each case with its auditor and the reason; those without an auditor are left for later."""
        given = self.cleaned_data
        return [
            (one.key, given[f"auditor_{one.key}"], given.get(f"reason_{one.key}", ""))
            for one in self.lines
            if given.get(f"auditor_{one.key}") is not None
        ]


class ExceptionForm(GovukForm):
    """The second person's decision."""

    agree = forms.ChoiceField(
        label="Your decision",
        choices=[("yes", "Agree, and give the audit to this auditor"), ("no", "Do not agree")],
        widget=forms.RadioSelect,
    )
    reason = text("Why", 1000, help_text=NO_NAMES)
    due_on = due_day("Audit due on")

    def clean_due_on(self) -> date | None:
        return check_due(self.cleaned_data["due_on"])


class CapacityForm(GovukForm):
    """How many audits a month; nothing for the usual number."""

    audits_a_month = forms.IntegerField(
        label="Audits a month",
        min_value=0,
        max_value=30,
        required=False,
        help_text="Leave empty for the usual number. 0 means that nothing is proposed while others have room.",
        error_messages={
            "invalid": "Audits a month must be a whole number, such as 2.",
            "min_value": "Audits a month must be 0 or more.",
            "max_value": "Audits a month must be 30 or fewer.",
        },
        widget=forms.NumberInput(attrs={"width": 3}),
    )
    note = line(
        "Note", 200, required=False, help_text="Such as “two days a week until June”. Nothing about health."
    )


class LeaveForm(GovukForm):
    """Leave from a day to a last day."""

    starts_on = Day(label="First day of leave")
    ends_on = LastDay(label="Last day of leave", required=False, help_text="Leave empty when it is not known")
    note = line("Note", 200, required=False, help_text="Not needed. Nothing about health.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", "The last day of leave must be on or after the first.")
        return given
