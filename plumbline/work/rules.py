"""Which messages exist and what they say, and when a message or job is given up."""

from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.shared import dates

# After the last pause a message is parked and shown to the system administrator.
RETRY_PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


@dataclass(frozen=True)
class MessageKind:
    """The words of a kind of message: `{due}` and `{number}` are all that may be put in."""

    subject: str
    sentence: str

    def words(self, due_on: date | None, number: int | None) -> str:
        return self.sentence.format(due=dates.in_words(due_on), number=number)


MESSAGES: dict[str, MessageKind] = {
    "work-waits": MessageKind(
        "Plumbline: work waits for you", "{number} of the things that wait for you are due by {due} or late."
    ),
    "role-decision": MessageKind(
        "Plumbline: a right waits for your decision",
        "Somebody proposed a right. It needs a second person to agree.",
    ),
    "role-decided": MessageKind("Plumbline: your rights have changed", "A right of yours was decided on."),
    "access-ends": MessageKind(
        "Plumbline: your access ends soon",
        "Your access ends on {due}. Tell your contact at the council if you still need it.",
    ),
    "action-proposed": MessageKind(
        "Plumbline: an action waits for your answer",
        "You were asked to own an action. It is due by {due}. Say whether you agree.",
    ),
    "action-back": MessageKind(
        "Plumbline: an action is yours again",
        "An action of yours needs something more. It is due by {due}.",
    ),
    "barrier-answered": MessageKind(
        "Plumbline: something was done about a barrier",
        "An audit of your work named something that stood in the way. An action that answers it is closed. "
        "Sign in to read what was done and what it changed.",
    ),
    "moderation-asked": MessageKind(
        "Plumbline: a second rating waits for you",
        "You were asked to rate an audit a second time. It is due by {due}.",
    ),
    "moderation-settled": MessageKind(
        "Plumbline: an audit of yours was moderated",
        "The final grade of an audit of yours is settled. Read how and why.",
    ),
    "audit-shared": MessageKind(
        "Plumbline: an audit of your work is shared with you",
        "An audit of your work can be read now, strengths first. You can reply in your own words.",
    ),
    "audit-shared-manager": MessageKind(
        "Plumbline: an audit of your team’s work is shared with you",
        "An audit of your team’s work can be read now. Please talk it through in supervision.",
    ),
    "audit-answered": MessageKind(
        "Plumbline: your reply to an audit has an answer",
        "The quality assurance team has answered what you wrote.",
    ),
    "audit-returned": MessageKind(
        "Plumbline: an audit came back to you",
        "An audit you submitted needs something more. It is due by {due}.",
    ),
    "audit-left-out": MessageKind(
        "Plumbline: a late audit is no longer yours to do",
        "An audit given to you was late, and it was decided to finish the round without it. What you wrote is kept. "
        "Tell the quality assurance team if something in it should be known.",
    ),
    "audits-given": MessageKind(
        "Plumbline: you have been given audits",
        "Audits given to you: {number}. They are due by {due}. If you cannot take one on, ask to swap, for more time or to be excused.",
    ),
    "case-chosen": MessageKind(
        "Plumbline: your work was chosen for an audit",
        "Some of your work was chosen for an audit, so that we learn what helps children. It says nothing about you that it "
        "was chosen. The page says why, what happens next and who sees it. Somebody will get in touch to talk it through with you.",
    ),
    "self-audit-asked": MessageKind(
        "Plumbline: rate the work yourself",
        "Some of your work, or of somebody you manage, is being audited. Answer the same questions yourself by {due}, "
        "before the audit is shared. The auditor sees your answers only after giving theirs.",
    ),
    "exception-asked": MessageKind(
        "Plumbline: an allocation waits for your decision",
        "Somebody asked to give an audit to an auditor whom the rules of independence refuse. It needs a second person to agree.",
    ),
    "exception-decided": MessageKind(
        "Plumbline: an allocation was decided on",
        "The allocation you asked for was decided on.",
    ),
    "request-asked": MessageKind(
        "Plumbline: a request about an audit waits for you",
        "An auditor asked to swap, for more time or to be excused. It needs one decision.",
    ),
    "request-decided": MessageKind(
        "Plumbline: your request was decided on", "Your request about an audit was decided on."
    ),
    "concern-raised": MessageKind(
        "Plumbline: an immediate concern waits for you",
        "Somebody raised an immediate concern. Sign in and acknowledge it today: a clock is running.",
    ),
    "concern-late": MessageKind(
        "Plumbline: an immediate concern is past its time",
        "An immediate concern that was given to you waits for your answer or your plan. Its time has run out. "
        "Sign in now and make sure that the child is safe.",
    ),
    "concern-late-above": MessageKind(
        "Plumbline: an immediate concern is past its time",
        "The manager who was given an immediate concern has not answered it, or made no plan, in time. "
        "Sign in now and make sure that the child is safe.",
    ),
    "concern-closed": MessageKind(
        "Plumbline: an immediate concern was closed",
        "An immediate concern that you raised was closed. Sign in to read what was done.",
    ),
    "exception-yours": MessageKind(
        "Plumbline: an indicator waits for its story",
        "An indicator that you answer for is off target or worse than chance would explain. "
        "Sign in, say what lies behind it and what is to be done.",
    ),
    "password-reset": MessageKind(
        "Plumbline: a new password",
        "Somebody, we hope you, asked for a new password. The link works for three days. If you did not ask, do nothing.",
    ),
}


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries; nothing when it is time to give up."""
    return RETRY_PAUSES[attempts - 1] if attempts <= len(RETRY_PAUSES) else None
