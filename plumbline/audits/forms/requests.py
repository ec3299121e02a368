"""What is typed to ask to swap, for more time or to be excused, and to decide on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from plumbline.audits.forms.allocation import NO_NAMES, check_due, text
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField

KINDS = [
    ("more_time", "More time"),
    ("swap", "Swap with another auditor"),
    ("exemption", "Be excused from this audit"),
]
DECISIONS = [("yes", "Agree"), ("no", "Do not agree")]


class AskForm(GovukForm):
    """What an auditor asks for, and why."""

    kind = forms.ChoiceField(label="What do you ask for?", choices=KINDS, widget=forms.RadioSelect)
    until = DateField(
        label="New due day", required=False, help_text="Only for more time. For example, 27 3 2026"
    )
    with_person = PickField(
        label="Swap with",
        empty="Nobody in particular",
        required=False,
        help_text="Only for a swap. Whoever you name must be independent of the case; that is checked when it is decided.",
    )
    reason = text("Why", 1000, help_text=NO_NAMES)

    def __init__(self, *args: Any, people: Sequence[Pick], due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_on = due_on
        self.fields["with_person"].offer(people)  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        return check_due(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == "more_time" and "until" not in self.errors:
            until = given.get("until")
            if until is None:
                self.add_error("until", "Enter the day until which you need")
            elif until <= self.due_on:
                self.add_error("until", "The new due day must be later than the one you have")
        return given


class DecisionForm(GovukForm):
    """One decision, with its reason."""

    agree = forms.ChoiceField(label="Your decision", choices=DECISIONS, widget=forms.RadioSelect)
    reason = text("Why", 1000, help_text="The auditor reads this. Do not name children or families.")


class SwapForm(DecisionForm):
    """Who is to audit it instead; those the rules refuse are not offered."""

    auditor = PickField(label="Who audits it instead", empty="Select one", required=False)
    field_order = ["agree", "auditor", "reason"]

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditor"].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agree") == "yes" and given.get("auditor") is None and "auditor" not in self.errors:
            self.add_error("auditor", "Select who audits it instead")
        return given


class MoreTimeForm(DecisionForm):
    """Until when."""

    until = DateField(label="New due day", required=False)
    field_order = ["agree", "until", "reason"]

    def __init__(self, *args: Any, due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_on = due_on

    def clean_until(self) -> date | None:
        return check_due(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agree") == "yes" and "until" not in self.errors:
            until = given.get("until")
            if until is None:
                self.add_error("until", "Enter the new due day")
            elif until <= self.due_on:
                self.add_error("until", "The new due day must be later than the one before")
        return given
