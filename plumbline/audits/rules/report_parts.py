"""The parts of a report, in the order in which a director reads them."""

from dataclasses import dataclass

SHAREABLE = "shareable"


@dataclass(frozen=True)
class Part:
    """One part: its key, its heading, and what the officer is asked to write beside the figures."""

    key: str
    title: str
    asks: str


PARTS: tuple[Part, ...] = (
    Part("summary", "Summary", "Five sentences. Start from those proposed, and make them yours."),
    Part("conclusion", "Conclusion", "What this round lets us say about practice, and what it does not."),
    Part(
        "caveat",
        "What is missing",
        "What the audits that are missing or left out could change about the conclusion.",
    ),
    Part("completeness", "How complete the evidence is", "Why audits are missing or were left out."),
    Part("people", "Who was audited", "Who is missing from the sample, and whether it matters."),
    Part("grades", "Grades", "What lies behind the grades."),
    Part("criteria", "Practice by standard", "What is done well, what needs work, and why."),
    Part("supervision", "Supervision", "What supervision added for these children."),
    Part("voice", "Children and families", "What children and families told us, and who was not heard."),
    Part("moderation", "Moderation", "What second ratings say about how we grade."),
    Part("oversight", "Independent oversight", "What came of the look from outside the round."),
    Part("themes", "Themes", "What runs across the audits, with other things we know this month."),
    Part("findings", "Findings and actions", "What is being done, by whom, and what is stuck."),
    Part("last_time", "What we found last time and what happened since", "What changed for children."),
    Part(
        SHAREABLE,
        "Words for the shareable version",
        "What may be read by anybody in the council. No count of five or fewer, no name, no reference.",
    ),
    Part("programme", "Programme of the year", "What is planned next and why."),
)
BY_KEY = {part.key: part for part in PARTS}


def may_be_written(key: str, gaps: int) -> bool:
    """Whether the part is one to write in: the caveat only where audits are missing or left out as late."""
    return key in BY_KEY and (key != "caveat" or gaps > 0)
