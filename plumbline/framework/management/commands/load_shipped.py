"""`manage.py load_shipped`: takes in the standards and the schedule that Plumbline ships, once."""

from typing import Any

from django.core.management.base import BaseCommand

from plumbline.framework.actions.shipped import load_shipped


class Command(BaseCommand):
    help = "Loads the shipped practice standards and QA schedule; what is here already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        taken = load_shipped()
        for imported in taken:
            self.stdout.write(f"Loaded {imported.row.title}, version {imported.row.version}.")
        if not taken:
            self.stdout.write("The shipped standards and schedule are here already.")
