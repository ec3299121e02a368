"""The framework app: practice standards and the year of quality assurance."""

from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    name = "plumbline.framework"
    label = "framework"
    verbose_name = "Framework"
