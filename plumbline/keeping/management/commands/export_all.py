"""Writes everything to files in open formats."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.keeping.exporting import ExportError, export_everything


class Command(BaseCommand):
    help = "Writes every table as CSV into a new folder, with a manifest that explains each column."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="A folder that does not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        # Before the export, so that the file of the event log holds it.
        record(by=None, kind=Kind.EXPORT, action="database.export")
        folder: Path = options["folder"].resolve()
        try:
            rows = export_everything(folder, self.stdout.write)
        except ExportError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"Wrote {len(rows)} tables with {sum(rows.values())} rows to {folder}. "
            "It names staff: keep it as safe as the service itself. manifest.json explains each column."
        )
