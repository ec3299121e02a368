"""How far an audit is, what it still lacks before it can be submitted, and how long that may take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline.audits.rules.answers import Given, is_done, is_missing
from plumbline.audits.rules.states import IN_HAND, is_late
from plumbline.audits.rules.tool import AnswerType, Question, Section, Tool

NOTHING = Given()
# Source: Plumbline issue 02, section 2: an estimate that is shown as one; councils report two to four hours an audit.
MINUTES = {AnswerType.JUDGEMENT: 6, AnswerType.TEXT: 5, AnswerType.CHOICE: 1}
MINUTES_OF_TALK = 45
MINUTES_OF_VIEWS = 30
MINUTES_OF_GRADES = 10
MINUTES_OF_A_MONTH_OF_RECORD = 5
ROUNDED_TO = 5


class Progress(StrEnum):
    """The state of one task."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    DONE = "Completed"
    NOT_YET = "Cannot start yet"


@dataclass(frozen=True)
class Part:
    """How far one section is: required questions done, of how many."""

    section: Section
    done: int
    required: int
    state: Progress


def values(given: Mapping[str, Given]) -> dict[str, str]:
    """Question keys to judgements or choices, as conditions and roll-up rules read them."""
    return {key: one.value for key, one in given.items()}


def questions_of(tool: Tool, section: Section, given: Mapping[str, Given]) -> list[Question]:
    """The questions of a section that are shown, given the answers so far."""
    answers = values(given)
    return [one for one in section.questions if one.show_if.holds(answers)]


def part_of(tool: Tool, section: Section, given: Mapping[str, Given]) -> Part:
    """How far the section is."""
    answers = values(given)
    shown = questions_of(tool, section, given)
    required = [one for one in shown if tool.is_required(one, answers)]
    done = [one for one in required if is_done(one, given.get(one.key, NOTHING))]
    unfinished = unfinished_in(tool, section, given)
    begun = any(not given.get(one.key, NOTHING).is_empty for one in shown)
    if not unfinished:
        state = Progress.DONE if begun or not required else Progress.NOT_STARTED
    else:
        state = Progress.IN_PROGRESS if begun else Progress.NOT_STARTED
    if not shown:
        state = Progress.DONE
    return Part(section, len(done), len(required), state)


def unfinished_in(tool: Tool, section: Section, given: Mapping[str, Given]) -> list[Question]:
    """The questions of a section that stand in the way of submission: required and open, or begun and incomplete."""
    answers = values(given)
    found = []
    for one in questions_of(tool, section, given):
        answer = given.get(one.key, NOTHING)
        if is_missing(one, answer):
            if tool.is_required(one, answers) or not answer.is_empty:
                found.append(one)
        elif not is_done(one, answer):
            found.append(one)
    return found


def parts_of(tool: Tool, given: Mapping[str, Given]) -> list[Part]:
    """How far each section is, in the order of the tool."""
    return [part_of(tool, section, given) for section in tool.sections]


def minutes_left(
    tool: Tool, given: Mapping[str, Given], *, is_talk_open: bool, are_views_open: bool, are_grades_open: bool
) -> int:
    """About how many minutes the rest takes, rounded up to five; an estimate, and shown as one."""
    questions = [one for section in tool.sections for one in unfinished_in(tool, section, given)]
    left = sum(MINUTES[one.answer] for one in questions)
    if not any(not one.is_empty for one in given.values()):
        left += tool.look_back_months * MINUTES_OF_A_MONTH_OF_RECORD
    left += MINUTES_OF_TALK * is_talk_open
    left += MINUTES_OF_VIEWS * are_views_open
    left += MINUTES_OF_GRADES * are_grades_open
    return -(-left // ROUNDED_TO) * ROUNDED_TO


def minutes_in_words(minutes: int) -> str:
    """The minutes as "about 1 hour 20 minutes"; nothing for none."""
    if minutes <= 0:
        return ""
    hours, rest = divmod(minutes, 60)
    words = []
    if hours:
        words.append(f"{hours} hour" if hours == 1 else f"{hours} hours")
    if rest:
        words.append(f"{rest} minutes")
    return f"about {' '.join(words)}"


def due_in_words(state: str, due_on: date, on: date) -> str:
    """When an audit is due, as a person would say it: "3 days late", "due today", "due in 5 days"."""
    if state not in IN_HAND:
        return ""
    days = (due_on - on).days
    if is_late(state, due_on, on):
        return "1 day late" if days == -1 else f"{-days} days late"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {days} days"
