"""A sample drawn so that anybody can draw it again: strata, order, how many from each, who is next."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stats.sampling import allocate, draw_order

METHOD = "hmac-sha256-v1"
METHOD_WORDS = (
    "Each case reference is given a code: HMAC-SHA256 with the seed as key and the reference as message, both in "
    "UTF-8. Within its stratum the cases stand in the order of their codes, lowest first. Cases audited within the "
    "no-repeat time are passed over. Each stratum gives its share of the sample by largest remainder. A case left "
    "out later is replaced by the next in the order; nothing is ever reordered."
)
# How many places beyond the sample are kept for each stratum; more are worked out when they are needed.
RESERVES = 10
BETWEEN = "|"


@dataclass(frozen=True)
class Drawn:
    """One stratum: how many cases it holds, how many of them were audited lately, how many it gives, the order."""

    key: str
    size: int
    recent: int
    drawn: int
    order: tuple[str, ...]

    def kept(self, recent: Collection[str], reserves: int = RESERVES) -> list[tuple[int, str]]:
        """The places that are kept: up to the sample and its reserves, cases audited lately not counted."""
        kept, free = [], 0
        for position, reference in enumerate(self.order, start=1):
            if free >= self.drawn + reserves:
                break
            kept.append((position, reference))
            free += reference not in recent
        return kept


class TooSmall(Exception):
    """The sample cannot give every stratum its minimum."""


def strata_of(frame: Mapping[str, str]) -> dict[str, list[str]]:
    """The references by stratum, strata in order of their keys."""
    strata: dict[str, list[str]] = defaultdict(list)
    for reference, stratum in frame.items():
        strata[stratum].append(reference)
    return dict(sorted(strata.items()))


def draw(
    frame: Mapping[str, str], *, recent: Collection[str], seed: str, size: int, minimum: int = 0
) -> list[Drawn]:
    """The draw of a frame, given as reference to stratum. Cases audited lately keep their place and are passed over.

    Raises: TooSmall where the minimum of each stratum is more than the sample.
    """
    strata = strata_of(frame)
    late = {key: sum(one in recent for one in references) for key, references in strata.items()}
    sizes = {key: len(references) - late[key] for key, references in strata.items()}
    try:
        given = allocate(sizes, size, minimum)
    except ValueError as fault:
        raise TooSmall from fault
    return [
        Drawn(key, len(references), late[key], given[key], draw_order(references, seed))
        for key, references in strata.items()
    ]
