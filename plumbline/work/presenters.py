"""How work, search answers, messages and jobs read."""

from datetime import date
from typing import Any

from plumbline.shared import dates
from plumbline.shared.area import Found, When, WorkItem
from plumbline.work.models import Job, JobState, Message, MessageState
from plumbline.work.rules import MESSAGES

HEADINGS = {When.NOW: "Now", When.THIS_WEEK: "This week", When.LATER: "Later"}
EMPTY = {
    When.NOW: "Nothing is due today or late.",
    When.THIS_WEEK: "Nothing more is due in the next seven days.",
    When.LATER: "Nothing is planned for you after that.",
}
JOB_NAMES = {"verify-event-log": "Check of the event log"}
TAGS = {
    JobState.RUNNING: "govuk-tag--blue",
    JobState.DONE: "govuk-tag--green",
    JobState.FAILED: "govuk-tag--red",
    MessageState.SENT: "govuk-tag--green",
    MessageState.PARKED: "govuk-tag--red",
}


def my_work(groups: dict[When, list[WorkItem]], today: date) -> dict[str, Any]:
    """The three groups with their sentences, and one sentence on top."""
    now = len(groups[When.NOW])
    late = [item.due_on for item in groups[When.NOW] if item.due_on and item.due_on < today]
    if not any(groups.values()):
        summary = "Nothing waits for you."
    elif late:
        summary = f"{len(late)} {'is' if len(late) == 1 else 'are'} late. The oldest is {dates.days_in_words((today - min(late)).days)}."
    else:
        summary = (
            f"{now or 'Nothing'} {'things need' if now > 1 else 'thing needs' if now else 'needs'} you now."
        )
    return {
        "summary": summary,
        "groups": [
            {
                "heading": HEADINGS[when],
                "is_now": when is When.NOW,
                "empty": EMPTY[when],
                "lines": [
                    {
                        "sentence": item.sentence,
                        "url": item.url,
                        "due": dates.in_words(item.due_on),
                        "late": f"{dates.days_in_words((today - item.due_on).days)} late"
                        if item.due_on and item.due_on < today
                        else "",
                        "concern": item.is_concern,
                    }
                    for item in items
                ],
            }
            for when, items in groups.items()
        ],
    }


def answers(found: list[Found], asked: str) -> dict[str, Any]:
    """The answers under the kind they are, with a sentence that counts them."""
    kinds: dict[str, list[Found]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    if len(" ".join(asked.split())) < 2:
        sentence = (
            "Type at least two letters: part of a team, a standard, an activity or a colleague’s name."
            if asked
            else ""
        )
    elif not found:
        sentence = f"Nothing you may see matches “{asked}”. Try fewer or other words."
    else:
        sentence = f"{len(found)} {'answer' if len(found) == 1 else 'answers'} for “{asked}”."
    return {"kinds": [{"name": kind, "found": ones} for kind, ones in kinds.items()], "sentence": sentence}


def message_row(message: Message) -> dict[str, Any]:
    """A message as a line: no content, since there is none but its kind."""
    state = MessageState(message.state)
    return {
        "to": message.person.name,
        "what": MESSAGES[message.kind].subject.removeprefix("Plumbline: ").capitalize(),
        "made": dates.time_in_words(message.made_at),
        "state": state.label,
        "tag": TAGS.get(state, "govuk-tag--grey"),
        "attempts": message.attempts,
    }


def job_page(job: Job) -> dict[str, Any]:
    """A job with its progress in words."""
    state = JobState(job.state)
    name = JOB_NAMES.get(job.kind, job.kind.replace("-", " ").capitalize())
    running = state in (JobState.WAITING, JobState.RUNNING)
    if job.done or job.total:
        share = f"{job.done:,} of {job.total:,} done" if job.total else f"{job.done:,} done so far"
    else:
        share = "Waiting for its turn." if state == JobState.WAITING else ""
    return {
        "id": job.public_id,
        "name": name,
        "state": state.label,
        "tag": TAGS.get(state, "govuk-tag--grey"),
        "progress": share,
        "done": job.done,
        "total": job.total,
        "result": job.result,
        "running": running,
        "stopping": job.cancel_asked_at is not None and running,
        "made": dates.time_in_words(job.made_at),
    }
