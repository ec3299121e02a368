"""What the framework stores: standards, the schedule, and what came of it."""

from plumbline.framework.models.occurrences import (
    CalendarFeed,
    Occurrence,
    OccurrenceState,
    OccurrenceStatus,
    ReportGiven,
)
from plumbline.framework.models.schedule import Activity, ActivityVersion, Forum, ReportLine, Schedule
from plumbline.framework.models.standards import (
    Criterion,
    InterpretationNote,
    SetState,
    Standard,
    StandardSet,
)
from plumbline.framework.models.uploads import FrameworkUpload

__all__ = [
    "Activity",
    "ActivityVersion",
    "CalendarFeed",
    "Criterion",
    "Forum",
    "FrameworkUpload",
    "InterpretationNote",
    "Occurrence",
    "OccurrenceState",
    "OccurrenceStatus",
    "ReportGiven",
    "ReportLine",
    "Schedule",
    "SetState",
    "Standard",
    "StandardSet",
]
