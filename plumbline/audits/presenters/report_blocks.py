"""The one shape of a report: headings, paragraphs, charts, tables and quotations that page, Word and PDF all draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from plumbline.audits.presenters.report_charts import Chart


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 4. `part` is the key of the part of the report that begins here."""

    text: str
    level: int = 2
    part: str = ""
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: a sentence of figures, a note on how to read them, or words that somebody wrote."""

    text: str
    tone: str = "body"  # body, lead, note or words
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Table:
    """A table with a caption. The first cell of a row names it; `numeric` says which columns hold figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...] = ()
    kind: ClassVar[str] = "table"

    @property
    def cells(self) -> list[list[tuple[str, str, bool]]]:
        """Each row as its cells: the words, the column's name, whether it is a figure."""
        numeric = self.numeric or (False, *(True for _ in self.columns[1:]))
        return [list(zip(row, self.columns, numeric, strict=True)) for row in self.rows]

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Each column's name and whether it holds figures."""
        numeric = self.numeric or (False, *(True for _ in self.columns[1:]))
        return list(zip(self.columns, numeric, strict=True))


@dataclass(frozen=True)
class Quote:
    """Words of a child, a parent, a worker or an auditor, and whose they are."""

    text: str
    source: str = ""
    kind: ClassVar[str] = "quote"


Block = Heading | Paragraph | Table | Quote | Chart


@dataclass(frozen=True)
class Document:
    """A whole report. `author` is the council, never a person."""

    title: str
    subtitle: str
    author: str
    footer: str
    blocks: tuple[Block, ...]


def words(text: str, tone: str = "words") -> list[Block]:
    """What somebody wrote, as a paragraph for each of theirs."""
    return [Paragraph(line.strip(), tone) for line in text.splitlines() if line.strip()]


def texts_of(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of the blocks in the order in which it is read."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Table():
                yield block.caption
                yield from block.columns
                for row in block.rows:
                    yield from row
            case Chart():
                yield block.title
            case Quote():
                yield block.text
                if block.source:
                    yield block.source
