"""The invented cases on which auditors practise, read from definitions/practice_cases.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings


@dataclass(frozen=True)
class PracticeCase:
    """One invented child: what stands in the record, what people say when asked, what a careful auditor notices."""

    key: str
    title: str
    plan_type: str
    age_band: str
    record: tuple[Mapping[str, str], ...]
    talk: str
    heard: tuple[Mapping[str, str], ...]
    look_for: tuple[str, ...]


@cache
def practice_cases() -> dict[str, PracticeCase]:
    """The cases by key, in their order."""
    with open(settings.DEFINITIONS_DIR / "practice_cases.yaml", encoding="utf-8") as file:
        rows = yaml.safe_load(file)["cases"]
    return {
        one["key"]: PracticeCase(
            **{**one, **{name: tuple(one[name]) for name in ("record", "heard", "look_for")}}
        )
        for one in rows
    }
