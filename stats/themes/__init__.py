"""Themes in what people wrote: do two coders find the same, and do the texts fall into groups at all?"""

from stats.themes.coding import (
    CoderAgreement,
    Distance,
    ThemeAgreement,
    coder_agreement,
    set_distance,
)
from stats.themes.grouping import (
    Group,
    Grouping,
    Outcome,
    Tried,
    group_narratives,
)

__all__ = [
    "CoderAgreement",
    "Distance",
    "Group",
    "Grouping",
    "Outcome",
    "ThemeAgreement",
    "Tried",
    "coder_agreement",
    "group_narratives",
    "set_distance",
]
