"""Immediate concerns that a viewer may see, those that are open, who may handle one, and who is told when it waits."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from plumbline.audits.models import Audit, Concern
from plumbline.audits.rules.concerns import OPEN
from plumbline.people.models import GrantState, Interest, LineManagement, Person, RoleGrant
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer, holding_on, keeping, viewer_for
from plumbline.people.tree import tree_on

# Who is offered, in this order; the first is the default. The manager of the team knows the family but stands in
# the line, so comes last.
HANDLERS = (Role.CONCERN_HANDLER, Role.QA_LEAD, Role.AUDITOR, Role.TEAM_MANAGER)
# These roles handle concerns of their own part of the council only.
OF_THE_SERVICE = (Role.AUDITOR, Role.TEAM_MANAGER)


def concerns_for(viewer: Viewer) -> QuerySet[Concern]:
    """The concerns that the viewer may see: open ones first, the one that waits longest on top."""
    rows = Concern.objects.visible_to(viewer, "concern.view").select_related("audit", "handler")
    closed_last = Case(When(state="closed", then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.annotate(closed_last=closed_last).order_by("closed_last", "raised_at", "pk")


def open_concerns_to_handle(viewer: Viewer) -> QuerySet[Concern]:
    """The open concerns on which the viewer may act, the oldest first."""
    rows = Concern.objects.visible_to(viewer, "concern.handle").filter(state__in=OPEN)
    return rows.select_related("audit").order_by("raised_at", "pk")


def concern_for(viewer: Viewer, public_id: str) -> Concern:
    """The concern that the viewer may see.

    Raises: Concern.DoesNotExist otherwise.
    """
    rows = Concern.objects.visible_to(viewer, "concern.view")
    return rows.select_related("audit", "audit__tool", "audit__round", "handler", "raised_by").get(
        public_id=public_id
    )


def concerns_of(viewer: Viewer, audit: Audit) -> list[Concern]:
    """The concerns out of an audit that the viewer may see."""
    return list(concerns_for(viewer).filter(audit=audit)) if viewer.has("concern.view") else []


def possible_handlers(viewer: Viewer, audit: Audit) -> list[Person]:
    """The managers who may be named for a concern about the audit, the one to be preferred first.

    Left out: whoever raises it, the child's worker, and whoever has declared an interest in the worker or the team.
    """
    tree = tree_on(viewer.on)
    above = [audit.unit_id, *tree.above(audit.unit_id)]
    service = tree.service_of(audit.unit_id)
    there = Q(unit=None) | Q(unit__in=[*above, service])
    grants = RoleGrant.objects.as_system("concern-handlers").filter(
        keeping("concern.handle"), holding_on(viewer.on), state=GrantState.AGREED, role__in=HANDLERS
    )
    grants = grants.filter(~Q(role__in=OF_THE_SERVICE) | there).select_related("person")
    conflicts = Interest.objects.as_system("concern-handlers").filter(
        Q(about_unit__in=above) | Q(about_person__isnull=False, about_person=audit.worker_id),
        holding_on(viewer.on),
    )
    barred = {viewer.person_id, audit.worker_id, *conflicts.values_list("person_id", flat=True)}
    ordered = sorted(grants, key=lambda one: (HANDLERS.index(Role(one.role)), one.pk))
    people = {
        one.person_id: one.person
        for one in ordered
        if one.person_id not in barred and not (one.person.left_on and one.person.left_on <= viewer.on)
    }
    return list(people.values())


def quality_leads(day: date) -> list[Person]:
    """The people who lead quality assurance on the day."""
    grants = RoleGrant.objects.as_system("concern-handlers").filter(
        holding_on(day), state=GrantState.AGREED, role=Role.QA_LEAD
    )
    return list({one.person_id: one.person for one in grants.select_related("person")}.values())


def told_above(concern: Concern, day: date) -> list[Person]:
    """Who stands above the manager named: the nearest in their line who may see the concern, else the quality leads."""
    seen, person = {concern.handler_id}, concern.handler_id
    while True:
        rows = LineManagement.objects.filter(holding_on(day), person=person).select_related("manager")
        row = rows.exclude(manager__in=seen).order_by("-starts_on", "pk").first()
        if row is None:
            break
        manager, person = row.manager, row.manager_id
        seen.add(person)
        if not (manager.left_on and manager.left_on <= day) and _may_see(manager, concern, day):
            return [manager]
    leads = [one for one in quality_leads(day) if one.pk != concern.handler_id]
    return [one for one in leads if _may_see(one, concern, day)]


def _may_see(person: Person, concern: Concern, day: date) -> bool:
    return viewer_for(person, day).may("concern.view", concern)
