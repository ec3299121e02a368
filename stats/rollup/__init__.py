"""Judgements on criteria rolled up to a proposed grade, by rules held as data."""

from stats.rollup.proposal import Outcome, Proposal, Unanswered, propose
from stats.rollup.rules import Base, Condition, Limit, Row, Rules, rules_from

__all__ = [
    "Base",
    "Condition",
    "Limit",
    "Outcome",
    "Proposal",
    "Row",
    "Rules",
    "Unanswered",
    "propose",
    "rules_from",
]
