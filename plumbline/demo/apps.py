"""The demo app: an invented council. Installed in demo mode only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "plumbline.demo"
    label = "demo"
