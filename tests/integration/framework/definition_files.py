"""Small definition files as a council would write them, for tests of standards and imports."""

import json
from typing import Any

import yaml


def criterion(key: str, text: str = "", **more: Any) -> dict[str, Any]:
    """One criterion that says all it should."""
    return {
        "key": key,
        "number": key,
        "text": text or f"Words of criterion {key}.",
        "kind": "quality",
        "applies_to": ["all"],
        "good": f"Good {key}.",
        "not_yet": f"Not yet {key}.",
        "evidence": ["The plan"],
        **more,
    }


def standards_file(*criteria: dict[str, Any], **header: Any) -> bytes:
    """A set of one standard with the criteria, two where none are given."""
    content = {
        "kind": "practice-standards",
        "key": "larch-standards",
        "title": "Larch standards",
        "version": "1",
        "effective_from": "2026-04-01",
        "consultation": "Young people were asked.",
        "equality": "Looked at.",
        **header,
        "standards": [
            {
                "number": "1",
                "title": "Children are heard",
                "purpose": "So that help fits.",
                "criteria": list(criteria) or [criterion("1.1"), criterion("1.2")],
            }
        ],
    }
    return yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False, allow_unicode=True).encode()


def activity(key: str, **more: Any) -> dict[str, Any]:
    """One monthly activity that reports to the board."""
    return {
        "key": key,
        "name": f"Activity {key}",
        "type": "case_audit",
        "corner": "practice",
        "purpose": "To learn.",
        "responsible": ["Head of service"],
        "cadences": [{"kind": "every", "interval": 1, "unit": "month"}],
        "intended_outcome": "Better help.",
        "reports_to": [{"forum": "board", "how": "report"}],
        **more,
    }


def schedule_file(*activities: dict[str, Any], forums: Any = None, **header: Any) -> bytes:
    """A schedule with the activities, two where none are given, and one forum."""
    content = {
        "kind": "qa-schedule",
        "key": "larch-schedule",
        "title": "Larch schedule",
        "version": "1",
        "effective_from": "2026-04-01",
        **header,
        "forums": forums or [{"key": "board", "name": "Larch board"}],
        "activities": list(activities) or [activity("audit"), activity("visit", type="visit")],
    }
    return yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False, allow_unicode=True).encode()
