"""Checks that no event was changed, removed or put in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plumbline.event_log.queries import verify_chain


class Command(BaseCommand):
    help = "Checks the chain of the event log from its first event to its last."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_chain()
        if not verdict.holds:
            where = f" at event {verdict.broken_at}" if verdict.broken_at else ""
            raise CommandError(f"The event log does not hold{where}: {verdict.reason}.")
        self.stdout.write(f"The event log holds: {verdict.events} events, head {verdict.head}.")
