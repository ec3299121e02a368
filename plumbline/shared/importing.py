"""Files that an area takes in through the one import page and command, whatever they hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plumbline.shared.area import areas
from plumbline.shared.given import FileError, Given, Problem
from plumbline.shared.yaml_lines import read_yaml


class StaleError(Exception):
    """The import would now do something else than the person was shown, or has errors. Nothing was changed."""


@dataclass(frozen=True)
class FilePlan:
    """What taking a file in would do. `fingerprint` is of all that would change."""

    sentence: str
    errors: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def would_change(self) -> bool:
        """Whether anything would be different afterwards."""
        return bool(self.changes) and not self.errors


@dataclass(frozen=True)
class Importer:
    """One kind of file: how it is known by its keys, what it would do, and doing it. `needs` is the right to it.

    `take_in(by, data, seen)` is whole or not at all, does nothing twice, and raises StaleError.
    """

    key: str
    needs: str
    knows: Callable[[Given], bool]
    plan: Callable[[bytes], FilePlan]
    take_in: Callable[[Any, bytes, str | None], FilePlan]


def importer_of(data: bytes) -> Importer | None:
    """The importer that knows the file, if any area has one; none for files that are no YAML."""
    importers = [one for area in areas() for one in area.importers]
    if not importers or data.startswith(b"PK"):
        return None
    try:
        given = read_yaml(data)
    except FileError:
        return None
    return next((one for one in importers if one.knows(given)), None)
