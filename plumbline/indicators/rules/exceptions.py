"""When an indicator needs a story: runs of figures that are off, and the steps from one to its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# From a state to those it may go to. Source: model.md 4.2, exception.
MOVES: dict[str, frozenset[str]] = {
    "raised": frozenset({"explained", "back_on_target", "closed"}),
    "explained": frozenset({"explained", "plan_agreed", "back_on_target", "closed"}),
    "plan_agreed": frozenset({"monitored", "back_on_target", "closed"}),
    "monitored": frozenset({"monitored", "back_on_target", "closed"}),
    "back_on_target": frozenset({"closed"}),
    "closed": frozenset(),
}


@dataclass(frozen=True)
class Run:
    """Figures in a row that are off, up to the latest there is, by the days they end on."""

    first_on: date
    last_on: date


def run_at_the_end(figures: Sequence[tuple[date, bool | None]]) -> Run | None:
    """The run that the latest figure belongs to; None where that is not off.

    Periods without a figure (None) neither end a run nor belong to it.
    """
    known = [(day, is_off) for day, is_off in figures if is_off is not None]
    if not known or not known[-1][1]:
        return None
    first = known[-1][0]
    for day, is_off in reversed(known):
        if not is_off:
            break
        first = day
    return Run(first, known[-1][0])


def is_known(run: Run, earlier: Iterable[Run]) -> bool:
    """Whether one of the earlier runs is the same run, shorter then or counted anew: they overlap."""
    return any(one.last_on >= run.first_on and one.first_on <= run.last_on for one in earlier)


def may_move(before: str, after: str) -> bool:
    """Whether an exception may go from the one state to the other."""
    return after in MOVES[before]
