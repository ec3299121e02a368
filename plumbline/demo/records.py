"""The demo council's child-level records: invented children, loaded as a council loads its own extract."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from plumbline.demo.children.extract import write_ssd
from plumbline.demo.children.world import World
from plumbline.indicators.actions.loading import load_extract

# A fifth of a council of 51,000 children over three years: every page has something to show, and the first
# start stays short.
SCALE, YEARS, CHILDREN = 0.2, 3, 10_360


def load_records(seed: int, day: date) -> None:
    """Loads the records up to the end of the month before the day; done twice, it changes nothing."""
    until = day.replace(day=1) - timedelta(days=1)
    with tempfile.TemporaryDirectory(prefix="plumbline-demo-") as folder:
        write_ssd(World(seed=seed, until=until, scale=SCALE, years=YEARS), Path(folder))
        _, row = load_extract(
            by=None,
            path=Path(folder),
            name=f"fernshire-{until:%Y-%m}",
            as_at=until,
            child_population=CHILDREN,
        )
    if row is None:
        raise RuntimeError("The demo council\u2019s records were refused by their own checks.")
