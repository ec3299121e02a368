"""Fields of choices are drawn so that one can be chosen where one is meant, and several where several are."""

import pytest
from django import forms

from plumbline.govuk.forms import GovukForm

CHOICES = [("a", "First"), ("b", "Second")]


class Choosing(GovukForm):
    """One of each."""

    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)


@pytest.mark.parametrize(("field", "kind"), [("several", "checkbox"), ("one", "radio")])
def test_several_are_chosen_with_checkboxes_and_one_with_radios(field: str, kind: str) -> None:
    drawn = str(Choosing()[field])
    assert drawn.count(f'type="{kind}"') == len(CHOICES)
