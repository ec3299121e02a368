"""Runs the periodic jobs that are due, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from plumbline.work.schedule import due_jobs, run_due


class Command(BaseCommand):
    help = "Runs the periodic jobs that are due. Call it every minute from a timer, or let work_in_background do so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            default="",
            choices=["", *(job.key for job in due_jobs())],
            help="Run this one now, due or not",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ran = run_due(options["only"])
        self.stdout.write(f"Ran: {', '.join(ran)}." if ran else "Nothing was due.")
