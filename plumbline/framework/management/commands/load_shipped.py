"""`manage.py load_shipped`: takes in the definitions that Plumbline ships, once."""

from typing import Any

from django.core.management.base import BaseCommand

from plumbline.shared.area import load_everything_shipped


class Command(BaseCommand):
    help = "Loads the shipped standards, schedule and audit tools; what is here already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        taken = load_everything_shipped()
        for one in taken:
            self.stdout.write(f"Loaded {one}.")
        if not taken:
            self.stdout.write("The shipped standards, schedule and audit tools are here already.")
