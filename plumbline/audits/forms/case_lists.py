"""What is filled in to import a case list: the file, what its columns are, what its spellings mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from plumbline.audits.files.case_list import MOST_BYTES
from plumbline.audits.rules.case_values import COLUMN_LABELS, NEEDED, Column
from plumbline.govuk.forms import GovukForm

LEAVE_OUT = "leave-out"
NOBODY = "nobody"


class CaseListForm(GovukForm):
    """A case list."""

    file = forms.FileField(
        label="Case list",
        help_text="A .csv or .xlsx file of at most 5 MB and 25,000 cases. Nothing is kept before you have checked it.",
        error_messages={
            "empty": "The file is empty. It needs a row of headings and one row for each case.",
            "required": "Select a .csv or .xlsx file",
            "missing": "Select a .csv or .xlsx file",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".csv", ".xlsx")):
            raise forms.ValidationError(
                "The file must end in .csv or .xlsx. Save an older workbook as .xlsx first."
            )
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file must be 5 MB or smaller. Take out the columns not needed.")
        return file


class ColumnsForm(GovukForm):
    """What each column of the file is."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        guessed: Mapping[int, Column | None],
        names: frozenset[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        options = [(column.value, label) for column, label in COLUMN_LABELS.items()]
        self.headings = list(headings)
        for n, heading in enumerate(headings):
            column = guessed.get(n)
            # A column that may name people is left out by somebody's own choice, never by default.
            start = column.value if column else ("" if n in names else LEAVE_OUT)
            label = heading or f"Column {n + 1}, without a heading"
            self.fields[f"column_{n}"] = forms.ChoiceField(
                label=label,
                choices=[("", "Select what it is"), (LEAVE_OUT, "Leave this column out"), *options],
                initial=start,
                help_text="This looks like people’s names. Leave it out: names are never kept."
                if n in names
                else "",
                error_messages={"required": f"Select what “{label}” is, or leave it out"},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen: dict[str, str] = {}
        for name, value in given.items():
            if value in ("", LEAVE_OUT):
                continue
            if value in chosen:
                self.add_error(name, f"{COLUMN_LABELS[Column(value)]} is chosen twice. Keep one.")
            chosen[value] = name
        if not self.errors:
            missing = [COLUMN_LABELS[column].lower() for column in NEEDED if column.value not in chosen]
            if missing:
                raise forms.ValidationError(
                    f"Select which column holds the {' and which the '.join(missing)}."
                )
            if Column.BIRTH in chosen and Column.AGE_BAND in chosen:
                self.add_error(chosen[Column.AGE_BAND], "Select the birth month or the age band, not both.")
        return given

    def columns(self) -> dict[int, Column | None]:
        """What was said of each column."""
        return {
            n: None
            if self.cleaned_data[f"column_{n}"] == LEAVE_OUT
            else Column(self.cleaned_data[f"column_{n}"])
            for n in range(len(self.headings))
        }


class SpellingsForm(GovukForm):
    """What spellings mean that nobody has explained yet. `questions` gives for each: kind, spelling, label, choices."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[tuple[str, str, str, Sequence[tuple[str, str]], str]],
        has_workers: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[str, str]] = {}
        for n, (kind, spelling, label, options, hint) in enumerate(questions):
            name = f"{kind}_{n}"
            self.asked[name] = (kind, spelling)
            first = [("", "Select what it means"), *options]
            if kind == Column.WORKER:
                first.insert(1, (NOBODY, "Not in Plumbline: leave the worker blank"))
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=first,
                help_text=hint,
                required=False,
                error_messages={"invalid_choice": "Select from the list"},
            )
        if has_workers:
            self.fields["blank_workers"] = forms.BooleanField(
                label="Leave every other worker who is not known blank",
                required=False,
                help_text="An auditor can then not be kept from their own case by itself. Check the allocation.",
            )

    def spellings(self) -> dict[str, dict[str, str]]:
        """What was said, by kind and spelling."""
        said: dict[str, dict[str, str]] = {}
        for name, (kind, spelling) in self.asked.items():
            value = self.cleaned_data.get(name, "")
            if value:
                said.setdefault(kind, {})[spelling] = "" if value == NOBODY else value
        return said


class AgreeForm(forms.Form):
    """That what was shown is to be done."""

    seen = forms.CharField(max_length=64, min_length=64, widget=forms.HiddenInput)
