"""Writes a backup of everything a council would need again into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.keeping.backup.postgres import ToolError
from plumbline.keeping.backup.taking import make_backup


class Command(BaseCommand):
    help = "Writes the database, the uploads and the key file into one archive, while the service runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", help="Where the archive goes; backups in the state folder if not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"]) if options["folder"] else settings.VAR / "backups"
        # Before the copy, so that the copy holds the event too.
        record(by=None, kind=Kind.EXPORT, action="backup.make")
        try:
            made = make_backup(folder, var=settings.VAR)
        except ToolError as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(
                f"The backup could not be written to {folder}: {fault.strerror}. Nothing was left behind."
            ) from fault
        self.stdout.write(f"Wrote {made.path}")
        self.stdout.write(f"{made.tables} tables, {made.rows} rows, {made.uploads} uploads.")
        self.stdout.write(f"Event log {made.event_log}")
        self.stdout.write(f"SHA-256 {made.sha256}")
