"""Official code sets with their dates and sources, as `definitions/codelists` lists them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indicator_engine.yaml_file import Value, read_file


@dataclass(frozen=True)
class Code:
    """One code: what it means, when it may be used (both days included), and official words that mean it too."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeList:
    """One code set, with the source it was taken from and that source's year."""

    name: str
    title: str
    source: str
    date: str
    codes: tuple[Code, ...]


def load_codelists(folder: Path) -> dict[str, CodeList]:
    """All code sets in the folder, by name.

    Raises: DefinitionError naming the file and line of what is wrong.
    """
    return {path.stem: _codelist(read_file(path)) for path in sorted(folder.glob("*.yaml"))}


def _codelist(value: Value) -> CodeList:
    value.check_keys(("name", "title", "source", "date", "codes"), ())
    if value.says("name") != value.path.stem:
        value.keys["name"].refuse(f"The code set must have the name of its file, {value.path.stem}.")
    codes = tuple(_code(item) for item in value.keys["codes"].items)
    seen: dict[str, str] = {}
    for item, code in zip(value.keys["codes"].items, codes, strict=True):
        for spelling in (code.code, code.label, *code.also):
            if seen.setdefault(spelling.casefold(), code.code) != code.code:
                item.refuse(f"“{spelling}” already stands for {seen[spelling.casefold()]}.")
    return CodeList(
        name=value.says("name"),
        title=value.says("title"),
        source=value.says("source"),
        date=value.says("date"),
        codes=codes,
    )


def _code(value: Value) -> Code:
    value.check_keys(("code", "label"), ("from", "to", "also"))
    return Code(
        code=value.says("code"),
        label=value.says("label"),
        valid_from=_day(value, "from"),
        valid_to=_day(value, "to"),
        also=value.words("also"),
    )


def _day(value: Value, key: str) -> date | None:
    if key not in value.keys:
        return None
    try:
        return date.fromisoformat(value.says(key))
    except ValueError:
        value.keys[key].refuse(f"Write the day as 2025-04-01, not {value.says(key)}.")
