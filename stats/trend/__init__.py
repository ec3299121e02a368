"""Trends, forecasts and trajectories that claim no more than the counts can bear."""

from stats.trend.forecast import Basis, Forecast, ForecastPoint, Scale, forecast
from stats.trend.slopes import Band, Line, MannKendall, TheilSen, mann_kendall, ols, theil_sen
from stats.trend.steps import Step, find_step
from stats.trend.trajectory import Checkpoint, Status, TrajectoryStatus, trajectory, trajectory_status

__all__ = [
    "Band",
    "Basis",
    "Checkpoint",
    "Forecast",
    "ForecastPoint",
    "Line",
    "MannKendall",
    "Scale",
    "Status",
    "Step",
    "TheilSen",
    "TrajectoryStatus",
    "find_step",
    "forecast",
    "mann_kendall",
    "ols",
    "theil_sen",
    "trajectory",
    "trajectory_status",
]
