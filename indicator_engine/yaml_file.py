"""The values of a YAML file, each with its line, and complaints that name the file and the line."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

# The loader written in C where it is there: a hundred definitions are read whenever a figure is asked for.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"


class DefinitionError(ValueError):
    """A definition that cannot be used; the message begins with its file and line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path.name}, line {line}: {message}")
        self.path, self.line = path, line


@dataclass(frozen=True)
class Value:
    """A value of a definition and where it stands: the words of a scalar, a list, or a mapping."""

    given: "str | list[Value] | dict[str, Value]"
    path: Path
    line: int

    def refuse(self, message: str) -> NoReturn:
        """Raises: DefinitionError naming this value's file and line."""
        raise DefinitionError(self.path, self.line, message)

    @property
    def text(self) -> str:
        """The words. Raises: DefinitionError for a list or mapping."""
        return self.given if isinstance(self.given, str) else self.refuse("Give plain words here.")

    @property
    def items(self) -> "list[Value]":
        """The values of the list. Raises: DefinitionError for anything else."""
        return self.given if isinstance(self.given, list) else self.refuse("Give a list here.")

    @property
    def keys(self) -> "dict[str, Value]":
        """The keys and values. Raises: DefinitionError for anything else."""
        return self.given if isinstance(self.given, dict) else self.refuse("Give keys and values here.")

    def words(self, key: str) -> tuple[str, ...]:
        """The texts in the list of that key; none where the key is missing."""
        return tuple(item.text for item in self.keys[key].items) if key in self.keys else ()

    def says(self, key: str) -> str:
        """The text of that key; empty where the key is missing."""
        return self.keys[key].text if key in self.keys else ""

    def check_keys(self, required: Collection[str], allowed: Collection[str]) -> None:
        """Raises: DefinitionError where a required key is missing or an unknown one is there."""
        for key, value in self.keys.items():
            if key not in required and key not in allowed:
                known = ", ".join(sorted({*required, *allowed}))
                value.refuse(f"The key {key} is not known. Known are {known}.")
        for key in required:
            if not self.keys.get(key) or self.keys[key].given == "":
                self.refuse(f"The key {key} is missing.")


def read_file(path: Path) -> Value:
    """The values of the file. Scalars stay the words that stand there: 2.10 stays "2.10" and no stays "no".

    Raises: DefinitionError for text that is not YAML, for a key given twice and for an empty file.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise DefinitionError(path, mark.line + 1 if mark else 1, f"Not YAML: {fault.problem}.") from fault
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise DefinitionError(path, 1, "Not YAML in UTF-8.") from fault
    if node is None:
        raise DefinitionError(path, 1, "The file is empty.")
    return _value(node, path)


def _value(node: yaml.Node, path: Path) -> Value:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Value("" if node.tag == _PREFIX + "null" else node.value, path, line)
    if isinstance(node, yaml.SequenceNode):
        return Value([_value(part, path) for part in node.value], path, line)
    pairs: dict[str, Value] = {}
    for key, part in node.value:
        if key.value in pairs:
            raise DefinitionError(path, key.start_mark.line + 1, f"The key {key.value} is given twice.")
        pairs[key.value] = _value(part, path)
    return Value(pairs, path, line)
