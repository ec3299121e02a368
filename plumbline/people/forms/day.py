"""The day a page speaks of."""

from plumbline.govuk.forms import GovukForm
from plumbline.people.forms.fields import Day


class DayForm(GovukForm):
    """As it stood on which day."""

    on = Day(label="As it stood on")
