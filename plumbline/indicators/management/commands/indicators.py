"""`manage.py indicators --extract NAME --period 2026-03`: figures straight from the records, as CSV or JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicator_engine import Count, Engine, ExtractFault, open_extract, periods
from plumbline.indicators.models import Extract
from plumbline.indicators.queries.definitions import indicators, record_tables
from plumbline.indicators.queries.places import folder_of
from plumbline.shared.tables import write_csv

HEAD = (
    "code",
    "indicator",
    "period",
    "group",
    "numerator",
    "denominator",
    "too_recent",
    "excluded",
    "values",
)


class Command(BaseCommand):
    help = "Counts every indicator of a period from a loaded extract."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--extract", required=True)
        parser.add_argument(
            "--period", required=True, help="2026-03, 2025-26, 2025-26-Q4, 2026-03-ytd, 2026-03-r12"
        )
        parser.add_argument(
            "--by", default="", help="team, worker, plan_type, age_band, sex, ethnicity, disability"
        )
        parser.add_argument("--format", choices=("csv", "json"), default="csv")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Extract.objects.as_system("extract").filter(name=options["extract"]).exists():
            raise CommandError(f"There is no extract {options['extract']}.")
        by = (options["by"],) if options["by"] else ()
        known = indicators()
        try:
            period = periods.parse(options["period"])
            with open_extract(folder_of(options["extract"]), record_tables()) as opened:
                wanted = [key for key, one in known.items() if set(by) <= set(one.breakdowns)]
                counts = Engine(opened, known).counts(wanted, [period], by=by)
        except (ValueError, ExtractFault) as fault:
            raise CommandError(str(fault)) from fault
        if options["format"] == "json":
            self.stdout.write(
                json.dumps([dict(zip(HEAD, _cells(one), strict=True)) for one in counts], indent=1)
            )
        else:
            rows = [[str(cell) if cell is not None else "" for cell in _flat(one)] for one in counts]
            self.stdout.write(write_csv([HEAD, *rows]).decode("utf-8-sig"), ending="")


def _cells(count: Count) -> tuple[object, ...]:
    code = indicators()[count.indicator].code
    return (
        code,
        count.indicator,
        count.period.key,
        dict(count.group),
        count.numerator,
        count.denominator,
        count.too_recent,
        {reason: number for reason, number in count.excluded.items() if number},
        {str(value): number for value, number in count.values.items()},
    )


def _flat(count: Count) -> list[object]:
    return [
        "; ".join(f"{name} {number}" for name, number in cell.items()) if isinstance(cell, dict) else cell
        for cell in _cells(count)
    ]
