"""What is filled in on the way of an exception."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.fields import DateField
from plumbline.improvement.forms.improvement import NO_NAMES, words
from plumbline.improvement.queries.choices import finding_choices
from plumbline.people.forms.fields import Pick, PickField
from plumbline.shared import dates
from plumbline.work.forms import KeyedForm


class ExplainForm(KeyedForm):
    """The story behind the figure, and what stood in the way."""

    story = words(
        "The story behind the figure", help_text=f"What happened, and what it means for children. {NO_NAMES}"
    )
    causes = forms.MultipleChoiceField(
        label="What stood in the way", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kept: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = finding_choices().causes
        self.fields["causes"].choices = [  # type: ignore[attr-defined]
            (one.key, one.label) for one in listed if not one.is_retired or one.key in kept
        ]


class ReviewForm(KeyedForm):
    """When it is looked at again."""

    review_on = DateField(label="Day it is looked at again")

    def clean_review_on(self) -> Any:
        review_on = self.cleaned_data["review_on"]
        if review_on <= dates.today():
            raise forms.ValidationError("Day it is looked at again must be in the future.")
        return review_on


class MonitorForm(ReviewForm):
    """What was seen."""

    note = words("What you see now", 1000, help_text=NO_NAMES)
    field_order = ["note", "review_on"]


class OutcomeForm(KeyedForm):
    """What came of it."""

    outcome = words(
        "What came of it", help_text=f"What changed for children, and what was learnt. {NO_NAMES}"
    )


class GiveForm(KeyedForm):
    """Who is to tell the story."""

    owner = PickField(label="Who tells the story", empty="Select one", help_text="They get a message.")

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]
