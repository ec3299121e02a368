"""How findings are shown: the list with its filters, and the page of one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from plumbline.framework.models import Criterion
from plumbline.improvement.models import Action, Finding, FindingKind, FindingState
from plumbline.improvement.presenters.words import (
    action_row,
    by_level,
    in_a_line,
    kind_tag,
    state_tag,
    team_name,
)
from plumbline.improvement.queries.choices import finding_choices
from plumbline.improvement.queries.findings import FindingFilter
from plumbline.people.models import Unit
from plumbline.people.queries.units import UnitNames
from plumbline.people.scope import Viewer
from plumbline.shared import dates
from plumbline.shared.area import Source

HEADINGS = (
    "Kind",
    "State",
    "What was found",
    "Criterion",
    "Team",
    "Raised on",
    "Came from",
    "Answered by an action",
    "Causes",
    "Ways to answer",
    "Needs further analysis",
)


def options(pairs: Iterable[tuple[str, str]], chosen: str, every: str = "All") -> list[dict[str, Any]]:
    """The options of a filter, with the one that lets everything through first."""
    return [
        {"value": "", "text": every},
        *({"value": key, "text": text, "selected": key == chosen} for key, text in pairs),
    ]


def finding_filters(
    wanted: FindingFilter, teams: list[Unit], names: UnitNames, criteria: list[Criterion], viewer: Viewer
) -> dict[str, Any]:
    """What the filters of the list offer and what they are set to."""
    return {
        "kinds": options(FindingKind.choices, wanted.kind),
        "states": options(FindingState.choices, wanted.state),
        "teams": options(((one.public_id, names.on(one.pk, viewer.on)) for one in teams), wanted.unit),
        "criteria": options(
            ((one.public_id, f"{one.number} {in_a_line(one.text, 60)}") for one in criteria),
            wanted.criterion,
        ),
        "text": wanted.text,
        "without_action": wanted.without_action,
        "to_analyse": wanted.to_analyse,
    }


def finding_page(
    viewer: Viewer, finding: Finding, actions: list[Action], names: UnitNames, source: Source | None
) -> dict[str, Any]:
    """One finding, where it came from, what answers it, and what may be done with it."""
    choices = finding_choices()
    criterion = finding.criterion
    facts = [
        ("Team", team_name(finding.unit_id, names, viewer.on)),
        ("Raised", f"{dates.in_words(finding.raised_on)}, by {finding.raised_by.name}"),
        *(source.facts if source else ()),
        ("What helped or stood in the way", "; ".join(choices.cause_labels(finding.causes))),
        ("Ways to answer it", "; ".join(choices.route_labels(finding.routes))),
        ("Needs further analysis", "Yes" if finding.needs_analysis else ""),
        ("Why it was withdrawn", finding.withdrawn_reason),
    ]
    links: list[tuple[str, str]] = []
    if viewer.may("finding.change", finding):
        links.append(("Change it", reverse("finding_change", args=[finding.public_id])))
    if finding.state != FindingState.WITHDRAWN:
        if source and source.act_url:
            links.append(("Set an action", source.act_url))
        elif viewer.has("action.raise") and finding.state == FindingState.OPEN:
            links.append(("Set an action", f"{reverse('action_add')}?finding={finding.public_id}"))
    if viewer.may("finding.withdraw", finding):
        links.append(("Withdraw it", reverse("finding_withdraw", args=[finding.public_id])))
    rows = [action_row(one, names, viewer.on) for one in actions]
    return {
        "title": FindingKind(finding.kind).label,
        "finding": finding,
        "kind": kind_tag(finding),
        "state": state_tag(finding),
        "draft_words": "Only those who worked on it see it until its source is shared."
        if finding.state == FindingState.DRAFT
        else "",
        "criterion": {
            "text": f"{criterion.number} {criterion.text}",
            "url": reverse("criterion", args=[criterion.public_id]),
            "standard": criterion.standard.title,
        }
        if criterion
        else None,
        "source": source,
        "facts": [(word, text) for word, text in facts if text],
        "groups": by_level(rows),
        "no_action": "A strength needs no action. It can still be shared with other teams."
        if finding.kind == FindingKind.STRENGTH
        else "No action answers it yet.",
        "links": [{"text": text, "href": url} for text, url in links],
        "crumbs": [{"text": "Findings", "href": reverse("findings")}],
    }


def findings_table(
    rows: Iterable[Finding], names: UnitNames, viewer: Viewer, sources: Mapping[int, Source]
) -> list[tuple[str, ...]]:
    """The findings as rows of a file, headings first."""
    choices = finding_choices()
    lines: list[tuple[str, ...]] = [HEADINGS]
    for one in rows:
        source = sources.get(one.pk)
        lines.append(
            (
                FindingKind(one.kind).label,
                FindingState(one.state).label,
                one.text,
                one.criterion.number if one.criterion else "",
                team_name(one.unit_id, names, viewer.on),
                one.raised_on.isoformat(),
                source.label if source else "",
                "yes" if getattr(one, "has_action", False) else "no",
                "; ".join(choices.cause_labels(one.causes)),
                "; ".join(choices.route_labels(one.routes)),
                "yes" if one.needs_analysis else "no",
            )
        )
    return lines
