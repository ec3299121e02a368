"""An attacker who tries every possible table one by one. Written without a look at how tables are protected.

It is given only what a reader sees: the names of the cells, the counts that are shown, which cells are
marked as hidden, and what adds up to what.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

Sum = tuple[str, tuple[str, ...]]


def possible_values(
    seen: Mapping[str, int | None],
    sums: Sequence[Sum],
    largest: int,
    *,
    whole_groups: Sequence[Sum] = (),
    whole_group_below: int = 10,
    unmarked: Collection[str] = (),
    enough: int | None = None,
    agrees: Callable[[Mapping[str, int]], bool] = lambda found: True,
) -> dict[str, set[int]]:
    """Every count up to `largest` that each hidden cell (None) can have in some table that fits and `agrees`.

    Hidden cells are at least 1, because zeros are shown; the exception are groups (`whole_groups`) smaller
    than `whole_group_below` in which one part holds everybody, and cells that have no place in what is printed
    (`unmarked`), of which nobody says that they are not zero. Stops early when each hidden cell has
    `enough` values.
    """
    values: dict[str, set[int]] = {name: set() for name, count in seen.items() if count is None}
    may_be_zero = {part for _, parts in whole_groups for part in parts} | set(unmarked)
    for found in _tables(seen, sums, largest, may_be_zero):
        zeros = [name for name in values if found[name] == 0 and name not in unmarked]
        if not all(_is_in_a_whole_group(z, found, whole_groups, whole_group_below) for z in zeros):
            continue
        if not agrees(found):
            continue
        for name, counts in values.items():
            counts.add(found[name])
        if enough is not None and all(len(counts) >= enough for counts in values.values()):
            break
    return values


def as_printed(numerator: int, denominator: int, decimals: int, per: int = 100) -> str:
    """A percentage or rate as a reader sees it: half up, k for a little, z for nothing to divide by."""
    if not denominator:
        return "z"
    exact = Decimal(per * numerator) / Decimal(denominator)
    shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return "k" if numerator and not shown else str(shown)


def _is_in_a_whole_group(zero: str, found: Mapping[str, int], groups: Sequence[Sum], below: int) -> bool:
    return any(
        zero in parts
        and 0 < found[total] < below
        and sorted(found[part] for part in parts)[-1] == found[total]
        for total, parts in groups
    )


def _tables(
    seen: Mapping[str, int | None], sums: Sequence[Sum], largest: int, may_be_zero: set[str]
) -> Iterator[dict[str, int]]:
    totals = {total for total, _ in sums}
    smallest_cells = [name for name, count in seen.items() if count is None and name not in totals]
    found: dict[str, int] = {name: count for name, count in seen.items() if count is not None}

    def is_wrong(total: str, known: list[int], parts: tuple[str, ...]) -> bool:
        if total not in found:
            return False
        hidden_zero = found[total] == 0 and seen[total] is None and total not in may_be_zero
        too_much = sum(known) > found[total]
        return hidden_zero or too_much or (len(known) == len(parts) and sum(known) < found[total])

    def fits() -> bool:
        """False as soon as a sum cannot be met any more; totals are filled in when their parts are known."""
        changed = True
        while changed:
            changed = False
            for total, parts in sums:
                known = [found[part] for part in parts if part in found]
                if total not in found and len(known) == len(parts):
                    found[total] = sum(known)
                    changed = True
                if is_wrong(total, known, parts):
                    return False
        return True

    def fill(place: int) -> Iterator[dict[str, int]]:
        before = set(found)
        if fits():
            if place == len(smallest_cells):
                yield dict(found)
            else:
                name = smallest_cells[place]
                if name in found:
                    yield from fill(place + 1)
                else:
                    for count in range(0 if name in may_be_zero else 1, largest + 1):
                        found[name] = count
                        yield from fill(place + 1)
                        del found[name]
        for name in set(found) - before:
            del found[name]

    yield from fill(0)


def fewest_more(
    counts: Mapping[str, int], sums: Sequence[Sum], sensitive: frozenset[str], largest: int
) -> int:
    """The smallest number of further cells that must be hidden for no hidden cell to have one value only.

    Tries every choice of cells, the small choices first.
    """
    from itertools import combinations

    others = [name for name, count in counts.items() if count and name not in sensitive]
    for size in range(len(others) + 1):
        for choice in combinations(others, size):
            hidden = sensitive | set(choice)
            seen = {name: None if name in hidden else count for name, count in counts.items()}
            values = possible_values(seen, sums, largest, enough=2)
            if all(len(found) > 1 for found in values.values()):
                return size
    raise AssertionError("Hiding everything always leaves more than one possible table.")
