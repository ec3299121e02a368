"""What is filled in to plan a visit or an observation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.audits.forms.allocation import check_due, due_day
from plumbline.audits.rules.subjects import Subject
from plumbline.people.forms.fields import Pick, PickField
from plumbline.work.forms import KeyedForm

ABOUT = {
    Subject.WORKER: "Worker to observe",
    Subject.TEAM: "Team to visit",
    Subject.ESTABLISHMENT: "Establishment to visit",
}


class VisitForm(KeyedForm):
    """What is visited, by whom and by when."""

    about = PickField(label="What is visited", empty="Select one")
    auditor = PickField(
        label="Who makes the visit",
        empty="Select one",
        help_text="They write what they saw and heard, as in an audit.",
    )
    due_on = due_day("Done by")

    def __init__(
        self, *args: Any, subject: Subject, about: Sequence[Pick], people: Sequence[Pick], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].label = ABOUT.get(subject, "What is visited")
        self.fields["about"].offer(about)  # type: ignore[attr-defined]
        self.fields["auditor"].offer(people)  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        return check_due(self.cleaned_data["due_on"])
