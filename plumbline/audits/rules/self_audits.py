"""How a person's own judgements and those of the auditor compare: counts of counts, and who may still give theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbline.audits.rules.report_counts import share_of
from plumbline.audits.rules.states import LEFT_OUT
from plumbline.audits.rules.tool import LEVELS, Question, Section
from stats.agreement.counts import signed_difference

# An audit counts as mostly alike from this share of the judgements given twice on.
MOSTLY = 0.8


@dataclass(frozen=True)
class Compared:
    """How often both gave a judgement that counts, how often the same one, and which way the rest lean."""

    pairs: int = 0
    same: int = 0
    kinder: int = 0
    harsher: int = 0

    @property
    def is_mostly_alike(self) -> bool:
        """Whether at least four of five judgements given twice are the same."""
        return self.pairs > 0 and self.same >= MOSTLY * self.pairs

    @property
    def sentence(self) -> str:
        """The counts in words, from the auditor's judgement."""
        if not self.pairs:
            return "No question has been judged by both yet."
        return (
            f"The same judgement in {self.same} of {self.pairs} given by both; where they differ, the person’s own is "
            f"kinder in {self.kinder} and harsher in {self.harsher}."
        )


def may_give(*, state: str, shared_at: datetime | None, given_at: datetime | None, sees_audit: bool) -> bool:
    """Whether a self-audit may still be given: once, on one's own, before the audit can be read."""
    return given_at is None and shared_at is None and state not in LEFT_OUT and not sees_audit


def compare(pairs: Iterable[tuple[str, str]]) -> Compared:
    """The judgements of auditor and person, question by question. Only met, partly met and not met count.

    What one of them did not assess or thought did not apply says nothing of how the other judged.
    """
    both = [(first, own) for first, own in pairs if first in LEVELS and own in LEVELS]
    found = signed_difference([first for first, _ in both], [own for _, own in both], LEVELS)
    # The levels stand best first, so a lower place is a kinder judgement.
    return Compared(found.pairs, found.same, found.lower, found.higher)


def self_audit_figures(
    audits: Sequence[tuple[Mapping[str, str], Mapping[str, str] | None]],
    questions: Sequence[tuple[Section, Question]],
) -> dict[str, Any]:
    """The figures of a group: of each audit that was asked for one the auditor's judgements and the person's own.

    The person's own are none where they gave none. Judgements of one audit hang together, so no count has a range.
    """
    given = [(first, own) for first, own in audits if own is not None]

    def of(key: str) -> Compared:
        return compare((first.get(key, ""), own.get(key, "")) for first, own in given)

    whole = [compare((first.get(key, ""), value) for key, value in own.items()) for first, own in given]
    return {
        "asked": len(audits),
        "given": len(given),
        "alike": sum(one.is_mostly_alike for one in whole),
        "compared": sum(one.pairs > 0 for one in whole),
        "all": _counts(compare((first.get(key, ""), v) for first, own in given for key, v in own.items())),
        "questions": [
            {"key": one.key, "text": one.text, "criterion": one.criterion, **_counts(found)}
            for _, one in questions
            if (found := of(one.key)).pairs
        ],
    }


def _counts(found: Compared) -> dict[str, Any]:
    same = share_of(found.same, found.pairs, is_random=False)
    return {"same": same, "kinder": found.kinder, "harsher": found.harsher}
