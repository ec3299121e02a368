"""Makes the extract of published figures in definitions/benchmarks: `make_benchmarks.py FOLDER`, the published files.

Which figure of which file belongs to which indicator stands in measures.csv, where each file comes from in sources.csv;
both are written by people. The rest is made here. A figure that was hidden stays the letter that was printed.
"""

import argparse
import csv
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

TO = Path(__file__).resolve().parent.parent / "definitions" / "benchmarks"
ENGLAND = "E92000001"
YEARS = 10
KINDS = {"National": "England", "Regional": "region", "Local authority": "authority"}
FIGURES = ("area", "year", "numerator", "denominator", "value", "source")
# Authorities whose boundary, and with it the ONS code, changed after the files were made.
LATER_CODES = {"370": "E08000038", "373": "E08000039"}

Row = Mapping[str, str]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a published file, with or without a byte-order mark."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Decimal | None:
    """The number that was printed, None for a letter that stands for one and for nothing."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def added(row: Row, columns: str) -> str:
    """The sum of the columns; where one of them is no number, what was printed there."""
    names = [name.strip() for name in columns.split(" + ") if name.strip()]
    if not names:
        return ""
    if len(names) == 1:
        return row[names[0]].strip()
    total = Decimal(0)
    for name in names:
        value = number(row[name])
        if value is None:
            return row[name].strip()
        total += value
    return f"{total:f}"


def share(numerator: str, denominator: str) -> str:
    """The percentage to one place, half away from zero; what hides one of the two where one is hidden."""
    above, below = number(numerator), number(denominator)
    if above is None or below is None:
        return numerator if above is None else denominator
    if not below:
        return "z"
    return str((above / below * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def area_of(row: Row) -> str:
    """England's or a region's ONS code, an authority's three-digit number, which outlives changes of its ONS code."""
    kind = KINDS[row["geographic_level"]]
    if kind == "authority":
        return row["old_la_code"].strip()
    return ENGLAND if kind == "England" else row["region_code"].strip()


def chosen(rows: Iterable[Row], where: str) -> Iterator[Row]:
    """The rows with `column=value; column=value`."""
    wanted = [part.strip().partition("=") for part in where.split("; ") if part.strip()]
    return (row for row in rows if all(row[name].strip() == value for name, _, value in wanted))


def figures(rows: Sequence[Row], measure: Row, years: int) -> list[tuple[str, ...]]:
    """The figures of one measure, by area and year, of the last so many years."""
    first = max(int(row["time_period"]) for row in rows) - years + 1
    of = {
        (area_of(row), row["time_period"]): added(row, measure["denominator"])
        for row in chosen(rows, measure["of_where"])
    }
    found = {}
    for row in chosen(rows, measure["where"]):
        area, year = area_of(row), row["time_period"]
        if not area or int(year) < first:
            continue
        above, below = added(row, measure["numerator"]), of[area, year] if measure["denominator"] else ""
        value = row[measure["value"]].strip() if measure["value"] else share(above, below)
        line = (area, year, above, below, value, measure["source"])
        if found.setdefault((area, year), line) != line:
            raise SystemExit(f"{measure['indicator']}: two figures for {area} in {year}.")
    return [found[key] for key in sorted(found)]


class Areas:
    """The areas that the files name: each with its latest name and region, and every ONS code it has had."""

    def __init__(self) -> None:
        self.latest: dict[str, tuple[str, str, str, str]] = {}
        self.codes: dict[str, set[str]] = defaultdict(set)

    def read(self, rows: Iterable[Row]) -> None:
        """Takes in the areas of a file."""
        for row in rows:
            area, kind, year = area_of(row), KINDS[row["geographic_level"]], row["time_period"]
            name = row[{"England": "country_name", "region": "region_name", "authority": "la_name"}[kind]]
            self.codes[area].add(row["new_la_code"].strip() if kind == "authority" else area)
            if area not in self.latest or year > self.latest[area][0]:
                region = row["region_code"].strip() if kind == "authority" else ""
                self.latest[area] = (year, name.strip(), kind, region)

    def lines(self) -> list[tuple[str, ...]]:
        """One line an area: England, regions, authorities."""
        order = list(KINDS.values())
        found = []
        for area, (_, name, kind, region) in self.latest.items():
            # Two authorities that make one return stand under both codes: such a pair names neither.
            known = {*self.codes[area], LATER_CODES.get(area, "")}
            codes = sorted(code for code in known if len(code) == 9)
            found.append((area, name, kind, region, " ".join(codes)))
        return sorted(found, key=lambda line: (order.index(line[2]), line[0]))


def neighbours(folder: Path, sources: Mapping[str, Row]) -> list[tuple[str, ...]]:
    """The ten statistical neighbours of each authority, by model."""
    found = []
    for key, source in sources.items():
        if not key.startswith("neighbours_"):
            continue
        with open(folder / source["file"], newline="", encoding="utf-8-sig") as file:
            head, *lines = csv.reader(file)
        # In one model the columns are SN1, SNP, SN2, SNP, in the other SN_1, SN_1P, SN_2, SN_2P.
        places = [head.index(name) for name in (head_name(head, one) for one in range(1, 11))]
        for line in lines:
            for rank, place in enumerate(places, 1):
                if line[0].strip() and line[place].strip():
                    closeness = line[place + 1].strip().capitalize()
                    found.append((line[0].strip(), key[-4:], str(rank), line[place].strip(), closeness, key))
    return sorted(found, key=lambda line: (line[0], line[1], int(line[2])))


def head_name(head: Sequence[str], rank: int) -> str:
    """What the column of the neighbour of that rank is called."""
    return f"SN{rank}" if f"SN{rank}" in head else f"SN_{rank}"


def populations(rows: Iterable[Row], first: int) -> list[tuple[str, ...]]:
    """The children aged 0 to 17 of each area at each mid-year."""
    return sorted(
        (area_of(row), row["time_period"], row["population_estimate"].strip(), "population")
        for row in rows
        if int(row["time_period"]) >= first
    )


def write(path: Path, head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Writes a table."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def make(folder: Path, to: Path = TO, years: int = YEARS) -> int:
    """How many figures were written for the measures that `to` names."""
    sources = {row["source"]: row for row in rows_of(to / "sources.csv")}
    measures = rows_of(to / "measures.csv")
    files = {
        key: rows_of(folder / source["file"])
        for key, source in sources.items()
        if not key.startswith("neighbours_")
    }
    areas = Areas()
    for rows in files.values():
        areas.read(rows)
    shutil.rmtree(to / "figures", ignore_errors=True)
    (to / "figures").mkdir(parents=True)
    written = 0
    for measure in measures:
        lines = figures(files[measure["source"]], measure, years)
        write(to / "figures" / f"{measure['indicator']}.csv", FIGURES, lines)
        written += len(lines)
    write(to / "areas.csv", ("area", "name", "kind", "region", "ons_codes"), areas.lines())
    latest = max(int(row["time_period"]) for row in files["population"])
    # One year more than the figures: a rate is of the mid-year before.
    write(
        to / "population.csv",
        ("area", "mid_year", "children", "source"),
        populations(files["population"], latest - years),
    )
    write(
        to / "neighbours.csv",
        ("area", "model", "rank", "neighbour", "closeness", "source"),
        neighbours(folder, sources),
    )
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of published files that sources.csv names")
    parser.add_argument("--years", type=int, default=YEARS, help="how many years to keep")
    asked = parser.parse_args()
    print(f"{make(asked.folder, years=asked.years):,} figures written to {TO}")


if __name__ == "__main__":
    main()
