"""`manage.py synthesise`: writes the child-level extract of an invented council, to try everything out on."""

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plumbline.demo.children.calibration import measure
from plumbline.demo.children.shapes.choice import SHAPES, SSD, write_shape
from plumbline.demo.children.world import World
from plumbline.shared import dates


class Command(BaseCommand):
    help = "Writes an extract about invented children in one of four shapes. Nobody in it is real."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="1 is a council of 51,000 children")
        parser.add_argument("--years", type=int, default=6, help="Years shown, up to the last day")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same children")
        parser.add_argument("--out", type=Path, required=True, help="A folder, made when it is not there")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            help="The last simulated day (end of last month when left out)",
        )
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            help="The day the extract is made, when earlier: what was not recorded by then is not in it",
        )
        parser.add_argument("--shape", choices=SHAPES, default=SSD, help="The files that come out")
        parser.add_argument(
            "--measure", action="store_true", help="Print the figures beside the published ones (shape ssd)"
        )
        parser.add_argument("--faults", action="store_true", help="Plant mistakes, listed in manifest.json")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["measure"] and options["shape"] != SSD:
            raise CommandError("Only the shape ssd holds every figure. Leave --measure out.")
        began = time.monotonic()
        until = options["until"] or dates.today().replace(day=1) - timedelta(days=1)
        try:
            world = World(
                seed=options["seed"],
                until=until,
                scale=options["scale"],
                years=options["years"],
                made_on=options["as_at"],
                faults=options["faults"],
            )
            written = write_shape(world, options["shape"], options["out"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        planted = len(written.manifest["faults"])
        self.stdout.write(
            f"{sum(written.rows.values()):,} rows in {len(written.rows)} tables or lists, {planted} planted mistakes, "
            f"{time.monotonic() - began:.0f} s: {options['out']}"
        )
        if options["measure"]:
            for measured in measure(options["out"], options["as_at"] or until, options["scale"]):
                self.stdout.write(str(measured))
