"""Charts over time that tell a change from chance."""

from stats.spc.assemble import CountedChart, CountedPoint, CountedStretch
from stats.spc.choose import Choice, FalseSignals, Measure, choose_chart, false_signals
from stats.spc.counted import c_chart, p_chart, p_prime_chart, u_chart, u_prime_chart
from stats.spc.dated import DatedChart, Period, on_dates
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
    "Choice",
    "CountedChart",
    "CountedPoint",
    "CountedStretch",
    "DatedChart",
    "Direction",
    "FalseSignals",
    "Kind",
    "Limits",
    "Measure",
    "Period",
    "Rule",
    "RunChart",
    "RunPoint",
    "RunStretch",
    "Runs",
    "XmrChart",
    "XmrPoint",
    "XmrStretch",
    "c_chart",
    "choose_chart",
    "false_signals",
    "fewest_crossings",
    "g_chart",
    "longest_run_limit",
    "on_dates",
    "p_chart",
    "p_prime_chart",
    "run_chart",
    "runs_about",
    "t_chart",
    "u_chart",
    "u_prime_chart",
    "xmr",
]
