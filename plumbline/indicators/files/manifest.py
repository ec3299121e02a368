"""What an extract says about itself: where it came from, what it holds and what it does not, in `manifest.json`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

FILE = "manifest.json"
# Raised when what stands in a manifest changes meaning.
VERSION = 1


@dataclass(frozen=True)
class SourceFile:
    """One file that was read: its name, size and SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The facts about one extract. `digest` is of its content: the same records give the same, whatever their files.

    `created_at` is given by whoever loads: nothing here reads the clock.
    `columns_not_supplied` are columns (table.column) of supplied tables that a return of this shape does not hold: a
    figure that needs one cannot be computed, which is not the same as nought. `window_months` is how far the shape
    reaches back, None where it has no fixed window: what came before it was not looked for.
    """

    name: str
    shape: str
    created_at: datetime
    digest: str
    sources: tuple[SourceFile, ...]
    rows: Mapping[str, int]
    not_supplied: tuple[str, ...]
    empty_columns: tuple[str, ...]
    codelists: Mapping[str, str]
    is_hashed: bool
    columns_not_supplied: tuple[str, ...] = ()
    window_months: int | None = None
    left_empty: tuple[str, ...] = ()
    reference: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    version: int = VERSION

    def write(self, folder: Path) -> None:
        """Writes the manifest into the folder of the extract."""
        content: dict[str, Any] = asdict(self)
        content["created_at"] = self.created_at.isoformat()
        (folder / FILE).write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def day_in(reference: Mapping[str, str]) -> date | None:
    """The day that a return says it speaks of; None where it says none."""
    try:
        return date.fromisoformat(reference.get("reference_date", ""))
    except ValueError:
        return None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the extract in the folder.

    Raises: FileNotFoundError, or ValueError for one of another version.
    """
    content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    if content.get("version") != VERSION:
        raise ValueError(f"The extract {folder.name} is of version {content.get('version')}, not {VERSION}.")
    content["created_at"] = datetime.fromisoformat(content["created_at"])
    content["sources"] = tuple(SourceFile(**source) for source in content["sources"])
    for name in ("not_supplied", "empty_columns", "columns_not_supplied", "left_empty"):
        content[name] = tuple(content[name])
    return Manifest(**content)


def damaged_files(folder: Path) -> tuple[str, ...]:
    """The files of the extract that are missing or no longer what was loaded, by their SHA-256; none where all is well.

    Raises: FileNotFoundError where there is no manifest.
    """
    return tuple(
        path.name
        for table, checksum in sorted(read_manifest(folder).files.items())
        if not (path := folder / f"{table}.parquet").is_file() or file_checksum(path) != checksum
    )


def file_checksum(path: Path) -> str:
    """The SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
