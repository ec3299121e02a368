"""What is wrong with a definition, said with its file and line so that its writer can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in which file something stands. Line 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class DefinitionFault(ValueError):
    """A definition that cannot be used: the place, and what to do about it."""

    def __init__(self, place: Place, message: str) -> None:
        self.place, self.message = place, message
        super().__init__(f"{place}: {message}")


class ExpressionFault(ValueError):
    """A condition that is not allowed or does not fit the columns; the caller knows the place."""
