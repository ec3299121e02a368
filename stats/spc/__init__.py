"""Charts over time that tell a change from chance."""

from stats.spc.assemble import CountedChart, CountedPoint, CountedStretch
from stats.spc.counted import c_chart, p_chart, p_prime_chart, u_chart, u_prime_chart
from stats.spc.kinds import Assurance, Chart, Direction, Kind, Limits, Rule
from stats.spc.rare import g_chart, t_chart
from stats.spc.runs import (
    RunChart,
    RunPoint,
    Runs,
    RunStretch,
    fewest_crossings,
    longest_run_limit,
    run_chart,
    runs_about,
)
from stats.spc.xmr import XmrChart, XmrPoint, XmrStretch, xmr

__all__ = [
    "Assurance",
    "Chart",
    "CountedChart",
    "CountedPoint",
    "CountedStretch",
    "Direction",
    "Kind",
    "Limits",
    "Rule",
    "RunChart",
    "RunPoint",
    "RunStretch",
    "Runs",
    "XmrChart",
    "XmrPoint",
    "XmrStretch",
    "c_chart",
    "fewest_crossings",
    "g_chart",
    "longest_run_limit",
    "p_chart",
    "p_prime_chart",
    "run_chart",
    "runs_about",
    "t_chart",
    "u_chart",
    "u_prime_chart",
    "xmr",
]
