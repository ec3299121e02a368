"""The keeping app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "plumbline.keeping"
    label = "keeping"
    verbose_name = "Keeping"
