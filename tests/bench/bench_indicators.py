# ruff: noqa: T201 a benchmark prints its figures
"""What all indicators cost over an extract and over many times its size, beside a plain scan of the same files.

Run: python -m tests.bench.bench_indicators EXTRACT [times ...]     (a loaded extract; 1 10 40 if no times are given)

Each size is counted in a process of its own, so that its peak of memory is its own. A larger extract is the same
children again under other ids. The scan reads every column of every file, which is more than the indicators need.
"""

import datetime as dt
import multiprocessing
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from indicator_engine import Engine, Period, load_definitions, load_tables, open_extract, periods
from indicator_engine.tables import ColumnType, RecordTable

DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
REPEATS = 3


def main(arguments: list[str]) -> None:
    """Prints a line for each size."""
    if not arguments:
        sys.exit(__doc__)
    source, sizes = Path(arguments[0]), [int(size) for size in arguments[1:]] or [1, 10, 40]
    print(
        f"{len(load_definitions(DEFINITIONS / 'indicators'))} indicators, 72 months; medians of {REPEATS}, seconds"
    )
    print(
        f"{'times':>5} {'rows':>12} {'MB':>6} {'open':>6} {'all':>7} {'a month':>8} {'by team':>8} {'scan':>6} "
        f"{'all/scan':>8} {'peak MB':>8}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            copies = source if size == 1 else multiplied(source, Path(folder) / "extract", size)
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                print(f"{size:>5} {alone.apply(measured, (copies,))}", flush=True)


def measured(folder: Path) -> str:
    """One line of figures about an extract."""
    tables = load_tables(DEFINITIONS / "record_tables")
    indicators = load_definitions(DEFINITIONS / "indicators")
    last = newest(folder)
    months = periods.months(
        periods.rolling_twelve(last.year - 5, last.month), periods.month(last.year, last.month)
    )
    teams = [key for key, indicator in indicators.items() if "team" in indicator.breakdowns]

    def count(keys: list[str], wanted: list[Period], by: tuple[str, ...] = ()) -> Callable[[], object]:
        def work() -> None:
            with open_extract(folder, tables, memory="4GB") as extract:
                Engine(extract, indicators).counts(keys, wanted, by)

        return work

    opened = median_seconds(lambda: open_extract(folder, tables).close())
    everything = median_seconds(count(list(indicators), months))
    # Before the rest, so that the peak is that of the main figure.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    a_month = median_seconds(count(list(indicators), months[-1:]))
    by_team = median_seconds(count(teams, months, ("team",)))
    scan = median_seconds(lambda: scanned(folder, tables))
    files = [folder / f"{name}.parquet" for name in tables]
    size = sum(path.stat().st_size for path in files) / 1e6
    return (
        f"{rows(folder, tables):>12,} {size:>6.0f} {opened:>6.2f} {everything:>7.2f} {a_month:>8.2f} {by_team:>8.2f} "
        f"{scan:>6.2f} {everything / scan:>8.1f} {peak:>8.0f}"
    )


def median_seconds(work: Callable[[], object]) -> float:
    """The middle of several times."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def newest(folder: Path) -> dt.date:
    """The latest day of a referral."""
    with duckdb.connect(":memory:") as connection:
        path = folder / "ssd_cin_episodes.parquet"
        [(day,)] = connection.execute(
            f"SELECT MAX(cine_referral_date) FROM read_parquet('{path}')"
        ).fetchall()
    assert isinstance(day, dt.date), "the extract has no referrals"
    return day


def rows(folder: Path, tables: dict[str, RecordTable]) -> int:
    """How many rows the extract has."""
    with duckdb.connect(":memory:") as connection:
        found = [
            connection.execute(f"SELECT COUNT(*) FROM read_parquet('{folder / name}.parquet')").fetchall()
            for name in tables
        ]
    return sum(int(count[0][0]) for count in found)


def scanned(folder: Path, tables: dict[str, RecordTable]) -> None:
    """Reads every value of every column once."""
    with duckdb.connect(":memory:", config={"threads": "2"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        for name, table in tables.items():
            read = ", ".join(f"MAX({column.name})" for column in table.stored)
            connection.execute(f"SELECT {read} FROM read_parquet('{folder / name}.parquet')").fetchall()


def multiplied(source: Path, folder: Path, size: int) -> Path:
    """The extract so many times over, each copy's ids made different by a number behind them."""
    folder.mkdir()
    shutil.copy(source / "manifest.json", folder)
    with duckdb.connect(":memory:", config={"threads": "2"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        for name, table in load_tables(DEFINITIONS / "record_tables").items():
            columns = ", ".join(
                f"{column.name} || '-' || copy AS {column.name}"
                if column.type is ColumnType.ID
                else column.name
                for column in table.stored
            )
            connection.execute(
                f"COPY (SELECT {columns} FROM read_parquet('{source / name}.parquet'), RANGE({size}) copies(copy)) "
                f"TO '{folder / name}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
