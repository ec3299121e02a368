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
            if key not in self.value or self.value[key].value in ("", None):
                raise self.fault(f"{key!r} is missing.")
        return dict(self.value)

    def says(self, key: str) -> str:
        """The text of that key; empty where it is missing or empty. Raises: DefinitionFault as `mapping` and `text`."""
        found = self.mapping(()).get(key)
        return "" if found is None or found.value in ("", None) else found.text()

    def words(self, key: str) -> tuple[str, ...]:
        """The texts in the list of that key; none where it is missing. Raises: DefinitionFault as `items` and `text`."""
        found = self.mapping(()).get(key)
        return () if found is None else tuple(item.text() for item in found.items())

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


def read(path: Path) -> Lined:
    """The contents of a file of words, such as codes: 2.10 stays "2.10", 01 stays "01" and no stays "no".

    Raises: DefinitionFault, with the name of the file alone, as `read_text`.
    """
    try:
        return read_text(path.read_text(encoding="utf-8"), path.name, as_words=True)
    except UnicodeDecodeError as error:
        raise DefinitionFault(Place(path.name), "Save this as UTF-8.") from error


def read_text(text: str, name: str, *, as_words: bool = False) -> Lined:
    """The contents of a text. With `as_words` every value stays the words that stand there, and null is no word.

    Raises: DefinitionFault if it is not YAML, is empty or gives a key twice.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise DefinitionFault(Place(name, line), f"Not YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise DefinitionFault(Place(name), "Not YAML: it holds a character that no text holds.") from error
    if node is None:
        raise DefinitionFault(Place(name), "The file is empty.")
    if as_words:
        return _lined(node, name, _word, set())
    constructor = yaml.SafeLoader("")
    return _lined(node, name, lambda leaf: constructor.construct_object(leaf, deep=True), set())


def _word(leaf: yaml.Node) -> str:
    return "" if leaf.tag == "tag:yaml.org,2002:null" else str(leaf.value)


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
