"""The page of one section: for each question what you saw, then the judgement, then why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from plumbline.audits.rules.answers import FIELDS, Given, Lack, Written, lacks
from plumbline.audits.rules.tool import AnswerType, Question
from plumbline.work.forms import KeyedForm

JUDGEMENTS = (
    ("met", "Met"),
    ("partly_met", "Partly met"),
    ("not_met", "Not met"),
    ("not_applicable", "Does not apply to this child"),
    ("not_assessed", "Not assessed"),
)
LONGEST = 20_000
# Evidence first, judgement after, then why.
ORDER = ("evidence", "judgement", "rationale", "text")


class JudgementField(forms.ChoiceField):
    """One judgement; the tool's words for a judgement, where it has them, stand under it."""

    widget = forms.RadioSelect

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.choice_hints = {
            key: words for key, words in question.descriptors.items() if key in dict(JUDGEMENTS)
        }
        super().__init__(choices=JUDGEMENTS, **kwargs)


def long_text(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    """A field for words at length."""
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        max_length=None,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[_not_too_long],
    )


def _not_too_long(value: str) -> None:
    if len(value) > LONGEST:
        raise forms.ValidationError(f"Use {LONGEST:,} characters or fewer; this has {len(value):,}.")


class SectionForm(KeyedForm):
    """The answers to some questions, each with the number of the version it was written on."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        given: Mapping[str, Given] | None = None,
        versions: Mapping[str, int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        given, versions = given or {}, versions or {}
        for question in self.questions:
            key, answer = question.key, given.get(question.key, Given())
            for name in ORDER:
                field = _field(question, name)
                if field is not None:
                    field.initial = getattr(answer, name)
                    self.fields[f"{key}-{name}"] = field
            self.fields[f"{key}-version"] = forms.IntegerField(
                required=False, min_value=0, initial=versions.get(key, 0), widget=forms.HiddenInput
            )

    def written(self) -> dict[str, Written]:
        """What was written to each question, as far as the form is valid."""
        return {
            one.key: Written(
                Given(**{name: self.cleaned_data.get(f"{one.key}-{name}") or "" for name in FIELDS}),
                self.cleaned_data.get(f"{one.key}-version") or 0,
            )
            for one in self.questions
        }

    def typed(self) -> dict[str, dict[str, Any]]:
        """What stands in the boxes, valid or not, for the draft."""
        found: dict[str, dict[str, Any]] = {}
        for question in self.questions:
            values = {
                name: str(self.data.get(f"{question.key}-{name}", "")).replace("\x00", "")[:LONGEST]
                for name in FIELDS
            }
            version = str(self.data.get(f"{question.key}-version", ""))
            number = int(version) if version.isdecimal() and len(version) < 6 else 0
            found[question.key] = values | {"version": number}
        return found

    def refuse_incomplete(self) -> None:
        """Adds what each answer that was begun still lacks."""
        for question in self.questions:
            for lack in self._lacks(question):
                name = f"{question.key}-{lack.field}"
                if name in self.fields and name not in self.errors:
                    self.add_error(name, f"{lack.sentence}: “{question.text}”")

    def _lacks(self, question: Question) -> Iterator[Lack]:
        return lacks(question, self.written()[question.key].given)

    def groups(self) -> list[dict[str, Any]]:
        """Each question with its bound fields, for the page."""
        return [
            {
                "question": question,
                "fields": [
                    self[f"{question.key}-{name}"]
                    for name in ORDER
                    if f"{question.key}-{name}" in self.fields
                ],
                "version": self[f"{question.key}-version"],
            }
            for question in self.questions
        ]


def _field(question: Question, name: str) -> forms.Field | None:
    is_judged = question.answer is AnswerType.JUDGEMENT
    match name:
        case "evidence" if is_judged:
            return long_text("Evidence", "What you saw in the record or heard, with the date. No names.")
        case "judgement" if is_judged:
            return JudgementField(question, label="Your judgement", required=False)
        case "rationale" if is_judged:
            return long_text("Why", "Needed for “Partly met”, “Not met” and “Does not apply”.", rows=3)
        case "text" if question.answer is AnswerType.TEXT:
            return long_text("Your answer")
        case "text" if question.answer is AnswerType.CHOICE:
            choices = [(one.key, one.label) for one in question.choices]
            return forms.ChoiceField(
                label="Your answer", choices=choices, required=False, widget=forms.RadioSelect
            )
    return None
