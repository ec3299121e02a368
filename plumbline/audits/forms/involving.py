"""Forms for the talk with the worker, the views of child and family, and the cover sheet."""

from typing import Any

from django import forms

from plumbline.audits.forms.section import long_text
from plumbline.govuk.fields import DateField
from plumbline.people.forms.fields import line
from plumbline.work.forms import KeyedForm

OF = (
    ("child", "The child or young person"),
    ("parent", "A parent"),
    ("carer", "A carer"),
    ("professional", "A professional from another agency"),
)
METHODS = (
    ("meeting", "Met in person"),
    ("phone", "Telephone call"),
    ("written", "Letter, message or form"),
    ("direct_work", "Play or direct work"),
    ("observation", "Observation, such as of a baby or a child who does not use words"),
)
OUTCOMES = (
    ("given", "They gave their views"),
    ("attempted", "I tried and did not reach them"),
    ("declined", "They did not want to"),
    ("not_appropriate", "Asking was not appropriate"),
)

CONSENT = (
    ("agreed", "Yes, they agreed"),
    ("refused", "No, they did not agree"),
    ("not_asked", "I did not ask"),
)


class DiscussionForm(KeyedForm):
    """The talk with the worker, or why there was none, and how the audit was done."""

    held = forms.ChoiceField(
        label="Have you talked the case through with the worker?",
        choices=[("yes", "Yes"), ("no", "No, and there will be no talk")],
        widget=forms.RadioSelect,
    )
    held_on = DateField(label="Day of the talk", required=False, not_after_today=True)
    who = line(
        "Who took part", 300, required=False, help_text="By role, such as social worker and team manager"
    )
    notes = long_text(
        "What the worker told you", "Their own view of the work, and what helped or stood in the way"
    )
    reason_not_held = long_text(
        "Why there was no talk", "For example, the worker has left the council", rows=3
    )
    mode = forms.ChoiceField(
        label="How is this audit done?",
        choices=[("together", "With the worker"), ("record_only", "From the record only")],
        initial="together",
        widget=forms.RadioSelect,
    )
    mode_reason = long_text("Why from the record only", rows=3)

    def __init__(self, *args: Any, is_visit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_visit:
            self.fields["held"].label = "Have you talked through what you saw and heard?"
            self.fields["notes"].label = "What they told you"
            # Nobody makes a visit from the record.
            del self.fields["mode"], self.fields["mode_reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("held") == "yes":
            if not given.get("held_on") and "held_on" not in self.errors:
                self.add_error("held_on", "Enter the day of the talk")
            if not given.get("who") and "who" not in self.errors:
                self.add_error("who", "Enter who took part, by role")
            given["reason_not_held"] = ""
        elif given.get("held") == "no":
            if not given.get("reason_not_held"):
                self.add_error("reason_not_held", "Enter why there was no talk")
            given["held_on"] = None
        if given.get("mode") == "record_only" and not given.get("mode_reason"):
            self.add_error("mode_reason", "Enter why the audit is done from the record only")
        given.pop("held", None)
        return given


class VoiceForm(KeyedForm):
    """One attempt to hear somebody, whatever came of it."""

    of = forms.ChoiceField(label="Whose views", choices=OF, widget=forms.RadioSelect)
    on = DateField(label="Day", not_after_today=True)
    method = forms.ChoiceField(
        label="How",
        choices=METHODS,
        widget=forms.RadioSelect,
        required=False,
        help_text="Leave open when asking was not appropriate",
    )
    outcome = forms.ChoiceField(label="What came of it", choices=OUTCOMES, widget=forms.RadioSelect)
    words = long_text("What they said", "In their own words where you can, or what you saw. No names.")
    consent = forms.ChoiceField(
        label="May a report quote them?",
        choices=CONSENT,
        widget=forms.RadioSelect,
        required=False,
        help_text="Without a name, and only if they agreed. Ask them when they gave their views.",
    )
    reason = long_text("Why", "If they declined, or asking was not appropriate", rows=3)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        match given.get("outcome"):
            case "given":
                if not given.get("words"):
                    self.add_error("words", "Enter what they said, or what you saw")
                if not given.get("consent") and "consent" not in self.errors:
                    self.add_error("consent", "Select whether a report may quote them")
            case "not_appropriate":
                if not given.get("reason"):
                    self.add_error("reason", "Enter why asking was not appropriate")
        if (
            given.get("outcome") != "not_appropriate"
            and not given.get("method")
            and "method" not in self.errors
        ):
            self.add_error("method", "Select how you asked")
        if given.get("outcome") != "given":
            given["consent"] = "not_asked"
        return given


class CoverForm(KeyedForm):
    """Who the child and family are; the only place for names."""

    names = long_text("Names", "Child and family, one person a line, such as Ann Lee (mother)")
    born_on = DateField(label="The child’s date of birth", required=False, not_after_today=True)
    contact = long_text("How to reach the family", "Only what you need for this audit", rows=3)


class IdentityForm(KeyedForm):
    """Why each place that was found identifies nobody."""

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in places:
            self.fields[f"answer-{key}"] = line(label, 500, required=False)

    def answers(self) -> dict[str, str]:
        """Public ids of warnings to what was written."""
        return {
            name.removeprefix("answer-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("answer-") and value
        }
