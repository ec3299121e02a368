"""The forms for periods, holds and disposals."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.forms import GovukForm
from plumbline.keeping.rules.retention import MOST_MONTHS
from plumbline.people.forms.fields import Pick, PickField, line

FOR_A_TIME, FOR_GOOD = "time", "good"
AGREE, REFUSE = "agree", "refuse"
REASON_LIMIT = 200


class RuleForm(GovukForm):
    """How long, and on what ground."""

    keep = forms.ChoiceField(
        label="How long to keep them",
        choices=[(FOR_A_TIME, "For a time"), (FOR_GOOD, "For good")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how long to keep them"},
    )
    months = forms.IntegerField(
        label="Number of months",
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text="If for a time. 6 years are 72 months.",
        error_messages={
            "invalid": "Number of months must be a whole number, such as 72.",
            "min_value": "Number of months must be 1 or more.",
            "max_value": f"Number of months must be {MOST_MONTHS} or fewer.",
        },
    )
    reason = line("Why this long", REASON_LIMIT, help_text="For example the line of your retention schedule.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("keep") == FOR_A_TIME
            and cleaned.get("months") is None
            and "months" not in self.errors
        ):
            self.add_error("months", "Enter the number of months")
        return cleaned

    def kept_months(self) -> int | None:
        """The months to keep; none for good."""
        months: int | None = self.cleaned_data["months"]
        return None if self.cleaned_data["keep"] == FOR_GOOD else months


class HoldForm(GovukForm):
    """What must stay, and why."""

    title = line("Name of the hold", help_text="For example the inquiry. Do not name children or families.")
    kind = PickField(label="Kind of record", empty="Every kind", required=False)
    unit = PickField(
        label="Only of a team or service",
        empty="Every team",
        required=False,
        help_text="It covers the teams below and those it took over from.",
    )
    person = PickField(
        label="Only about a member of staff",
        empty="Everyone",
        required=False,
        help_text="With a team as well, the hold covers both.",
    )
    reason = line("Why nothing may be removed", REASON_LIMIT)

    def __init__(
        self, *args: Any, kinds: Sequence[Pick], units: Sequence[Pick], people: Sequence[Pick], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, picks in (("kind", kinds), ("unit", units), ("person", people)):
            self.fields[name].offer(picks)  # type: ignore[attr-defined]


class LiftForm(GovukForm):
    """Why a hold ends."""

    reason = line("Why the hold ends", REASON_LIMIT)


class NothingToFillIn(GovukForm):
    """A step that only needs a yes."""


class DecideForm(GovukForm):
    """Agree or refuse."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[(AGREE, "Agree: remove them now, for good"), (REFUSE, "Refuse: nothing is removed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you agree", "invalid_choice": "Select whether you agree"},
    )
