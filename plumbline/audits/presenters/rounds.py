"""How rounds are shown: the list, the line of steps, the table of cases, who was heard, what comes next."""

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from plumbline.audits.actions.visits import OPEN_STAGES as VISIT_STAGES
from plumbline.audits.models import Audit, AuditState, Round, RoundState, SelfAuditBy
from plumbline.audits.queries.rounds import Done, Ground, Voices
from plumbline.audits.rules.audit_kinds import WHO_AUDITS, AuditKind
from plumbline.audits.rules.local_questions import TITLE
from plumbline.audits.rules.rounds import (
    AGREED,
    BEFORE_THE_DRAW,
    LINE,
    LINE_OF_VISITS,
    PRINTED,
    Target,
    days_left_in_words,
    months_in_words,
)
from plumbline.audits.rules.self_audits import Compared
from plumbline.audits.rules.states import IN_HAND, is_late
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates

STATUS_TAGS = {
    "Proposed": "govuk-tag--purple",
    "Planned": "govuk-tag--blue",
    "Completed": "govuk-tag--green",
    "Cancelled": "govuk-tag--grey",
}
AUDIT_TAGS = {
    "allocated": "govuk-tag--blue",
    "started": "govuk-tag--light-blue",
    "discussed": "govuk-tag--light-blue",
    "returned": "govuk-tag--yellow",
    "submitted": "govuk-tag--turquoise",
    "in_moderation": "govuk-tag--purple",
    "moderated": "govuk-tag--turquoise",
    "shared": "govuk-tag--turquoise",
    "replied": "govuk-tag--turquoise",
    "closed": "govuk-tag--green",
}
PLAN_A_VISIT = "Plan a visit"
AGREE = "Record that the plan is agreed"
ROUTES = {"purposive": "Picked by purpose", "inspector": "Picked by an inspector"}


def address(name: str, *args: str) -> str:
    """The address of a page, or nothing where the product has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def status_words(round: Round) -> str:
    """The printed status of a round, said of visits where it is one of visits."""
    words = PRINTED[round.state]
    if round.is_of_visits:
        for of_cases, of_visits in (
            ("Cases audited", "Visits made"),
            ("Audits ", "Visits "),
            ("Audit ", "Visits "),
        ):
            words = words.replace(of_cases, of_visits)
    return words


def status_tag(round: Round) -> dict[str, str]:
    """The printed status of a round as a tag."""
    classes = STATUS_TAGS.get(PRINTED[round.state], "govuk-tag--turquoise")
    return {"text": status_words(round), "classes": classes}


def done_words(round: Round, done: Done | None) -> str:
    """The audits done against the range expected; said of historic rounds that their audits are not here."""
    if round.is_historic:
        return "Not in Plumbline"
    if round.state not in AGREED:
        return "–"
    return Target(done.done if done else 0, round.target_min, round.target_max).words


def round_row(round: Round, done: Done | None) -> dict[str, Any]:
    """One line of a list of rounds or of the programme."""
    return {
        "url": reverse("round", args=[round.public_id]),
        "title": round.title,
        "months": months_in_words(round.first_month, round.last_month),
        "kind": round.get_kind_display(),
        "audit_kind": "" if round.is_of_visits else round.get_audit_kind_display(),
        "done": done_words(round, done),
        "tag": status_tag(round),
        "status": status_words(round),
        "theme": round.theme,
    }


def line_of_steps(round: Round, done: Done | None) -> list[dict[str, Any]]:
    """The stages in their order: which are behind, which is now, which lie ahead."""
    line = LINE_OF_VISITS if round.is_of_visits else LINE
    keys = [key for key, _ in line]
    at = keys.index(round.state) if round.state in keys else -1
    steps = []
    for n, (key, label) in enumerate(line):
        counted = f" {done.done} of {done.of}" if key == "auditing" and done and n == at else ""
        steps.append(
            {
                "text": f"{label}{counted}",
                "place": "now" if n == at else "behind" if n < at else "ahead",
                "words": "now" if n == at else "done" if n < at else "to come",
            }
        )
    return steps


def late_sentence(number: int, oldest: date | None, on: date) -> str:
    """How many audits are late, and how late the oldest is; nothing where none is."""
    if not number or oldest is None:
        return ""
    days = dates.days_in_words((on - oldest).days)
    return (
        f"1 audit is late by {days}." if number == 1 else f"{number} audits are late. The oldest is {days}."
    )


def voices_sentence(voices: Voices) -> str:
    """Who was heard, of how many audits done; silence is told too."""
    if not voices.audits:
        return "No audit is done yet, so nobody’s voice can be counted."
    silent = "none" if voices.silent == 0 else str(voices.silent)
    return (
        f"Child heard in {voices.child} of {voices.audits} audits done, family in {voices.family}. "
        f"Tried but nobody heard in {voices.attempted}. Nothing logged in {silent}."
    )


def self_audit_sentence(round: Round, given: int, asked: int, found: Compared) -> str:
    """How many rated the work on their own in the audits done, and how their judgements and the auditors' agree."""
    whose = "worker" if round.self_audit == SelfAuditBy.WORKER else "manager"
    counted = f"given by the {whose} in {given} of {asked} audits done that asked for one."
    return f"{counted} {found.sentence}" if given else counted


def audit_row(row: Audit, names: UnitNames, people: dict[int, str], viewer: Viewer) -> dict[str, Any]:
    """One line of the table of cases."""
    days = (row.due_on - viewer.on).days
    late = is_late(row.state, row.due_on, viewer.on)
    auditor = "You" if row.auditor_id == viewer.person_id else people.get(row.auditor_id, "Another auditor")
    return {
        "id": row.public_id,
        "url": address("audit", row.public_id),
        "reference": row.reference,
        "worker": people.get(row.worker_id, "") if row.is_visit and row.worker_id else "",
        "team": names.on(row.unit_id, dates.day_of(row.allocated_at)),
        "auditor": auditor,
        "tag": {"text": row.get_state_display(), "classes": AUDIT_TAGS.get(row.state, "govuk-tag--grey")},
        "due": dates.short(row.due_on),
        "left": days_left_in_words(days) if row.state in IN_HAND else "",
        "late": late,
        "route": ROUTES.get(row.slot.route, "") if row.slot else "",
    }


def facts_of(round: Round, excused: str = "") -> list[tuple[str, Any]]:
    """What was agreed of the round, for its page."""
    span = f"{round.target_min} to {round.target_max} {'visits' if round.is_of_visits else 'audits'}"
    facts: list[tuple[str, Any]] = [
        ("Theme", round.theme),
        ("Why", round.rationale),
        ("Questions", "\n".join(round.focus)),
        ("Which children", round.cohort_rule),
        ("Who audits", "" if round.is_of_visits else WHO_AUDITS[AuditKind(round.audit_kind)]),
        ("Expected", span),
        ("Audit tool", str(round.tool) if round.tool else "Not chosen yet"),
        ("Views of child and family", "Required in every audit" if round.is_feedback_required else ""),
        (TITLE, "\n".join(one["text"] for one in round.local_questions)),
        ("Self-audit", round.get_self_audit_display() if round.self_audit else ""),
        ("Audits due", dates.in_words(round.audits_due_on)),
        ("Report due", dates.in_words(round.report_due_on)),
        ("Late and left out", excused),
        ("Plan agreed", _agreed(round)),
        ("The council’s number", round.key),
    ]
    if round.is_historic:
        facts[4:7] = []
        facts.append(("Where from", "Taken in from an earlier programme, without its audits"))
    return [(name, value) for name, value in facts if value]


def _agreed(round: Round) -> str:
    return f"{round.plan_forum.name}, {dates.in_words(round.plan_agreed_on)}" if round.plan_forum else ""


def next_step(viewer: Viewer, round: Round, ground: Ground | None) -> dict[str, str] | None:
    """The one thing to do next on the round, for those who may do it."""
    key = round.public_id
    if round.is_historic:
        return None
    if round.state == RoundState.PROPOSED and viewer.has("round.change"):
        return {"text": "Agree and plan this round", "href": reverse("round_plan", args=[key])}
    if round.is_of_visits and round.state == RoundState.PLANNED and viewer.has("allocation.change"):
        return {"text": PLAN_A_VISIT, "href": reverse("visit_plan", args=[key])} if round.tool_id else None
    if round.state == RoundState.PLANNED and not round.is_of_visits and viewer.has("case_list.import"):
        return {"text": "Import the case list", "href": reverse("case_list_upload", args=[key])}
    if round.state == RoundState.COHORT and viewer.has("draw.make"):
        seeded = ground is not None and ground.seed is not None
        return {
            "text": "Draw the sample" if seeded else "Record the seed and draw",
            "href": reverse("draw" if seeded else "draw_seed", args=[key]),
        }
    if round.state == RoundState.DRAWN and viewer.has("allocation.change"):
        href = address("allocation_round", key)
        return {"text": "Allocate the audits", "href": href} if href else None
    if round.state == RoundState.FINALISED and viewer.has("round.change"):
        return {"text": AGREE, "href": reverse("round_agreed", args=[key])}
    return None


def links_of(viewer: Viewer, round: Round, ground: Ground | None) -> list[dict[str, str]]:
    """What else may be looked at or done."""
    key, links = round.public_id, []
    if ground and ground.case_list and viewer.has("case_list.view"):
        links.append(("Case list", reverse("case_list", args=[key])))
    if ground and ground.draw and viewer.has("draw.view"):
        links += [
            ("Draw and places", reverse("draw", args=[key])),
            ("Certificate of the draw", reverse("draw_certificate", args=[key])),
            ("Sample against the case list", reverse("draw_sample", args=[key])),
        ]
    if ground and ground.draw and viewer.has("moderation.assign"):
        links.append(("Moderation", reverse("moderation_round", args=[key])))
    if round.is_of_visits and round.state in VISIT_STAGES[1:] and viewer.has("allocation.change"):
        links.append((PLAN_A_VISIT, reverse("visit_plan", args=[key])))
    ended = (RoundState.COMPLETED, RoundState.CANCELLED, RoundState.PROPOSED)
    if viewer.has("round.change") and round.state not in ended:
        links += [
            ("Raise a finding from the round", reverse("round_finding_add", args=[key])),
            ("Change the round", reverse("round_change", args=[key])),
        ]
    if viewer.has("round.change") and round.state in BEFORE_THE_DRAW and not round.is_historic:
        links.append((TITLE, reverse("round_local_questions", args=[key])))
    if viewer.has("round.change") and round.state in CANCELLABLE:
        links.append(("Call the round off", reverse("round_cancel", args=[key])))
    return [{"text": text, "href": href} for text, href in links]


CANCELLABLE = ("proposed", "planned", "cohort", "drawn", "allocated", "auditing")


def audit_states() -> list[tuple[str, str]]:
    """The states an audit may be filtered by, with their words."""
    return [(state.value, str(state.label)) for state in AuditState]
