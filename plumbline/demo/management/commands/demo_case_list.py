"""`manage.py demo_case_list R05`: prints the case list of a round of the demo council, to check its draw against."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plumbline.audits.models import Round
from plumbline.demo.audits.drawing import case_list_file


class Command(BaseCommand):
    help = "Prints the invented case list of a round of the demo council as CSV, for verify_draw."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="the round's number, such as R05")

    def handle(self, *args: Any, key: str, **options: Any) -> None:
        row = Round.objects.as_system("demo").filter(key=key).first()
        if row is None:
            raise CommandError(f"There is no round {key}. The demo council has R01 to R11.")
        self.stdout.write(case_list_file(row).decode("utf-8-sig"), ending="")
