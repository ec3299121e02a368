"""Templates of a report: which chapters stand in it, in which order, and what goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The chapters a template may have. Summary, conclusion and what is missing stand before them in every report.
CHAPTERS = (
    "completeness",
    "people",
    "grades",
    "criteria",
    "supervision",
    "voice",
    "moderation",
    "oversight",
    "themes",
    "findings",
    "last_time",
    "programme",
)
FULL = "full"
TEXTS, FLAGS = ("key", "title", "purpose"), ("shareable", "annex")


@dataclass(frozen=True)
class ReportTemplate:
    """One template. `forum` is the key of a forum of the schedule, or empty."""

    key: str
    title: str
    purpose: str
    chapters: tuple[str, ...]
    shareable: bool = True
    annex: bool = True
    forum: str = ""

    @property
    def figures(self) -> dict[str, Any]:
        """As a report keeps it when it is put forward."""
        return {"key": self.key, "title": self.title, "chapters": list(self.chapters), "annex": self.annex}


EVERYTHING = ReportTemplate(FULL, "Full report", "Everything the round found.", CHAPTERS)


def template_of_figures(figures: Mapping[str, Any]) -> ReportTemplate:
    """The template that a report was put forward with; that of everything for reports from before there were any."""
    kept = figures.get("template")
    if not kept:
        return EVERYTHING
    return ReportTemplate(kept["key"], kept["title"], "", tuple(kept["chapters"]), annex=kept["annex"])


def templates_from(data: Any) -> tuple[list[ReportTemplate], list[str]]:
    """The templates of the file and what is wrong with it, in words; templates that are wrong are left out."""
    listed = data.get("templates") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return [], ["The file must hold a list called templates."]
    found: dict[str, ReportTemplate] = {}
    faults: list[str] = []
    for number, one in enumerate(listed, start=1):
        wrong = _faults(one) if isinstance(one, dict) else ["it is no template"]
        named = f"template {number}" + (
            f" ({one['key']})" if isinstance(one, dict) and one.get("key") else ""
        )
        if not wrong and one["key"] in found:
            wrong = ["another template has the same key"]
        faults += [f"{named}: {fault}" for fault in wrong]
        if not wrong:
            found[one["key"]] = ReportTemplate(**one | {"chapters": tuple(one["chapters"])})
    if FULL not in found:
        faults.append(
            f"There must be a template with the key {FULL}: reports are made with it where none is chosen."
        )
    return list(found.values()), faults


def _faults(one: Mapping[str, Any]) -> list[str]:
    known = {*TEXTS, *FLAGS, "chapters", "forum"}
    faults = [f"{key} is not known" for key in sorted(map(str, set(one) - known))]
    faults += [
        f"write its {key}" for key in TEXTS if not isinstance(one.get(key), str) or not one[key].strip()
    ]
    faults += [f"{key} must be true or false" for key in FLAGS if not isinstance(one.get(key, True), bool)]
    if not isinstance(one.get("forum", ""), str):
        faults.append("forum must be the key of a forum")
    chapters = one.get("chapters")
    if not isinstance(chapters, Sequence) or isinstance(chapters, str):
        return [*faults, "write its chapters as a list"]
    faults += [f"there is no chapter {one}" for one in chapters if one not in CHAPTERS]
    if len(set(map(str, chapters))) != len(chapters):
        faults.append("a chapter stands in it twice")
    if not chapters or chapters[0] != "completeness":
        faults.append("completeness must be its first chapter: nothing is concluded before it is said")
    return faults
