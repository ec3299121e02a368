"""What people fill in about practice standards and imports, and the shape each answer must have."""

from typing import Any

from django import forms

from plumbline.framework.files.content import LONGEST_TEXT, AppliesTo
from plumbline.framework.presenters.words import APPLIES_TO, KINDS
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.shared import dates
from plumbline.shared.yaml_lines import MOST_BYTES

LONGEST_NOTE = 2000
LONGEST_EVIDENCE = 1000
_ENDINGS = (".yaml", ".yml", ".xlsx")


class FilterForm(GovukForm):
    """What to show of the criteria; anything unknown in the address is passed over."""

    q = forms.CharField(label="Search in the criteria", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="What it tests", required=False, choices=[("", "Everything"), *KINDS.items()]
    )
    applies = forms.ChoiceField(
        label="For which children", required=False, choices=[("", "Any"), *APPLIES_TO.items()]
    )

    def chosen(self) -> dict[str, str]:
        """The answers that make sense, the others blank."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class UploadForm(GovukForm):
    """A file of standards or a schedule."""

    file = forms.FileField(
        label="File",
        help_text="A .yaml or .xlsx file of at most 2 MB. Nothing is changed before you have seen what would be.",
        error_messages={
            "empty": "The file is empty. Choose the file again, or write its content first.",
            "required": "Select a .yaml or .xlsx file",
            "missing": "Select a .yaml or .xlsx file",
        },
        widget=forms.FileInput(attrs={"accept": ",".join(_ENDINGS)}),
        max_length=200,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(_ENDINGS):
            raise forms.ValidationError(
                "The file must end in .yaml, .yml or .xlsx. Save an older workbook as .xlsx first."
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                "The file must be 2 MB or smaller. Take out pictures and sheets that are not needed."
            )
        return file


class NoteForm(GovukForm):
    """A dated note on how a criterion is read."""

    on = DateField(label="Date agreed", not_after_today=True, initial=dates.today)
    text = forms.CharField(
        label="Note",
        max_length=LONGEST_NOTE,
        help_text="What was agreed and why. Name no child and no colleague. A note cannot be changed later.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter the note"},
    )


class PublishForm(GovukForm):
    """Putting a draft in force, and which other sets stop being in force with it."""

    also = forms.MultipleChoiceField(
        label="Should other sets stop being in force?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They are kept among the versions. Leave all blank to keep them in force beside this one.",
    )
    sure = forms.BooleanField(
        label="I have checked the draft and want to put it in force",
        error_messages={"required": "Tick the box to say that you checked the draft"},
    )

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["also"]
        field.choices = others
        if not others:
            del self.fields["also"]


class WordingForm(GovukForm):
    """The words of a criterion in a draft, and the areas of national frameworks it speaks to."""

    text = forms.CharField(
        label="Criterion", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    good = forms.CharField(
        label="What good looks like",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    not_yet = forms.CharField(
        label="What it looks like when it is not yet there",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label="Where to look",
        required=False,
        max_length=LONGEST_TEXT,
        help_text="One place a line.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    speaks_to = forms.MultipleChoiceField(
        label="Speaks to",
        required=False,
        help_text="The areas of national frameworks that work meeting this criterion would be evidence for.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["speaks_to"]
        field.choices = areas

    def clean_speaks_to(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["speaks_to"])

    def clean_evidence(self) -> tuple[str, ...]:
        lines = tuple(
            filter(None, (" ".join(line.split()) for line in self.cleaned_data["evidence"].splitlines()))
        )
        if any(len(line) > LONGEST_EVIDENCE for line in lines):
            raise forms.ValidationError(
                f"Each line of where to look must be {LONGEST_EVIDENCE:,} characters or fewer."
            )
        return lines


class NewCriterionForm(WordingForm):
    """A criterion added to a draft."""

    number = forms.RegexField(
        r"^[0-9A-Za-z]+([.][0-9A-Za-z]+)*$",
        label="Number",
        max_length=20,
        help_text="As it is to be printed, such as 3.7",
        error_messages={"invalid": "Number must be letters and digits with full stops between, such as 3.7."},
    )
    kind = forms.ChoiceField(label="What it tests", choices=list(KINDS.items()))
    applies_to = forms.MultipleChoiceField(
        label="For which children",
        choices=list(APPLIES_TO.items()),
        initial=[AppliesTo.ALL.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select for which children it is"},
    )
    field_order = ("number", "text", "kind", "applies_to", "good", "not_yet", "evidence", "speaks_to")


class ConfirmForm(GovukForm):
    """A step that is confirmed on a page of its own; for an import, of what was shown."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
