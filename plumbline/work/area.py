"""What the work area offers to the shared pages."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from plumbline.shared.area import Area, MenuItem, PeriodicJob
from plumbline.work.kinds import KINDS
from plumbline.work.models import UsedKey
from plumbline.work.reminders import remind
from plumbline.work.sending import send_waiting

# A page left open longer than this has outlived its session many times over.
KEYS_KEPT_FOR = timedelta(days=30)


def clean_up() -> None:
    """Removes sessions that have ended, finished background tasks older than two weeks, and keys of old forms."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
    UsedKey.objects.filter(at__lt=timezone.now() - KEYS_KEPT_FOR).delete()


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
