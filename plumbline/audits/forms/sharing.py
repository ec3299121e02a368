"""What is typed to share, reply, talk through, close and send back, and to raise findings and actions from an audit."""

from collections.abc import Sequence
from typing import Any

from django import forms

from plumbline.govuk.fields import DateField
from plumbline.improvement.forms.improvement import (
    NO_NAMES,
    FindingForm,
    LevelActionForm,
    TeamFindingForm,
    words,
)
from plumbline.people.forms.fields import Pick, PickManyField
from plumbline.work.forms import KeyedForm


class AuditFindingForm(FindingForm):
    """A finding from an audit, with what shows it."""

    evidence = words("What shows it", required=False, help_text="From the answer. It stays with the finding.")
    field_order = ["kind", "text", "evidence", "criterion"]


class RoundFindingForm(TeamFindingForm):
    """A finding from a round as a whole."""


class AuditActionForm(LevelActionForm):
    """An action from an audit, about findings of it."""

    findings = PickManyField(label="Findings it answers", required=False)
    field_order = ["level", "text", "owner", "due_on", "is_urgent", "findings"]

    def __init__(self, *args: Any, findings: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["findings"].offer(findings)  # type: ignore[attr-defined]
        if not findings:
            del self.fields["findings"]


class ReplyForm(KeyedForm):
    """What worker or manager say, in their own words."""

    text = words(
        "Your reply",
        4000,
        rows=8,
        help_text=f"What rings true, what is missing, what you would add. It is kept as you write it. {NO_NAMES}",
    )
    disagrees = forms.BooleanField(
        label="I disagree with a judgement or the grade",
        required=False,
        help_text="The quality assurance team then offers a second rating, or says why not.",
    )


class TalkForm(KeyedForm):
    """When it was talked through."""

    held_on = DateField(label="Day of the supervision", not_after_today=True)
    note = words("What you agreed", required=False, help_text=NO_NAMES)


class CloseForm(KeyedForm):
    """Why it is closed as it stands, where something is missing."""

    reason = words("Why it is closed as it stands", 500, required=False)

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields[
                "reason"
            ].help_text = "There is no reply of the worker yet, or it was not talked through in supervision."
            self.fields["reason"].error_messages["required"] = "Enter why it is closed as it stands"
        else:
            del self.fields["reason"]


class ReturnForm(KeyedForm):
    """What the auditor is to do."""

    reason = words("What is missing", 1000, help_text=f"The auditor reads this. {NO_NAMES}")


class AnswerForm(KeyedForm):
    """Why there is no second rating."""

    answer = words(
        "Your answer",
        help_text="Why the judgement stands, in words the worker can use. To ask for a second rating, go back.",
    )
