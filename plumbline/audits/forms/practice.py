"""Which invented case to practise on, with which tool."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField


class PracticeForm(GovukForm):
    """A case and a tool."""

    case = forms.ChoiceField(label="Invented case", widget=forms.RadioSelect)
    tool = PickField(label="Audit tool", empty="Select one")

    def __init__(
        self, *args: Any, cases: Sequence[tuple[str, str]], tools: Sequence[Pick], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]
        self.fields["tool"].offer(tools)  # type: ignore[attr-defined]
