"""The work app: My work, search, messages, and work in the background."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "plumbline.work"
    label = "work"
    verbose_name = "Work"
