"""Writes an extract in the shape of the Standard Safeguarding Dataset: one CSV a table, streamed as it is lived."""

import csv
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from plumbline.demo.children.cutting import Line, visible_rows
from plumbline.demo.children.days import iso
from plumbline.demo.children.faults import Faults
from plumbline.demo.children.living import households
from plumbline.demo.children.staff import make_staff
from plumbline.demo.children.tables import TABLES
from plumbline.demo.children.workforce import workforce_rows
from plumbline.demo.children.world import World

NOT_SUPPLIED = (
    "ssd_ehcp_requests",
    "ssd_ehcp_assessment",
    "ssd_ehcp_named_plan",
    "ssd_ehcp_active_plans",
    "ssd_sen_need",
    "ssd_send",
    "ssd_linked_identifiers",
    "ssd_s251_finance",
    "ssd_voice_of_child",
)
HELD_BACK = 2_000


@dataclass
class CsvFolder:
    """A folder of CSVs, one a table, written as the lines come; closed at the end of the `with`."""

    folder: Path
    rows: Counter[str] = field(default_factory=Counter)
    _files: dict[str, TextIO] = field(default_factory=dict)
    _held: dict[str, list[Line]] = field(default_factory=dict)

    def __enter__(self) -> "CsvFolder":
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, shape in TABLES.items():
            self._files[name] = (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            self._held[name] = [list(shape.columns)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, file in self._files.items():
            csv.writer(file, lineterminator="\n").writerows(self._held[name])
            file.close()

    def write(self, table: str, line: Line) -> None:
        """Adds a line. A few thousand are held back, so that the disk is not asked for each."""
        self.rows[table] += 1
        held = self._held[table]
        held.append(line)
        if len(held) >= HELD_BACK:
            csv.writer(self._files[table], lineterminator="\n").writerows(held)
            held.clear()


@dataclass(frozen=True)
class Written:
    """What was written: rows by table, and the manifest as it stands beside them."""

    rows: dict[str, int]
    manifest: dict[str, Any]


def write_ssd(world: World, folder: Path) -> Written:
    """Writes the extract and its manifest.json into the folder."""
    staff = make_staff(world)
    faults = Faults(world)
    caseload: Counter[str] = Counter()
    worker, role = (
        TABLES["ssd_involvements"].columns.index(f"invo_professional_{end}") for end in ("id", "role_id")
    )
    ended = TABLES["ssd_involvements"].columns.index("invo_involvement_end_date")
    with CsvFolder(folder) as out:
        for household in households(world, staff):
            for table, line in visible_rows(household):
                if table == "ssd_involvements" and not line[ended] and line[role] == "SOCIAL_WORKER":
                    caseload[line[worker]] += 1
                for spoilt in faults.spoil(table, line):
                    out.write(table, spoilt)
        for table, line in workforce_rows(world, staff, caseload):
            out.write(table, line)
        rows = dict(sorted(out.rows.items()))
    manifest = _manifest(world, rows, faults)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return Written(rows, manifest)


def _manifest(world: World, rows: dict[str, int], faults: Faults) -> dict[str, Any]:
    return {
        "about": "A synthetic council. Nobody in these files is real.",
        "shape": "ssd",
        "seed": world.seed,
        "scale": world.scale,
        "from": iso(world.window),
        "until": iso(world.last_day),
        "as_at": date.fromordinal(world.as_at).isoformat(),
        "rows": rows,
        "not_supplied": list(NOT_SUPPLIED),
        "faults": faults.planted,
    }
