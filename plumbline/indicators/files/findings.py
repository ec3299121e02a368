"""What was met while the values of an extract were read: unknown spellings, values read with care, values lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plumbline.indicators.files.spellings import UnknownSpelling
from plumbline.indicators.files.values import Remark
from plumbline.shared.given import Problems

MOST_SAMPLES = 10
MOST_SPELLINGS = 2_000


@dataclass(frozen=True)
class Finding:
    """One kind of remark about one column: how often, and at which rows first. Never the value itself."""

    table: str
    column: str
    remark: Remark
    count: int
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """Where a row of the source stands: its file or sheet, and its line."""

    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.source}, row {self.line}"


class Findings:
    """Counts remarks and unknown spellings, and keeps the problems that stop a load."""

    def __init__(self) -> None:
        self.problems = Problems()
        self._remarks: dict[tuple[str, str, Remark], tuple[int, list[str]]] = {}
        self._spellings: dict[tuple[str, str], tuple[int, str]] = {}
        self._left_out: dict[tuple[str, str], tuple[int, str]] = {}
        self.has_more_spellings = False

    def remark(self, table: str, column: str, remark: Remark, at: Row) -> None:
        """Count a remark, and keep where the first ones stand."""
        count, samples = self._remarks.get((table, column, remark), (0, []))
        if len(samples) < MOST_SAMPLES:
            samples.append(str(at))
        self._remarks[table, column, remark] = (count + 1, samples)

    def spelling(self, codelist: str, spelling: str, at: Row) -> None:
        """Count a spelling nobody knows."""
        key = (codelist, spelling)
        if key not in self._spellings and len(self._spellings) >= MOST_SPELLINGS:
            self.has_more_spellings = True
            return
        count, first_at = self._spellings.get(key, (0, str(at)))
        self._spellings[key] = (count + 1, first_at)

    def left_out(self, codelist: str, spelling: str, at: Row) -> None:
        """Count a spelling that somebody chose to leave empty."""
        count, first_at = self._left_out.get((codelist, spelling), (0, str(at)))
        self._left_out[codelist, spelling] = (count + 1, first_at)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """The remarks, by table, column and kind."""
        return tuple(self._told())

    def _told(self) -> Iterator[Finding]:
        for (table, column, remark), (count, samples) in sorted(self._remarks.items()):
            yield Finding(table, column, remark, count, tuple(samples))

    @property
    def spellings(self) -> tuple[UnknownSpelling, ...]:
        """The unknown spellings, by code set."""
        return _listed(self._spellings)

    @property
    def spellings_left_out(self) -> tuple[UnknownSpelling, ...]:
        """The spellings that somebody chose to leave empty, by code set."""
        return _listed(self._left_out)


def _listed(counted: Mapping[tuple[str, str], tuple[int, str]]) -> tuple[UnknownSpelling, ...]:
    return tuple(
        UnknownSpelling(codelist, spelling, count, first_at)
        for (codelist, spelling), (count, first_at) in sorted(counted.items())
    )
