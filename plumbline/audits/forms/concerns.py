"""Forms for immediate concerns."""

from collections.abc import Sequence
from typing import Any

from plumbline.audits.forms.section import long_text
from plumbline.people.forms.fields import Pick, PickField
from plumbline.work.forms import KeyedForm


class ConcernForm(KeyedForm):
    """What worries you, and which manager hears it at once."""

    text = long_text("What worries you", "Say what you saw and why the child may not be safe. No names.")
    handler = PickField(label="Who must act", help_text="They are told at once, by message and in their work")

    def __init__(self, *args: Any, handlers: Sequence[Pick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = "Enter what worries you"
        field: Any = self.fields["handler"]
        field.offer(handlers)
        field.initial = handlers[0].key if handlers else ""


class AcknowledgeForm(KeyedForm):
    """That the concern is read, and what is done first."""

    text = long_text("What you do first", "If you know it already", rows=3)


class PlanForm(KeyedForm):
    """What is done to keep the child safe."""

    plan = long_text("What is done to keep the child safe", "Who does what, by when. No names of the family.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].required = True
        self.fields["plan"].error_messages["required"] = "Enter what is done to keep the child safe"


class CloseForm(KeyedForm):
    """What came of it."""

    outcome = long_text("What came of it", "How you know that the child is safe")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True
        self.fields["outcome"].error_messages["required"] = "Enter what came of it"
