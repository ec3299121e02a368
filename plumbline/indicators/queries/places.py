"""Where the records of an extract lie: under the state folder, readable by the product's own user only."""

from pathlib import Path

from django.conf import settings


def folder_of(name: str) -> Path:
    """The folder of the extract of that name, which may not be there."""
    root = Path(settings.VAR) / "extracts"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root / name
