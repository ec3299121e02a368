"""The indicators app: child-level extracts, what is counted from them, and the children behind a figure."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "plumbline.indicators"
    label = "indicators"
    verbose_name = "Indicators"

    def ready(self) -> None:
        from plumbline.indicators import checks  # noqa: F401  registers the check of the authority
