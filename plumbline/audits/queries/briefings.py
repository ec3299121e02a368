"""Briefings as a viewer may read them, those that wait for them, and how many have read one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from plumbline.audits.models import Briefing, BriefingRead, BriefingState, Quotation, Report, ReportState
from plumbline.audits.queries.report_secrets import secrets_of
from plumbline.audits.rules.briefings import ReadCounts, is_for, read_counts
from plumbline.audits.rules.report_leaks import Leak, leaks_in
from plumbline.people.models import GrantState, PostHolding, RoleGrant, Unit
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer, holding_on, permission_table
from plumbline.people.tree import tree_on

# Whoever comes later is not asked to read what is older.
ASKED_FOR_DAYS = 183
TEXTS = {
    "title": "the title",
    "looked_at": "“What we looked at”",
    "good": "“What is good”",
    "must_change": "“What must change”",
    "do_now": "“What to do now”",
}


def briefings_for(viewer: Viewer) -> QuerySet[Briefing]:
    """The briefings the viewer may read, newest first."""
    rows = Briefing.objects.visible_to(viewer, "briefing.view")
    return rows.select_related("report__round").order_by("-issued_at", "-made_at", "-pk")


def briefing_for(viewer: Viewer, public_id: str) -> Briefing:
    """The briefing.

    Raises: Briefing.DoesNotExist when there is none such for the viewer.
    """
    return briefings_for(viewer).get(public_id=public_id)


def reports_to_brief(viewer: Viewer) -> list[Report]:
    """The issued reports, newest first, out of which a briefing may be written."""
    rows = Report.objects.visible_to(viewer, "report.view").filter(state=ReportState.ISSUED)
    return list(rows.select_related("round").order_by("-round__first_month", "-pk"))


def quotable(report: Report) -> list[Quotation]:
    """The quotations of the report that may be shared."""
    rows = Quotation.objects.filter(theme__report=report, is_shareable=True)
    return list(rows.order_by("theme__position", "position", "pk"))


def leaks_of_briefing(briefing: Briefing) -> list[Leak]:
    """Where its words name or point to a child, a family or a colleague, or count so few that they do."""
    texts = {place: getattr(briefing, name) for name, place in TEXTS.items()}
    for number, one in enumerate(briefing.quotations, start=1):
        texts[f"quotation {number}"] = one["text"]
    return leaks_in(texts, secrets_of(briefing.report.round))


def roles_that_read() -> list[Role]:
    """The roles that may read a briefing, for which one can be."""
    rows = permission_table().of("briefing.view")
    return [role for role in Role if any(row.cells[role] for row in rows)]


def has_read(viewer: Viewer, briefing: Briefing) -> bool:
    """Whether the viewer has said that they have read it."""
    return BriefingRead.objects.filter(briefing=briefing, person=viewer.person_id or 0).exists()


def is_asked(viewer: Viewer, briefing: Briefing) -> bool:
    """Whether the viewer is among those the briefing is for."""
    units = set(briefing.units.values_list("pk", flat=True))
    return is_for(briefing.roles, units, [(one.role, one.team_units) for one in viewer.grants])


def waiting_for(viewer: Viewer) -> list[Briefing]:
    """The briefings that are for the viewer and that they have not read, oldest first."""
    if not viewer.has("briefing.view") or viewer.person_id is None:
        return []
    since = viewer.on - timedelta(days=ASKED_FOR_DAYS)
    read = BriefingRead.objects.filter(person=viewer.person_id).values("briefing")
    rows = Briefing.objects.visible_to(viewer, "briefing.view").filter(
        state=BriefingState.ISSUED, issued_at__date__gte=since
    )
    unread = list(rows.exclude(pk__in=read).order_by("issued_at", "pk"))
    if not unread:
        return []
    through = Briefing.units.through.objects.filter(briefing__in=[one.pk for one in unread])
    units: dict[int, set[int]] = {}
    for briefing, unit in through.values_list("briefing_id", "unit_id"):
        units.setdefault(briefing, set()).add(unit)
    grants = [(one.role, one.team_units) for one in viewer.grants]
    return [one for one in unread if is_for(one.roles, units.get(one.pk, ()), grants)]


@dataclass(frozen=True)
class Counted:
    """The counts, with the units whose names they need."""

    counts: ReadCounts
    units: list[int]


def reads_of(viewer: Viewer, briefing: Briefing) -> Counted:
    """How many of those a briefing is for have read it, by team; never who. The viewer has the right to counts."""
    tree, day = tree_on(viewer.on), viewer.on
    units = set(briefing.units.values_list("pk", flat=True))
    held: dict[int, list[tuple[str, frozenset[int]]]] = {}
    grants = RoleGrant.objects.as_system("figures").filter(
        holding_on(day), state=GrantState.AGREED, person__left_on=None, role__in=roles_that_read()
    )
    for person, role, unit in grants.values_list("person_id", "role", "unit_id"):
        reached = tree.with_predecessors(tree.below(unit)) if unit else frozenset()
        held.setdefault(person, []).append((role, reached))
    audience = {person for person, own in held.items() if is_for(briefing.roles, units, own)}
    posts = PostHolding.objects.filter(holding_on(day), person__in=audience).order_by("pk")
    team_of: dict[int, int | None] = dict.fromkeys(sorted(audience))
    for person, team in posts.values_list("person_id", "post__unit_id"):
        team_of[person] = team
    readers = set(BriefingRead.objects.filter(briefing=briefing).values_list("person_id", flat=True))
    counts = read_counts(team_of, readers)
    return Counted(counts, [one.unit for one in counts.teams if one.unit])


def units_of(briefing: Briefing) -> list[Unit]:
    """The teams the briefing is for; none for everywhere."""
    return list(briefing.units.order_by("key"))
