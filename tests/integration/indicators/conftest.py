"""A small extract, loaded once for each test that asks, in a state folder of its own."""

from pathlib import Path
from typing import Any

import pytest

from plumbline.indicators.actions import loading
from plumbline.indicators.models import Extract
from plumbline.indicators.queries.definitions import indicators
from tests.factories.cast import Cast
from tests.factories.extracts import make_extract

# All of them would take seconds in each test; that all of them are counted is for the tests of the engine.
FEW = ("referrals", "re-referrals-in-12-months", "referral-rate", "referral-sources", "assessment-duration")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a few indicators are counted when an extract is loaded."""
    monkeypatch.setattr(loading, "indicators", lambda: {key: indicators()[key] for key in FEW})


@pytest.fixture
def var(settings: Any, tmp_path: Path) -> Path:
    """The state folder of this test."""
    settings.VAR = tmp_path / "var"
    return tmp_path / "var"


@pytest.fixture
def extract(cast: Cast, var: Path, tmp_path: Path) -> Extract:
    """The extract as at 31 March 2026."""
    return make_extract(tmp_path / "files", by=cast.by_role["analyst"])
