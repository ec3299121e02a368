"""Works published ratios out anew from the published counts: `benchmark_ratios.py FOLDER` prints rows agreeing of tried.

A row is tried where every part of it is a printed number, and agrees where the ratio comes within 0.1 of the one printed.
"""

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.make_benchmarks import TO, Row, area_of, number, rows_of

WITHIN = Decimal("0.1")
# Working days of a year in England; the published rate does not say which number it uses.
DAYS = 252
MONTHS = "April May June July August September October November December January February March"
BY_MONTH = "children_in_need_2013_2024/c6_children_in_need_referrals_by_month_2013_to_2024.csv"


class Agreement(NamedTuple):
    """How many rows of a statement came out as they were printed."""

    says: str
    agreeing: int
    tried: int


class Ratio(NamedTuple):
    """A statement: the columns it is made of, the column printed, and how one comes from the other."""

    says: str
    source: str
    columns: tuple[str, ...]
    printed: str
    made: Callable[..., Decimal]


def _percent(above: Decimal, below: Decimal) -> Decimal:
    return above / below * 100


def _of_both(above: Decimal, other: Decimal) -> Decimal:
    return above / (above + other) * 100


RATIOS = (
    Ratio(
        "Re-referrals out of referrals",
        "c1",
        ("Re_referrals", "Referrals"),
        "Re_referrals_percent",
        _percent,
    ),
    Ratio(
        "No further action out of referrals",
        "c1",
        ("No_Further_Action", "Referrals"),
        "No_Further_Action_percent",
        _percent,
    ),
    Ratio(
        "Repeat plans out of plans started",
        "d3",
        ("CPP_subsequent", "CPP_start"),
        "CPP_subsequent_percent",
        _percent,
    ),
    Ratio(
        "Plans of two years or more out of plans open",
        "d5",
        ("2_years_or_more", "CPP_At31"),
        "2_years_or_more_percent",
        _percent,
    ),
    Ratio(
        "Reviewed in timescale out of plans open three months",
        "d6",
        ("Reviewed_within_timescales", "CPP_At31_3Months"),
        "Reviewed_within_timescales_percent",
        _percent,
    ),
    Ratio(
        "Turnover: leavers for those in post",
        "csww",
        ("leavers_fte", "inpost_fte"),
        "turnover_rate_fte",
        _percent,
    ),
    Ratio(
        "Agency rate: agency out of agency and in post",
        "csww",
        ("agency_fte", "inpost_fte"),
        "agency_rate_fte",
        _of_both,
    ),
    Ratio(
        "Vacancy rate: vacancies out of vacancies and in post",
        "csww",
        ("vacancy_fte", "inpost_fte"),
        "vacancy_rate_fte",
        _of_both,
    ),
    Ratio(
        "Caseload: cases for each case holder",
        "csww",
        ("cases", "case_holders_fte"),
        "caseload_fte",
        lambda above, below: above / below,
    ),
    Ratio(
        f"Absence: days lost out of {DAYS} days of those in post",
        "csww",
        ("working_days_lost_fte", "inpost_fte"),
        "absence_rate_fte",
        lambda days, fte: days / (fte * DAYS) * 100,
    ),
)


def _agreed(says: str, pairs: Iterator[tuple[Decimal, Decimal]], within: Decimal = WITHIN) -> Agreement:
    found = [abs(made - printed) <= within for made, printed in pairs]
    return Agreement(says, sum(found), len(found))


def _pairs(rows: list[dict[str, str]], ratio: Ratio) -> Iterator[tuple[Decimal, Decimal]]:
    for row in rows:
        parts, printed = [number(row[name]) for name in ratio.columns], number(row[ratio.printed])
        if printed is not None and None not in parts and all(parts[1:]):
            yield ratio.made(*parts), printed


def _rates(
    rows: list[dict[str, str]], people: dict[tuple[str, int], Decimal], back: int
) -> Iterator[tuple[Decimal, Decimal]]:
    """Section 47 enquiries of authorities for every 10,000 children, so many mid-years back."""
    for row in rows:
        above, printed = number(row["Section47"]), number(row["Section47_rate"])
        below = people.get((area_of(row), int(row["time_period"]) - back))
        if (
            row["geographic_level"] == "Local authority"
            and above is not None
            and printed is not None
            and below
        ):
            yield above / below * 10_000, printed


def _by_month(rows: list[dict[str, str]]) -> Iterator[tuple[Decimal, Decimal]]:
    for row in rows:
        months, printed = [number(row[name]) for name in MONTHS.split()], number(row["Referrals"])
        if printed is not None and None not in months:
            yield sum((one for one in months if one is not None), Decimal(0)), printed


def _people(rows: list[dict[str, str]]) -> dict[tuple[str, int], Decimal]:
    found: dict[tuple[str, int], Decimal] = {}
    for row in rows:
        children = number(row["population_estimate"])
        if children:
            found[area_of(row), int(row["time_period"])] = children
    return found


def ratios(folder: Path) -> list[Agreement]:
    """Every statement, with the rows that agree and those tried."""
    sources: dict[str, Row] = {row["source"]: row for row in rows_of(TO / "sources.csv")}

    def read(key: str) -> list[dict[str, str]]:
        return rows_of(folder / sources[key]["file"])

    files = {key: read(key) for key in ("c1", "c4", "d3", "d5", "d6", "csww", "population")}
    people = _people(files["population"])
    # Mid-2022 and mid-2023 were estimated anew after these rates were printed.
    rate, revised = "Section 47 rate of authorities by the", "2023"
    first = [row for row in files["c4"] if row["time_period"] < revised]
    last = [row for row in files["c4"] if row["time_period"] >= revised]
    return [
        *(_agreed(one.says, _pairs(files[one.source], one)) for one in RATIOS),
        _agreed(f"{rate} previous mid-year, to 2022", _rates(first, people, 1)),
        _agreed(f"{rate} previous mid-year, 2023 and 2024 (revised since)", _rates(last, people, 1)),
        _agreed(f"{rate} same mid-year, to 2022 (not how it is made)", _rates(first, people, 0)),
        _agreed("Months of referrals add up to the year", _by_month(rows_of(folder / BY_MONTH)), Decimal(0)),
    ]


def table(found: list[Agreement]) -> str:
    """The statements as lines to print."""
    return "\n".join(f"{one.agreeing:>6,} of {one.tried:>5,}  {one.says}" for one in found)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(table(ratios(Path(sys.argv[1]))))
