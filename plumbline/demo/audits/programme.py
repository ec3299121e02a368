"""The demo council's programme of themes, read from programme.yaml."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class DemoRound:
    """One round: its month counted from the first of the twelve, its theme, tool and which cases it draws from."""

    key: str
    month: int
    title: str
    theme: str
    rationale: str
    tool: str
    sample: int
    months: int = 1
    kind: str = "themed"
    audit_kind: str = "case_file"
    plan_types: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    strata: list[str] = field(default_factory=lambda: ["plan_type"])
    focus: list[str] = field(default_factory=list)
    feedback: bool = False
    self_audit: str = ""
    local_questions: list[dict[str, Any]] = field(default_factory=list)
    state: str = "completed"
    oversight: dict[str, Any] = field(default_factory=dict)
    briefing: dict[str, str] = field(default_factory=dict)


def programme() -> list[DemoRound]:
    """The rounds in their order."""
    return [DemoRound(**one) for one in _read("programme.yaml")]


def words() -> dict[str, Any]:
    """What is written in audits, by what it is about."""
    found: dict[str, Any] = _read("words.yaml")
    return found


def visits() -> dict[str, Any]:
    """The rounds of visits and observations, with what was written of them."""
    found: dict[str, Any] = _read("visits.yaml")
    return found


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
