"""Runs every test on SQLite and on PostgreSQL: what `make test` does after installing."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
# What another database could change. Pure tests, the look of every page and the walk of every request run once:
# the lists and the flips of the proof ask PostgreSQL for the rows that each cell gives, and the first tasks use it all.
# Drills, backups and moves bring databases of their own, PostgreSQL among them, whatever the suite runs on.
WITH_DATABASE = [
    "tests/integration",
    "--ignore=tests/integration/keeping/test_backup_postgres.py",
    "--ignore=tests/integration/keeping/test_backup_sqlite.py",
    "--ignore=tests/integration/keeping/test_moving.py",
    "tests/journeys/test_first_tasks.py",
    "tests/journeys/test_lists.py",
    "tests/proof/test_lists.py",
    "tests/proof/test_flip.py",
]
COUNTED = ("tests", "failures", "errors", "skipped")


def need_chromium() -> None:
    """Installs Debian's chromium when it is missing and we may; says what to install otherwise.

    Raises: SystemExit when browser tests could not run, because leaving them out quietly would be a false green.
    """
    if Path(CHROMIUM).exists():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing chromium for the browser tests...", flush=True)
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)  # type: ignore[call-overload]
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
            check=True,
            **quiet,
        )  # type: ignore[call-overload]
        return
    raise SystemExit(
        f"The browser tests need {CHROMIUM}. Install it (on Debian: apt-get install chromium) and run this again."
    )


def run(
    name: str, command: list[str], folders: list[str], environment: dict[str, str]
) -> tuple[int, dict[str, int]]:
    """The exit code of a run and its counts."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        options = [
            "-q",
            "-n",
            os.environ.get("PLUMBLINE_TEST_PROCESSES", "2"),
            "--dist",
            "loadscope",
            "--durations=15",
            f"--junitxml={report}",
        ]
        code = subprocess.run(
            [*command, sys.executable, "-m", "pytest", *options, *folders, *sys.argv[1:]],
            cwd=ROOT,
            env=environment,
        ).returncode
        print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
        if not report.exists():
            return code or 1, dict.fromkeys(COUNTED, 0)
        suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314  our own file
        counts = dict.fromkeys(COUNTED, 0)
        for suite in suites:
            for key in COUNTED:
                counts[key] += int(suite.get(key, 0))
        return code, counts


def main() -> None:
    need_chromium()
    plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given = os.environ.get("DATABASE_URL", "")
    # A server of its own from pip, unless a database is given to use instead.
    server = [] if given else [sys.executable, "-m", "tests.postgres", "--"]
    results = [
        run("SQLite", [], ["tests"], plain),
        run(
            "PostgreSQL",
            server,
            WITH_DATABASE,
            plain | ({"DATABASE_URL": given} if given else {}) | {"PLUMBLINE_TEST_ENGINE": "postgresql"},
        ),
    ]
    total = {key: sum(counts[key] for _, counts in results) for key in COUNTED}
    failed = total["failures"] + total["errors"]
    passed = total["tests"] - failed - total["skipped"]
    print(f"\ntests: {passed} passed, {failed} failed, {total['skipped']} skipped", flush=True)
    raise SystemExit(max(code for code, _ in results))


if __name__ == "__main__":
    main()
