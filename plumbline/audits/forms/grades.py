"""Forms for grades: the one proposed stands first, and another needs a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from plumbline.audits.actions.grades import Choice as GradeChoice
from plumbline.audits.forms.section import long_text
from plumbline.audits.rules.grading import Proposed
from plumbline.audits.rules.tool import Choice
from plumbline.work.forms import KeyedForm


@dataclass(frozen=True)
class ToGrade:
    """A section, or the whole audit under the empty key, with what the rule proposes and what was given."""

    key: str
    title: str
    proposed: Proposed
    grade: str = ""
    reason: str = ""

    @property
    def field(self) -> str:
        return f"grade-{self.key or 'overall'}"


class GradeField(forms.ChoiceField):
    """One grade of the scale, each with what it means."""

    widget = forms.RadioSelect

    def __init__(self, grades: Sequence[Choice], **kwargs: Any) -> None:
        self.choice_hints = {one.key: one.descriptor for one in grades if one.descriptor}
        super().__init__(choices=[(one.key, one.label) for one in grades], **kwargs)


class GradesForm(KeyedForm):
    """The grades of some sections, or of the whole audit."""

    def __init__(self, *args: Any, parts: Sequence[ToGrade], grades: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in self.parts:
            self.fields[part.field] = GradeField(
                grades,
                label=f"Grade for {part.title}",
                initial=part.grade or part.proposed.grade,
                error_messages={"required": f"Select a grade for {part.title}"},
            )
            self.fields[f"{part.field}-reason"] = long_text(
                "Why you grade it so", "Needed when your grade is not the one proposed", rows=3
            )
            self.fields[f"{part.field}-reason"].initial = part.reason

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for part in self.parts:
            grade = given.get(part.field)
            differs = grade and part.proposed.grade and grade != part.proposed.grade
            if differs and not given.get(f"{part.field}-reason"):
                self.add_error(
                    f"{part.field}-reason",
                    f"Enter why your grade for {part.title} differs from the one proposed",
                )
        return given

    def choices(self) -> Mapping[str, GradeChoice]:
        """Section keys to grades with their reasons."""
        return {
            part.key: GradeChoice(
                self.cleaned_data[part.field], self.cleaned_data.get(f"{part.field}-reason") or ""
            )
            for part in self.parts
        }

    def groups(self) -> list[dict[str, Any]]:
        """Each part with its bound fields, for the page."""
        return [
            {"part": part, "fields": [self[part.field], self[f"{part.field}-reason"]]} for part in self.parts
        ]
