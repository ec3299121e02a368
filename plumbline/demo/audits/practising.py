"""What the demo's auditors practise on: one audit in hand and one that is finished, of invented children."""

from plumbline.audits.actions.practice import begin_practice, finish_practice, save_practice
from plumbline.audits.models import ToolVersion
from plumbline.audits.rules.tool import AnswerType
from plumbline.audits.rules.tool_data import tool_from
from plumbline.people.models import Person

SEEN = {
    "kite": (
        "met",
        "",
        "Merle’s drawing with Kite, and the review four weeks later that had it on the table.",
    ),
    "tern": (
        "partly_met",
        "The record says what Tern did and seldom why.",
        "The note of the return talk: “I only wanted to be where my boots are”.",
    ),
}


def make_practice(owner: Person, tool: ToolVersion) -> None:
    """The owner's practice: the first section of one case answered, and another case that is finished."""
    section = tool_from(tool.content).sections[0]
    for case, (judgement, rationale, evidence) in SEEN.items():
        made = begin_practice(by=owner, tool=tool, case=case)
        given = {"judgement": judgement, "text": "", "rationale": rationale, "evidence": evidence}
        asked = [one.key for one in section.questions if one.answer is AnswerType.JUDGEMENT]
        save_practice(by=owner, practice=made, answers=dict.fromkeys(asked, given))
        if case == "tern":
            finish_practice(by=owner, practice=made)
