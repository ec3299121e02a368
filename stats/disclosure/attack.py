"""The proof: what an attacker can work out from everything that is published, in whole numbers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from stats.arguments import refuse
from stats.disclosure.programme import OutOfTimeError, Programme
from stats.disclosure.sensitive import Rule, known_zeros, shown_value
from stats.disclosure.table import Ratio, Relation, Table


@dataclass(frozen=True)
class Range:
    """The smallest and largest count that a hidden cell could have; no largest when nothing bounds it."""

    lower: int
    upper: int | None

    @property
    def is_exact(self) -> bool:
        """True when only one count is possible. Source: as `audit`."""
        return self.lower == self.upper


@dataclass(frozen=True)
class Audit:
    """The range of every hidden cell, and the cells that can be worked out exactly.

    `undecided` holds cells for which the time ran out: they count as exposed.
    """

    ranges: Mapping[str, Range]
    undecided: tuple[str, ...]

    @property
    def exposed(self) -> tuple[str, ...]:
        """The hidden cells that are not safe: worked out exactly, or undecided. Source: as `audit`."""
        return (*(name for name, r in self.ranges.items() if r.is_exact), *self.undecided)

    @property
    def is_safe(self) -> bool:
        """True when every hidden cell has more than one possible count. Source: as `audit`."""
        return not self.exposed


def audit(
    table: Table, *, rule: Rule | None = None, zeros_shown: bool = True, seconds: float | None = None
) -> Audit:
    """What an attacker can work out about each hidden cell from all that is shown, exactly.

    The attacker knows every shown count, every sum, every shown ratio, that a share's numerator is within its
    denominator, that counts are whole, that zeros are shown (so that a hidden cell is at least 1) and that
    the only hidden zeros are those of a small group in which one part may hold everybody.
    `zeros_shown=False` asks what a reader could tell who does not know that.
    Unit: children. Raises: ValueError for a zero hidden elsewhere, which contradicts that zeros are shown.
    Source: methods.md section 6, rule 3; Fischetti and Salazar 2001 (attacker's programme).
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    attack = _Attack(table, rule or Rule(), zeros_shown)
    if zeros_shown:
        attack.refuse_hidden_zeros()
    ranges: dict[str, Range] = {}
    undecided: list[str] = []
    for component in _components(table, attack):
        for name in component.hidden:
            try:
                ranges[name] = component.range_of(name, deadline)
            except OutOfTimeError:
                undecided.append(name)
    order = {name: place for place, name in enumerate(table.cells)}
    return Audit(
        {name: ranges[name] for name in sorted(ranges, key=order.__getitem__)},
        tuple(sorted(undecided, key=order.__getitem__)),
    )


@dataclass(frozen=True)
class _Attack:
    table: Table
    rule: Rule
    zeros_shown: bool

    @property
    def unknown(self) -> frozenset[str]:
        return self.table.hidden | self.table.unprinted

    @property
    def beyond(self) -> int:
        # Larger than anything that the shown counts could force: reaching it means that nothing bounds a cell.
        return 100 * (sum(self.table.cells.values()) + 100)

    def refuse_hidden_zeros(self) -> None:
        allowed = {part for relation in self.possible_whole_groups() for part in relation.parts}
        for name in self.table.cells:
            if name in self.table.hidden - allowed and not self.table.cells[name]:
                refuse("table.hidden", name, "without zeros, which are shown (or give zeros_shown=False)")

    def possible_whole_groups(self) -> tuple[Relation, ...]:
        """Groups of which a reader must allow that one part holds everybody."""
        if not self.zeros_shown:
            return ()
        closed = known_zeros(self.table, self.table.hidden)
        groups = []
        for relation in self.table.relations:
            shown = [part for part in relation.parts if part not in self.table.hidden]
            total_is_large = (
                relation.total not in self.unknown
                and self.table.cells[relation.total] >= self.rule.whole_group_below
            )
            if relation.classifies and set(shown) <= closed and not total_is_large:
                groups.append(relation)
        return tuple(groups)


class _Component:
    """Unknown cells that depend on one another, as one programme."""

    def __init__(self, attack: _Attack, names: tuple[str, ...]) -> None:
        self.attack = attack
        table = attack.table
        self.hidden = tuple(name for name in names if name in table.hidden)
        self.programme = Programme()
        groups = [
            relation
            for relation in attack.possible_whole_groups()
            if any(part in names for part in relation.parts)
        ]
        may_be_zero = {part for relation in groups for part in relation.parts}
        # A cell that is not printed has no symbol to tell that it is at least 1.
        marked = table.hidden - table.unprinted - may_be_zero
        self.seen: list[list[int]] = []
        self.number = {
            name: self.programme.unknown(
                1 if attack.zeros_shown and name in marked else 0,
                attack.beyond,
            )
            for name in names
        }
        for relation in table.relations:
            self._row({relation.total: 1, **dict.fromkeys(relation.parts, -1)}, 0, 0)
        for ratio in table.ratios:
            # The ratio of a cell to itself tells nothing.
            if ratio.numerator != ratio.denominator:
                self._ratio(ratio)
        for relation in groups:
            self._whole_group(relation)

    def range_of(self, name: str, deadline: float | None) -> Range:
        unknown = self.number[name]
        ends = [self._end(unknown, 1, deadline), self._end(unknown, -1, deadline)]
        # Several unbounded parts of one total share its bound, so a share of it already means unbounded.
        unbounded = ends[0] < ends[1] and ends[1] * 100 >= self.attack.beyond
        return Range(ends[0], None if unbounded else ends[1])

    def _end(self, unknown: int, sign: int, deadline: float | None) -> int:
        lowest = self.programme.lower[unknown]
        if sign == 1 and any(values[unknown] == lowest for values in self.seen):
            return round(lowest)
        found = self.programme.minimise({unknown: sign}, deadline)
        if found is None:
            raise AssertionError("The table itself must be one of the possible tables.")
        self.seen.append(found)
        return found[unknown]

    def _row(self, terms: Mapping[str, int], least: float, most: float) -> None:
        known = sum(
            times * self.attack.table.cells[name] for name, times in terms.items() if name not in self.number
        )
        ours = {self.number[name]: times for name, times in terms.items() if name in self.number}
        if ours:
            self.programme.row(ours, least - known, most - known)

    def _ratio(self, ratio: Ratio) -> None:
        table, endless = self.attack.table, float("inf")
        above, below = ratio.numerator, ratio.denominator
        if ratio.is_share:
            self._row({above: 1, below: -1}, -endless, 0)
        if ratio.name in table.hidden_ratios:
            return
        shown = shown_value(ratio, table)
        if shown is None:
            self._row({below: 1}, 0, 0)
            return
        times = 2 * ratio.per * 10**ratio.decimals
        # Half up: (2 shown - 1) / 2 <= numerator / denominator * per < (2 shown + 1) / 2.
        self._row({above: times, below: 1 - 2 * shown}, 0, endless)
        self._row({above: times, below: -1 - 2 * shown}, -endless, -1)
        if shown == 0:
            # A ratio that only rounds to zero has a symbol of its own, so that a printed 0 is none at all.
            least, most = (1, endless) if table.cells[above] else (0, 0)
            self._row({above: 1}, least, most)

    def _whole_group(self, relation: Relation) -> None:
        """Either every hidden part is at least 1, or one part holds everybody in a small group."""
        known = relation.total not in self.number
        beyond = self.attack.table.cells[relation.total] if known else self.attack.beyond
        parts = [part for part in relation.parts if part in self.number]
        shared = self.programme.unknown(0, 1)
        holders = [self.programme.unknown(0, 1) for _ in parts]
        self.programme.row({shared: -1, **dict.fromkeys(holders, 1)}, 0, 0)
        for part, holder in zip(parts, holders, strict=True):
            self.programme.row({self.number[part]: 1, shared: 1}, 1, float("inf"))
            self.programme.row({self.number[part]: 1, shared: beyond, holder: -beyond}, -beyond, beyond)
            self.programme.row({self.number[part]: 1, holder: -1}, 0, float("inf"))
        if not known:
            largest = self.attack.rule.whole_group_below - 1
            self.programme.row({self.number[relation.total]: 1, shared: beyond - largest}, 0, beyond)


def _components(table: Table, attack: _Attack) -> list[_Component]:
    """The unknown cells in groups that share no row, the hidden ones in each."""
    leader = {name: name for name in table.cells if name in attack.unknown}

    def lead(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    rows = [(r.total, *r.parts) for r in table.relations]
    rows += [
        (r.numerator, r.denominator) for r in table.ratios if r.is_share or r.name not in table.hidden_ratios
    ]
    for row in rows:
        unknown = [name for name in row if name in leader]
        for name in unknown[1:]:
            leader[lead(name)] = lead(unknown[0])
    members: dict[str, list[str]] = {}
    for name in leader:
        members.setdefault(lead(name), []).append(name)
    return [
        _Component(attack, tuple(names))
        for names in members.values()
        if any(n in table.hidden for n in names)
    ]
