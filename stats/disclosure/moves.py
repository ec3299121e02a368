"""Other possible tables as differences from the true one: which cells can move, how far, at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stats.disclosure.programme import Programme
from stats.disclosure.sensitive import Rule, whole_groups
from stats.disclosure.table import Ratio, Relation, Table

# Another possible table, as its differences from the true one: only cells that differ are in it.
Other = Mapping[str, int]


class Problem:
    """What may move and how far down, what may be hidden besides, and what hiding it costs."""

    def __init__(self, table: Table, rule: Rule, fixed: frozenset[str], costs: Mapping[str, int]) -> None:
        self.table, self.costs = table, costs
        self.whole_group_below = rule.whole_group_below
        groups = whole_groups(table, rule)
        self.groups = [r for r, parts in groups.items() if set(parts) <= table.hidden]
        may_be_zero = {part for r in self.groups for part in r.parts} | table.unprinted
        self.shares = [r for r in table.ratios if r.is_share and r.numerator != r.denominator]
        # A hidden cell is known to be at least 1, so it can move down to 1 and no further.
        self.room = {n: count - (n not in may_be_zero) for n, count in table.cells.items()}
        # A ratio that is shown is taken to give its cells away, printed or not: hiding them hides the ratio.
        told = {
            n
            for ratio in table.ratios
            if ratio.name not in table.hidden_ratios
            for n in (ratio.numerator, ratio.denominator)
        }
        self.free = table.hidden | (table.unprinted - told)
        self.candidates = tuple(
            n for n, count in table.cells.items() if count and n not in fixed and n not in self.free
        )
        largest = max(table.cells.values())
        # Moves of one are enough nearly always and quick to find. Hiding everything allows each count to
        # double, so a longer reach than the largest count is never needed unless zeros are hidden.
        self.reaches = (rule.whole_group_below if self.groups else 1, largest + rule.whole_group_below)


class Moves:
    """One other possible table as a programme: differences within reach that keep every sum."""

    def __init__(
        self,
        problem: Problem,
        free: frozenset[str],
        candidates: Iterable[str],
        reach: int,
        programme: Programme | None = None,
        hides: Mapping[str, int] | None = None,
    ) -> None:
        self.problem, self.reach = problem, reach
        self.programme = programme or Programme()
        self.costs: dict[int, float] = {}
        self.priced: dict[str, tuple[int, ...]] = {}
        self.moves: dict[str, dict[int, int]] = {}
        for name in problem.table.cells:
            if name in free:
                self.moves[name] = {self._move(name): 1}
        for name in candidates:
            if name not in self.moves:
                self._candidate(name, None if hides is None else hides[name])
        for relation in problem.table.relations:
            self._sum(relation)
        for ratio in problem.shares:
            self._share(ratio)
        for relation in problem.groups:
            self._whole_group(relation)

    def differs(self, name: str) -> None:
        """Nothing; asks that the cell has another count, up or down."""
        up = self.programme.unknown(0, 1)
        far = self.reach + 1
        move = self.moves[name]
        self.programme.row({**move, up: -far}, 1 - far, float("inf"))
        self.programme.row({**move, up: -far}, -float("inf"), -1)

    def cheapest_cells(self, name: str, secondary: frozenset[str], deadline: float) -> frozenset[str] | None:
        """The cells that move when `name` goes up or down by one, moves in fractions allowed."""
        best: tuple[float, frozenset[str]] | None = None
        paid = {unknown for cell in secondary for unknown in self.priced[cell]}
        costs = {unknown: cost for unknown, cost in self.costs.items() if unknown not in paid}
        move = self.moves[name]
        for way in (1, -1):
            # A cell that costs something moves by two unknowns of their own: up (+1) and down (-1).
            one_of_two = {unknown: 1.0 if times == way else 0.0 for unknown, times in move.items()}
            held = one_of_two if len(move) == 2 else dict.fromkeys(move, float(way))
            found = self.programme.minimise_in_fractions(costs, deadline, held)
            if found is not None and (best is None or found[0] < best[0]):
                moving = {
                    n
                    for n, terms in self.moves.items()
                    if abs(sum(times * found[1][unknown] for unknown, times in terms.items())) > 1e-6
                }
                best = found[0], frozenset(moving)
        return None if best is None else best[1]

    def differences(self, values: list[int]) -> Other:
        """The cells that differ in a solution of the programme."""
        moved = {
            name: sum(times * values[unknown] for unknown, times in terms.items())
            for name, terms in self.moves.items()
        }
        return {name: difference for name, difference in moved.items() if difference}

    def _move(self, name: str) -> int:
        return self.programme.unknown(-min(self.reach, self.problem.room[name]), self.reach)

    def _candidate(self, name: str, hide: int | None) -> None:
        down = min(self.reach, self.problem.room[name])
        if hide is None and self.reach == 1:
            more, less = self.programme.unknown(0, 1), self.programme.unknown(0, down)
            self.moves[name] = {more: 1, less: -1}
            self.priced[name] = (more, less)
            self.costs |= {more: self.problem.costs[name], less: self.problem.costs[name]}
            return
        move = self._move(name)
        self.moves[name] = {move: 1}
        if hide is None:
            hide = self.programme.unknown(0, 1)
            self.costs[hide] = self.problem.costs[name]
            self.priced[name] = (hide,)
        self.programme.row({move: 1, hide: -self.reach}, -float("inf"), 0)
        self.programme.row({move: 1, hide: down}, 0, float("inf"))

    def _sum(self, relation: Relation) -> None:
        terms: dict[int, int] = {}
        for name, sign in ((relation.total, 1), *((part, -1) for part in relation.parts)):
            terms |= {unknown: sign * times for unknown, times in self.moves.get(name, {}).items()}
        if terms:
            self.programme.row(terms, 0, 0)

    def _share(self, ratio: Ratio) -> None:
        """A share's numerator stays within its denominator, whether the share is shown or not."""
        within = {unknown: -times for unknown, times in self.moves.get(ratio.denominator, {}).items()}
        terms = within | self.moves.get(ratio.numerator, {})
        if terms:
            cells = self.problem.table.cells
            self.programme.row(terms, -float("inf"), cells[ratio.denominator] - cells[ratio.numerator])

    def _whole_group(self, relation: Relation) -> None:
        """In a group that hides zeros, either every hidden part is at least 1 or one holds everybody."""
        cells = self.problem.table.cells
        parts = [part for part in relation.parts if part in self.moves]
        shared = self.programme.unknown(0, 1)
        holders = [self.programme.unknown(0, 1) for _ in parts]
        self.programme.row({shared: -1, **dict.fromkeys(holders, 1)}, 0, 0)
        far = 2 * (self.reach + max(cells[part] for part in parts) + 1)
        endless = float("inf")
        for part, holder in zip(parts, holders, strict=True):
            move, count = self.moves[part], cells[part]
            self.programme.row({**move, shared: 1}, 1 - count, endless)
            self.programme.row({**move, shared: far, holder: -far}, -endless, far - count)
            self.programme.row({**move, holder: -1}, -count, endless)
        total = self.moves.get(relation.total)
        if total is not None:
            most = self.problem.whole_group_below - 1 - cells[relation.total]
            self.programme.row({**total, shared: far}, -endless, most + far)
