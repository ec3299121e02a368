"""Addresses of the keeping area."""

from django.urls import path

from plumbline.keeping.views import events

urlpatterns = [
    path("log", events.event_log, name="event_log"),
    path("log/export", events.event_log_export, name="event_log_export"),
    path("log/verify", events.event_log_verify, name="event_log_verify"),
]
