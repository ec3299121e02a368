"""What is typed to raise and change findings, and to set actions and take them to their end."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.fields import DateField
from plumbline.improvement.models import ActionLevel, FindingKind, ImpactResult
from plumbline.improvement.queries.choices import finding_choices
from plumbline.people.forms.fields import Pick, PickField
from plumbline.shared import dates
from plumbline.work.forms import KeyedForm

NO_NAMES = "Do not name children or families."


def words(label: str, limit: int = 2000, rows: int = 4, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label} must be {limit} characters or fewer."},
        **more,
    )


class FindingForm(KeyedForm):
    """A finding's words, kind, criterion, causes and ways to answer."""

    kind = forms.ChoiceField(label="What it is", choices=FindingKind.choices, widget=forms.RadioSelect)
    text = words("What was found", help_text=f"What people do, and what it means for children. {NO_NAMES}")
    criterion = PickField(label="Criterion it bears on", empty="None", required=False)
    causes = forms.MultipleChoiceField(
        label="What helped or stood in the way", required=False, widget=forms.CheckboxSelectMultiple
    )
    routes = forms.MultipleChoiceField(
        label="Ways to answer it", required=False, widget=forms.CheckboxSelectMultiple
    )
    needs_analysis = forms.BooleanField(label="It needs further analysis before anybody acts", required=False)

    def __init__(self, *args: Any, criteria: Sequence[Pick], kept: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = finding_choices()
        self.fields["criterion"].offer(criteria)  # type: ignore[attr-defined]
        for name, listed in (("causes", choices.causes), ("routes", choices.routes)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (one.key, one.label) for one in listed if not one.is_retired or one.key in kept
            ]
            self.fields[name].error_messages["invalid_choice"] = "Select from the list"


class TeamFindingForm(FindingForm):
    """A finding raised by itself, about a team or the whole service."""

    unit = PickField(label="Team or home", empty="The whole service", required=False)
    field_order = ["kind", "text", "unit"]

    def __init__(self, *args: Any, units: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class ActionForm(KeyedForm):
    """What is to be done, by whom, by when."""

    text = words("What is to be done", help_text=f"One thing that one person can do. {NO_NAMES}")
    owner = PickField(label="Owner", empty="Select one", help_text="One person. They are asked to agree.")
    due_on = DateField(label="Day it is due")
    is_urgent = forms.BooleanField(label="It is urgent", required=False)

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < dates.today():
            raise forms.ValidationError("Day it is due must be today or later.")
        if due_on.year > dates.today().year + 5:
            raise forms.ValidationError("Day it is due must be within five years.")
        return due_on


class LevelActionForm(ActionForm):
    """An action from an audit: for the child, or for the service."""

    level = forms.ChoiceField(
        label="Whom it is for",
        choices=ActionLevel.choices,
        widget=forms.RadioSelect,
        help_text="What is mended for this child is kept apart from what changes in the service.",
    )
    field_order = ["level", "text", "owner", "due_on", "is_urgent"]


class ChangeActionForm(ActionForm):
    """Another owner or day, and why."""

    reason = words("Reason", 500)
    field_order = ["owner", "due_on", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["text"], self.fields["is_urgent"]


class AgreeForm(KeyedForm):
    """Anything the owner wants to say; on somebody else's word, how they agreed."""

    note = words("Anything to add", 1000, required=False)

    def __init__(self, *args: Any, is_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_owner:
            self.fields["note"].label = "How the owner agreed"
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = "Enter how the owner agreed"


class ProgressForm(KeyedForm):
    """How it is going."""

    note = words("What has happened since", help_text=NO_NAMES)


class EvidenceForm(KeyedForm):
    """What shows that it is done."""

    evidence = words("What shows that it is done", help_text=f"What somebody else could look at. {NO_NAMES}")


class CloseForm(KeyedForm):
    """What was seen, and what difference it made."""

    evidence = words("What shows that it is done", help_text="As the owner wrote it; add what you saw.")
    impact = words(
        "What difference it made for children",
        help_text="What is better now, and how you know. If it is too soon to say, ask the owner for more.",
    )


class ImpactForm(KeyedForm):
    """What somebody saw who looked again."""

    result = forms.ChoiceField(
        label="Did it make a difference for children?",
        choices=ImpactResult.choices,
        widget=forms.RadioSelect,
    )
    evidence = words("What shows it", help_text=f"What you looked at and what it says. {NO_NAMES}")


class ReasonForm(KeyedForm):
    """Why."""

    reason = words("Reason", 500, help_text=f"In a sentence. {NO_NAMES}")
