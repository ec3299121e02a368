"""What is filled in about a look at a round from outside it, and what was changed because of it."""

from datetime import date
from typing import Any

from django import forms

from plumbline.audits.forms.rounds import whole, words
from plumbline.govuk.fields import DateField
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import line
from plumbline.shared.dates import in_words
from plumbline.work.forms import KeyedForm

NO_NAMES = "Do not name children, families or colleagues."


class OversightForm(KeyedForm):
    """What was checked, what was found about recording, and the challenge."""

    capacity = line("You look as", 100, help_text="Such as “independent reviewing officer”.")
    looked_on = DateField(label="Day you looked", not_after_today=True)
    sample_size = whole("How many audits you looked at", 500, 1)
    sample = words(
        "What you checked", help_text=f"Which audits, how you chose them, and against what. {NO_NAMES}"
    )
    quality = words(
        "Quality of recording",
        help_text="Whether records and audits are clear, complete and as our standards ask.",
    )
    timeliness = words(
        "Timeliness of recording", help_text="Whether it was written when it happened, or long after."
    )
    challenge = words(
        "Your challenge",
        required=False,
        help_text="What should change, or be looked at again. The quality assurance team answers it.",
    )

    def __init__(self, *args: Any, began_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began_on = began_on

    def clean_looked_on(self) -> date:
        given: date = self.cleaned_data["looked_on"]
        if given < self.began_on:
            raise forms.ValidationError(f"Day you looked must be {in_words(self.began_on)} or later.")
        return given


class AnswerForm(GovukForm):
    """What was changed."""

    answer = words(
        "What was changed", help_text=f"Or why nothing is. It stands beside the challenge. {NO_NAMES}"
    )
