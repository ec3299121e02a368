"""Where records lie, loaded or waiting for it: under the state folder, readable by the product's own user only."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings


def folder_of(name: str) -> Path:
    """The folder of the extract of that name, which may not be there."""
    root = Path(settings.VAR) / "extracts"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root / name


def uploads_folder() -> Path:
    """The folder of the files that wait to be loaded."""
    root = Path(settings.VAR) / "extract-uploads"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def files_of(upload_id: str) -> Path:
    """The folder of the files of one upload, which may not be there."""
    return uploads_folder() / upload_id


def what_was_given(upload_id: str, names: Sequence[str]) -> Path:
    """What a reader is given: one file by itself, so that an archive is opened, else the folder."""
    folder = files_of(upload_id)
    return folder / names[0] if len(names) == 1 else folder
