"""Values as they were given in a file, each with its place, and problems that name that place."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Scalar = str | int | float | bool | date | None
PathStep = str | int

MOST_PROBLEMS = 500


@dataclass(frozen=True)
class Place:
    """Where a value stands: line and keys in a text file, or sheet, row, column and heading in a workbook."""

    line: int | None = None
    path: tuple[PathStep, ...] = ()
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""

    def __str__(self) -> str:
        parts = []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.path:
            parts.append(path_words(self.path))
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}" + (f" ({self.heading})" if self.heading else ""))
        return ", ".join(parts) or "the file"


def path_words(path: tuple[PathStep, ...]) -> str:
    """The keys that lead to a value, lists counted from 1: "standards 2, criteria 3, text"."""
    said: list[str] = []
    for step in path:
        if isinstance(step, int) and said:
            said[-1] += f" {step}"
        else:
            said.append(str(step))
    return ", ".join(said)


@dataclass(frozen=True)
class Given:
    """One value with its place: a scalar, a list of values, or a mapping of keys to values."""

    value: "Scalar | tuple[Given, ...] | dict[str, Given]"
    place: Place = field(default=Place(), compare=False)

    @property
    def mapping(self) -> "dict[str, Given]":
        """The keys and values; empty where the value is not a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> "tuple[Given, ...]":
        """The values of the list; empty where the value is not a list."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was given: no value, no words, an empty list or mapping."""
        return (
            self.value is None
            or self.value in ((), {})
            or (isinstance(self.value, str) and not self.value.strip())
        )

    def get(self, key: str) -> "Given":
        """The value of the key; a blank at this place where the key is missing."""
        return self.mapping.get(key) or Given(None, self.place)


class Severity(StrEnum):
    """Whether a problem stops the import or is only told."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """Something in a file that a person should know: an error stops its import, a note does not."""

    severity: Severity
    place: Place
    message: str

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where[0].upper()}{where[1:]}: {self.message}"


class FileError(Exception):
    """A file that cannot be read at all; the message says why and what to do instead."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place or Place()


class Told:
    """What was read from a file tells of its problems: those that stop an import, and those that do not."""

    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the import."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """The problems that are only told."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.NOTE)


class Problems:
    """A list of problems that grows while a file is read; notes of one kind are told once."""

    def __init__(self) -> None:
        self._list: list[Problem] = []
        self._grouped: dict[str, tuple[Place, int, str, str]] = {}
        self._told = dict.fromkeys(Severity, 0)
        self._unsaid = dict.fromkeys(Severity, 0)
        self.has_errors = False

    def error(self, place: Place, message: str) -> None:
        """Add a problem that stops the import."""
        self.has_errors = True
        self._add(Problem(Severity.ERROR, place, message))

    def note(self, place: Place, message: str) -> None:
        """Add a problem that is only told."""
        self._add(Problem(Severity.NOTE, place, message))

    def note_once(self, kind: str, place: Place, one: str, many: str) -> None:
        """Add a note told once for its kind, at its first place: `one` when it stays alone, else `many`.

        `{n}` in `many` becomes the number of times.
        """
        first, times = self._grouped.get(kind, (place, 0))[:2]
        self._grouped[kind] = (first, times + 1, one, many)

    def told(self) -> tuple[Problem, ...]:
        """All problems, errors first, each group in the order of the file as it was read."""
        grouped = [
            Problem(Severity.NOTE, place, one if times == 1 else many.replace("{n}", str(times)))
            for place, times, one, many in self._grouped.values()
        ]
        everything = sorted(self._list + grouped, key=lambda problem: problem.severity is Severity.NOTE)
        if unsaid := self._unsaid[Severity.ERROR]:
            more = f"There are {unsaid} more errors. Put these right first, then try again."
            everything.append(Problem(Severity.NOTE, Place(), more))
        if unsaid := self._unsaid[Severity.NOTE]:
            more = f"There are {unsaid} more notes."
            everything.append(Problem(Severity.NOTE, Place(), more))
        return tuple(everything)

    def _add(self, problem: Problem) -> None:
        # Counted apart, so that many notes never hide an error.
        if self._told[problem.severity] < MOST_PROBLEMS:
            self._told[problem.severity] += 1
            self._list.append(problem)
        else:
            self._unsaid[problem.severity] += 1
