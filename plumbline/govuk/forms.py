"""The base of all forms: messages say what to do, and a form asks for nothing it does not name."""

from typing import Any

from django import forms

_DEFAULT = str(forms.Field.default_error_messages["required"])


class GovukForm(forms.Form):
    """A form whose missing answers are asked for in words: "Enter the date of the visit"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if str(field.error_messages.get("required")) == _DEFAULT and field.label:
                verb = (
                    "Select"
                    if isinstance(field, forms.ChoiceField | forms.BooleanField | forms.FileField)
                    else "Enter"
                )
                label = str(field.label)
                # Abbreviations such as QA keep their capitals.
                words = label if label[1:2].isupper() else label[0].lower() + label[1:]
                field.error_messages["required"] = f"{verb} {words.rstrip('?')}"
