"""How near the synthetic council comes to the published figures it was made after: each measure beside its target."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

from plumbline.demo.children.reading import opened
from stats.working_days import england

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Target:
    """A published figure, how far off a synthetic council may be, and the question whose answer is compared.

    Unit: of a count, `figure` is that of scale 1 and `tolerance` a share of it; else points of the figure.
    """

    key: str
    words: str
    figure: float
    tolerance: float
    source: str
    sql: str
    count: bool = False


@dataclass(frozen=True)
class Measured:
    """A target with what came out."""

    target: Target
    found: float
    wanted: float
    allowed: float

    @property
    def agrees(self) -> bool:
        """Whether the figure is within the tolerance."""
        return abs(self.found - self.wanted) <= self.allowed

    def __str__(self) -> str:
        mark = "    " if self.agrees else "OFF "
        return f"{mark}{self.target.words:66} {self.found:9.1f}  {self.wanted:9.1f} ± {self.allowed:.1f}"


def targets() -> list[Target]:
    """The published figures, from calibration.yaml."""
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / "calibration.yaml").read_text(encoding="utf-8"))
    return [Target(**row) for row in rows]


def measure(folder: Path, on: date, scale: float) -> list[Measured]:
    """Each target with the figure of the extract in the folder, for the twelve months to the day."""
    connection = _prepared(folder, date(on.year - 1, on.month, on.day), on)
    measured = []
    for target in targets():
        row = connection.execute(target.sql).fetchone()
        found = float(row[0]) if row and row[0] is not None else float("nan")
        wanted = target.figure * scale if target.count else target.figure
        allowed = wanted * target.tolerance if target.count else target.tolerance
        measured.append(Measured(target, found, wanted, allowed))
    connection.close()
    return measured


def _prepared(folder: Path, a_year_before: date, on: date) -> duckdb.DuckDBPyConnection:
    connection = opened(folder)
    # The year is the twelve months after this day a year ago, so that the last day has only one year's turn.
    connection.execute(f"set variable first = date '{a_year_before}' + 1; set variable last = date '{on}'")
    off = ", ".join(f"date '{day}'" for day in england().days_off if day.weekday() < 5)
    connection.execute(
        "create macro working_day_number(d) as (d - date '2000-01-03') // 7 * 5"
        " + least((d - date '2000-01-03') % 7, 4)"
        f" - len(list_filter([{off}], lambda day: day <= d))"
    )
    connection.execute("create macro worked(a, b) as working_day_number(b) - working_day_number(a)")
    connection.execute((HERE / "calibration.sql").read_text(encoding="utf-8"))
    return connection
