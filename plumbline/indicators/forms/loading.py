"""What people fill in to load an extract: the files, what spellings mean, and what the extract is to be called."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from indicator_engine.codelists import CodeList
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.work.forms import KeyedForm

MOST_BYTES = 500 * 1024 * 1024
MOST_CHILDREN = 2_000_000
# More at once would be a page that nobody works through with care.
SPELLINGS_AT_ONCE = 40
LEFT_OUT = "left-out"


class _Files(forms.FileInput):
    """A choice of several files."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": "multiple", "accept": ".csv,.xlsx,.xml,.zip"})


class FilesField(forms.FileField):
    """One or more files."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        found = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        names = [one.name.casefold() for one in found]
        if len(set(names)) < len(names):
            raise forms.ValidationError("Two files have the same name. Keep one of them.")
        if any(name.startswith(".") for name in names):
            raise forms.ValidationError("A file whose name begins with a dot is not part of a return.")
        if sum(one.size for one in found) > MOST_BYTES:
            raise forms.ValidationError("The files must be 500 MB or smaller together. Pack them as a .zip.")
        return found


class FilesForm(KeyedForm):
    """The files of one return."""

    chosen = FilesField(
        label="Files of one return",
        help_text="The CSV files of a Standard Safeguarding Dataset or an SSDA903 return, together or in a .zip; an Annex A "
        "workbook; or a children in need census. Which it is, is seen from what is in them.",
        error_messages={
            "required": "Select the files of one return",
            "missing": "Select the files of one return",
            "empty": "One of the files is empty. Leave it out, or export it again.",
        },
        max_length=200,
    )
    as_at = DateField(
        label="Day the records speak of",
        help_text="Nothing later counts. Leave it empty if the return says it itself.",
        required=False,
        not_after_today=True,
    )
    child_population = forms.IntegerField(
        label="Children aged 0 to 17 in the area",
        help_text="At the mid-year before, for rates. Not needed where Plumbline knows which authority this is.",
        required=False,
        min_value=1,
        max_value=MOST_CHILDREN,
        widget=forms.NumberInput(attrs={"width": 10}),
    )


class SpellingsForm(GovukForm):
    """What spellings mean that nobody has explained yet."""

    def __init__(
        self,
        *args: Any,
        asked: Sequence[Mapping[str, Any]],
        codelists: Mapping[str, CodeList],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[str, str]] = {}
        for number, one in enumerate(asked[:SPELLINGS_AT_ONCE]):
            codelist = codelists[one["codelist"]]
            name = f"spelling_{number}"
            self.asked[name] = (one["codelist"], one["spelling"])
            times = "once" if one["count"] == 1 else f"{one['count']:,} times"
            self.fields[name] = forms.ChoiceField(
                label=f"“{one['spelling']}” as {codelist.title}",
                choices=[
                    ("", "Select what it means"),
                    (LEFT_OUT, "Nothing that counts: leave it empty"),
                    *((code.code, f"{code.code}: {code.label}"[:100]) for code in codelist.codes),
                ],
                help_text=f"Met {times}, first at {one['first_at']}",
                required=False,
                error_messages={"invalid_choice": "Select from the list"},
            )

    def said(self) -> dict[tuple[str, str], str]:
        """What was said, by code set and spelling; empty for what is left out."""
        return {
            self.asked[name]: "" if value == LEFT_OUT else value
            for name, value in self.cleaned_data.items()
            if name in self.asked and value
        }


class LoadForm(GovukForm):
    """What the extract is to be called."""

    name = forms.SlugField(
        label="Name of the extract",
        help_text="Small letters, numbers and hyphens, such as annex-a-2026-03. It stands beside each figure.",
        max_length=60,
        error_messages={"invalid": "Use only letters, numbers and hyphens, such as annex-a-2026-03"},
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).lower()
