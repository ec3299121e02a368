"""manage.py grant_role EMAIL ROLE: a role agreed from the console, for the first people of a council."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plumbline.people.actions.console import grant_role_by_console, person_with_account, unit_with_key
from plumbline.people.presenters.refusals import sentence_of
from plumbline.people.presenters.words import last_day
from plumbline.people.rules.refusals import Refused
from plumbline.people.rules.roles import Role


class Command(BaseCommand):
    help = "Gives an account a role from today, without a second person; the event log keeps that it was done here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The address of the account")
        parser.add_argument("role", help=f"One of: {', '.join(Role)}")
        parser.add_argument(
            "--unit", default="", help="The key of the team or service, for roles that need one"
        )
        parser.add_argument(
            "--until", default="", metavar="DATE", help="The last day, as 2026-12-31; needed for outsiders"
        )

    def handle(self, *args: Any, email: str, role: str, unit: str, until: str, **options: Any) -> None:
        if role not in set(Role):
            raise CommandError(f"ROLE is not known. Write one of: {', '.join(Role)}.")
        person = person_with_account(email)
        if person is None:
            raise CommandError("Nobody has an account with this address. Add one with add_account.")
        place = unit_with_key(unit) if unit else None
        if unit and place is None:
            raise CommandError("--unit is no key of a team or service. Keys look like safeguarding-north.")
        try:
            grant = grant_role_by_console(
                person=person, role=Role(role), unit=place, ends_on=_day_after(until) if until else None
            )
        except Refused as refused:
            raise CommandError(f"{sentence_of(refused)}. Nothing was changed.") from None
        end = f", with {last_day(grant.ends_on)} as its last day" if grant.ends_on else ""
        self.stdout.write(f"The role is given{end}. It counts from now.")


def _day_after(text: str) -> date:
    try:
        return date.fromisoformat(text) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise CommandError("--until is no date. Write the last day as 2026-12-31.") from None
