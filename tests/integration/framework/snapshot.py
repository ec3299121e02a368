"""Everything the framework holds, as plain values, to show that a step changed nothing or only what it should."""

from typing import Any

from django.apps import apps

from plumbline.event_log.models import Event

WITHOUT = {"FrameworkUpload"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the framework but files that wait, and how many events there are."""
    models = [
        model for model in apps.get_app_config("framework").get_models() if model.__name__ not in WITHOUT
    ]
    rows = {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}
    return rows | {"Event": [{"count": Event._base_manager.filter(kind="action").count()}]}
