"""Writes a synthetic council in the shape asked for; the others are made from the first, so the children agree."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from plumbline.demo.children.extract import Written, write_ssd
from plumbline.demo.children.shapes.annex_a import write_annex_a
from plumbline.demo.children.shapes.cin_census import write_cin_census
from plumbline.demo.children.shapes.ssda903 import write_903
from plumbline.demo.children.world import World

SSD = "ssd"
MADE_FROM_SSD: dict[str, Callable[[Path, date, Path], dict[str, int]]] = {
    "annex-a": write_annex_a,
    "903": write_903,
    "cin": write_cin_census,
}
SHAPES = (SSD, *MADE_FROM_SSD)


def write_shape(world: World, shape: str, out: Path) -> Written:
    """What was written, with manifest.json beside it.

    Raises: ValueError for planted mistakes in another shape than the standard's, whose rows the manifest names.
    """
    if shape == SSD:
        return write_ssd(world, out)
    if world.faults:
        raise ValueError("Mistakes are planted in the shape ssd only.")
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out) as folder:
        written = write_ssd(world, Path(folder))
        rows = MADE_FROM_SSD[shape](Path(folder), date.fromordinal(world.as_at), out)
    manifest = written.manifest | {"shape": shape, "rows": rows, "not_supplied": []}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return Written(rows, manifest)
