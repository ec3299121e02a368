"""The code that a spelling stands for: known officially, chosen once by a person, or not known. Never guessed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from indicator_engine.codelists import CodeList
from plumbline.indicators.files.values import tidy
from plumbline.shared.given import Scalar

# Ofsted's workbook numbers its choices: "a) Yes", "ab) Other".
_LETTER = re.compile(r"[a-z]{1,2}\)\s*")
_CODE_AND_WORDS = re.compile(r"([a-z0-9]{1,6})\s*(?::|\s-)\s*\S.*")
# Programs that know only numbers write 1 as 1.0.
_WHOLE = re.compile(r"(\d+)\.0")

Choices = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class UnknownSpelling:
    """A spelling that a person has to say the code for, how often it was met, and where first."""

    codelist: str
    spelling: str
    count: int
    first_at: str

    def __str__(self) -> str:
        return f"{self.codelist}: {self.spelling} ({self.count:,} times)"


class LeftOut(Exception):
    """Somebody said that the spelling means nothing here: it is left empty, and counted."""


class Unknown(Exception):
    """The spelling is in no code set and nobody has chosen a code for it."""


def plain(raw: Scalar) -> str:
    """The spelling as choices are kept under: tidied, in small letters."""
    return tidy(raw).casefold()


class Spellings:
    """The codes of one set by what they may be written as, and the choices people have made for it."""

    def __init__(self, codelist: CodeList, choices: Choices) -> None:
        self.name = codelist.name
        self._codes = {code.code.casefold(): code.code for code in codelist.codes}
        self._known = {
            plain(spelling): code.code
            for code in codelist.codes
            for spelling in (*code.also, code.label, code.code)
        }
        self._chosen = {
            plain(spelling): code for (name, spelling), code in choices.items() if name == self.name
        }

    def code_of(self, raw: Scalar) -> str | None:
        """The code; None for an empty cell.

        Raises: Unknown; LeftOut for what a person chose to leave empty.
        """
        spelling = plain(raw)
        if not spelling:
            return None
        if match := _WHOLE.fullmatch(spelling):
            spelling = match[1]
        if spelling in self._chosen:
            if not self._chosen[spelling]:
                raise LeftOut(spelling)
            return self._chosen[spelling]
        for form in (spelling, _LETTER.sub("", spelling, count=1) if ")" in spelling[:3] else spelling):
            if form in self._known:
                return self._known[form]
            match = _CODE_AND_WORDS.fullmatch(form)
            if match and match[1] in self._codes:
                return self._codes[match[1]]
        raise Unknown(spelling)


@dataclass(frozen=True)
class FlagsRead:
    """The keys that are set, stored between bars, those that nobody knows, and those that somebody left out."""

    stored: str | None
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_flags(raw: Scalar, codes: tuple[str, ...], listed: Spellings | None) -> FlagsRead:
    """The keys that are Y in a JSON object, or the codes in a JSON list or a list with commas.

    Raises: ValueError where it is none of these.
    """
    text = tidy(raw)
    if not text:
        return FlagsRead(None)
    given = json.loads(text) if text[0] in "[{" else [part for part in re.split(r"[,;|]\s*", text) if part]
    if isinstance(given, dict):
        names = [key.strip() for key, value in given.items() if plain(value) in ("y", "yes", "true")]
    elif isinstance(given, list) and all(isinstance(part, str | int) for part in given):
        names = [tidy(part) for part in given if part != ""]
    else:
        raise ValueError("neither keys nor a list")
    found: set[str] = set()
    unknown, left_out = [], []
    for name in names:
        try:
            known = (
                listed.code_of(name)
                if listed
                else next((code for code in codes if code == name.upper()), None)
            )
        except LeftOut:
            left_out.append(name)
            continue
        except Unknown:
            known = None
        if known:
            found.add(known)
        else:
            unknown.append(name)
    stored = "|" + "|".join(sorted(found)) + "|" if found else ""
    return FlagsRead(stored, tuple(unknown), tuple(left_out))
