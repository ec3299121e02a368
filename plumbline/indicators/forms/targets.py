"""What is filled in to set a target."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.fields import DateField
from plumbline.indicators.models import PeriodKind
from plumbline.indicators.rules.targets import MONTHS
from plumbline.people.forms.fields import Pick, PickField
from plumbline.work.forms import KeyedForm

MOST = 1_000_000
LABELS = {
    0: "Target from the start",
    6: "Target from 6 months on",
    12: "Target from 12 months on",
    18: "Target from 18 months on and after",
}


class TargetForm(KeyedForm):
    """What is aimed at by when, how far off is still near, and who answers for it."""

    starts_on = DateField(label="Day it starts")
    kind = forms.ChoiceField(
        label="Which figures are compared with it", choices=PeriodKind.choices, widget=forms.RadioSelect
    )
    tolerance = forms.FloatField(
        label="How far off is still near",
        help_text="In the unit of the indicator. Further than this from the target is off target.",
        min_value=0,
        max_value=MOST,
        initial=0,
        widget=forms.NumberInput(attrs={"width": 5}),
    )
    owner = PickField(
        label="Owner", empty="Select one", help_text="Who tells the story when it is off target."
    )
    agreed_where = forms.CharField(
        label="Where it was agreed", required=False, max_length=200, help_text="Such as the board of 4 March"
    )

    def __init__(self, *args: Any, people: Sequence[Pick], unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]
        most = 100 if unit == "percent" else MOST
        wrong = f"Enter a number from 0 to {most:,}"
        for months in MONTHS:
            self.fields[f"after_{months}"] = forms.FloatField(
                label=LABELS[months],
                help_text="In per cent. Leave it empty if nothing changes then." if unit == "percent" else "",
                required=False,
                min_value=0,
                max_value=most,
                widget=forms.NumberInput(attrs={"width": 5}),
                error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
            )
        self.order_fields(["starts_on", *(f"after_{months}" for months in MONTHS)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        names = [f"after_{months}" for months in MONTHS]
        if not self.errors and all(given.get(name) is None for name in names):
            self.add_error(names[0], "Enter at least one target")
        given["steps"] = [
            [months, given.pop(f"after_{months}")]
            for months in MONTHS
            if given.get(f"after_{months}") is not None
        ]
        for name in names:
            given.pop(name, None)
        return given
