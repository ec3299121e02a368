"""What the keeping area offers to the shared pages."""

from plumbline.keeping.checking import check_event_log
from plumbline.shared.area import Area, LongWork, MenuItem

AREA = Area(
    key="keeping",
    menu=(MenuItem("Event log", "event_log", "event_log.verify", order=90),),
    long_work=(LongWork("verify-event-log", "event_log.verify", check_event_log),),
)
