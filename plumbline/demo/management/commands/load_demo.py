"""Makes the demo council in an empty database."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from plumbline.demo.activity import make_year
from plumbline.demo.audits.making import make_audits
from plumbline.demo.figures import make_exceptions, make_notes, make_targets
from plumbline.demo.looks import hang_up_the_logo
from plumbline.demo.people import make_council
from plumbline.demo.records import load_records
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import User
from plumbline.shared import dates
from plumbline.shared.area import load_everything_shipped

SEED = 20260401


class Command(BaseCommand):
    help = "Makes Fernshire, an invented council, with its people and a year of quality assurance. Demo mode only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing when there is an account already"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="The same seed makes the same council")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration (PLUMBLINE_DEMO is not 1), so nothing was made.")
        if User.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database has accounts already. The demo council needs an empty one.")
        began = time.monotonic()
        self.stdout.write("Making the demo council...")
        load_records(options["seed"], dates.today())
        with transaction.atomic():
            load_everything_shipped()
            fernshire = make_council(options["seed"], dates.today())
            make_year(fernshire)
            make_audits(fernshire)
            hang_up_the_logo(fernshire)
            make_targets(dates.today())
            make_notes(dates.today())
            make_exceptions(dates.today())
            record(by=None, kind=Kind.ACTION, action="demo.load", detail={"seed": options["seed"]})
        self.stdout.write(
            f"Fernshire is ready: {User.objects.count()} accounts, {time.monotonic() - began:.0f} s."
        )
