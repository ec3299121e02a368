"""Runs one drill on a state folder of its own: python -m tests.drills.run writes 500 [MIGRATED]

MIGRATED is an empty, migrated SQLite database to begin with, which saves running all migrations.
The last line printed is the figures as JSON.
"""

import json
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main(name: str, trials: int, migrated: str = "") -> None:
    with tempfile.TemporaryDirectory(prefix="plumbline-drill-") as folder:
        # The product's own settings, on SQLite, whatever the calling process uses.
        os.environ |= {
            "PLUMBLINE_VAR": str(Path(folder) / "var"),
            "PLUMBLINE_DEMO": "1",
            "PLUMBLINE_SECRET_KEY": "only-for-drills-" + "0123456789abcdefghijklmnopqrstuvwxyz",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "plumbline.config.settings",
        }
        if migrated:
            (Path(folder) / "var").mkdir()
            shutil.copy(migrated, Path(folder) / "var")
        import django

        django.setup()
        from tests.drills.ground import make_ground

        figures = import_module(f"tests.drills.{name}").drill(make_ground(), trials)
        print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
