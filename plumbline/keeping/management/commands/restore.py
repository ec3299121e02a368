"""Brings a backup back, after checking all of it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.keeping.backup.archive import ArchiveError, sha256_of
from plumbline.keeping.backup.postgres import ToolError
from plumbline.keeping.backup.restoring import RestoreError, restore_backup, state_in


class Command(BaseCommand):
    help = "Restores an archive of `manage.py backup` into an empty state folder and database."
    # There is no database to check yet.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", help="The file that backup wrote")
        parser.add_argument(
            "--replace", action="store_true", help="Lose what is there now; asks for the archive's name"
        )
        parser.add_argument("--sha256", default="", help="What backup printed; refuses any other file")

    def handle(self, *args: Any, **options: Any) -> None:
        archive = Path(options["archive"])
        try:
            if options["sha256"] and (
                not archive.is_file() or sha256_of(archive) != options["sha256"].lower()
            ):
                raise CommandError(f"{archive} is not the file with that SHA-256. Nothing was changed.")
            if options["replace"] and (there := state_in(settings.VAR)):
                self._ask(archive, there)
            restored = restore_backup(
                archive, var=settings.VAR, replace=options["replace"], wrote=self.stdout.write
            )
        except (ArchiveError, RestoreError, ToolError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"Restored {restored.tables} tables, {restored.rows} rows and {restored.uploads} uploads "
            f"of {restored.made_at}."
        )
        if restored.needs_migrating:
            self.stdout.write("The backup is of an older version. Now run: manage.py migrate")
        else:
            record(by=None, kind=Kind.ACTION, action="backup.restore", detail={"rows": restored.rows})

    def _ask(self, archive: Path, there: list[str]) -> None:
        self.stdout.write(f"This will lose {' and '.join(there)}.")
        self.stdout.write(f"To go on, type the archive's name, {archive.name}:")
        self.stdout.flush()
        if sys.stdin.readline().strip() != archive.name:
            raise CommandError("That is not the archive's name. Nothing was changed.")
