"""Each drill with a few trials: nothing lost, and each detector speaks when something is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ZERO = {"lost", "partial", "duplicate", "chain_broken", "file_broken", "unequal", "damaged_taken"}


@pytest.mark.parametrize(
    ("name", "trials"), [("writes", 8), ("answers", 6), ("imports", 6), ("case_lists", 6), ("backups", 2)]
)
def test_a_drill_loses_nothing_and_its_detectors_speak(name: str, trials: int, migrated: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.drills.run", name, str(trials), str(migrated)],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    figures: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    assert {key: value for key, value in figures.items() if key in ZERO and value} == {}
    assert any(key in ZERO for key in figures)
    caught = {key: value for key, value in figures.items() if key.startswith("caught_")}
    assert caught
    assert all(caught.values()), caught
