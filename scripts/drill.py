"""Kills, backs up and restores in full, and prints what was lost: what `make drill` does after installing.

`scripts/drill.py writes` runs one drill alone; `scripts/drill.py --quick` a tenth of each.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The drill, how often, and the most seconds it may take before it is stopped and counts as failed.
DRILLS = {
    "writes": (500, 900),
    "answers": (500, 900),
    "imports": (100, 600),
    "case_lists": (100, 600),
    "backups": (20, 600),
}
TITLES = {
    "writes": "kill -9 while people are added",
    "answers": "kill -9 while an audit is written",
    "imports": "kill -9 during imports of standards",
    "case_lists": "kill -9 during imports of case lists",
    "backups": "backups under write load, restored",
}
MUST_BE_ZERO = {
    "lost",
    "partial",
    "duplicate",
    "chain_broken",
    "file_broken",
    "unequal",
    "damaged_taken",
}


def run(name: str, trials: int, most_seconds: int) -> dict[str, int] | None:
    """The figures of a drill; none when it broke or took too long."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.run", name, str(trials)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        # A group of its own, so that stopping it stops the children it started and nothing else.
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=most_seconds)
    except BaseException as fault:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(fault, subprocess.TimeoutExpired):
            print(f"   stopped after {most_seconds} s")
            return None
        raise
    if process.returncode:
        return None
    figures: dict[str, int] = json.loads(printed.strip().splitlines()[-1])
    return figures


def failures(figures: dict[str, int] | None) -> list[str]:
    """What is wrong with a drill's figures; a detector that did not speak when it had to counts too."""
    if figures is None:
        return ["the drill itself broke"]
    wrong = [f"{name} {figures[name]}" for name in sorted(MUST_BE_ZERO & figures.keys()) if figures[name]]
    silent = [name for name, value in figures.items() if name.startswith("caught_") and not value]
    return wrong + [f"{name} was not noticed" for name in silent]


def main(arguments: list[str]) -> int:
    """The exit code: 0 when nothing was lost, partial, doubled or unequal."""
    asked = [name for name in arguments if not name.startswith("--")] or list(DRILLS)
    if unknown := set(asked) - set(DRILLS):
        print(f"There is no drill {', '.join(sorted(unknown))}. Write {', '.join(DRILLS)}.")
        return 2
    code = 0
    for name in asked:
        trials, most_seconds = DRILLS[name]
        if "--quick" in arguments:
            trials //= 10
        print(f"\n== {TITLES[name]}: {trials} times", flush=True)
        began = time.monotonic()
        figures = run(name, trials, most_seconds)
        for key, value in (figures or {}).items():
            print(f"   {key.replace('_', ' '):<20} {value:>8}")
        wrong = failures(figures)
        verdict = f"FAILED: {'; '.join(wrong)}" if wrong else "nothing lost"
        print(f"   {verdict} ({time.monotonic() - began:.0f} s)", flush=True)
        code = code or bool(wrong)
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
