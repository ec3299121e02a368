"""The least that must be hidden besides: patterns in which every hidden cell could have another count."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from stats.disclosure.moves import Moves, Other, Problem
from stats.disclosure.programme import OutOfTimeError, Programme

# Source: measured; above this many unknowns the exact programme seldom ends within two seconds.
LARGEST_EXACT = 1500
# The same number on every machine that is fast enough, so that the outcome is the same there too.
ATTEMPTS, BEFORE_EXACT, FRESH_ATTEMPTS, KEPT = 12, 2, 4, 0.7
# Seconds that one step may take beyond the time for the search, before a table is refused as undecided.
GRACE = 30.0


@dataclass(frozen=True)
class Pattern:
    """Cells hidden besides the primary ones, what they cost, and whether nothing cheaper exists."""

    secondary: frozenset[str]
    cost: int
    is_least: bool


class Search:
    """Tries patterns: protect each hidden cell cheaply, take away what is not needed, begin again."""

    def __init__(self, problem: Problem, deadline: float) -> None:
        self.problem, self.deadline = problem, deadline
        self.table, self.costs = problem.table, problem.costs
        self.sensitive = self.table.hidden
        self.free = problem.free
        self.candidates = problem.candidates
        self.reaches = problem.reaches
        self.sums_of: dict[str, list[tuple[str, ...]]] = {}
        for relation in self.table.relations:
            names = (relation.total, *relation.parts)
            for name in names:
                self.sums_of.setdefault(name, []).append(names)
        self.beside: dict[str, list[tuple[str, ...]]] = {}
        for ratio in problem.shares:
            for name in (ratio.numerator, ratio.denominator):
                self.beside.setdefault(name, []).append((ratio.numerator, ratio.denominator))

    def best(self) -> Pattern | None:
        """The cheapest pattern found in the time, or None when even hiding everything protects too little."""
        # A fixed seed: the same table must always be published in the same way.
        chance = random.Random(2026)  # noqa: S311
        names = sorted((n for n in self.table.cells if n in self.sensitive), key=self.table.cells.__getitem__)
        best: frozenset[str] | None = None
        for attempt in range(ATTEMPTS):
            if best is not None and time.monotonic() > self.deadline:
                break
            if best is not None and attempt == BEFORE_EXACT and (exact := self._exact(best)) is not None:
                return exact
            kept = frozenset[str]()
            if best is not None and attempt >= FRESH_ATTEMPTS:
                kept = frozenset(n for n in sorted(best) if chance.random() < KEPT)
            found = self._greedy(names, kept)
            if found is None:
                return None
            trimmed = self._trim(*found)
            if best is None or self.cost(trimmed) < self.cost(best):
                best = trimmed
            if not best:
                return Pattern(best, 0, True)
            names = names[::-1] if attempt == 0 else chance.sample(names, len(names))
        return None if best is None else Pattern(best, self.cost(best), False)

    @cached_property
    def rough(self) -> Moves:
        """Every cell that can move, hidden or not, as one programme that is solved many times."""
        return Moves(self.problem, self.free, self.candidates, self.reaches[0])

    def cost(self, cells: Iterable[str]) -> int:
        """What hiding the cells costs together."""
        return sum(self.costs[n] for n in cells)

    def unprotected(self, secondary: frozenset[str]) -> frozenset[str]:
        """The hidden cells for which no other count is possible when these are hidden besides."""
        left = set(self.sensitive | secondary)
        bare = set()
        while left:
            name = min(left)
            other = self._other(name, secondary)
            if other is None:
                bare.add(name)
                left.discard(name)
            else:
                left -= set(other)
        return frozenset(bare)

    def _greedy(self, order: list[str], kept: frozenset[str]) -> tuple[frozenset[str], list[Other]] | None:
        """A pattern that protects each name in turn at a low cost, with the other tables that show it."""
        secondary = kept
        others: list[Other] = []
        moved: set[str] = set()
        for name in (*order, *sorted(kept)):
            if name in moved:
                continue
            other = self._cheapest(name, secondary)
            if other is None:
                return None
            others.append(other)
            moved |= set(other)
            secondary |= frozenset(other) - self.free
        return secondary, others

    def _trim(self, secondary: frozenset[str], others: list[Other]) -> frozenset[str]:
        """The pattern without the cells that turn out not to be needed, the costliest tried first."""
        kept = others
        for name in sorted(secondary, key=lambda n: (-self.costs[n], n)):
            if time.monotonic() > self.deadline:
                break
            without = secondary - {name}
            still = [other for other in kept if name not in other]
            moved = {n for other in still for n in other}
            needed = sorted((self.sensitive | without) - moved)
            replaced: list[Other] = []
            for left in needed:
                if any(left in other for other in replaced):
                    continue
                other = self._other(left, without)
                if other is None:
                    break
                replaced.append(other)
            else:
                secondary, kept = without, still + replaced
        return secondary

    def _other(self, name: str, secondary: frozenset[str]) -> Other | None:
        """Another possible table in which `name` differs and only hidden cells do."""
        near = self._near(name, self.free | secondary)
        for reach in self.reaches if near else ():
            model = Moves(self.problem, near, (), reach)
            model.differs(name)
            values = model.programme.minimise({}, self.deadline + GRACE)
            if values is not None:
                return model.differences(values)
        return None

    def _cheapest(self, name: str, secondary: frozenset[str]) -> Other | None:
        """Another possible table in which `name` differs, at a low cost of cells not hidden so far."""
        already = self._other(name, secondary)
        if already is not None:
            return already
        free = self.free | secondary
        # Without whole numbers the answer comes fifty times faster, and its cells nearly always will do.
        cells = self.rough.cheapest_cells(name, secondary, self.deadline + GRACE)
        if cells is not None:
            found = self._other(name, secondary | (cells - self.free))
            if found is not None:
                return found
        for reach in self.reaches:
            model = Moves(self.problem, free, self.candidates, reach)
            model.differs(name)
            values = model.programme.minimise(model.costs, self.deadline + GRACE)
            if values is not None:
                return model.differences(values)
        return None

    def _near(self, name: str, free: frozenset[str]) -> frozenset[str]:
        """The free cells that can move together with `name`; none when a sum holds it fast.

        A free cell that is alone in a sum cannot move, which may leave another one alone.
        """
        movable = set(free)
        waiting = list(movable)
        while waiting:
            cell = waiting.pop()
            if cell not in movable:
                continue
            for names in self.sums_of.get(cell, ()):
                left = [n for n in names if n in movable]
                if len(left) == 1:
                    movable.discard(left[0])
                    waiting += [n for other in self.sums_of[left[0]] for n in other if n in movable]
                    break
        if name not in movable:
            return frozenset()
        linked, waiting = {name}, [name]
        if self.problem.groups:
            return frozenset(movable)
        while waiting:
            cell = waiting.pop()
            for names in (*self.sums_of.get(cell, ()), *self.beside.get(cell, ())):
                new = {n for n in names if n in movable} - linked
                linked |= new
                waiting += new
        return frozenset(linked)

    def _exact(self, best: frozenset[str]) -> Pattern | None:
        """The cheapest pattern of all, where the table is small enough to find it in the time."""
        names = [n for n in self.table.cells if n in self.sensitive]
        if len(names) * (len(self.candidates) + len(self.free)) > LARGEST_EXACT:
            return None
        programme = Programme()
        hides = {name: programme.unknown(0, 1) for name in self.candidates}
        for name in names:
            moves = Moves(self.problem, self.free, self.candidates, self.reaches[-1], programme, hides)
            moves.differs(name)
        costs = {hides[name]: self.costs[name] for name in self.candidates}
        # Strictly cheaper than what is known: then "no answer" proves that what is known is the least.
        programme.row(costs, 0, self.cost(best) - 1)
        try:
            values = programme.minimise(costs, self.deadline)
        except OutOfTimeError:
            return None
        if values is not None:
            best = frozenset(name for name, unknown in hides.items() if values[unknown])
        return Pattern(best, self.cost(best), True)
