"""The rules of a roll-up as data: levels, grades, a base rule, limits, and how many answers are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from stats.arguments import number, refuse, whole


class Base(StrEnum):
    """The rule that makes the first proposal, before any limit."""

    WORST = "worst"
    MAJORITY = "majority"
    TABLE = "table"


@dataclass(frozen=True)
class Condition:
    """Bounds on how many of the answered criteria have one level, as counts and as a share."""

    level: str
    at_least: int = 0
    at_most: int | None = None
    at_least_share: Fraction = Fraction(0)

    def holds(self, counts: Mapping[str, int]) -> bool:
        """True when the counts of answered criteria by level are within the bounds. Source: as `propose`."""
        count, answered = counts.get(self.level, 0), sum(counts.values())
        within = self.at_least <= count and (self.at_most is None or count <= self.at_most)
        return within and count >= self.at_least_share * answered

    @property
    def words(self) -> str:
        """The bounds in words. Source: as `propose`."""
        parts = []
        if self.at_most == 0:
            parts.append("no")
        elif self.at_least and self.at_least == self.at_most:
            parts.append(f"exactly {self.at_least}")
        else:
            if self.at_least:
                parts.append(f"at least {self.at_least}")
            if self.at_most is not None:
                parts.append(f"at most {self.at_most}")
        if self.at_least_share:
            parts.append(f"at least {float(self.at_least_share * 100):g}% of answers")
        return f"{' and '.join(parts) or 'any number of'} {self.level}"


@dataclass(frozen=True)
class Row:
    """One row of a table rule: the grade when all its conditions hold."""

    grade: str
    when: tuple[Condition, ...]

    @property
    def words(self) -> str:
        """The conditions in words. Source: as `propose`."""
        return ", ".join(condition.words for condition in self.when)


@dataclass(frozen=True)
class Limit:
    """A ceiling: when enough of these criteria are at a level or worse, no better than the cap."""

    criteria: tuple[str, ...]
    at_or_worse: str
    cap: str
    at_least: int = 1


@dataclass(frozen=True)
class Rules:
    """How judgements become a grade. Levels and grades are listed best first.

    `grade_for` gives the grade of each level (needed for worst and majority, unless levels are grades).
    Criteria in `only_limits` can set a ceiling but are not counted.
    Raises: ValueError for a level or grade that is not declared, or a base without what it needs.
    """

    levels: tuple[str, ...]
    grades: tuple[str, ...]
    base: Base
    grade_for: Mapping[str, str] = field(default_factory=dict)
    table: tuple[Row, ...] = ()
    limits: tuple[Limit, ...] = ()
    minimum_answered: int = 1
    minimum_share_answered: Fraction = Fraction(0)
    only_limits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, values in (("levels", self.levels), ("grades", self.grades)):
            if len(set(values)) != len(values) or not values:
                refuse(name, values, "at least one name, best first, each once")
        whole("minimum_answered", self.minimum_answered, least=1)
        for limit in self.limits:
            self._level("limits.at_or_worse", limit.at_or_worse)
            self._grade("limits.cap", limit.cap)
            whole("limits.at_least", limit.at_least, least=1, most=max(len(limit.criteria), 1))
            if not limit.criteria:
                refuse("limits.criteria", limit.criteria, "at least one criterion")
        for row in self.table:
            self._grade("table.grade", row.grade)
            for condition in row.when:
                self._level("table.when", condition.level)
        for level, grade in self.grade_for.items():
            self._level("grade_for", level)
            self._grade("grade_for", grade)
        if self.base is Base.TABLE and not self.table:
            refuse("table", self.table, "at least one row when the base is a table")
        if self.base is not Base.TABLE:
            for level in self.levels:
                self._grade(f"grade_for[{level!r}]", self.grade_for.get(level, level))

    def _level(self, argument: str, given: str) -> None:
        if given not in self.levels:
            refuse(argument, given, f"one of the levels {', '.join(self.levels)}")

    def _grade(self, argument: str, given: str) -> None:
        if given not in self.grades:
            refuse(argument, given, f"one of the grades {', '.join(self.grades)}")


def rules_from(data: Mapping[str, object]) -> Rules:
    """The rules in a mapping as it is read from a file of data.

    Shape: levels, grades, base, and any of grade_for {level: grade}, table [{grade, when: {level: {at_least,
    at_most, at_least_share}}}], limits [{criteria, at_or_worse, cap, at_least}], minimum_answered,
    minimum_share_answered, only_limits. Raises: ValueError for an unknown key or anything `Rules` refuses.
    Source: Plumbline issue "Honest numbers".
    """
    known = {*Rules.__dataclass_fields__}
    if unknown := sorted(set(data) - known):
        refuse("data", unknown[0], f"made of {', '.join(sorted(known))}")
    for needed in ("levels", "grades", "base"):
        if needed not in data:
            refuse("data", sorted(data), f"a mapping with {needed}")
    base = data["base"]
    if base not in tuple(Base):
        refuse("base", base, f"one of {', '.join(Base)}")
    return Rules(
        levels=_texts("levels", data["levels"]),
        grades=_texts("grades", data["grades"]),
        base=Base(str(base)),
        grade_for={str(k): str(v) for k, v in _mapping("grade_for", data.get("grade_for", {})).items()},
        table=tuple(_row(row) for row in _sequence("table", data.get("table", ()))),
        limits=tuple(_limit(limit) for limit in _sequence("limits", data.get("limits", ()))),
        minimum_answered=whole("minimum_answered", data.get("minimum_answered", 1), least=1),
        minimum_share_answered=_share("minimum_share_answered", data.get("minimum_share_answered", 0)),
        only_limits=_texts("only_limits", data.get("only_limits", ())),
    )


def _row(given: object) -> Row:
    row = _mapping("table", given)
    if "grade" not in row or set(row) - {"grade", "when"}:
        refuse("table", sorted(row), "rows made of grade and when")
    conditions = []
    for level, bounds in _mapping("table.when", row.get("when", {})).items():
        limits = _mapping("table.when", bounds)
        if unknown := set(limits) - {"at_least", "at_most", "at_least_share"}:
            refuse("table.when", sorted(unknown)[0], "made of at_least, at_most, at_least_share")
        most = limits.get("at_most")
        conditions.append(
            Condition(
                str(level),
                whole("at_least", limits.get("at_least", 0)),
                None if most is None else whole("at_most", most),
                _share("at_least_share", limits.get("at_least_share", 0)),
            )
        )
    return Row(str(row["grade"]), tuple(conditions))


def _limit(given: object) -> Limit:
    limit = _mapping("limits", given)
    if set(limit) - {"criteria", "at_or_worse", "cap", "at_least"} or not {
        "criteria",
        "at_or_worse",
        "cap",
    } <= set(limit):
        refuse("limits", sorted(limit), "made of criteria, at_or_worse, cap and perhaps at_least")
    return Limit(
        _texts("limits.criteria", limit["criteria"]),
        str(limit["at_or_worse"]),
        str(limit["cap"]),
        whole("limits.at_least", limit.get("at_least", 1), least=1),
    )


def _share(argument: str, given: object) -> Fraction:
    # Through the printed form, so that 0.95 of 20 is exactly 19.
    number(argument, given, "a share from 0 to 1 (0.95, not 95)", lambda v: 0 <= v <= 1)
    return Fraction(str(given))


def _sequence(argument: str, given: object) -> Sequence[object]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        refuse(argument, given, "a list")
    return given


def _texts(argument: str, given: object) -> tuple[str, ...]:
    return tuple(str(item) for item in _sequence(argument, given))


def _mapping(argument: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        refuse(argument, given, "a mapping of names to values")
    return given
