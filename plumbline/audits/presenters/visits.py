"""How an audit without a case reads: what it is called, what it is about, why somebody may not make it."""

from plumbline.audits.actions.allocating import Against, NotAllocated
from plumbline.audits.models import Audit
from plumbline.audits.rules import allocation
from plumbline.audits.rules.subjects import REFUSAL_WORDS, TALKS, Subject

WHY = "It was not drawn: the quality assurance team plans who is visited and when."
_SAID: dict[Against, str] = {
    Against.STAGE: "Nothing was planned: no visit can be added to the round at this stage.",
    Against.NO_TOOL: "Nothing was planned: choose an audit tool for visits first.",
    Against.NOT_AN_AUDITOR: "Nothing was planned: this person cannot be given visits any more.",
}


def subject_of(audit: Audit) -> Subject:
    """What the audit's tool looks at."""
    return Subject(audit.tool.content.get("subject", Subject.CASE))


def name_of(audit: Audit) -> str:
    """What pages call the audit: "Audit LC-20117", or the title of the tool for a visit, "Observation of practice V-3KD0PQ"."""
    return f"{audit.tool.title if audit.is_visit else 'Audit'} {audit.reference}"


def talk_of(audit: Audit) -> str:
    """What the talk that belongs to the audit is called."""
    return TALKS[subject_of(audit)]


def not_planned(fault: NotAllocated) -> str:
    """Why nothing was planned, in a sentence."""
    if fault.against is not Against.NOT_INDEPENDENT:
        return _SAID.get(fault.against, "Nothing was planned.")
    words = {**allocation.REFUSAL_WORDS, **REFUSAL_WORDS}
    return f"Select somebody else: {', and '.join(words[one] for one in fault.refusals)}."
