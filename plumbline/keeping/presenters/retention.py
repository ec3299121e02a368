"""How periods, holds and disposals read."""

from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.keeping.models import Disposal, DisposalState, LegalHold
from plumbline.keeping.queries.retention import Due, Rule, record_kinds
from plumbline.keeping.rules.retention import Against, period_in_words
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates

SENTENCES = {
    Against.NOTHING_DUE: "Nothing of this kind is due for disposal",
    Against.WAITS_ALREADY: "A disposal of this kind waits for agreement already. It has to be decided first",
    Against.OWN_PROPOSAL: "You proposed this disposal, so a second person has to decide on it",
    Against.DECIDED_ALREADY: "This disposal no longer waits for a decision. Go back to see how it stands",
    Against.NO_LONGER_THE_SAME: (
        "Some of these records are held now, were taken up again, or have another period. "
        "Nothing was removed. Refuse this disposal, so that it can be proposed again"
    ),
    Against.LIFTED_ALREADY: "This hold is lifted already",
    Against.NOTHING_CHANGES: "This is how it stands already. Change something, or cancel",
}
TAGS = {
    DisposalState.PROPOSED: "govuk-tag--yellow",
    DisposalState.DONE: "govuk-tag--green",
    DisposalState.REFUSED: "govuk-tag--grey",
}


def kind_words(key: str) -> str:
    """The label of a kind of record; the key itself for one that no area keeps any more."""
    kind = record_kinds().get(key)
    return kind.label if kind else key


def rule_row(viewer: Viewer, due: Due) -> dict[str, Any]:
    """A kind of record in the table of periods."""
    rule = due.rule
    may_propose = viewer.has("disposal.propose") and due.due and not due.waiting
    return {
        "label": rule.kind.label,
        "period": period_in_words(rule.months).capitalize(),
        "from": "" if rule.months is None else f"from {rule.kind.counted_from}",
        "why": rule.reason,
        "is_own": rule.is_own,
        "ended": due.ended,
        "due": due.due,
        "held": due.held,
        "change": reverse("retention_rule", args=[rule.kind.key]) if viewer.has("retention.change") else "",
        "propose": reverse("disposal_propose", args=[rule.kind.key]) if may_propose else "",
        "waiting": reverse("disposal", args=[due.waiting.public_id]) if due.waiting else "",
    }


def summary_sentence(rows: list[dict[str, Any]]) -> str:
    """What the table of periods shows, in a sentence."""
    due = sum(row["due"] for row in rows)
    held = sum(row["held"] for row in rows)
    said = (
        "Nothing is due for disposal."
        if not due
        else f"{records(due)} {'is' if due == 1 else 'are'} due for disposal."
    )
    return f"{said} A legal hold keeps back {records(held)}." if held else said


def records(count: int) -> str:
    """The count with its noun."""
    return f"{count:,} record" if count == 1 else f"{count:,} records"


def proposal_summary(rule: Rule, count: int, first: date | None, last: date | None) -> list[tuple[str, str]]:
    """What would be removed, as rows of what and how."""
    return [
        ("Kind of record", rule.kind.label),
        ("Kept", f"{period_in_words(rule.months)} from {rule.kind.counted_from}"),
        ("Due now", records(count)),
        ("Ended between", f"{dates.in_words(first)} and {dates.in_words(last)}" if first else "–"),
    ]


def hold_row(viewer: Viewer, hold: LegalHold, names: UnitNames) -> dict[str, Any]:
    """A hold in the list."""
    lifted = hold.lifted_at is not None
    may_lift = viewer.has("legal_hold.change") and not lifted
    return {
        "title": hold.title,
        "covers": _covers(hold, names, viewer.on),
        "reason": hold.reason,
        "placed": f"{dates.short(dates.day_of(hold.placed_at))}, {hold.placed_by.name}",
        "lifted": f"{dates.short(dates.day_of(hold.lifted_at))}, {hold.lifted_by.name}: {hold.lift_reason}"
        if hold.lifted_at and hold.lifted_by
        else "",
        "tag": {"text": "Lifted", "classes": "govuk-tag--grey"}
        if lifted
        else {"text": "In force", "classes": "govuk-tag--red"},
        "lift": reverse("legal_hold_lift", args=[hold.public_id]) if may_lift else "",
    }


def _covers(hold: LegalHold, names: UnitNames, today: date) -> str:
    what = kind_words(hold.kind) if hold.kind else "Every kind of record"
    about = [names.on(hold.unit_id, today)] if hold.unit_id else []
    about += [hold.person.name] if hold.person else []
    return f"{what}: {' and '.join(about)}" if about else what


def hold_summary(hold: LegalHold, names: UnitNames, today: date) -> list[tuple[str, str]]:
    """A hold as rows of what and how, for the page that lifts it."""
    return [
        ("Hold", hold.title),
        ("Covers", _covers(hold, names, today)),
        ("Why", hold.reason),
        ("Placed", f"{dates.time_in_words(hold.placed_at)}, by {hold.placed_by.name}"),
    ]


def disposal_row(disposal: Disposal) -> dict[str, Any]:
    """A disposal in the list."""
    return {
        "label": kind_words(disposal.kind),
        "count": disposal.count,
        "proposed": f"{dates.short(dates.day_of(disposal.proposed_at))}, {disposal.proposed_by.name}",
        "tag": state_tag(disposal),
        "url": reverse("disposal", args=[disposal.public_id]),
    }


def state_tag(disposal: Disposal) -> dict[str, str]:
    """What became of a disposal, as a tag."""
    state = DisposalState(disposal.state)
    return {"text": state.label, "classes": TAGS[state]}


def disposal_summary(disposal: Disposal) -> list[tuple[str, str]]:
    """A disposal as rows of what and how: the certificate of what was removed."""
    rows = [
        ("Kind of record", kind_words(disposal.kind)),
        ("Records", f"{disposal.count:,}"),
        ("Kept", period_in_words(disposal.months)),
        ("Ended on or before", dates.in_words(disposal.ended_by)),
        ("Proposed", f"{dates.time_in_words(disposal.proposed_at)}, by {disposal.proposed_by.name}"),
    ]
    if disposal.decided_at and disposal.decided_by:
        decided = "Removed" if disposal.is_done else "Refused"
        rows.append((decided, f"{dates.time_in_words(disposal.decided_at)}, by {disposal.decided_by.name}"))
    return [*rows, ("Seal of the list (SHA-256)", disposal.digest)]
