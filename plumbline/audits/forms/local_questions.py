"""One question of a round's own."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.audits.rules.local_questions import ANSWERS
from plumbline.audits.rules.tool import AnswerType, QuestionKind
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField, line

MOST_CHOICES = 10


class LocalQuestionForm(GovukForm):
    """What is asked, how it is answered, and of which team's work."""

    text = line("Question", 300, help_text="One idea. Do not name children or families.")
    kind = forms.ChoiceField(
        label="What it tests", choices=[(one.value, one.value.capitalize()) for one in QuestionKind]
    )
    good = line("What good looks like", 300, required=False, help_text="Shown beside the question.")
    answer = forms.ChoiceField(
        label="How it is answered", choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    choices = forms.CharField(
        label="The answers to choose from",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line. Only for one of a few answers.",
    )
    team = PickField(
        label="Only in audits of this team’s work",
        empty="Every audit of the round",
        required=False,
    )
    required = forms.BooleanField(label="It must be answered before the audit is submitted", required=False)

    def __init__(self, *args: Any, teams: Sequence[Pick], taken: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].offer(teams)  # type: ignore[attr-defined]
        self.taken = {one.casefold() for one in taken}

    def clean_text(self) -> str:
        given = " ".join(str(self.cleaned_data["text"]).split())
        if given.casefold() in self.taken:
            raise forms.ValidationError("This question is asked already. Enter another one.")
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        lines = [one.strip() for one in (given.get("choices") or "").splitlines() if one.strip()]
        if given.get("answer") == AnswerType.CHOICE and not 2 <= len(dict.fromkeys(lines)) <= MOST_CHOICES:
            self.add_error("choices", f"Enter from 2 to {MOST_CHOICES} answers, one a line.")
        return given

    def question(self) -> dict[str, Any]:
        """The question as a tool's file would hold it, but for its key, with the team it is for."""
        given = self.cleaned_data
        made: dict[str, Any] = {name: given[name] for name in ("text", "kind", "answer")}
        made["required"] = given["required"]
        if given["good"]:
            made["good"] = given["good"]
        if given["answer"] == AnswerType.CHOICE:
            labels = dict.fromkeys(one.strip() for one in given["choices"].splitlines() if one.strip())
            made["choices"] = [{"key": f"choice-{n}", "label": one} for n, one in enumerate(labels, 1)]
        if given["team"]:
            made["team"] = given["team"].public_id
        return made
