"""The cases behind a figure as the frame of a sample: each child once, with plan, team and day."""

from collections.abc import Mapping, Sequence

from indicator_engine import Row

HEADINGS = ("Case reference", "Plan type", "Team", "Start date")
# Which of the records behind a figure may be drawn from, with the outcomes that belong to them.
WHICH: dict[str, tuple[str, frozenset[str]]] = {
    "counted": ("Those the figure counts", frozenset({"met"})),
    "others": ("Those it is out of and does not count", frozenset({"not_met"})),
    "both": ("Both: all that the figure is out of", frozenset({"met", "not_met"})),
}
NO_PLAN, NO_TEAM = "No plan", "Not recorded"
PLANS = ("looked after", "child protection plan", "child in need plan")


def references(rows: Sequence[Row], which: str) -> list[str]:
    """The children, each once, in the order of their first record."""
    outcomes = WHICH[which][1]
    return list(dict.fromkeys(row.person_id for row in rows if row.outcome in outcomes and row.person_id))


def frame(
    rows: Sequence[Row], which: str, teams: Mapping[str, str], *, plan: str = NO_PLAN
) -> list[tuple[str, ...]]:
    """A line a child, by their first record: reference, plan, team, day. `plan` is said where no plan is recorded."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.outcome in WHICH[which][1] and row.person_id:
            first.setdefault(row.person_id, row)
    return [
        (person, _plan(row, plan), teams.get(row.team, row.team) or NO_TEAM, row.date.isoformat())
        for person, row in first.items()
    ]


def _plan(row: Row, otherwise: str) -> str:
    told = dict(row.also).get("plan_type", "")
    return told if told in PLANS else otherwise
