"""The people app: who works here, where, since when, and what they may do."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "plumbline.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from plumbline.people import checks  # noqa: F401  registers the checks that guard start-up
