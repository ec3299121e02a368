"""The causes and routes in force, read once a process."""

from functools import cache

import yaml
from django.conf import settings

from plumbline.improvement.rules.causes import Choices, choices_from


@cache
def finding_choices() -> Choices:
    """The causes and routes of definitions/improvement/causes.yaml."""
    path = settings.DEFINITIONS_DIR / "improvement" / "causes.yaml"
    return choices_from(yaml.safe_load(path.read_text(encoding="utf-8")))
