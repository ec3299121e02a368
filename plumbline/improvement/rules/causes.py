"""What may have helped or stood in the way, and the ways to answer a finding, as the definitions list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class CausesMistake(ValueError):
    """What is wrong with the list, in words."""


@dataclass(frozen=True)
class Choice:
    """One entry: its key, the words shown, and whether it is still offered."""

    key: str
    label: str
    is_retired: bool = False


@dataclass(frozen=True)
class Choices:
    """Both lists, in their order."""

    causes: tuple[Choice, ...]
    routes: tuple[Choice, ...]

    def cause_labels(self, keys: Iterable[str]) -> list[str]:
        """The words of the keys; a key no longer listed reads as itself."""
        return _labels(self.causes, keys)

    def route_labels(self, keys: Iterable[str]) -> list[str]:
        """The words of the keys; a key no longer listed reads as itself."""
        return _labels(self.routes, keys)


def _labels(choices: tuple[Choice, ...], keys: Iterable[str]) -> list[str]:
    words = {one.key: one.label for one in choices}
    return [words.get(key, key) for key in keys]


def choices_from(content: Mapping[str, Any]) -> Choices:
    """The lists of a file.

    Raises: CausesMistake for an entry without key or label, or a key twice.
    """
    return Choices(_read(content, "causes"), _read(content, "routes"))


def _read(content: Mapping[str, Any], name: str) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for number, one in enumerate(content.get(name) or (), start=1):
        if not isinstance(one, Mapping) or not one.get("key") or not one.get("label"):
            raise CausesMistake(f"{name}: entry {number} needs a key and a label.")
        if any(other.key == one["key"] for other in found):
            raise CausesMistake(f"{name}: {one['key']} stands there twice.")
        found.append(Choice(str(one["key"]), str(one["label"]), bool(one.get("retired", False))))
    if not found:
        raise CausesMistake(f"{name}: the list is empty.")
    return tuple(found)
