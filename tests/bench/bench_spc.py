# ruff: noqa: T201 a benchmark prints its figures
"""What charts over time cost: 1,000 XmR charts of 36 points beside a plain twin, and the import of `stats`.

Run from the root of the project: python -m tests.bench.bench_spc
The twin computes the same means, limits and labels with lists and returns no typed result.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable

from stats.spc import xmr

CHARTS, POINTS, REPEATS = 1000, 36, 5
IMPORT = """
import sys, time
start = time.perf_counter()
import importlib, pkgutil, stats
for module in pkgutil.walk_packages(stats.__path__, "stats."):
    importlib.import_module(module.name)
heavy = "numpy" in sys.modules or "scipy" in sys.modules
print(time.perf_counter() - start, time.process_time(), heavy)
"""
Label = tuple[float, float, float, str]


def twin(values: list[float]) -> list[Label]:
    """Mean, limits and label of each value of a series without gaps that varies."""
    n = len(values)
    mean = sum(values) / n
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, n)]
    most = 3.267 * sum(ranges) / len(ranges)
    kept = [r for r in ranges if r < most]
    spread = sum(kept) / len(kept)
    low, high, near = mean - 2.66 * spread, mean + 2.66 * spread, 1.773 * spread
    labels = ["common_cause"] * n
    above = below = rising = falling = 1
    for i, value in enumerate(values):
        above = above + 1 if value > mean and i and values[i - 1] > mean else 1
        below = below + 1 if value < mean and i and values[i - 1] < mean else 1
        if above >= 7 or below >= 7:
            labels[i - 6 : i + 1] = ["shift"] * 7
    for i in range(2, n):
        three = values[i - 2 : i + 1]
        for sign in (1, -1):
            if all(sign * (v - mean) > 0 for v in three):
                close = [near < sign * (v - mean) <= 2.66 * spread for v in three]
                if sum(close) >= 2:
                    for k in range(3):
                        if close[k]:
                            labels[i - 2 + k] = "two_in_three"
    for i in range(1, n):
        rising = rising + 1 if values[i] > values[i - 1] else 1
        falling = falling + 1 if values[i] < values[i - 1] else 1
        if rising >= 7 or falling >= 7:
            labels[i - 6 : i + 1] = ["trend"] * 7
    for i, value in enumerate(values):
        if value > high or value < low:
            labels[i] = "outside"
    return [(mean, low, high, label) for label in labels]


def best_of(work: Callable[[], object]) -> float:
    """The least of several times, in seconds: the one that other programs disturbed least."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Nothing; prints the times and their ratio."""
    chance = random.Random(36)
    series = [[chance.gauss(70, 8) for _ in range(POINTS)] for _ in range(CHARTS)]
    special = sum(xmr(values).is_special for values in series)
    twins = sum(any(row[3] != "common_cause" for row in twin(values)) for values in series)
    ours, plain = best_of(lambda: [xmr(v) for v in series]), best_of(lambda: [twin(v) for v in series])
    print(f"{CHARTS} XmR charts of {POINTS} points, best of {REPEATS}, one core")
    print(f"  charts with a special point: {special} (twin: {twins})")
    print(f"  stats.spc.xmr {ours:.3f} s, plain twin {plain:.3f} s, ratio {ours / plain:.2f}")
    seconds = []
    for _ in range(REPEATS):
        done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
        words = done.stdout.split()
        seconds.append(float(words[0]))
    print(f"import of every module of stats in a fresh interpreter, best of {REPEATS}: {min(seconds):.3f} s")
    print(
        f"  of which the interpreter has used {words[1]} s of processor in all; numpy or scipy loaded: {words[2]}"
    )


if __name__ == "__main__":
    main()
