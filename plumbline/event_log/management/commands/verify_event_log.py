"""Checks that no event was changed, removed or put in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plumbline.event_log.queries import verify_chain
from plumbline.event_log.rules import head_from


class Command(BaseCommand):
    help = "Checks the chain of the event log from its first event to its last."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", help="COUNT:HASH as a backup's manifest or the daily log line noted it, to compare with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            noted = head_from(options["head"]) if options["head"] else None
        except ValueError as fault:
            raise CommandError(f"{fault}") from fault
        verdict = verify_chain(noted)
        if not verdict.holds:
            where = f" at event {verdict.broken_at}" if verdict.broken_at else ""
            raise CommandError(f"The event log does not hold{where}: {verdict.reason}.")
        self.stdout.write(
            f"The event log holds: {verdict.events} events, head {verdict.events}:{verdict.head}."
        )
        if noted is not None:
            self.stdout.write(f"It goes on from the head noted after {noted.count} events.")
