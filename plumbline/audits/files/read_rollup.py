"""The rules that turn judgements into grades, read from a file in the shape that stats.rollup takes."""

from collections.abc import Sequence
from typing import Any

from plumbline.audits.files.parts import count, share, words_of
from plumbline.framework.files.fields import Fields
from plumbline.shared.given import Given, Problems
from stats.rollup import Base, rules_from

_KEYS = {"base", "grade_for", "table", "limits", "minimum_answered", "minimum_share_answered"}


class RollupReader:
    """Reads one rule; `levels` are what it counts and `grades` what it gives, both best first."""

    def __init__(self, problems: Problems, levels: Sequence[str], grades: Sequence[str]) -> None:
        self.problems = problems
        self.levels = tuple(levels)
        self.grades = tuple(grades)

    def read(self, given: Given, *, sections: Sequence[str] | None = None) -> dict[str, Any]:
        """The rule as plain data; `sections` are those a limit may name, none where limits are not for here."""
        if given.is_blank:
            self.problems.error(given.place, "Write how answers become a grade, such as “base: worst”.")
            return {}
        if not isinstance(given.value, dict):
            self.problems.error(given.place, "Write keys and values here, such as “base: worst”.")
            return {}
        errors_before = self.problems.has_errors
        fields = Fields(given, self.problems)
        fields.tell_unknown(_KEYS, "a roll-up rule")
        rule: dict[str, Any] = {}
        base = fields.choice("base", Base)
        if base is None and given.get("base").is_blank:
            self.problems.error(given.place, "Write the base of the rule: worst, majority or table.")
        rule["base"] = str(base or Base.WORST.value)
        minimum = given.get("minimum_answered")
        if not minimum.is_blank and (least := count(minimum, self.problems)) is not None:
            rule["minimum_answered"] = least
        part = given.get("minimum_share_answered")
        if not part.is_blank and (smallest := share(part, self.problems)) is not None:
            rule["minimum_share_answered"] = smallest
        if given.get("grade_for").mapping:
            rule["grade_for"] = {
                level: words_of(grade) for level, grade in given.get("grade_for").mapping.items()
            }
        if table := fields.mappings("table", "grade: good", most=50):
            rule["table"] = [self._row(row) for row in table]
        if limits := fields.mappings("limits", "criteria: [one-section]", most=50):
            rule["limits"] = self._limits(limits, sections)
        if self.problems.has_errors == errors_before:
            self._try(rule, given)
        return rule

    def _row(self, given: Given) -> dict[str, Any]:
        fields = Fields(given, self.problems)
        fields.tell_unknown({"grade", "when"}, "a row of the table")
        when = {}
        for level, bounds in given.get("when").mapping.items():
            if level not in self.levels:
                self.problems.error(
                    bounds.place,
                    f"“{level[:40]}” is not counted here. Write one of: {', '.join(self.levels)}.",
                )
            when[level] = self._bounds(bounds)
        return {"grade": self.grade(given.get("grade")), "when": when}

    def _bounds(self, given: Given) -> dict[str, int | float]:
        fields = Fields(given, self.problems)
        fields.tell_unknown({"at_least", "at_most", "at_least_share"}, "a condition")
        bounds: dict[str, int | float] = {}
        for key in ("at_least", "at_most", "at_least_share"):
            part = given.get(key)
            if part.is_blank:
                continue
            read = share(part, self.problems) if key.endswith("share") else count(part, self.problems)
            if read is not None:
                bounds[key] = read
        if not bounds:
            self.problems.error(given.place, "Write how many, such as “{at_least: 1}”.")
        return bounds

    def _limits(self, limits: Sequence[Given], sections: Sequence[str] | None) -> list[dict[str, Any]]:
        read = []
        for given in limits:
            if sections is None:
                self.problems.error(
                    given.place,
                    "Take the limits out. Write “limiting: true” on the questions that limit a section.",
                )
                continue
            fields = Fields(given, self.problems)
            fields.tell_unknown({"criteria", "at_or_worse", "cap", "at_least"}, "a limit")
            named = list(fields.lines("criteria"))
            for one in named:
                if one not in sections:
                    self.problems.error(
                        given.get("criteria").place,
                        f"“{one[:40]}” is not the key of a graded section. Write one of: {', '.join(sections)}.",
                    )
            limit: dict[str, Any] = {
                "criteria": named,
                "at_or_worse": self.level(given.get("at_or_worse")),
                "cap": self.grade(given.get("cap")),
            }
            if not given.get("at_least").is_blank:
                limit["at_least"] = count(given.get("at_least"), self.problems) or 1
            read.append(limit)
        return read

    def level(self, given: Given) -> str:
        """The value as one of the levels; empty where wrong."""
        return self._one_of(given, self.levels)

    def grade(self, given: Given) -> str:
        """The value as one of the grades; empty where wrong."""
        return self._one_of(given, self.grades)

    def _one_of(self, given: Given, known: tuple[str, ...]) -> str:
        said = words_of(given)
        if said in known:
            return said
        self.problems.error(
            given.place, f"“{said[:40]}” is not known here. Write one of: {', '.join(known)}."
        )
        return ""

    def _try(self, rule: dict[str, Any], given: Given) -> None:
        try:
            rules_from({**rule, "levels": list(self.levels), "grades": list(self.grades)})
        except ValueError as fault:
            self.problems.error(given.place, f"The rule cannot be used: {fault}")
