"""YAML read with line numbers and strict limits, and written so that it reads back the same."""

from collections.abc import Iterator
from typing import Any

import yaml

from plumbline.shared.given import FileError, Given, PathStep, Place

MOST_BYTES = 2 * 1024 * 1024
MOST_ALIASES = 20
MOST_VALUES = 50_000
DEEPEST = 20

# The safe loader written in C where it is there: the one in Python needs half a minute for two megabytes.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"
_SCALARS = {"str", "int", "float", "bool", "null", "timestamp", "value", "merge"}


def read_yaml(data: bytes) -> Given:
    """The values of one YAML document, every scalar as the words that stand in the file, each with its line.

    Values are never turned into numbers or dates here: 2.10 stays "2.10" and no stays "no". Blank and null
    give None.

    Raises: FileError naming the line, for files too large or deep, tags that would build objects, more than
    a few aliases, keys given twice, and text that is not YAML.
    """
    text = _decoded(data)
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise FileError(
            f"This is not YAML that can be read: {fault.problem or fault.context}. "
            "Check the blanks at the start of the line, the colons and the quotes.",
            Place(line=mark.line + 1 if mark else None),
        ) from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise FileError("This is not YAML that can be read. Save the file as plain text in UTF-8.") from fault
    if node is None:
        raise FileError("The file is empty. Choose the file again, or write its content first.")
    return _given(node, ())


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise FileError("The file is larger than 2 MB. Split it, or take out what is not needed.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise FileError("The file is not in UTF-8. Save it again as UTF-8.", Place(line=line)) from fault


def _check_events(text: str) -> None:
    """Read the file as a stream, so that a bomb is refused before anything is built from it."""
    depth = aliases = documents = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader)):
        line = event.start_mark.line + 1 if event.start_mark else None
        if number > MOST_VALUES * 2:
            raise FileError("The file holds too many values. Split it in two.", Place(line=line))
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise FileError(
                    "The file holds more than one document. Keep one, without ---.", Place(line=line)
                )
        # An anchor is seen on the value that carries it, an alias is an event of its own.
        aliases += getattr(event, "anchor", None) is not None
        if aliases > MOST_ALIASES:
            raise FileError(
                f"The file uses more than {MOST_ALIASES} anchors and aliases (&name, *name). "
                "Write the values out.",
                Place(line=line),
            )
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise FileError(
                    f"The file is nested more than {DEEPEST} levels deep. Check the brackets and the blanks "
                    "at the start of the line.",
                    Place(line=line),
                )
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1


class _Budget:
    """How many values may still be built: an alias to an alias to a list must not multiply."""

    def __init__(self) -> None:
        self.left = MOST_VALUES


def _given(
    node: yaml.Node, path: tuple[PathStep, ...], budget: _Budget | None = None, depth: int = 0
) -> Given:
    budget = budget or _Budget()
    budget.left -= 1
    place = Place(line=node.start_mark.line + 1, path=path)
    if budget.left < 0 or depth > DEEPEST:
        raise FileError("The file's aliases (*name) hold too much. Write the values out.", place)
    tag = node.tag.removeprefix(_PREFIX)
    if isinstance(node, yaml.ScalarNode) and tag in _SCALARS:
        return Given(None if tag == "null" else node.value, place)
    if isinstance(node, yaml.SequenceNode) and tag == "seq":
        parts = (_given(part, (*path, n), budget, depth + 1) for n, part in enumerate(node.value, start=1))
        return Given(tuple(parts), place)
    if isinstance(node, yaml.MappingNode) and tag == "map":
        return Given(dict(_pairs(node, path, budget, depth)), place)
    raise FileError(
        f"Take out the tag {node.tag}. Only text, numbers, dates, lists and keys are read.", place
    )


def _pairs(
    node: yaml.MappingNode, path: tuple[PathStep, ...], budget: _Budget, depth: int
) -> Iterator[tuple[str, Given]]:
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag.removeprefix(_PREFIX) not in _SCALARS:
            raise FileError(
                "A key must be a word. Check the brackets and the colon.", Place(line=line, path=path)
            )
        name = key.value
        if name == "<<":
            raise FileError("Merging with << is not read. Write the keys out.", Place(line=line, path=path))
        if name in seen:
            raise FileError(
                f"The key {name} is given twice, first on line {seen[name]}. Keep one of them.",
                Place(line=line, path=(*path, name)),
            )
        seen[name] = line
        yield name, _given(value, (*path, name), budget, depth + 1)


class _Dumper(yaml.SafeDumper):
    """Writes lists indented under their key, and never writes aliases."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def write_yaml(content: object) -> bytes:
    """The content of dicts, lists, texts, numbers and dates as YAML in UTF-8, keys in their order.

    `read_yaml` gives the same words back.
    """
    text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode("utf-8")
