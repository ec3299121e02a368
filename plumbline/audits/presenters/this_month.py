"""How "This month" reads: each open round in a line of steps, then what waits, each line with its link."""

from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Audit, Round
from plumbline.audits.presenters.allocation import counted
from plumbline.audits.presenters.requests import kind_words
from plumbline.audits.presenters.rounds import AGREE, address, late_sentence, line_of_steps
from plumbline.audits.queries.rounds import Done
from plumbline.audits.queries.this_month import Month, Some
from plumbline.audits.rules.month import Stand, lacks_sentence, report_lacks
from plumbline.audits.rules.rounds import months_in_words
from plumbline.improvement.presenters.words import in_a_line, late_words
from plumbline.people.scope import Viewer
from plumbline.shared import dates


def page_of(month: Month, viewer: Viewer) -> dict[str, Any]:
    """The whole page."""
    return {
        "title": "This month",
        "lead": _lead(month, viewer),
        "may_see_coverage": viewer.has("coverage.view"),
        "concerns": _concerns(month.concerns),
        "rounds": [_round(one, stand, viewer) for one, stand in month.rounds],
        "proposed": f"{counted(month.proposed, 'theme is', 'themes are')} proposed."
        if month.proposed
        else "",
        "uncovered": _uncovered(month.uncovered, viewer),
        "sections": [
            _late(month, viewer),
            _requests(month),
            _section(
                "Waiting for a second rating",
                "moderation",
                month.moderations,
                [
                    _line(one.audit, f"with {one.moderator.name}", f"due {dates.short(one.due_on)}")
                    for one in month.moderations.rows
                ],
                "No second rating is open.",
                address("moderations"),
            ),
            _section(
                "Submitted, to be shared with the worker",
                "to-share",
                month.to_share,
                [_line(one, _name(one), _since(one.submitted_at)) for one in month.to_share.rows],
                "Nothing waits to be shared.",
            ),
            _section(
                "Shared, without a reply yet",
                "not-replied",
                month.not_replied,
                [_line(one, _name(one), _since(one.shared_at)) for one in month.not_replied.rows],
                "Every shared audit has a reply.",
            ),
            _actions(month, viewer),
            _findings(
                month.findings,
                "Findings without an action",
                "findings",
                "Every finding has an action.",
                "without_action",
            ),
            _findings(
                month.to_analyse,
                "Findings that need further analysis",
                "analysis",
                "No finding waits for further analysis.",
                "to_analyse",
            ),
        ],
    }


def _uncovered(months: list[date], viewer: Viewer) -> list[dict[str, str]]:
    """The coming months without a round, each with the way to plan one for those who may."""
    may = viewer.has("round.propose")
    return [
        {
            "text": f"No round looks at {dates.month_in_words(one)} yet.",
            "url": f"{reverse('round_propose')}?month={one:%Y-%m}" if may else "",
            "month": dates.month_in_words(one),
        }
        for one in months
    ]


def _lead(month: Month, viewer: Viewer) -> str:
    if not month.rounds:
        return "No round is open. A round stands here from the day it is planned until it is completed."
    said = counted(len(month.rounds), "round is open.", "rounds are open.")
    late = late_sentence(month.late, month.oldest, viewer.on)
    return f"{said} {late or 'No audit is late.'}"


def _round(row: Round, stand: Stand, viewer: Viewer) -> dict[str, Any]:
    links = []
    if stand.waiting and viewer.has("allocation.change"):
        words = f"Give {counted(stand.waiting, 'case', 'cases')} to auditors"
        links.append({"text": words, "href": reverse("allocation_round", args=[row.public_id])})
    if stand.report and viewer.has("report.write"):
        links.append({"text": "Open the report", "href": address("report", stand.report)})
    elif row.state in ("cases_audited", "analysis") and viewer.has("report.write"):
        links.append({"text": "Write the report", "href": address("reports")})
    if row.state == "finalised" and viewer.has("round.change"):
        links.append({"text": AGREE, "href": reverse("round_agreed", args=[row.public_id])})
    lacks = report_lacks(row.state, stand)
    return {
        "title": row.title,
        "url": reverse("round", args=[row.public_id]),
        "months": months_in_words(row.first_month, row.last_month),
        "audit_kind": row.get_kind_display() if row.is_of_visits else row.get_audit_kind_display(),
        "steps": line_of_steps(row, Done(stand.done, stand.of)),
        "late": late_sentence(stand.late, stand.oldest, viewer.on),
        "lacks": lacks_sentence(lacks),
        "report_due": dates.in_words(row.report_due_on),
        "links": [one for one in links if one["href"]],
    }


def _line(audit: Audit, who: str, when: str) -> dict[str, str]:
    return {"text": audit.reference, "url": address("audit", audit.public_id), "who": who, "when": when}


def _name(audit: Audit) -> str:
    return audit.auditor.name


def _since(moment: Any) -> str:
    return f"since {dates.short(dates.day_of(moment))}" if moment else ""


def _section(
    title: str, key: str, some: Some, lines: list[dict[str, str]], empty: str, more: str = ""
) -> dict[str, Any]:
    rest = some.number - len(some.rows)
    return {
        "title": title,
        "key": key,
        "number": some.number,
        "lines": lines,
        "empty": empty,
        "more": more if rest > 0 else "",
        "rest": f"{rest} more" if rest > 0 else "",
    }


def _late(month: Month, viewer: Viewer) -> dict[str, Any]:
    lines = [
        _line(one, _name(one), f"{dates.days_in_words((viewer.on - one.due_on).days)} late")
        for one in month.late_seen.rows
    ]
    found = _section("Late audits", "late", month.late_seen, lines, "No audit is late.")
    sentence = late_sentence(month.late, month.oldest, viewer.on)
    hidden = month.late - month.late_seen.number
    if hidden:
        sentence += f" {counted(hidden, 'is', 'are')} not shown to you."
    return {**found, "number": month.late, "sentence": sentence}


def _requests(month: Month) -> dict[str, Any]:
    lines = [
        {
            "text": f"Exception in “{one.slot.draw.round.title}”",
            "url": reverse("allocation_exception", args=[one.public_id]),
            "who": one.proposed_by.name,
            "when": f"asked {dates.short(dates.day_of(one.proposed_at))}",
        }
        for one in month.exceptions.rows
    ]
    lines += [
        {
            "text": f"{kind_words(one.kind)}: {one.audit.reference}",
            "url": reverse("audit_request", args=[one.public_id]),
            "who": one.asked_by.name,
            "when": f"asked {dates.short(dates.day_of(one.asked_at))}",
        }
        for one in month.requests.rows
    ]
    both = Some(
        [*month.exceptions.rows, *month.requests.rows], month.exceptions.number + month.requests.number
    )
    more = f"{reverse('audit_requests')}?state=asked"
    return _section("Requests that wait for a decision", "requests", both, lines, "No request waits.", more)


def _actions(month: Month, viewer: Viewer) -> dict[str, Any]:
    lines = [
        {
            "text": in_a_line(one.text, 90),
            "url": reverse("action", args=[one.public_id]),
            "who": one.owner.name,
            "when": late_words(one, viewer.on) or f"due {dates.short(one.due_on)}",
        }
        for one in month.actions.rows
    ]
    more = f"{reverse('actions')}?state=open"
    found = _section(
        "Actions due this month or late", "actions", month.actions, lines, "No action is due.", more
    )
    late = counted(month.actions_late, "action is late.", "actions are late.") if month.actions_late else ""
    return {**found, "sentence": late}


def _findings(some: Some, title: str, key: str, empty: str, narrow: str) -> dict[str, Any]:
    lines = [
        {
            "text": in_a_line(one.text, 90),
            "url": reverse("finding", args=[one.public_id]),
            "who": "",
            "when": f"raised {dates.short(one.raised_on)}",
        }
        for one in some.rows
    ]
    return _section(title, key, some, lines, empty, f"{reverse('findings')}?{narrow}=1")


def _concerns(some: Some) -> list[dict[str, str]]:
    return [
        {
            "text": f"{one.get_state_display()}: {one.audit.reference}",
            "url": address("concern", one.public_id),
            "who": f"with {one.handler.name}",
            "when": f"raised {dates.time_in_words(one.raised_at)}",
        }
        for one in some.rows
    ]
