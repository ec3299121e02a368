"""What stands between an issued report and the end of its round, and who does what next."""

from typing import Any

from django.urls import reverse

from plumbline.audits.models import Audit, Round
from plumbline.audits.queries.excusals import AfterIssue, Excused
from plumbline.audits.rules.rounds import days_left_in_words
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import Viewer
from plumbline.shared import dates


def finishing(viewer: Viewer, round: Round, facts: AfterIssue | None) -> dict[str, Any]:
    """Sentences and the next steps for a round whose report was issued before its audits were all in."""
    if facts is None:
        return {}
    next_number, sentences, links = facts.number + 1, [], []
    sentences.append(
        f"Version {facts.number} of the report is issued. It counts {_audits(facts.counted_then)}; "
        f"{_are(facts.counted, 'is', 'are')} submitted now."
    )
    if facts.in_hand:
        late = f", {facts.late} of them late" if facts.late else ""
        sentences.append(
            f"{_audits(facts.in_hand)} {'is' if facts.in_hand == 1 else 'are'} still with the auditor{late}. "
            "The round is finished once each is submitted and shared, or left out with a reason."
        )
    if facts.late:
        if viewer.has("round.excuse"):
            links.append(
                {"text": "Leave late audits out", "href": reverse("round_excuse", args=[round.public_id])}
            )
        else:
            sentences.append("The head of quality assurance can leave late audits out, with a reason.")
    if facts.to_share:
        sentences.append(
            f"{_audits(facts.to_share)} {'waits' if facts.to_share == 1 else 'wait'} to be shared with the worker."
        )
    may_write = viewer.has("report.write")
    again = ""
    if facts.next_version:
        sentences.append(f"Version {next_number} is being written; it counts what is submitted.")
        if may_write:
            href = reverse("report", args=[facts.next_version])
            links.append({"text": f"Go on with version {next_number}", "href": href})
    elif facts.counted != facts.counted_then:
        sentences.append(f"Version {next_number} is needed, so that the report counts what came in since.")
        again = round.public_id if may_write else ""
    return {
        "sentences": sentences,
        "links": links,
        "again": again,
        "again_text": f"Begin version {next_number} with all audits submitted",
    }


def reason_for_next(facts: AfterIssue) -> str:
    """What changed since the version that is issued, for the next one to say."""
    return (
        f"Version {facts.number} was issued when {_are(facts.counted_then, 'was', 'were')} submitted. "
        f"Since then audits came in or were sent back: this version counts {_audits(facts.counted)}."
    )


def excused_words(viewer: Viewer, excused: list[Excused]) -> str:
    """What was left out as late, a line each decision; the reasons are for those who may read the report, which tells them."""
    tells_why = viewer.has("report.view")
    return "\n".join(
        f"{_audits(one.count)}{f': {one.reason}' if tells_why else ''} "
        f"({one.forum or 'head of quality assurance'}, {dates.in_words(one.on)})"
        for one in excused
    )


def late_picks(viewer: Viewer, audits: list[Audit]) -> list[Pick]:
    """The late audits to choose from."""
    return [
        Pick(
            one.public_id,
            f"{one.reference}, {one.auditor.name}, {one.get_state_display().lower()}, "
            f"{days_left_in_words((one.due_on - viewer.on).days)}",
            one,
        )
        for one in audits
    ]


def _audits(number: int) -> str:
    return "1 audit" if number == 1 else f"{number} audits"


def _are(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
