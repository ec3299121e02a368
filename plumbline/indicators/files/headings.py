"""Which column a heading means: by its own name or a known variant, or as a person chose; never by likeness."""

import re
from collections.abc import Iterable, Mapping

from plumbline.indicators.files.findings import Findings, Row
from plumbline.indicators.files.spellings import Choices, plain
from plumbline.indicators.files.values import tidy
from plumbline.shared.given import Place
from plumbline.shared.tables import column_letter

_ASIDE = re.compile(r"\([^()]*\)+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def bare(heading: object) -> str:
    """The heading in small letters and digits only, without what stands in brackets."""
    text = tidy(heading if isinstance(heading, str) else str(heading or "")).casefold()
    return _NOT_WORD.sub("", _ASIDE.sub("", text)) or _NOT_WORD.sub("", text)


class Headings:
    """The columns of one list by what their headings may be. `name` is what choices for them are kept under."""

    def __init__(self, name: str, columns: Mapping[str, Iterable[str]], choices: Choices) -> None:
        self.name = f"headings:{name}"
        self._known = {bare(form): column for column, forms in columns.items() for form in (column, *forms)}
        self._chosen = {
            plain(given): column for (kind, given), column in choices.items() if kind == self.name
        }

    def column_of(self, heading: object) -> str:
        """The column; empty where the heading is not known, or a person chose to leave it out."""
        chosen = self._chosen.get(plain(str(heading or "")))
        return self._known.get(bare(heading), "") if chosen is None else chosen

    def columns_of(self, headings: Iterable[object], findings: Findings, source: str) -> list[str]:
        """The column of each heading, empty for those not used; what is unknown or there twice is told."""
        found: list[str] = []
        for position, heading in enumerate(headings, start=1):
            column = self.column_of(heading)
            if column and column in found:
                findings.problems.error(
                    Place(path=(source,), row=1, column=column_letter(position), heading=tidy(str(heading))),
                    "This column is there twice. Keep one.",
                )
                column = ""
            elif not column and bare(heading) and plain(str(heading)) not in self._chosen:
                findings.spelling(self.name, tidy(str(heading)), Row(source, 1))
            found.append(column)
        return found
