"""What the event log may be asked for."""

from django import forms

from plumbline.event_log.models import Kind
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm


class OwnEventsForm(GovukForm):
    """The filter of those who see their own entries."""

    kind = forms.ChoiceField(label="What sort", required=False, choices=[("", "Everything"), *Kind.choices])
    action = forms.CharField(label="Step", help_text="Such as person.view", required=False, max_length=60)
    record = forms.CharField(
        label="Record",
        help_text="Its id, the twelve characters in its address",
        required=False,
        max_length=40,
    )
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False)

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", "To must be the same day as From, or later")


class EventsForm(OwnEventsForm):
    """The filter of those who see everybody's entries."""

    who = forms.CharField(
        label="Person", help_text="Part of the name, or the id", required=False, max_length=100
    )
    field_order = ("who", "kind", "action", "record", "since", "until")
