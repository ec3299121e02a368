"""What is typed to record, move, assign and add what the schedule plans, and to change an activity."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from plumbline.framework.files.content import LONGEST_LINE
from plumbline.framework.rules.cadence_words import cadence_from_words
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField, PickManyField
from plumbline.shared.plain_text import clean_line

LONG = 2000


def text(label: str, limit: int = LONG, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"{label} must be {limit} characters or fewer."},
        **more,
    )


class DoneForm(GovukForm):
    """That it was done."""

    held_on = DateField(label="Day it was done", not_after_today=True)
    outcome = text(
        "What came of it",
        required=False,
        help_text="What was learnt and agreed. Do not name children or families.",
    )


class ReasonForm(GovukForm):
    """Why."""

    reason = text("Reason", 500, help_text="In a sentence. Do not name children or families.")


class MoveForm(ReasonForm):
    """Another day."""

    due_on = DateField(label="New due day")
    field_order = ["due_on", "reason"]


class AssignForm(GovukForm):
    """Who sees to it."""

    person = PickField(label="Who sees to it", empty="Nobody yet", required=False)

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]


class AddForm(GovukForm):
    """One more, outside the plan."""

    activity = PickField(label="Activity", empty="Select one")
    due_on = DateField(label="Due day")
    unit = PickField(label="Team or home", empty="None", required=False)
    responsible = PickField(label="Who sees to it", empty="Nobody yet", required=False)

    def __init__(
        self,
        *args: Any,
        activities: Sequence[Pick],
        people: Sequence[Pick],
        units: Sequence[Pick],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].offer(activities)  # type: ignore[attr-defined]
        self.fields["responsible"].offer(people)  # type: ignore[attr-defined]
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class ReportForm(GovukForm):
    """That a forum received the report."""

    forum = PickField(label="Forum", empty="Select one")
    given_on = DateField(label="Day it was received", not_after_today=True)

    def __init__(self, *args: Any, forums: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].offer(forums)  # type: ignore[attr-defined]


class PlanForm(GovukForm):
    """Which year to plan."""

    year = forms.TypedChoiceField(label="Year to plan", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = today.year if today.month >= 4 else today.year - 1
        years = [(year, f"April {year} to March {year + 1}") for year in (this, this + 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class PostsField(forms.CharField):
    """Posts, one a line; `clean` returns them as a list without blanks and repeats."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        given = super().clean(value).splitlines()
        posts = list(dict.fromkeys(post for one in given if (post := clean_line(one))))
        if any(len(post) > LONGEST_LINE for post in posts):
            raise forms.ValidationError(f"{self.label}: write {LONGEST_LINE} characters a line or fewer.")
        return posts


class ActivityForm(GovukForm):
    """An activity's words, posts, forums, drivers and cadences."""

    name = forms.CharField(label="Name", max_length=300)
    description = text("What happens", required=False)
    purpose = text("Why", required=False)
    intended_outcome = text("Intended outcome", required=False)
    responsible = PostsField(
        label="Who is responsible",
        max_length=LONG,
        required=False,
        help_text="Posts, never names. One a line.",
    )
    countersigned_by = PostsField(
        label="Countersigned by", max_length=LONG, required=False, help_text="Posts, one a line."
    )
    frequency = forms.CharField(label="Frequency in words", max_length=300, required=False)
    cadence_words = forms.CharField(
        label="Cadences",
        max_length=500,
        help_text="Split by semicolons, such as: every month; every 6 to 8 weeks; at least once a month; 4 times a year; when it happens",
    )
    reporting_arrangements = text("Reporting arrangements", required=False)
    forums = PickManyField(label="Reports to", required=False)
    drivers = PickManyField(label="Drivers", required=False)

    def __init__(self, *args: Any, forums: Sequence[Pick], drivers: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forums"].offer(forums)  # type: ignore[attr-defined]
        self.fields["drivers"].offer(drivers)  # type: ignore[attr-defined]

    def clean_cadence_words(self) -> list[Any]:
        given = [words.strip() for words in self.cleaned_data["cadence_words"].split(";") if words.strip()]
        try:
            return [cadence_from_words(words) for words in given]
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None
