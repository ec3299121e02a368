"""A count of a count as the report keeps and says it: "12 of 20 (39% to 78%)", never a percentage of few."""

from typing import Any

from stats.proportion import Method, best_interval, difference

# Source: methods.md section 2: count over count first; no percentage below 10.
FEWEST_FOR_A_RANGE = 10
FEW = f"Fewer than {FEWEST_FOR_A_RANGE}: too few for a range."

Share = dict[str, Any]


def share_of(x: int, n: int, *, is_random: bool, population: int | None = None) -> Share:
    """The count over its count, with a range where the cases were drawn at random and there are enough of them.

    Give `population` only where every case of the frame could have been among the n.
    Unit: `lower` and `upper` are shares, 0 to 1, or none.
    """
    share: Share = {"x": x, "n": n, "lower": None, "upper": None, "method": ""}
    if not is_random or n < FEWEST_FOR_A_RANGE:
        return share
    interval = best_interval(x, n, population if population and population >= n else None)
    share["method"] = str(interval.method)
    if interval.method is not Method.CENSUS:
        share["lower"], share["upper"] = round(interval.lower, 4), round(interval.upper, 4)
    return share


def said(share: Share) -> str:
    """The share in words: "12 of 20 (39% to 78%)", "3 of 4", "none could be counted"."""
    if not share["n"]:
        return "none to count"
    counted = f"{share['x']} of {share['n']}"
    if share["lower"] is None:
        return f"{counted}, every case" if share["method"] == Method.CENSUS else counted
    return f"{counted} ({range_of(share)})"


def range_of(share: Share) -> str:
    """The range alone, such as "39% to 78%"; nothing where there is none."""
    return "" if share["lower"] is None else f"{share['lower']:.0%} to {share['upper']:.0%}"


def moved(then: Share, now: Share) -> str:
    """Whether two shares of different cases differ, in a word or two; careful with few."""
    if min(then["n"], now["n"]) < FEWEST_FOR_A_RANGE or None in (then["lower"], now["lower"]):
        return "too few to tell"
    found = difference(now["x"], now["n"], then["x"], then["n"])
    if not found.is_clear:
        return "no clear change"
    return "higher" if found.difference > 0 else "lower"
