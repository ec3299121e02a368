"""A table made safe to publish, or refused with advice."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from stats.arguments import number, refuse
from stats.disclosure.attack import Audit, audit
from stats.disclosure.moves import Problem
from stats.disclosure.programme import OutOfTimeError, load_solver
from stats.disclosure.register import Register
from stats.disclosure.search import Pattern, Search
from stats.disclosure.sensitive import Rule, primary, whole_groups
from stats.disclosure.table import Table

# Source: Plumbline; a total is what most readers look for, so hiding one costs as much as hiding four cells.
COST_OF_A_TOTAL = 4
# Larger counts than this are scaled down in the costs, to keep the programme's numbers small.
FINEST_COUNT = 10_000


class Advice(StrEnum):
    """What to do instead when a table cannot be published as it is."""

    MERGE_GRADES = "merge grades, for example Good or better"
    POOL_MONTHS = "pool months until the counts are larger"
    TOTAL_ONLY = "publish the total only"
    CUMULATIVE_OR_MONTHLY = "publish the cumulative or the monthly table, never both"
    KEEP_HIDDEN = "leave out what an earlier release already gives away"


class RefusedError(ValueError):
    """A table that has no safe version worth publishing; `advice` says what to do instead."""

    def __init__(self, reason: str, advice: tuple[Advice, ...], share_hidden: float) -> None:
        super().__init__(f"{reason} Instead: {'; or '.join(advice)}.")
        self.advice = advice
        self.share_hidden = share_hidden


@dataclass(frozen=True)
class Protection:
    """The table with everything hidden that must be, and the audit that proves it.

    `audit` covers the table together with earlier releases. `is_least` is True when it is proved that nothing
    less would do. `share_hidden` is of the printed cells that are not zero.
    """

    table: Table
    audit: Audit
    is_least: bool
    share_hidden: float


def protect(
    table: Table,
    *,
    rule: Rule | None = None,
    register: Register | None = None,
    costs: Mapping[str, int] | None = None,
    seconds: float = 2.0,
) -> Protection:
    """The table with the fewest further cells hidden such that no hidden cell can be worked out.

    Primary cells are hidden first if they are not yet. Fewest cells, a total counting as four, then the
    smallest counts; `costs` replaces this. What the register holds is taken as known for good: what it shows
    cannot be hidden again, what it hides stays hidden. The audit is run on the result; a table that it breaks
    is never returned.
    Unit: seconds of search. Raises: RefusedError with advice when too much would be hidden or nothing helps.
    Source: methods.md section 6; Fischetti and Salazar 2001 (cell suppression as an integer programme).
    """
    chosen = rule or Rule()
    number("seconds", seconds, "a number of seconds above 0", lambda v: v > 0)
    load_solver()
    deadline = time.monotonic() + seconds
    history = register or Register()
    started = primary(table.hiding(secondary=history.hidden & set(table.cells)), chosen)
    whole = history.together_with(started, chosen)
    fixed = history.fixed | (frozenset(whole.cells) - frozenset(table.cells))
    _refuse_hidden_zeros(whole, chosen)
    if not history.releases:
        # Sooner than after a search. With earlier releases the reason may be another: what they give away.
        _refuse_if_too_much(started, table, chosen)
    pattern = _pattern(whole, chosen, fixed, _costs(whole, costs), deadline, history)
    hidden = started.hiding(secondary=pattern.secondary)
    share_hidden = _refuse_if_too_much(hidden, table, chosen, bool(history.releases))
    proof = audit(history.together_with(hidden, chosen), rule=chosen)
    if not proof.is_safe:
        raise RefusedError(
            f"{', '.join(proof.exposed)} could still be worked out.", (Advice.TOTAL_ONLY,), share_hidden
        )
    return Protection(hidden, proof, pattern.is_least, share_hidden)


def _pattern(
    whole: Table,
    rule: Rule,
    fixed: frozenset[str],
    costs: Mapping[str, int],
    deadline: float,
    history: Register,
) -> Pattern:
    if not whole.hidden:
        return Pattern(frozenset(), 0, True)
    search = Search(Problem(whole, rule, fixed, costs), deadline)
    try:
        pattern = search.best()
        if pattern is not None:
            return pattern
        bare = search.unprotected(frozenset(search.candidates))
    except OutOfTimeError as undecided:
        raise RefusedError(
            "Whether a hidden cell could be worked out was not decided in the time.",
            (Advice.TOTAL_ONLY, Advice.MERGE_GRADES),
            _share_hidden(whole),
        ) from undecided
    advice = (
        (Advice.CUMULATIVE_OR_MONTHLY, Advice.KEEP_HIDDEN)
        if history.releases
        else (Advice.TOTAL_ONLY, Advice.MERGE_GRADES)
    )
    because = " together with what was published before" if history.releases else ""
    raise RefusedError(
        f"{', '.join(sorted(bare))} could be worked out{because}, whatever else is hidden.",
        advice,
        _share_hidden(whole),
    )


def _refuse_hidden_zeros(table: Table, rule: Rule) -> None:
    allowed = {part for parts in whole_groups(table, rule).values() for part in parts}
    for name in table.cells:
        if name in table.hidden - allowed and not table.cells[name]:
            refuse("table.hidden", name, "without zeros: a true zero hides nothing and is shown")


def _costs(table: Table, given: Mapping[str, int] | None) -> dict[str, int]:
    for name, cost in (given or {}).items():
        if name not in table.cells or cost < 1:
            refuse("costs", f"{name}: {cost}", "whole numbers of at least 1 for cells of the table")
    everybody = sum(table.cells.values())
    finest = min(everybody, FINEST_COUNT)
    totals = {relation.total for relation in table.relations}
    return {
        name: (COST_OF_A_TOTAL if name in totals else 1) * (finest + 1)
        + (count * finest // everybody if everybody else 0)
        if given is None or name not in given
        else given[name]
        for name, count in table.cells.items()
    }


def _share_hidden(table: Table) -> float:
    printed = [name for name in table.printed if table.cells[name] or name in table.hidden]
    return sum(name in table.hidden for name in printed) / len(printed) if printed else 0.0


def _refuse_if_too_much(hidden: Table, table: Table, rule: Rule, not_the_first: bool = False) -> float:
    share_hidden = _share_hidden(hidden)
    if share_hidden > rule.largest_share_hidden:
        gone = sum(name in hidden.hidden for name in hidden.printed)
        raise RefusedError(
            f"{gone} of {len(table.printed)} cells would be hidden ({share_hidden:.0%} of those that are not "
            "zero).",
            (
                *((Advice.CUMULATIVE_OR_MONTHLY,) if not_the_first else ()),
                Advice.MERGE_GRADES,
                Advice.POOL_MONTHS,
                Advice.TOTAL_ONLY,
            ),
            share_hidden,
        )
    return share_hidden
