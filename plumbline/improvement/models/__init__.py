"""Findings, the actions that answer them, and what those changed."""

from plumbline.improvement.models.actions import Action, ActionLevel, ActionState, ActionStep
from plumbline.improvement.models.findings import Finding, FindingKind, FindingState
from plumbline.improvement.models.impact import ImpactCheck, ImpactResult

__all__ = [
    "Action",
    "ActionLevel",
    "ActionState",
    "ActionStep",
    "Finding",
    "FindingKind",
    "FindingState",
    "ImpactCheck",
    "ImpactResult",
]
