"""`manage.py import_framework FILE`: says what would change, then takes in all of the file or nothing."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plumbline.framework.actions.import_framework import ImportRefused, import_framework
from plumbline.framework.presenters.imports import done_sentence, file_plan_lines, plan_lines
from plumbline.framework.queries.import_plan import Step, plan_import
from plumbline.people.models import Person
from plumbline.people.scope import viewer_for
from plumbline.shared import dates
from plumbline.shared.importing import Importer, importer_of
from plumbline.shared.yaml_lines import MOST_BYTES


class Command(BaseCommand):
    help = (
        "Imports a council's own practice standards, QA schedule or audit programme from a YAML or XLSX file."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .yaml or .xlsx file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--as", dest="email", default="", help="e-mail address of the person it is done for"
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, email: str, **options: Any) -> None:
        by = _person(email) if email else None
        data = _bytes(file)
        if importer := importer_of(data):
            self._take_in(importer, data, by, dry_run=dry_run)
            return
        plan = plan_import(data, publish=True)
        self.stdout.write("\n".join(plan_lines(plan, is_published=True)))
        if plan.step is Step.REFUSE:
            raise CommandError("Nothing was imported.")
        if dry_run:
            self.stdout.write("This was a dry run. Nothing was changed.")
            return
        try:
            imported = import_framework(by=by, data=data, publish=True)
        except ImportRefused as refused:
            raise CommandError("\n".join(map(str, refused.plan.errors))) from None
        self.stdout.write(done_sentence(imported.plan, imported.row, is_published=True))

    def _take_in(self, importer: Importer, data: bytes, by: Person | None, *, dry_run: bool) -> None:
        """Takes in a file of another area's kind."""
        if by is not None and not viewer_for(by, dates.today()).has(importer.needs):
            raise CommandError("That person has no right to import this kind of file.")
        plan = importer.plan(data)
        self.stdout.write("\n".join(file_plan_lines(plan)))
        if plan.errors:
            raise CommandError("Nothing was imported.")
        if dry_run:
            self.stdout.write("This was a dry run. Nothing was changed.")
            return
        done = importer.take_in(by, data, plan.fingerprint)
        self.stdout.write("It is imported." if done.would_change else "Nothing was changed.")


def _bytes(file: Path) -> bytes:
    try:
        with open(file, "rb") as opened:
            # One byte more than may be read tells the reader that the file is too large.
            return opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}. Check the path.") from fault


def _person(email: str) -> Person:
    person = Person.objects.as_system("framework-import").filter(user__email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody has the address {email}. Check it, or leave --as out.")
    if not viewer_for(person, dates.today()).has("framework.import"):
        raise CommandError(f"{email} has no right to import. Grant the right, or leave --as out.")
    return person
