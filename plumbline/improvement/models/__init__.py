"""Findings, and the actions that answer them."""

from plumbline.improvement.models.actions import Action, ActionLevel, ActionState, ActionStep
from plumbline.improvement.models.findings import Finding, FindingKind, FindingState

__all__ = ["Action", "ActionLevel", "ActionState", "ActionStep", "Finding", "FindingKind", "FindingState"]
