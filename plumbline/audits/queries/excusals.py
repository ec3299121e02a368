"""Late audits of a round: which may be left out, which were, and where the round stands once its report is issued."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.audits.models import Audit, Excusal, Report, ReportState, Round, RoundState
from plumbline.audits.queries.rounds import audits_of, rounds_for
from plumbline.audits.rules.states import COUNTED, IN_HAND, LEFT_OUT, SHARED, is_late
from plumbline.people.scope import Viewer
from plumbline.shared.dates import day_of

UNDER_WAY = (RoundState.ALLOCATED, RoundState.AUDITING, RoundState.CASES_AUDITED, RoundState.ANALYSIS)


@dataclass(frozen=True)
class Excused:
    """So many late audits that were left out together."""

    count: int
    reason: str
    forum: str
    on: date

    @property
    def figures(self) -> dict[str, Any]:
        """As a report keeps it."""
        return {"count": self.count, "reason": self.reason, "forum": self.forum, "on": self.on.isoformat()}


def excusals_of(round: Round) -> list[Excused]:
    """What was left out of the round as late, by decision; nothing of the cases."""
    rows = Excusal.objects.filter(audit__round=round).order_by("pk")
    said = Counter(
        (reason, forum or "", day_of(at))
        for reason, forum, at in rows.values_list("reason", "forum__name", "at")
    )
    return [Excused(count, *one) for one, count in said.items()]


def late_to_excuse(viewer: Viewer, round: Round) -> list[Audit]:
    """The late audits that the viewer may leave out of the round; never one given to them."""
    rows = audits_of(viewer, round).filter(state__in=IN_HAND, due_on__lt=viewer.on)
    return list(rows.exclude(auditor=viewer.person_id or 0).select_related("auditor"))


def unfinished_after_issue(viewer: Viewer) -> list[Round]:
    """The rounds whose report is issued while audits are not all in, and whose next version nobody writes yet."""
    reports = Report.objects.as_system("round-figures")
    issued = reports.filter(state=ReportState.ISSUED).values("round")
    written = reports.filter(state__in=(ReportState.DRAFT, ReportState.CHECKED)).values("round")
    rows = rounds_for(viewer).filter(state__in=UNDER_WAY, is_historic=False, pk__in=issued)
    return list(rows.exclude(pk__in=written).order_by("first_month", "pk"))


@dataclass(frozen=True)
class AfterIssue:
    """A round under way whose report is issued: what the report counts, and what is there now.

    `next_version` is the public id of the version that is being written, if one is.
    """

    report: str
    number: int
    counted_then: int
    counted: int
    in_hand: int
    late: int
    to_share: int
    next_version: str


def after_issue(round: Round, on: date) -> AfterIssue | None:
    """Where the round stands to its issued report; nothing before there is one, or once the round is past it."""
    if round.state not in UNDER_WAY or round.is_historic:
        return None
    reports = Report.objects.as_system("round-figures").filter(round=round).order_by("number")
    newest = ""
    issued: tuple[str, int, int] | None = None
    for key, number, state, counted in reports.values_list(
        "public_id", "number", "state", "figures__completeness__counted"
    ):
        if state == ReportState.ISSUED:
            issued = (key, number, counted or 0)
        newest = key if state in (ReportState.DRAFT, ReportState.CHECKED) else ""
    if issued is None:
        return None
    audits = Audit.objects.as_system("round-figures").filter(round=round).exclude(state__in=LEFT_OUT)
    states = list(audits.values_list("state", "due_on"))
    return AfterIssue(
        *issued,
        counted=sum(state in COUNTED for state, _ in states),
        in_hand=sum(state in IN_HAND for state, _ in states),
        late=sum(is_late(state, due_on, on) for state, due_on in states),
        to_share=sum(state in COUNTED and state not in SHARED for state, _ in states),
        next_version=newest,
    )
