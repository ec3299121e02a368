"""What is filled in to record a seed, to pick a case, and to leave one out."""

from django import forms

from plumbline.audits.forms.rounds import words
from plumbline.audits.models import ExclusionReason, SeedKind, SlotRoute
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import line


class SeedForm(GovukForm):
    """The seed, and where it comes from."""

    value = line(
        "Seed",
        120,
        help_text="Such as the numbers five people threw with dice: 6 3 1 4 2. It cannot be changed afterwards.",
    )
    kind = forms.ChoiceField(label="Where it comes from", choices=SeedKind.choices, widget=forms.RadioSelect)
    how = words(
        "Who gave it and how",
        500,
        help_text="Such as: four team managers each threw a die in the meeting of 3 May. Or which public source and day.",
    )

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        if not value.isprintable():
            raise forms.ValidationError("Write the seed in letters and digits.")
        return value


class PickForm(GovukForm):
    """A case that comes into the round otherwise than by chance."""

    reference = line("Case reference", 40, help_text="As it stands in the case list.")
    route = forms.ChoiceField(
        label="Who picked it",
        choices=[one for one in SlotRoute.choices if one[0] != SlotRoute.RANDOM],
        widget=forms.RadioSelect,
    )
    why = words("Why this case", 500, help_text="It is kept apart from the random cases in every figure.")


class LeaveOutForm(GovukForm):
    """Why a drawn case is to be left out."""

    reason = forms.ChoiceField(
        label="Reason",
        choices=[one for one in ExclusionReason.choices if one[0] != ExclusionReason.RECENT],
        widget=forms.RadioSelect,
    )
    note = words(
        "What else is to be known", 500, required=False, help_text="Do not name children or families."
    )


class DecideForm(GovukForm):
    """Whether a case is left out."""

    answer = forms.ChoiceField(
        label="Is this case left out?",
        choices=[("agree", "Yes, leave it out"), ("keep", "No, keep it in the sample")],
        widget=forms.RadioSelect,
    )
