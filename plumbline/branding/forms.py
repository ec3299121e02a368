"""What is filled in to change the council's colour and logo."""

from typing import Any

from django import forms

from plumbline.branding.png import MOST_BYTES, NotAPicture, Picture, drawn_anew
from plumbline.branding.rules import LEAST_CONTRAST, colour_of, is_readable, least_contrast, readable_shade
from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import line


class BrandingForm(GovukForm):
    """A colour that can be read, and a logo as PNG."""

    colour = line(
        "Colour",
        20,
        required=False,
        help_text="Six letters and digits, such as #0b5c66. Leave it empty for Plumbline’s own. White text on it, and "
        f"text of it on white, must have a contrast of {LEAST_CONTRAST} to 1 or more.",
    )
    logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="A PNG file of at most 500 KB. It is drawn anew, so that nothing hidden in the file is kept.",
        error_messages={"empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".png"}),
        max_length=200,
    )
    remove_logo = forms.BooleanField(label="Take the logo away", required=False)

    def clean_colour(self) -> str:
        given = self.cleaned_data["colour"]
        if not given:
            return ""
        colour = colour_of(given)
        if not colour:
            raise forms.ValidationError("Colour must be six letters and digits, such as #0b5c66.")
        if not is_readable(colour):
            raise forms.ValidationError(
                f"{colour} has a contrast of {least_contrast(colour):.1f} to 1, and {LEAST_CONTRAST} is needed to read it. "
                f"{readable_shade(colour)} is the lightest shade of it that can be read."
            )
        return colour

    def clean_logo(self) -> Picture | None:
        file: Any = self.cleaned_data["logo"]
        if not file:
            return None
        try:
            return drawn_anew(file.read(MOST_BYTES + 1))
        except NotAPicture as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
