"""What one answer holds, what it lacks, and what becomes of it when two people answer the same question."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from enum import StrEnum

from plumbline.audits.rules.tool import AnswerType, Question

JUDGED = frozenset({"met", "partly_met", "not_met"})
BELOW_MET = frozenset({"partly_met", "not_met"})
# Judgements that need words: below met, and that it does not apply. Not assessed is told as silence and asks for none.
# Source: Plumbline issue 02, section 2.
NEEDS_RATIONALE = BELOW_MET | {"not_applicable"}
FIELDS = ("judgement", "text", "rationale", "evidence")


@dataclass(frozen=True)
class Given:
    """What somebody wrote to one question. Line ends are of one kind and outer spaces count for nothing."""

    judgement: str = ""
    text: str = ""
    rationale: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        for name in FIELDS:
            plain = getattr(self, name).replace("\r\n", "\n").replace("\r", "\n").strip()
            object.__setattr__(self, name, plain)

    @property
    def is_empty(self) -> bool:
        return not any(astuple(self))

    @property
    def value(self) -> str:
        """What conditions of other questions look at: the judgement or the choice."""
        return self.judgement or self.text


@dataclass(frozen=True)
class Written:
    """What somebody wrote to a question, and the version that stood on the page they wrote it on (0 for none)."""

    given: Given
    based_on: int = 0


@dataclass(frozen=True)
class Lack:
    """That a field of an answer is missing, and what to do about it."""

    field: str
    sentence: str


def lacks(question: Question, given: Given) -> Iterator[Lack]:
    """What an answer that was begun still lacks. An answer not begun lacks nothing here: that is for `is_missing`."""
    if question.answer is not AnswerType.JUDGEMENT:
        return
    if given.is_empty:
        return
    if not given.judgement:
        yield Lack("judgement", "Select a judgement, or “Not assessed” if you cannot tell")
        return
    if given.judgement in NEEDS_RATIONALE and not given.rationale:
        yield Lack("rationale", _why(given.judgement))
    if given.judgement in JUDGED and not given.evidence:
        yield Lack("evidence", "Enter what you saw or heard that shows it")


def is_missing(question: Question, given: Given) -> bool:
    """Whether the question has no answer at all."""
    return not (given.judgement if question.answer is AnswerType.JUDGEMENT else given.text)


def is_done(question: Question, given: Given) -> bool:
    """Whether the question is answered and its answer lacks nothing."""
    return not is_missing(question, given) and not any(lacks(question, given))


def _why(judgement: str) -> str:
    if judgement == "not_applicable":
        return "Enter why this does not apply to the child"
    return "Enter why you judge it so"


class Fate(StrEnum):
    """What becomes of an answer that is saved."""

    UNCHANGED = "unchanged"
    SAVED = "saved"
    CLASH = "clash"


def fate_of(mine: Given, based_on: Given, current: Given, *, is_stale: bool) -> Fate:
    """What to do with an answer that was written on top of one version while another may be current by now.

    `is_stale` says that somebody saved the question since the page was opened. Nobody's words are set aside without
    being shown: two people who changed the same question differently is a clash, everything else merges.
    """
    if mine in (based_on, current):
        return Fate.UNCHANGED
    return Fate.CLASH if is_stale and current != based_on else Fate.SAVED
