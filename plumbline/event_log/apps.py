"""The event log app."""

from django.apps import AppConfig


class EventLogConfig(AppConfig):
    name = "plumbline.event_log"
    label = "event_log"
    verbose_name = "Event log"
