"""Moves everything into another database, from SQLite to PostgreSQL or back."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.keeping.extra_databases import opened_database
from plumbline.keeping.moving import CopyError, copy_everything


class Command(BaseCommand):
    help = (
        "Copies every table into the empty, migrated database at the address, and compares both at the end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database_url", help="Such as postgresql://user:password@host/name")

    def handle(self, *args: Any, **options: Any) -> None:
        # Before the copy, so that both databases hold the event.
        record(by=None, kind=Kind.EXPORT, action="database.copy")
        try:
            with opened_database("copy_target", options["database_url"]) as target:
                sums = copy_everything("default", target, self.stdout.write)
        except (CopyError, ImproperlyConfigured) as fault:
            raise CommandError(str(fault)) from fault
        except DatabaseError as fault:
            raise CommandError(f"The target cannot be used: {str(fault).splitlines()[0]}") from fault
        rows = sum(total.rows for total in sums.values())
        self.stdout.write(
            f"Copied {len(sums)} tables with {rows} rows. Counts and checksums are equal in both. "
            "The uploads stay where they are. Now set DATABASE_URL to the new address and start the service."
        )
