"""The framework's kinds of record that are kept for a time."""

from django.db.models import F
from django.db.models.functions import Coalesce

from plumbline.framework.models import Occurrence, OccurrenceState
from plumbline.shared.kinds import RecordKind

KINDS = (
    RecordKind(
        key="occurrence",
        label="What was planned and done",
        counted_from="the day it was held, or was due when it was not",
        finished=lambda: Occurrence.objects.as_system("retention").exclude(state=OccurrenceState.PLANNED),
        ends_on=Coalesce(F("held_on"), F("due_on")),
        of_unit=("unit",),
        of_person=("responsible",),
    ),
)
