"""`manage.py load_extract PATH`: checks an extract, says what is wrong with it, and loads it whole or not at all."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plumbline.indicators.actions.loading import load_extract
from plumbline.indicators.files.load import ExtractExists


class Command(BaseCommand):
    help = "Loads an SSD, Annex A, SSDA903 or CIN census file or folder as a named extract, with its figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="The file, folder or ZIP")
        parser.add_argument("--name", default="", help="The extract's name (the file's own when left out)")
        parser.add_argument("--as-at", type=date.fromisoformat, help="The day the records speak of")
        parser.add_argument(
            "--population", type=int, help="Children aged 0 to 17, the mid-year before, for rates"
        )
        parser.add_argument(
            "--leave-unknown-empty", action="store_true", help="Load spellings that nobody mapped as empty"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        name = options["name"] or "".join(
            letter if letter.isalnum() else "-" for letter in path.stem.lower()
        ).strip("-")
        try:
            report, extract = load_extract(
                by=None,
                path=path,
                name=name,
                as_at=options["as_at"],
                child_population=options["population"],
                leave_unknown_empty=options["leave_unknown_empty"],
            )
        except ExtractExists as fault:
            raise CommandError(str(fault)) from fault
        for problem in report.problems:
            self.stdout.write(str(problem))
        for unknown in report.to_map:
            self.stdout.write(f"Unknown spelling in {unknown.codelist}: {unknown.spelling!r}")
        faults = [one for one in report.quality if one.outcome == "faults"]
        for one in faults:
            self.stdout.write(f"{one.severity}: {one.table}: {one.title}: {one.count:,}")
        if extract is None:
            raise CommandError("Nothing was loaded. Mend what is listed above, or use --leave-unknown-empty.")
        was = "was loaded before; nothing changed" if report.was_there else "is loaded"
        self.stdout.write(f"{extract.name} {was}: {extract.rows:,} rows as at {extract.as_at:%d %B %Y}.")
