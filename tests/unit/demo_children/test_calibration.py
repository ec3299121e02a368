"""The synthetic council comes out at the published figures it was made after."""

from pathlib import Path

import pytest

from plumbline.demo.children.calibration import Measured, measure, targets
from tests.unit.demo_children.conftest import UNTIL, Extract, made

SCALE = 0.35


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[Measured]:
    folder: Path = tmp_path_factory.mktemp("calibrated")
    made(folder, scale=SCALE, years=3, seed=2)
    return measure(folder, UNTIL, SCALE)


def test_every_figure_could_be_measured(measured: list[Measured]) -> None:
    assert [one.target.key for one in measured if one.found != one.found] == []


def test_the_figures_are_near_the_published_ones(measured: list[Measured]) -> None:
    """Chance is wider at a smaller size, by the square root of it; so is what is allowed here."""
    wider = SCALE**-0.5
    off = [str(one) for one in measured if abs(one.found - one.wanted) > wider * one.allowed]
    far_off = [str(one) for one in measured if abs(one.found - one.wanted) > 2 * wider * one.allowed]

    assert far_off == []
    assert len(off) <= len(measured) // 10, "\n".join(off)


def test_each_target_names_its_source() -> None:
    assert len(targets()) >= 30
    assert all(target.source and target.tolerance > 0 for target in targets())


def test_a_council_without_reviews_is_seen_to_be_off(extract: Extract, tmp_path: Path) -> None:
    for path in extract.folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        kept = text.split("\n", 1)[0] + "\n" if path.stem == "ssd_cp_reviews" else text
        (tmp_path / path.name).write_text(kept, encoding="utf-8")

    by_key = {one.target.key: one for one in measure(tmp_path, UNTIL, extract.world.scale)}

    assert not by_key["plans_reviewed"].agrees
