"""Official code sets with their dates and sources, as `definitions/codelists` lists them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indicator_engine.lined_yaml import Lined, read


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

    Raises: DefinitionFault naming the file and line of what is wrong.
    """
    return {path.stem: _codelist(read(path), path.stem) for path in sorted(folder.glob("*.yaml"))}


def _codelist(value: Lined, name: str) -> CodeList:
    needed = ("name", "title", "source", "date", "codes")
    given = value.mapping(needed, needed)
    if value.says("name") != name:
        raise given["name"].fault(f"The code set must have the name of its file, {name}.")
    codes = tuple(_code(item) for item in given["codes"].items())
    seen: dict[str, str] = {}
    for item, code in zip(given["codes"].items(), codes, strict=True):
        for spelling in (code.code, code.label, *code.also):
            if seen.setdefault(spelling.casefold(), code.code) != code.code:
                raise item.fault(f"“{spelling}” already stands for {seen[spelling.casefold()]}.")
    return CodeList(
        name=value.says("name"),
        title=value.says("title"),
        source=value.says("source"),
        date=value.says("date"),
        codes=codes,
    )


def _code(value: Lined) -> Code:
    value.mapping(("code", "label", "from", "to", "also"), ("code", "label"))
    return Code(
        code=value.says("code"),
        label=value.says("label"),
        valid_from=_day(value, "from"),
        valid_to=_day(value, "to"),
        also=value.words("also"),
    )


def _day(value: Lined, key: str) -> date | None:
    given = value.mapping(()).get(key)
    if given is None:
        return None
    try:
        return date.fromisoformat(value.says(key))
    except ValueError:
        raise given.fault(f"Write the day as 2025-04-01, not {value.says(key)}.") from None
