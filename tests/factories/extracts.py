"""A small extract for tests: two years of referrals to two teams, some of them of children referred before."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from plumbline.indicators.actions.loading import load_extract
from plumbline.indicators.models import Extract, IndicatorException
from plumbline.people.models import Person

AS_AT = date(2026, 3, 31)
FIRST = date(2024, 4, 1)
# Each month four referrals; the fourth of every month from May on is of the first child of the month before.
A_MONTH = 4


def write_ssd(folder: Path, *, cases: int = A_MONTH) -> Path:
    """The files of the extract in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    referrals, children = [], set()
    for month in range(24):
        start = date(FIRST.year + (FIRST.month - 1 + month) // 12, (FIRST.month - 1 + month) % 12 + 1, 1)
        for number in range(cases):
            again = number == cases - 1 and month > 0
            child = f"C{(month - 1) * 10:04d}" if again else f"C{month * 10 + number:04d}"
            children.add(child)
            referrals.append(
                (
                    f"R{month:02d}{number}",
                    child,
                    (start + timedelta(days=number)).isoformat(),
                    "N" if number else "Y",
                    ("T1", "T2")[number % 2],
                    f"W{number % 2}",
                )
            )
    # Of a child that no file tells of: a fault for the quality report, before any figure.
    referrals.append(("R-orphan", "C9999", "2020-01-06", "N", "T1", "W0"))
    _write(
        folder / "ssd_cin_episodes.csv",
        (
            "cine_referral_id",
            "cine_person_id",
            "cine_referral_date",
            "cine_referral_nfa",
            "cine_referral_team",
            "cine_referral_worker_id",
        ),
        referrals,
    )
    _write(
        folder / "ssd_person.csv",
        ("pers_person_id", "pers_forename", "pers_sex", "pers_dob"),
        [(child, "Zephyrine", "F", "2015-05-05") for child in sorted(children)],
    )
    _write(
        folder / "ssd_department.csv",
        ("dept_team_id", "dept_team_name"),
        [("T1", "Assessment East"), ("T2", "Assessment West")],
    )
    return folder


def make_extract(folder: Path, *, name: str = "march-2026", by: Person | None = None) -> Extract:
    """The extract, loaded as the product loads it; the state folder of the settings takes its records."""
    report, row = load_extract(by=by, path=write_ssd(folder), name=name, as_at=AS_AT, child_population=10_000)
    assert row is not None, report.problems
    return row


def make_exception(*, first_on: date, **values: Any) -> IndicatorException:
    """An exception on referrals, from an extract that was loaded by nobody; its records are gone."""
    name = f"as-at-{first_on.isoformat()}"
    loaded = {"shape": "ssd", "digest": "0" * 64, "as_at": first_on, "rows": 0, "manifest": {}, "quality": []}
    times = {"state": "purged", "purged_at": timezone.now(), "purge_on": first_on}
    extract = Extract.objects.create(name=name, **loaded, **times)
    said = {"said": "4, March 2026", "latest": "4, March 2026", "last_on": first_on, "kind": "month"}
    return IndicatorException.objects.create(
        indicator="referrals", reason="off_target", extract=extract, first_on=first_on, **said | values
    )


def _write(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
