"""What is written in a briefing, whom it is for, and which quotations stand in it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.audits.forms.rounds import words
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField, PickManyField, line
from plumbline.people.rules.roles import Role

# A briefing is one page: so much fits.
LONGEST = 500
MOST_QUOTATIONS = 3


class BeginBriefingForm(GovukForm):
    """Out of which report."""

    report = PickField(label="Report", empty="Select one", help_text="Reports that are issued.")

    def __init__(self, *args: Any, reports: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].offer(reports)  # type: ignore[attr-defined]


class BriefingForm(GovukForm):
    """The page and its readers."""

    title = line("Title", 120)
    looked_at = words("What we looked at", LONGEST, help_text="In a sentence or two.")
    good = words("What is good", LONGEST, help_text="One point a line. Praise is learning too.")
    must_change = words(
        "What must change", LONGEST, help_text="One point a line, about practice and never a person."
    )
    do_now = words("What to do now", LONGEST, help_text="One step a line, that somebody can take this week.")
    quotations = PickManyField(
        label="Quotations",
        required=False,
        help_text=f"Up to {MOST_QUOTATIONS}, of those that may be shared.",
    )
    roles = forms.MultipleChoiceField(
        label="For these roles",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Select none for everybody.",
    )
    units = PickManyField(
        label="In these services and teams",
        required=False,
        help_text="A service stands for all its teams. Select none for everywhere.",
    )

    def __init__(
        self,
        *args: Any,
        quotations: Sequence[Pick],
        units: Sequence[Pick],
        roles: Sequence[Role],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(one.value, one.label) for one in roles]  # type: ignore[attr-defined]
        self.fields["quotations"].offer(quotations)  # type: ignore[attr-defined]
        self.fields["units"].offer(units)  # type: ignore[attr-defined]
        if not quotations:
            del self.fields["quotations"]

    def clean_quotations(self) -> list[Any]:
        chosen: list[Any] = self.cleaned_data["quotations"]
        if len(chosen) > MOST_QUOTATIONS:
            raise forms.ValidationError(
                f"Select at most {MOST_QUOTATIONS} quotations, so that it stays one page."
            )
        return chosen
