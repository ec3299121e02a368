"""manage.py add_account EMAIL NAME: an account without any right, so that a council can start from nothing."""

import sys
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from plumbline.people.actions.console import add_account_by_console
from plumbline.people.actions.units import open_unit
from plumbline.people.models import UnitKind
from plumbline.people.rules.refusals import Refused

LONGEST_NAME = 100
# Early, so that services and teams can be entered with the day they really opened.
COUNCIL_SINCE = date(1990, 1, 1)


class Command(BaseCommand):
    help = "Adds an account. It can see nothing until it is given a role with grant_role or on the pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The work e-mail address they sign in with")
        parser.add_argument("name", help="Their full name, in quotation marks")
        parser.add_argument(
            "--password-file",
            type=Path,
            help="A file with the password on its first line; otherwise it is asked for",
        )

    def handle(self, *args: Any, email: str, name: str, password_file: Path | None, **options: Any) -> None:
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(
                "EMAIL is no e-mail address. Write one such as jo.lane@council.example."
            ) from None
        if not name.strip() or len(name) > LONGEST_NAME:
            raise CommandError(f"NAME must have 1 to {LONGEST_NAME} characters.")
        password = _from_file(password_file) if password_file else _asked_for()
        try:
            add_account_by_console(email=email, name=name, password=password)
        except Refused:
            raise CommandError("This address has an account already. Nothing was changed.") from None
        except ValidationError as weak:
            raise CommandError(f"{' '.join(weak.messages)} Nothing was changed.") from None
        if _opened_council():
            self.stdout.write("The council is opened as the top of the tree of teams.")
        self.stdout.write("The account is added. Give it a role next: manage.py grant_role EMAIL ROLE")


def _opened_council() -> bool:
    try:
        open_unit(
            by=None,
            name=settings.COUNCIL_NAME or "The council",
            kind=UnitKind.COUNCIL,
            parent=None,
            on=COUNCIL_SINCE,
        )
    except Refused:
        return False
    return True


def _from_file(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CommandError(
            "The password file cannot be read. Name a text file that this user may read."
        ) from None
    if not lines or not lines[0]:
        raise CommandError("The password file is empty. Write the password on its first line.")
    return lines[0]


def _asked_for() -> str:
    if not sys.stdin.isatty():
        raise CommandError("There is nobody to ask for the password. Give it with --password-file.")
    password = getpass("Password (at least 12 characters): ")
    if password != getpass("The same password again: "):
        raise CommandError("The two passwords differ. Nothing was changed.")
    return password
