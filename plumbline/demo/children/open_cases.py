"""The cases open on a day, as a case list has them: for the demo council's rounds of audits."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plumbline.demo.children.reading import opened

HERE = Path(__file__).resolve().parent
TABLES_READ = (
    "ssd_person",
    "ssd_disability",
    "ssd_cin_plans",
    "ssd_cp_plans",
    "ssd_cla_episodes",
    "ssd_legal_status",
    "ssd_involvements",
)
# The oldest age of each band, as in the demo council's case lists.
AGE_BANDS = ((0, "0"), (4, "1-4"), (9, "5-9"), (15, "10-15"), (17, "16-17"), (25, "18-25"))
GROUPS = {
    "W": "white",
    "M": "mixed",
    "A": "asian",
    "B": "black",
    "C": "asian",
    "O": "other",
    "N": "",
    "R": "",
}


@dataclass(frozen=True)
class OpenCase:
    """One open case in the words of a case list; team and worker are keys of the extract."""

    reference: str
    plan_type: str
    team: str
    worker_id: str
    started_on: date
    age_band: str
    sex: str
    ethnicity: str
    disability: str


def open_cases(folder: Path, on: date) -> list[OpenCase]:
    """The cases with a plan open on the day, in the order of their references.

    A child has one: leaving care before care, care before child protection, that before need.
    """
    connection = opened(folder, *TABLES_READ)
    rows = connection.execute((HERE / "open_cases.sql").read_text(encoding="utf-8"), {"on": on}).fetchall()
    connection.close()
    return [
        OpenCase(
            reference=child,
            plan_type=plan_type,
            team=team,
            worker_id=worker,
            started_on=starts,
            age_band=_band(age),
            sex={"F": "female", "M": "male"}.get(sex, ""),
            ethnicity=GROUPS.get((ethnicity or " ")[0], ""),
            disability="yes" if has_disability else "no",
        )
        for child, plan_type, team, worker, starts, age, sex, ethnicity, has_disability in rows
    ]


def _band(age: int | None) -> str:
    """The age band; a child not yet born is in the first."""
    return "" if age is None else next((band for oldest, band in AGE_BANDS if age <= oldest), "18-25")
