"""The kinds of record about indicators that are kept for a time."""

from django.db.models.functions import TruncDate

from plumbline.indicators.models import IndicatorException
from plumbline.shared.kinds import RecordKind

KINDS = (
    RecordKind(
        key="indicator_exception",
        label="Exceptions of indicators",
        counted_from="the day it was closed",
        finished=lambda: IndicatorException.objects.as_system("retention").exclude(closed_at=None),
        ends_on=TruncDate("closed_at"),
        of_person=("owner", "closed_by"),
    ),
)
