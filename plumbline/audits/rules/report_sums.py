"""Judgements of a round summed by standard: counts of counts, as the chart of the report shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OTHER = "Questions without a standard"


@dataclass(frozen=True)
class Judged:
    """How many judgements about one standard were met, partly met and not met, over all its questions and audits."""

    title: str
    met: int
    partly_met: int
    not_met: int

    @property
    def number(self) -> int:
        """How many judgements there are."""
        return self.met + self.partly_met + self.not_met


def judged_by_standard(figures: Mapping[str, Any]) -> list[Judged]:
    """The sums for random cases, standard by standard; supervision has a part of its own. None where nothing is judged."""
    questions = [one for one in figures["groups"]["random"]["questions"] if not one["supervision"]]
    standard_of = {
        criterion["key"]: f"Standard {one['number']}: {one['title']}"
        for one in figures.get("standards", ())
        for criterion in one["criteria"]
    }
    titles = [*dict.fromkeys(standard_of.values()), OTHER]
    found = []
    for title in titles:
        own = [one for one in questions if standard_of.get(one["criterion"], OTHER) == title]
        sums = Judged(
            title,
            sum(one["met"]["x"] for one in own),
            sum(one["partly_met"] for one in own),
            sum(one["not_met"] for one in own),
        )
        if sums.number:
            found.append(sums)
    return found
