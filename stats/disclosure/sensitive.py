"""Which cells may not be shown for what they say themselves: small counts and whole-group answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stats.arguments import refuse, share, whole
from stats.disclosure.table import Ratio, Relation, Table

# Source: DfE children in need tables 2013 to 2025 (methods.md section 6): 1 to 5 never appear, 0 and 6 do.
SMALLEST_HIDDEN, LARGEST_HIDDEN = 1, 5
# Source: methods.md section 6, rule 6: no percentage on a denominator under 10.
SMALLEST_DENOMINATOR = 10
# Source: Plumbline; a group of this size or more may be said to share one answer ("all 250 visits on time").
WHOLE_GROUP_BELOW = 10
# Source: Plumbline, after methods.md section 6, rule 4 (16 of 25 cells hidden is no table).
LARGEST_SHARE_HIDDEN = 0.5


@dataclass(frozen=True)
class Rule:
    """What must be hidden, and how much may go before the table is refused.

    Counts from 1 to `largest_hidden` are hidden. `whole_group_below` is the size under which a group that
    shares one answer is hidden (0 switches this off).
    Raises: ValueError for a setting out of range.
    """

    largest_hidden: int = LARGEST_HIDDEN
    smallest_denominator: int = SMALLEST_DENOMINATOR
    whole_group_below: int = WHOLE_GROUP_BELOW
    largest_share_hidden: float = LARGEST_SHARE_HIDDEN

    def __post_init__(self) -> None:
        whole("largest_hidden", self.largest_hidden, least=1)
        whole("smallest_denominator", self.smallest_denominator, least=1)
        whole("whole_group_below", self.whole_group_below)
        if self.largest_share_hidden != 1:
            share("largest_share_hidden", self.largest_share_hidden)

    def hides(self, count: int) -> bool:
        """True for a count that is too small to show. Source: as `LARGEST_HIDDEN`."""
        return SMALLEST_HIDDEN <= count <= self.largest_hidden


def primary(table: Table, rule: Rule | None = None) -> Table:
    """The table with the cells hidden that may not be shown for what they say themselves.

    Hidden are counts from 1 to 5; a part whose rest is 1 to 5 ("nearly everyone"); every open part of a small
    group in which one part holds everybody, its zeros too; and ratios on any of these or on a denominator
    under 10. Zeros are shown otherwise.
    Source: methods.md section 6, rules 1 and 6.
    """
    chosen = rule or Rule()
    small = {name for name, count in table.cells.items() if chosen.hides(count)}
    for relation in table.relations:
        if relation.classifies:
            small.update(_nearly_everyone(table, relation, chosen))
    for parts in whole_groups(table, chosen).values():
        small.update(parts)
    small.update(
        ratio.numerator
        for ratio in table.ratios
        if ratio.is_share
        and table.cells[ratio.numerator]
        and chosen.hides(table.cells[ratio.denominator] - table.cells[ratio.numerator])
    )
    hidden = table.hiding(primary=small)
    thin = {r.name for r in table.ratios if table.cells[r.denominator] < chosen.smallest_denominator}
    return Table(
        hidden.cells,
        hidden.relations,
        hidden.ratios,
        hidden.unprinted,
        hidden.primary,
        hidden.secondary,
        hidden.hidden_ratios | thin,
    )


def whole_groups(table: Table, rule: Rule) -> dict[Relation, tuple[str, ...]]:
    """The small groups in which one part holds everybody, each with its open parts.

    A part is open when it is not known to be zero from a shown total of zero. A group with one open part only
    is left out: its answer follows from a larger group and is not this group's to hide.
    Source: methods.md section 6, rule 1 (class disclosure).
    """
    sharing = [
        relation
        for relation in table.relations
        if relation.classifies
        and 0 < table.cells[relation.total] < rule.whole_group_below
        and table.cells[relation.total] in [table.cells[part] for part in relation.parts]
    ]
    hidden: frozenset[str] = frozenset()
    while True:
        closed = known_zeros(table, hidden)
        groups = {r: tuple(part for part in r.parts if part not in closed) for r in sharing}
        groups = {relation: parts for relation, parts in groups.items() if len(parts) > 1}
        now = frozenset(part for parts in groups.values() for part in parts)
        # Hiding a zero opens the zeros below it, so that the set only grows until it stays the same.
        if now == hidden:
            return groups
        hidden = now


def known_zeros(table: Table, hidden: frozenset[str]) -> frozenset[str]:
    """The cells that are zero because a total of zero, of which they are part, is shown.

    Source: as `whole_groups`.
    """
    return frozenset(
        part
        for relation in table.relations
        if not table.cells[relation.total] and relation.total not in hidden | table.unprinted
        for part in relation.parts
    )


def shown_value(ratio: Ratio, table: Table) -> int | None:
    """The ratio as it is printed, without its decimal point (12.5% is 125); None on a denominator of 0.

    Source: rounding half up, as in spreadsheets.
    """
    below = table.cells[ratio.denominator]
    if not below:
        return None
    scaled = table.cells[ratio.numerator] * ratio.per * int(10**ratio.decimals)
    return (2 * scaled + below) // (2 * below)


def numerators(shown: float, decimals: int, denominator: int) -> tuple[int, ...]:
    """Every numerator that a percentage on a known denominator could have come from.

    Unit: `shown` in percent, as printed. Raises: ValueError for a percentage outside 0 to 100.
    Source: methods.md section 6, rule 6.
    """
    if not 0 <= shown <= 100:
        refuse("shown", shown, "a percentage from 0 to 100, as printed")
    printed = round(shown * 10**decimals)
    return tuple(_matching(printed, decimals, whole("denominator", denominator, least=1)))


def fractions(shown: float, decimals: int, largest_denominator: int) -> tuple[tuple[int, int], ...]:
    """Every numerator and denominator that a percentage on an unknown denominator could have come from.

    Unit: `shown` in percent, as printed. Raises: as `numerators`. Source: as `numerators`.
    """
    return tuple(
        (numerator, denominator)
        for denominator in range(1, whole("largest_denominator", largest_denominator, least=1) + 1)
        for numerator in numerators(shown, decimals, denominator)
    )


def _matching(printed: int, decimals: int, denominator: int) -> Iterator[int]:
    scale = 2 * 100 * 10**decimals
    for numerator in range(denominator + 1):
        if (scale * numerator + denominator) // (2 * denominator) == printed:
            yield numerator


def _nearly_everyone(table: Table, relation: Relation, rule: Rule) -> Iterator[str]:
    total = table.cells[relation.total]
    for part in relation.parts:
        if table.cells[part] and rule.hides(total - table.cells[part]):
            yield part
