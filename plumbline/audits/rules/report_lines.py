"""The figures of a report as one flat list of lines: for the CSV file, and to show what changed between versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.audits.rules.report_counts import Share, said

ROUTES = {"random": "Random", "purposive": "Picked by the team", "inspector": "Picked by an inspector"}


@dataclass(frozen=True)
class Line:
    """One figure: which part, whose cases, what is counted, how many of how many, and its range."""

    part: str
    cases: str
    what: str
    count: int
    of: int | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.part, self.cases, self.what

    @property
    def words(self) -> str:
        """The figure as it is said."""
        if self.of is None:
            return str(self.count)
        return said({"x": self.count, "n": self.of, "lower": self.lower, "upper": self.upper, "method": ""})


def lines_of(figures: Mapping[str, Any]) -> list[Line]:
    """Every figure of the report, in the order of its parts."""
    return list(_lines(figures))


def _lines(figures: Mapping[str, Any]) -> Iterator[Line]:
    whole = figures["completeness"]
    for name in ("counted", "missing", "late"):
        yield Line("Completeness", "All", name.capitalize(), whole[name], whole["wanted"])
    for reason, count in whole["left_out"].items():
        yield Line("Completeness", "All", f"Left out: {reason}", count)
    for route, group in figures["groups"].items():
        yield from _of_group(ROUTES.get(route, route), group)
    for kind, count in figures["findings"]["kinds"].items():
        yield Line("Findings", "All", kind.replace("_", " ").capitalize(), count)
    yield Line("Findings", "All", "Without an action", figures["findings"]["without_action"])
    for name in ("all", "open", "overdue"):
        yield Line("Actions", "All", name.capitalize(), figures["actions"][name])
    yield Line("Immediate concerns", "All", "Raised", figures["concerns"]["raised"])


def _of_group(cases: str, group: Mapping[str, Any]) -> Iterator[Line]:
    for one in group["grades"]:
        for grade in one["grades"]:
            yield _line("Grades", cases, f"{one['title']}: {grade['label']}", grade["share"])
    for one in group["questions"]:
        part = "Supervision" if one["supervision"] else "Practice by standard"
        yield _line(part, cases, f"{one['text']}: met", one["met"])
        for name in ("partly_met", "not_met"):
            yield Line(part, cases, f"{one['text']}: {name.replace('_', ' ')}", one[name], one["met"]["n"])
        for name in ("not_applicable", "not_assessed"):
            yield Line(part, cases, f"{one['text']}: {name.replace('_', ' ')}", one[name])
    for who in ("child", "family"):
        voice = group["voice"][who]
        yield _line("Children and families", cases, f"{who.capitalize()} heard", voice["heard"])
        for name in ("attempted", "declined", "not_appropriate", "none"):
            words = "nothing recorded" if name == "none" else name.replace("_", " ")
            yield Line(
                "Children and families", cases, f"{who.capitalize()}: {words}", voice[name], group["counted"]
            )
    yield _line(
        "Children and families", cases, "Talk with the worker held", group["voice"]["discussion"]["held"]
    )
    yield _line(
        "Children and families", cases, "Talked through in supervision", group["voice"]["talked_through"]
    )
    moderation = group["moderation"]
    yield Line("Moderation", cases, "Settled", moderation["settled"], group["counted"])
    for name, count in moderation["moves"].items():
        yield Line("Moderation", cases, f"Moved: {name}", count, sum(moderation["moves"].values()))
    for name in ("exact", "within_one"):
        if moderation[name]:
            yield _line("Moderation", cases, f"Agreement: {name.replace('_', ' ')}", moderation[name])


def _line(part: str, cases: str, what: str, share: Share) -> Line:
    return Line(part, cases, what, share["x"], share["n"], share["lower"], share["upper"])


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[Line | None, Line | None]]:
    """The figures that differ between two versions, each as it was and as it is; none where there was or is no such."""
    old = {line.key: line for line in lines_of(before)}
    new = {line.key: line for line in lines_of(after)}
    keys = dict.fromkeys([*old, *new])
    return [(old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]
