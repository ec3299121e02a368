"""Making a role of the council's own out of another, and no longer offering it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from plumbline.govuk.forms import GovukForm
from plumbline.people.access import access
from plumbline.people.actions import local_roles as actions
from plumbline.people.forms.rights import LocalRoleForm
from plumbline.people.presenters.local_roles import right_choices
from plumbline.people.presenters.person import crumbs
from plumbline.people.queries.local_roles import local_role_by_id
from plumbline.people.rules.roles import Role
from plumbline.people.scope import permission_table
from plumbline.people.views.changing import changed


def _rights_of(key: str) -> str:
    return f"{reverse('permissions')}?role={key}"


@access("local_role.make", methods=("GET", "POST"), step_up=True)
def make(request: Any, base: str) -> HttpResponse:
    if base not in set(Role):
        raise Http404
    role = Role(base)
    form = LocalRoleForm(request.POST or None, rights=right_choices(role, permission_table()))

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        made = actions.make_local_role(by=by, base=role, **given)
        return _rights_of(made.public_id), f"{made.name} is made. Propose it for somebody on their page."

    page = {
        "title": f"A role narrower than {role.label.lower()}",
        "lead": "It can do what that role can do, without what you leave out here. It is not edited later: a changed one is a new one.",
        "submit": "Make the role",
        "back": _rights_of(role),
        "crumbs": crumbs(("Who may do what", _rights_of(role))),
    }
    return changed(request, form, page, act, action="local_role.make")


@access("local_role.make", methods=("GET", "POST"), step_up=True)
def retire(request: Any, local_role_id: str) -> HttpResponse:
    row = local_role_by_id(request.viewer, local_role_id)
    if row is None:
        raise Http404

    form = GovukForm(request.POST if request.method == "POST" else None)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.retire_local_role(by=by, local_role=row)
        return _rights_of(row.public_id), f"{row.name} is no longer offered."

    page = {
        "title": f"No longer offer {row.name}",
        "lead": "Those who hold it keep it until their right ends. End it on their page.",
        "submit": "No longer offer it",
        "warn": True,
        "back": _rights_of(row.public_id),
        "crumbs": crumbs(("Who may do what", _rights_of(row.public_id))),
    }
    return changed(request, form, page, act, action="local_role.make")
