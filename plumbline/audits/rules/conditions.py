"""When a question is shown or required: conditions on earlier answers, as data."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Condition:
    """That one earlier question has one of some answers."""

    question: str
    answers: tuple[str, ...]

    def holds(self, given: Mapping[str, str]) -> bool:
        """Whether the answer given so far is one of those asked for."""
        return given.get(self.question, "") in self.answers


@dataclass(frozen=True)
class When:
    """Conditions that must all hold, or of which any must; no condition always holds."""

    conditions: tuple[Condition, ...] = ()
    any_of: bool = False

    def holds(self, given: Mapping[str, str]) -> bool:
        """Whether the answers given so far meet it. `given` maps question keys to judgements or choices."""
        if not self.conditions:
            return True
        held = [condition.holds(given) for condition in self.conditions]
        return any(held) if self.any_of else all(held)


ALWAYS = When()
