"""The shared pages' kinds of record that are kept for a time."""

from django.db.models.functions import TruncDate

from plumbline.shared.kinds import RecordKind
from plumbline.work.models import Job, Message

KINDS = (
    RecordKind(
        key="message",
        label="Messages",
        counted_from="the day it was sent or given up",
        finished=lambda: Message.objects.as_system("retention").exclude(settled_at=None),
        ends_on=TruncDate("settled_at"),
        of_person=("person",),
    ),
    RecordKind(
        key="job",
        label="Long work",
        counted_from="the day it ended",
        finished=lambda: Job.objects.as_system("retention").exclude(ended_at=None),
        ends_on=TruncDate("ended_at"),
        of_person=("by",),
    ),
)
