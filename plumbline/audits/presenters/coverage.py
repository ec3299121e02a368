"""How coverage is shown: one sentence for each way of telling it, and a table of one of them, gaps first."""

from collections.abc import Mapping, Sequence
from typing import Any

from plumbline.audits.presenters.allocation import counted
from plumbline.audits.queries.coverage import Coverage
from plumbline.audits.rules.case_values import Column, words_of
from plumbline.audits.rules.coverage import By, Group
from plumbline.audits.rules.representation import protected
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.given import Scalar

# The word for one and for several, and the heading of the table.
WORDS: dict[By, tuple[str, str, str]] = {
    By.TEAM: ("team", "teams", "Team"),
    By.WORKER: ("worker", "workers", "Worker"),
    By.PLAN_TYPE: ("plan type", "plan types", "Plan type"),
    By.AGE_BAND: ("age band", "age bands", "Age band"),
}
MONTHS = (3, 6, 12, 18, 24)
HIDDEN = "c"


def sentences(found: Coverage, months: int) -> list[str]:
    """How many teams, workers, plan types and age bands nobody looked at."""
    said = []
    for by, groups in found.groups.items():
        gaps = sum(one.is_gap for one in groups)
        text = f"All {counted(len(groups), *WORDS[by][:2])} were looked at in the last {months} months."
        if gaps:
            verb = "was" if gaps == 1 else "were"
            of = counted(len(groups), *WORDS[by][:2])
            text = f"{gaps} of {of} {verb} not looked at in the last {months} months."
        said.append(text)
    return said


def label_of(by: By, key: int | str, viewer: Viewer, names: UnitNames, people: Mapping[int, str]) -> str:
    """What a group is called; a worker whom the viewer may not see keeps their name."""
    if by is By.TEAM:
        return names.on(int(key), viewer.on)
    if by is By.WORKER:
        return people.get(int(key), "A worker not shown to you")
    return words_of(Column(by.value), str(key))


def row_of(one: Group, label: str, *, cases: str, with_numbers: bool) -> dict[str, Any]:
    """One line of the table; without numbers only whether and when it was looked at."""
    return {
        "label": label,
        "cases": cases,
        "done": one.done if with_numbers else None,
        "in_hand": one.in_hand if with_numbers else None,
        "last": dates.month_in_words(one.last_on) if one.last_on else "Never",
        "is_gap": one.is_gap,
    }


def cases_shown(groups: Sequence[Group], *, is_protected: bool) -> dict[int | str, str]:
    """The open cases of each group; small numbers hidden for readers from outside the team."""
    if not is_protected:
        return {one.key: str(one.cases) for one in groups}
    shown = protected({str(one.key): one.cases for one in groups})
    return {one.key: shown[str(one.key)] for one in groups}


def lines_of(by: By, rows: Sequence[Mapping[str, Any]], *, with_numbers: bool) -> list[Sequence[Scalar]]:
    """The table as lines of a file, headings first."""
    numbers = ("Audits in the time", "Audits under way") if with_numbers else ()
    lines: list[Sequence[Scalar]] = [(WORDS[by][2], "Open cases", *numbers, "Last looked at", "Looked at")]
    for row in rows:
        counts = (row["done"], row["in_hand"]) if with_numbers else ()
        lines.append((row["label"], row["cases"], *counts, row["last"], "no" if row["is_gap"] else "yes"))
    return lines
