"""YAML read with the line of every value, and keys given twice refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from indicator_engine.faults import DefinitionFault, Place

# The reader written in C where it is there: a hundred definitions are read whenever a figure is asked for.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Lined:
    """A value of a YAML file with its place: a mapping of Lined, a list of Lined, or a plain value."""

    value: Any
    place: Place

    def fault(self, message: str) -> DefinitionFault:
        """The fault to raise about this value."""
        return DefinitionFault(self.place, message)

    @property
    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: item.plain for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain for item in self.value]
        return self.value

    def mapping(self, allowed: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, Lined]:
        """Its entries. Raises: DefinitionFault if it is no mapping, or a key is unknown or missing."""
        if not isinstance(self.value, dict):
            raise self.fault("Write this as keys with values.")
        for key, item in self.value.items():
            if allowed and key not in allowed:
                raise item.fault(f"Unknown key {key!r}. There are: {', '.join(allowed)}.")
        for key in required:
            if key not in self.value:
                raise self.fault(f"{key!r} is missing.")
        return dict(self.value)

    def items(self) -> list[Lined]:
        """Its items. Raises: DefinitionFault if it is no list."""
        if not isinstance(self.value, list):
            raise self.fault("Write this as a list.")
        return list(self.value)

    def text(self, one_of: tuple[str, ...] = ()) -> str:
        """Its text. Raises: DefinitionFault if it is no text or not one of those allowed."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault(f"Write this as text, not {self.value!r}.")
        if one_of and self.value not in one_of:
            raise self.fault(f"{self.value!r} is not one of {', '.join(one_of)}.")
        return " ".join(self.value.split())


def read(path: Path, name: str = "") -> Lined:
    """The file's contents.

    Raises: DefinitionFault if it is not YAML or gives a key twice.
    """
    return read_text(path.read_text(encoding="utf-8"), name or str(path))


def read_text(text: str, name: str) -> Lined:
    """The contents of a text, as `read`."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DefinitionFault(Place(name, line), f"Not YAML: {error.problem}.") from error
    if node is None:
        raise DefinitionFault(Place(name), "The file is empty.")
    constructor = yaml.SafeLoader("")
    return _lined(node, name, lambda leaf: constructor.construct_object(leaf, deep=True), set())


def _lined(node: yaml.Node, name: str, construct: Callable[[yaml.Node], Any], above: set[int]) -> Lined:
    place = Place(name, node.start_mark.line + 1)
    if id(node) in above:
        raise DefinitionFault(place, "A value cannot hold itself.")
    within = above | {id(node)}
    if isinstance(node, yaml.MappingNode):
        entries: dict[Any, Lined] = {}
        for key_node, value_node in node.value:
            key = construct(key_node)
            if not isinstance(key, str | int) or key in entries:
                raise DefinitionFault(
                    Place(name, key_node.start_mark.line + 1), f"Key {key!r} is given twice."
                )
            entries[key] = _lined(value_node, name, construct, within)
        return Lined(entries, place)
    if isinstance(node, yaml.SequenceNode):
        return Lined([_lined(item, name, construct, within) for item in node.value], place)
    try:
        return Lined(construct(node), place)
    except (ValueError, yaml.YAMLError) as error:
        raise DefinitionFault(place, f"Cannot be read: {error}.") from error
