"""The GOV.UK components app."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "plumbline.govuk"
    label = "govuk"
