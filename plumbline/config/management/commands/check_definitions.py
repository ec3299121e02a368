"""Checks the files that people who do not program edit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plumbline.config.definitions import faults


class Command(BaseCommand):
    help = "Reads every file under definitions/ and the glossary, and lists what is wrong with them."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("The definitions hold.")
