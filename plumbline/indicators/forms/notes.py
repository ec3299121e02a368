"""What is filled in to write a note on a chart."""

from typing import Any

from django import forms

from indicator_engine import Indicator
from plumbline.govuk.fields import DateField
from plumbline.indicators.models import NoteKind
from plumbline.indicators.queries.notes import has_rebase
from plumbline.work.forms import KeyedForm


class NoteForm(KeyedForm):
    """What happened, when, and whether the chart begins anew with it."""

    on = DateField(label="Day it happened", help_text="The note stands at its month.", not_after_today=True)
    kind = forms.ChoiceField(label="What it was", choices=NoteKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="In a few words",
        max_length=200,
        help_text="Such as: the two assessment teams became one. Do not name children or families.",
    )
    is_rebase = forms.BooleanField(
        label="Work the limits out anew from this month",
        help_text="Only where the work itself changed. The words above are the reason that is shown.",
        required=False,
    )
    everywhere = forms.BooleanField(label="Show it on every indicator", required=False)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("is_rebase") and given.get("everywhere"):
            self.add_error("is_rebase", "Limits are worked out anew on one indicator at a time.")
        elif given.get("is_rebase") and (on := given.get("on")) and has_rebase(self.indicator, on):
            self.add_error("is_rebase", "The limits are worked out anew from this month already.")
        return given
