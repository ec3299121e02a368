"""What is typed to begin, write, put forward, issue and send back a report."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.audits.rules.quotations import is_faithful
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField, line

LONGEST_PART = 8000
LONGEST_QUOTATION = 2000


def text(label: str, limit: int, rows: int = 6, **more: Any) -> forms.CharField:
    """A field for paragraphs."""
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label} must be {limit} characters or fewer."},
        **more,
    )


class BeginForm(GovukForm):
    """Of which round, with which template, and for a new version what changed."""

    round = PickField(label="Round", empty="Select one")
    template = forms.ChoiceField(
        label="Template",
        required=False,
        help_text="Which chapters it has. It can be changed until it is put forward.",
    )
    reason = text(
        "What changed",
        1000,
        3,
        required=False,
        help_text="Needed for a new version of a report that was issued. Do not name children or families.",
    )

    def __init__(
        self,
        *args: Any,
        rounds: Sequence[Pick],
        issued: frozenset[str],
        templates: Sequence[tuple[str, str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            ("", "That of the version before, or the full report"),
            *((key, title) for key, title, _ in templates),
        ]
        self.fields["round"].offer(rounds)  # type: ignore[attr-defined]
        self.issued = issued

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        chosen = given.get("round")
        if chosen is not None and chosen.public_id in self.issued and not given.get("reason"):
            self.add_error("reason", "Enter what changed since the version that was issued.")
        return given


class TemplateForm(GovukForm):
    """Which template the report has."""

    template = forms.ChoiceField(label="Template", widget=forms.RadioSelect)

    def __init__(self, *args: Any, templates: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        field.choices = [(key, title) for key, title, _ in templates]
        field.choice_hints = {key: purpose for key, _, purpose in templates}


class PartForm(GovukForm):
    """What the officer writes in one part, with the version that they saw."""

    text = text("Text", LONGEST_PART, 10, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000, required=False)

    def __init__(self, *args: Any, label: str, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, asks

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


class ThemeForm(GovukForm):
    """A theme seen across audits."""

    title = line("Theme", 200, help_text="In a few words, such as “Fathers are missing from plans”.")
    text = text("What the audits show", LONGEST_PART, 8, required=False)


class QuotationForm(GovukForm):
    """The words as they are quoted."""

    text = text(
        "Quotation",
        LONGEST_QUOTATION,
        help_text="Shorten with …, and put [their brother] in place of what identifies somebody.",
    )
    is_shareable = forms.BooleanField(
        label="May stand in the shareable version",
        required=False,
        help_text="It is searched for names, references and numbers first. Read it once more as a neighbour would.",
    )

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source

    def clean_text(self) -> str:
        given = str(self.cleaned_data["text"])
        if not is_faithful(given, self.source):
            raise forms.ValidationError(
                "Quotation must keep the words as they were given. Mark gaps with … and your own words with [ ]."
            )
        return given


class PutForwardForm(GovukForm):
    """Whether a shareable version goes with it."""

    with_shareable = forms.BooleanField(
        label="Make a shareable version too",
        required=False,
        initial=True,
        help_text="Small numbers are hidden, and its words are searched for names and references.",
    )


class SendBackForm(GovukForm):
    """Why it goes back."""

    reason = text("What should change", 2000, 5)
