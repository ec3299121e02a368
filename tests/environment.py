"""The settings of a test run. Loaded by `-p tests.environment` (in pyproject.toml), because Django reads them first."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault(
    "PLUMBLINE_VAR", str(Path(tempfile.gettempdir()) / f"plumbline-tests-{os.getuid()}-{ROOT.name}")
)
os.environ["PLUMBLINE_DEMO"] = "1"
os.environ["PLUMBLINE_SECRET_KEY"] = "only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz"
os.environ["PLUMBLINE_COUNCIL"] = "Fernshire Council"
