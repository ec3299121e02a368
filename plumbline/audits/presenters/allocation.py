"""How a proposed allocation, loads, leave and exceptions read."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from plumbline.audits.actions.allocating import Against, Done, NotAllocated
from plumbline.audits.forms.allocation import AllocationForm, CaseLine
from plumbline.audits.models import AllocationException, AuditorLeave, ExceptionState, Round
from plumbline.audits.queries.allocation import Load, Proposal, Row
from plumbline.audits.rules.allocation import REFUSAL_WORDS, Auditor, Refusal
from plumbline.people.forms.fields import Pick
from plumbline.people.presenters.words import period
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates

SENTENCES = {
    Against.STAGE: "This round is not at a stage at which cases are given to auditors. Draw the sample first.",
    Against.NO_TOOL: "Choose the audit tool of this round first, so that every audit asks the same questions.",
    Against.NOT_INDEPENDENT: "Nothing was given yet: the rules refuse one of the auditors, so a reason is needed.",
    Against.NOT_AN_AUDITOR: "Nothing was given: one of these people may no longer be given audits. Look again at who is proposed.",
    Against.DECIDED_ALREADY: "Nothing was changed: it has been decided on, or the case has an auditor by now.",
    Against.OWN_PROPOSAL: "You asked for this yourself, so a second person has to decide on it.",
}
EXCEPTION_TAGS = {
    ExceptionState.ASKED: "govuk-tag--yellow",
    ExceptionState.AGREED: "govuk-tag--green",
    ExceptionState.REFUSED: "govuk-tag--grey",
}


def refusal_sentence(reasons: Sequence[Refusal]) -> str:
    """Why somebody is refused: "it is their own case; an interest has been declared"."""
    return "; ".join(REFUSAL_WORDS[reason] for reason in reasons)


def counted(number: int, one: str, many: str) -> str:
    """The number with its noun."""
    return f"{number} {one if number == 1 else many}"


def not_allocated(fault: NotAllocated) -> str:
    """Why nothing was given, in a sentence."""
    said = SENTENCES[fault.against]
    return f"{said} ({refusal_sentence(fault.refusals)})" if fault.refusals else said


def lines_of(proposal: Proposal) -> list[CaseLine]:
    """The cases as the form needs them; those that wait for the quality lead are not asked again."""
    return [
        CaseLine(
            key=row.slot.public_id,
            reference=row.slot.case.reference,
            proposed=row.given.auditor.key if row.given.auditor else "",
            refused=frozenset(row.given.refused),
        )
        for row in proposal.rows
        if row.exception is None
    ]


def picks_of(proposal: Proposal) -> list[Pick]:
    """The auditors who may be picked, by name."""
    people = sorted(proposal.people.values(), key=lambda person: (person.name, person.pk))
    return [Pick(one.public_id, one.name, one) for one in people]


def proposal_page(
    viewer: Viewer, round: Round, proposal: Proposal, names: UnitNames, form: AllocationForm
) -> dict[str, Any]:
    """The page that proposes who audits what."""
    number = len(proposal.rows)
    left_over = sum(row.given.auditor is None and row.exception is None for row in proposal.rows)
    waiting = sum(row.exception is not None for row in proposal.rows)
    return {
        "title": f"Allocate: {round.title}",
        "round": round,
        "form": form,
        "lead": _lead(number, left_over, waiting),
        "notes": _notes(proposal),
        "rows": [_row(row, proposal, names, form) for row in proposal.rows],
        "can_submit": number > waiting,
        "loads": _proposed_loads(proposal),
        "may_set": viewer.has("allocation.change"),
        "back": reverse("allocation"),
        "crumbs": [{"text": "Allocation", "href": reverse("allocation")}],
    }


def _notes(proposal: Proposal) -> list[str]:
    day = dates.in_words(proposal.drawn_on)
    notes = [
        f"The rules look at line management, teams and posts as they stood on {day}, the day of the draw."
    ]
    if proposal.last_round:
        title = proposal.last_round.title
        notes.append(
            f"The last round was “{title}”: nobody is asked to audit somebody who audited them in it."
        )
    if proposal.without_line:
        cases = counted(proposal.without_line, "case", "cases")
        notes.append(
            f"For {cases} no manager is on record for that day, so the rules could check less. "
            "Please look at those yourself."
        )
    if proposal.hidden:
        more = counted(proposal.hidden, "more case is", "more cases are")
        notes.append(
            f"{more} not shown, because of an interest you declared. Somebody else in the team has to give them out."
        )
    return notes


def _lead(number: int, left_over: int, waiting: int) -> str:
    if not number:
        return "Every case of this round that you may see has an auditor."
    said = f"{counted(number, 'case needs', 'cases need')} an auditor."
    if left_over:
        said += f" For {left_over} of them nobody is left whom the rules allow."
    if waiting:
        said += f" {counted(waiting, 'waits', 'wait')} for the quality lead’s decision."
    return said


def _row(row: Row, proposal: Proposal, names: UnitNames, form: AllocationForm) -> dict[str, Any]:
    case = row.slot.case
    shown: dict[str, Any] = {
        "reference": case.reference,
        "team": names.on(case.unit_id, proposal.drawn_on),
        "worker": case.worker.name if case.worker else "",
        "nobody": row.given.auditor is None and row.exception is None,
        "over": row.given.is_over_capacity,
        "refused": [
            {"name": proposal.people[key].name, "why": refusal_sentence(reasons)}
            for key, reasons in sorted(
                row.given.refused.items(), key=lambda one: proposal.people[one[0]].name
            )
        ],
        "refused_count": counted(len(row.given.refused), "auditor", "auditors"),
        "leaving_out": row.slot.proposed_at is not None and row.slot.approved_at is None,
    }
    if row.exception is not None:
        return shown | {
            "waits_for": row.exception.auditor.name,
            "exception": reverse("allocation_exception", args=[row.exception.public_id]),
        }
    auditor, reason = form[f"auditor_{row.slot.public_id}"], form[f"reason_{row.slot.public_id}"]
    chosen = str(auditor.value() or "")
    allowed = [key for key in proposal.people if key not in row.given.refused]
    allowed.sort(key=lambda key: (proposal.loads.get(key, 0), proposal.people[key].name, key))
    refused = sorted(row.given.refused, key=lambda key: (proposal.people[key].name, key))
    return shown | {
        "auditor": auditor,
        "reason": reason,
        "is_open": bool(reason.errors or reason.value()),
        "allowed": [
            {
                "value": key,
                "text": f"{proposal.people[key].name} ({proposal.loads.get(key, 0)} in this round)",
                "selected": key == chosen,
            }
            for key in allowed
        ],
        "others": [
            {"value": key, "text": proposal.people[key].name, "selected": key == chosen} for key in refused
        ],
    }


def _proposed_loads(proposal: Proposal) -> list[dict[str, Any]]:
    def line(one: Auditor) -> dict[str, Any]:
        number = proposal.loads.get(one.key, 0)
        return {
            "name": proposal.people[one.key].name,
            "number": number,
            "capacity": one.capacity,
            "over": number > one.capacity,
            "recent": one.recent,
            "url": reverse("allocation_auditor", args=[one.key]),
        }

    given = [one for one in proposal.auditors.values() if proposal.loads.get(one.key, 0)]
    return sorted((line(one) for one in given), key=lambda one: (-one["number"], one["name"]))


def said_after(done: Done) -> str:
    """What was done, in sentences."""
    said = []
    if done.audits:
        said.append(
            f"{counted(len(done.audits), 'audit is', 'audits are')} given out. Auditors and workers are told."
        )
    if done.exceptions:
        said.append(
            f"{counted(len(done.exceptions), 'case waits', 'cases wait')} for the quality lead to decide on an exception."
        )
    return (
        " ".join(said) or "Nothing was changed: these cases have an auditor already, or you selected nobody."
    )


def load_row(load: Load, viewer: Viewer) -> dict[str, Any]:
    """An auditor in the overview."""
    today = [one for one in load.leave if one.starts_on <= viewer.on]
    coming = [one for one in load.leave if one.starts_on > viewer.on]
    leave = ""
    if today:
        leave = f"On leave {period(today[0].starts_on, today[0].ends_on, viewer.on)}"
    elif coming:
        leave = f"Leave {period(coming[0].starts_on, coming[0].ends_on, viewer.on)}"
    return {
        "name": load.person.name,
        "url": reverse("allocation_auditor", args=[load.person.public_id])
        if viewer.has("allocation.change")
        else "",
        "in_hand": load.in_hand,
        "late": load.late,
        "recent": load.recent,
        "capacity": f"{load.capacity} a month{' (usual)' if load.is_usual else ''}",
        "leave": leave,
    }


def leave_rows(leave: Sequence[AuditorLeave], viewer: Viewer) -> list[dict[str, str]]:
    """Somebody's leave, now and to come."""
    return [
        {
            "id": one.public_id,
            "period": period(one.starts_on, one.ends_on, viewer.on),
            "note": one.note,
        }
        for one in leave
    ]


def exception_summary(row: AllocationException, names: UnitNames) -> list[tuple[str, str]]:
    """An exception as rows of what and how."""
    case = row.slot.case
    reasons = [Refusal(one) for one in row.refusals if one in set(Refusal)]
    found = [
        ("Round", row.slot.draw.round.title),
        ("Case", case.reference),
        ("Team", names.on(case.unit_id, dates.day_of(row.slot.draw.drawn_at))),
        ("Worker", case.worker.name if case.worker else "Not on record"),
        ("Auditor", row.auditor.name),
        ("What the rules say", refusal_sentence(reasons).capitalize()),
        ("Reason given", row.reason),
        ("Asked for", f"{dates.time_in_words(row.proposed_at)}, by {row.proposed_by.name}"),
    ]
    if row.decided_at and row.decided_by:
        word = ExceptionState(row.state).label
        found.append((word, f"{dates.time_in_words(row.decided_at)}, by {row.decided_by.name}"))
        found.append(("Why", row.decision_reason))
    return found


def exception_next(row: AllocationException, viewer: Viewer) -> dict[str, Any]:
    """What happens next with an exception: a link for whoever may decide, a sentence for others."""
    if row.state != ExceptionState.ASKED:
        audit = f"/audits/{row.audit.public_id}" if row.audit else ""
        return {"next": "It has been decided on.", "audit": audit}
    if row.proposed_by_id == viewer.person_id:
        return {
            "next": "You asked for this, so a second person has to decide on it. You are told when they have."
        }
    if viewer.has("allocation.approve"):
        return {"decide": reverse("allocation_exception_decide", args=[row.public_id])}
    return {"next": "It waits for the quality lead’s decision."}
