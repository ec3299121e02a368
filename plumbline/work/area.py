"""What the work area offers to the shared pages."""

from django.core.management import call_command

from plumbline.shared.area import Area, MenuItem, PeriodicJob
from plumbline.work.kinds import KINDS
from plumbline.work.reminders import remind
from plumbline.work.sending import send_waiting


def clean_up() -> None:
    """Removes sessions that have ended and finished background tasks older than two weeks."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)


AREA = Area(
    key="work",
    menu=(MenuItem("My work", "home", "work.view", order=0),),
    jobs=(
        PeriodicJob("send-messages", 1, send_waiting),
        PeriodicJob("remind", 60, remind),
        PeriodicJob("clean-up", 24 * 60, clean_up),
    ),
    kinds=KINDS,
)
