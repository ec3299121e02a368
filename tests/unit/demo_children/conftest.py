"""Small synthetic councils, made once a run: lived through, cut to two days, and with planted mistakes."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from plumbline.demo.children.extract import write_ssd
from plumbline.demo.children.tables import TABLES
from plumbline.demo.children.world import World

UNTIL = date(2026, 3, 31)
EARLIER = date(2025, 12, 31)
Cells = dict[str, str]


@dataclass(frozen=True)
class Extract:
    """A written extract, its tables read when asked for."""

    folder: Path
    world: World

    def rows(self, table: str) -> list[Cells]:
        if table not in self._read:
            with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                self._read[table] = list(csv.DictReader(file))
        return self._read[table]

    @cached_property
    def _read(self) -> dict[str, list[Cells]]:
        return {}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    def every_row(self) -> Iterator[tuple[str, Cells]]:
        for table in TABLES:
            for row in self.rows(table):
                yield table, row


def made(folder: Path, **values: Any) -> Extract:
    world = World(**({"seed": 7, "until": UNTIL, "scale": 0.05, "years": 3} | values))
    write_ssd(world, folder)
    return Extract(folder, world)


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    return made(tmp_path_factory.mktemp("extract"))


@pytest.fixture(scope="session")
def earlier_extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    return made(tmp_path_factory.mktemp("earlier"), made_on=EARLIER)


@pytest.fixture(scope="session")
def faulty_extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    return made(tmp_path_factory.mktemp("faulty"), faults=True)
