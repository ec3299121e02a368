"""Changes the council's colour and logo."""

from django.db import transaction
from django.utils import timezone

from plumbline.branding.models import Branding
from plumbline.branding.png import Picture
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person


def change_branding(
    *, by: Person | None, colour: str, logo: Picture | None = None, remove_logo: bool = False
) -> Branding:
    """The look with its colour, and its logo changed, taken away, or left as it is where none is given."""
    with transaction.atomic():
        row = Branding.objects.select_for_update().order_by("-pk").first() or Branding()
        row.colour = colour
        if logo is not None or remove_logo:
            row.logo = logo.data if logo else b""
            row.logo_width, row.logo_height = (logo.width, logo.height) if logo else (0, 0)
        row.changed_by, row.changed_at = by, timezone.now()
        row.save()
        detail = {"colour": colour, "logo": "new" if logo else "taken away" if remove_logo else "as it was"}
        record(by=by, kind=Kind.ACTION, action="branding.change", detail=detail)
    return row
