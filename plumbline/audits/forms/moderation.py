"""What is typed to rate an audit a second time, to settle its grade, and to name who rates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from plumbline.audits.models import Judgement
from plumbline.audits.rules.conditions import ALWAYS
from plumbline.audits.rules.second_rating import graded_parts, missing_of, part_title, questions_to_judge
from plumbline.audits.rules.tool import Question, Tool
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Pick, PickField

NO_NAMES = "Do not name children or families."


def _words(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": f"{label} must be 4,000 characters or fewer."},
        **more,
    )


def _hint(question: Question, cited: str | None) -> str:
    """What good looks like and the evidence cited; no evidence where the first answers decided whether it was asked."""
    good = f"What good looks like: {question.good} " if question.good else ""
    if question.show_if != ALWAYS:
        return f"{good}Only where your answers above call for it."
    if cited is None:
        return good.strip()
    return f"{good}Evidence the auditor cited: {cited}" if cited else f"{good}The auditor cited no evidence."


class JudgementsForm(GovukForm):
    """A judgement for each question of the tool; those not answered yet are asked for before the grades.

    Without `evidence` nothing of the audit is told, as for a self-audit.
    """

    def __init__(
        self,
        *args: Any,
        tool: Tool,
        evidence: Mapping[str, str] | None,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tool, self.is_draft = tool, is_draft
        for question in questions_to_judge(tool):
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                choices=Judgement.choices,
                widget=forms.RadioSelect,
                required=False,
                help_text=_hint(question, None if evidence is None else evidence.get(question.key, "")),
                error_messages={"invalid_choice": "Select one of the judgements"},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.is_draft:
            for question in missing_of(self.tool, given):
                if question.key not in self.errors:
                    self.add_error(question.key, "Select a judgement, or “Not assessed” if you cannot tell")
        return given

    def sections(self) -> Iterable[tuple[Any, list[forms.BoundField]]]:
        """Each section with its fields."""
        for section in self.tool.sections:
            bound = [self[one.key] for one in section.questions if one.key in self.fields]
            if bound:
                yield section, bound


def grade_field_name(part: str) -> str:
    """The name of the field for a section's grade, or the whole audit's."""
    return f"grade-{part}" if part else "overall"


class GradesForm(GovukForm):
    """A grade for each part of the tool."""

    def __init__(
        self, *args: Any, tool: Tool, given: Mapping[str, str], hints: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool
        more = list(self.fields.items())
        self.fields.clear()
        for part in graded_parts(tool):
            title = part_title(tool, part)
            self.fields[grade_field_name(part)] = forms.ChoiceField(
                label=title,
                choices=[(one.key, one.label) for one in tool.grades],
                widget=forms.RadioSelect,
                initial=given.get(part, ""),
                help_text=hints.get(part, ""),
                error_messages={
                    "required": f"Select a grade for {title.lower() if not part else title}",
                    "invalid_choice": "Select one of the grades",
                },
            )
        self.fields.update(more)

    def grades(self) -> dict[str, str]:
        """The grades by section key, the whole audit's under the empty key."""
        return {part: self.cleaned_data[grade_field_name(part)] for part in graded_parts(self.tool)}


class RateForm(GradesForm):
    """The second rating's grades, with what the moderator says about practice, and apart from it about the audit."""

    reason = _words(
        "Why a grade differs from the one proposed", required=False, help_text="Only where one differs."
    )
    comment = _words(
        "How good was the practice?", help_text=f"What you saw of the work with the child. {NO_NAMES}"
    )
    about_the_audit = _words(
        "How good was the audit?",
        help_text=f"Is the evidence enough, and does it show what is claimed? {NO_NAMES}",
    )


class SettleForm(GradesForm):
    """The final grades and why."""

    reason = _words("Why these are the final grades", help_text=f"The auditor reads this. {NO_NAMES}")


class RaterForm(GovukForm):
    """Who rates."""

    moderator = PickField(
        label="Who gives the second rating",
        empty="Select one",
        help_text="Only people who are independent of the work and have not read the first rating.",
    )

    def __init__(self, *args: Any, people: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moderator"].offer(people)  # type: ignore[attr-defined]
