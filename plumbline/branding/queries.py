"""The council's look as pages and files need it."""

from dataclasses import dataclass
from datetime import datetime

from plumbline.branding.models import Branding
from plumbline.branding.rules import OWN_COLOUR


@dataclass(frozen=True)
class Brand:
    """The look in force. `colour` is Plumbline's own where the council chose none; without a logo `logo` is empty."""

    colour: str = OWN_COLOUR
    logo: bytes = b""
    logo_width: int = 0
    logo_height: int = 0
    changed_at: datetime | None = None

    @property
    def is_own_colour(self) -> bool:
        """Whether the colour is Plumbline's."""
        return self.colour == OWN_COLOUR


def brand_in_force() -> Brand:
    """The council's look; Plumbline's own where none is set. It is the same for everybody, signed in or not."""
    row = Branding.objects.order_by("-pk").first()
    if row is None:
        return Brand()
    return Brand(row.colour or OWN_COLOUR, bytes(row.logo), row.logo_width, row.logo_height, row.changed_at)
