"""Charts over time that tell a change from chance."""

from stats.spc.kinds import Assurance, Chart, Direction, Kind, Limits, Rule
from stats.spc.xmr import XmrChart, XmrPoint, XmrStretch, xmr

__all__ = [
    "Assurance",
    "Chart",
    "Direction",
    "Kind",
    "Limits",
    "Rule",
    "XmrChart",
    "XmrPoint",
    "XmrStretch",
    "xmr",
]
