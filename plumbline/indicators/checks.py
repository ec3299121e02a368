"""What must be right about indicators before the product starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from plumbline.indicators.queries.benchmarks import authority_of


@register()
def the_authority_is_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error where the setting names an authority that no published file knows."""
    if not settings.AUTHORITY or authority_of(settings.AUTHORITY):
        return []
    return [
        Error(
            f"PLUMBLINE_AUTHORITY is {settings.AUTHORITY!r}, which is no authority of England.",
            hint="Give its ONS code or its three-digit number; definitions/benchmarks/areas.csv lists both.",
            id="plumbline.E017",
        )
    ]
