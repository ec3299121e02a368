"""A form with a key of its own, so that a second press or a retry does nothing twice."""

from typing import Any

from django import forms

from plumbline.govuk.forms import GovukForm
from plumbline.shared.ids import new_id


class KeyedForm(GovukForm):
    """A form whose hidden key is new each time its page is opened, and stays while it is corrected."""

    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_id

    def words_given(self) -> dict[str, Any]:
        """What was typed and chosen, without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}
