"""How the council's pages and files look: its colour and its logo."""

from django.db import models
from django.utils import timezone

from plumbline.people.models import Person


class Branding(models.Model):
    """The look in force; one row, or none for Plumbline's own."""

    colour = models.CharField(max_length=7, blank=True, help_text="As #0b5c66; empty for Plumbline's own")
    logo = models.BinaryField(blank=True, default=bytes, help_text="A PNG that Plumbline drew itself")
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"branding {self.pk}"
