"""Proposing, deciding on and ending roles; declaring and ending interests."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.actions import interests, roles
from plumbline.people.forms.rights import AGREE, DecideRoleForm, DeclareInterestForm, EndForm, ProposeRoleForm
from plumbline.people.presenters.local_roles import local_role_picks
from plumbline.people.presenters.person import crumbs, grant_summary
from plumbline.people.presenters.words import people_picks, unit_picks
from plumbline.people.queries import rights as queries
from plumbline.people.queries.local_roles import local_roles_offered
from plumbline.people.queries.people import people_to_pick
from plumbline.people.queries.units import branches_on, unit_names
from plumbline.people.scope import person_behind
from plumbline.people.views.changing import changed


def _back(person: Any) -> tuple[str, list[dict[str, str]]]:
    address = reverse("person", args=[person.public_id])
    return address, crumbs(("People", reverse("people")), (person.name, address))


@access("role_grant.propose", methods=("GET", "POST"), step_up=True)
def propose(request: Any) -> HttpResponse:
    """For the person named in the address, who may be changed in the form."""
    viewer = request.viewer
    colleagues = people_picks(people_to_pick(viewer), unit_names(viewer), viewer.on)
    form = ProposeRoleForm(
        request.POST or None,
        initial={"person": request.GET.get("person", "")},
        people=[pick for pick in colleagues if pick.row.pk != viewer.person_id],
        units=unit_picks(branches_on(viewer, viewer.on)),
        local_roles=local_role_picks(local_roles_offered(viewer)),
    )

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        roles.propose_role(by=by, **given)
        said = "The role is proposed. It counts once a director or information governance has agreed."
        return reverse("person", args=[given["person"].public_id]), said

    page = {
        "title": "Propose a role",
        "submit": "Propose",
        "back": reverse("people"),
        "crumbs": crumbs(("People", reverse("people"))),
    }
    return changed(request, form, page, act, action="role_grant.propose")


@access(
    "role_grant.decide",
    reads=Kind.READ,
    methods=("GET", "POST"),
    step_up=True,
    of="people.RoleGrant",
    by="grant_id",
)
def decide(request: Any, grant_id: str) -> HttpResponse:
    grant: Any = queries.grant_by_id(request.viewer, grant_id)
    form = DecideRoleForm(request.POST or None)
    back, way = _back(grant.person)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        agreed = given["decision"] == AGREE
        roles.decide_role(by=by, grant=grant, agree=agreed)
        return reverse("home"), "The role is agreed." if agreed else "The role is refused. Nothing changes."

    shown(request, obj=grant, rows=1)
    page = {
        "title": "Agree or refuse a role",
        "summary": grant_summary(grant, unit_names(request.viewer), request.viewer.on),
        "submit": "Save the decision",
        "back": back,
        "crumbs": way,
    }
    return changed(
        request, form, page, act, action="role_grant.decide", obj=grant, template="people/summary_form.html"
    )


@access(
    "role_grant.propose",
    reads=Kind.READ,
    methods=("GET", "POST"),
    step_up=True,
    of="people.RoleGrant",
    by="grant_id",
)
def end(request: Any, grant_id: str) -> HttpResponse:
    grant: Any = queries.grant_by_id(request.viewer, grant_id)
    form = EndForm(request.POST or None)
    back, way = _back(grant.person)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        roles.end_role(by=by, grant=grant, on=form.ends_on())
        return back, "The end of the role is recorded."

    shown(request, obj=grant, rows=1)
    page = {
        "title": "End a role",
        "summary": grant_summary(grant, unit_names(request.viewer), request.viewer.on),
        "submit": "End the role",
        "warn": True,
        "back": back,
        "crumbs": way,
    }
    return changed(
        request, form, page, act, action="role_grant.propose", obj=grant, template="people/summary_form.html"
    )


@access("interest.declare", methods=("GET", "POST"))
def declare(request: Any) -> HttpResponse:
    return _declare(request, person_behind(request.viewer))


@access("interest.declare", methods=("GET", "POST"), of="people.Person", by="person_id")
def declare_for(request: Any, person_id: str) -> HttpResponse:
    person: Any = queries.person_with_interests(request.viewer, person_id)
    return _declare(request, person)


def _declare(request: Any, person: Any) -> HttpResponse:
    viewer = request.viewer
    form = DeclareInterestForm(request.POST or None, units=unit_picks(branches_on(viewer, viewer.on)))
    back, way = _back(person)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        address = given.pop("colleague")
        colleague = queries.colleague_by_address(viewer, address) if address else None
        if address and colleague is None:
            # The answer is the same as for a colleague whom the viewer may not see.
            return back, "If a colleague signs in with that address, the interest is declared."
        interests.declare_interest(by=by, person=person, colleague=colleague, **given)
        said = (
            "If a colleague signs in with that address, the interest is declared."
            if address
            else "The interest is declared."
        )
        return back, said

    page = {
        "title": "Declare an interest"
        if person.pk == viewer.person_id
        else f"Declare an interest of {person.name}",
        "lead": "While it lasts, nothing about that team or colleague is shown, whatever the role.",
        "submit": "Declare",
        "back": back,
        "crumbs": way,
    }
    return changed(request, form, page, act, action="interest.declare", obj=person)


@access("interest.declare", reads=Kind.READ, methods=("GET", "POST"), of="people.Interest", by="interest_id")
def end_interest(request: Any, interest_id: str) -> HttpResponse:
    interest: Any = queries.interest_by_id(request.viewer, interest_id)
    form = EndForm(request.POST or None)
    back, way = _back(interest.person)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        interests.end_interest(by=by, interest=interest, on=form.ends_on())
        return back, "The end of the interest is recorded."

    shown(request, obj=interest, rows=1)
    page = {
        "title": "End an interest",
        "submit": "End the interest",
        "warn": True,
        "back": back,
        "crumbs": way,
    }
    return changed(request, form, page, act, action="interest.declare", obj=interest)
