"""The list of people, one person, and the changes to a person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.actions import leaving
from plumbline.people.actions import people as actions
from plumbline.people.forms.people import (
    AddPersonForm,
    ComeBackForm,
    LeaveForm,
    LineManagerForm,
    MovePostForm,
    NameForm,
)
from plumbline.people.presenters import people as list_presenter
from plumbline.people.presenters.person import crumbs, person_page, unit_ids_of
from plumbline.people.presenters.words import holding_picks, people_picks, unit_picks
from plumbline.people.queries import people as queries
from plumbline.people.queries.units import branches_on, unit_names
from plumbline.people.views.changing import changed
from plumbline.shared import paging

ROW: dict[str, Any] = {"of": "people.Person", "by": "person_id"}
CHANGE: dict[str, Any] = {"methods": ("GET", "POST"), **ROW}


@access("person.view", reads=Kind.LIST)
def people(request: Any) -> HttpResponse:
    viewer = request.viewer
    branches = branches_on(viewer, viewer.on)
    may_ask = queries.sees_everyones_roles(viewer)
    wanted = list_presenter.asked_of(request.GET, branches, may_ask_for_roles=may_ask)
    page = paging.page_of(queries.people_list(viewer, wanted), request.GET.get("page"))
    rows = list_presenter.people_rows(page, unit_names(viewer), viewer)
    shown(request, rows=len(rows))
    others = queries.sees_others(viewer)
    context = {
        "title": "People",
        "fields": list_presenter.filter_fields(wanted, branches, may_ask_for_roles=may_ask),
        "rows": rows,
        "has_left": wanted.has_left,
        "counted": paging.counted(page, "person", "people"),
        "pagination": paging.pagination(page, request.GET),
        "empty": list_presenter.empty_sentence(wanted, sees_others=others),
        "may_add": viewer.has("person.change"),
    }
    return render(request, "people/people.html", context)


@access("person.view", reads=Kind.READ, **ROW)
def person(request: Any, person_id: str) -> HttpResponse:
    viewer = request.viewer
    found: Any = queries.person_by_id(viewer, person_id)
    story = queries.person_story(viewer, found)
    shown(request, obj=found, rows=1)
    names = unit_names(viewer, unit_ids_of(story))
    way = crumbs(("People", reverse("people")))
    return render(request, "people/person.html", person_page(viewer, story, names) | {"crumbs": way})


def _page(person_id: str, name: str, **more: Any) -> dict[str, Any]:
    back = reverse("person", args=[person_id])
    return {"back": back, "crumbs": crumbs(("People", reverse("people")), (name, back)), **more}


def _offers(viewer: Any, besides: Any = None) -> tuple[list[Any], list[Any]]:
    """The units and the people a form may offer: what the viewer may see, and nothing else."""
    names = unit_names(viewer)
    units = unit_picks(branches_on(viewer, viewer.on))
    return units, people_picks(queries.people_to_pick(viewer), names, viewer.on, besides)


@access("person.change", methods=("GET", "POST"))
def add(request: Any) -> HttpResponse:
    units, colleagues = _offers(request.viewer)
    form = AddPersonForm(request.POST or None, units=units, people=colleagues)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        made = actions.add_person(by=by, **given)
        return reverse(
            "person", args=[made.public_id]
        ), f"{made.name} is added. Propose a role next, or they can see nothing."

    page = {
        "title": "Add a person",
        "submit": "Add",
        "back": reverse("people"),
        "crumbs": crumbs(("People", reverse("people"))),
    }
    return changed(request, form, page, act, action="person.change")


@access("person.change", **CHANGE)
def change_name(request: Any, person_id: str) -> HttpResponse:
    found: Any = queries.person_by_id(request.viewer, person_id)
    form = NameForm(request.POST or None, initial={"name": found.name})

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.change_name(by=by, person=found, **given)
        return reverse("person", args=[person_id]), "The name is changed."

    return changed(
        request,
        form,
        _page(person_id, found.name, title="Change the name"),
        act,
        action="person.change",
        obj=found,
    )


@access("person.change", **CHANGE)
def move_post(request: Any, person_id: str) -> HttpResponse:
    found: Any = queries.person_by_id(request.viewer, person_id)
    units, _ = _offers(request.viewer)
    posts = holding_picks(
        queries.running_holdings(request.viewer, found), unit_names(request.viewer), request.viewer.on
    )
    form = MovePostForm(request.POST or None, units=units, posts=posts)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.move_post(by=by, person=found, **given)
        return reverse(
            "person", args=[person_id]
        ), f"{found.name} has the new post. The earlier one stays in the history."

    return changed(
        request,
        form,
        _page(person_id, found.name, title="Move to another post"),
        act,
        action="person.change",
        obj=found,
    )


@access("person.change", **CHANGE)
def line_manager(request: Any, person_id: str) -> HttpResponse:
    found: Any = queries.person_by_id(request.viewer, person_id)
    form = LineManagerForm(request.POST or None, people=_offers(request.viewer, found)[1])

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.set_line_manager(by=by, person=found, **given)
        return reverse("person", args=[person_id]), "The line manager is changed."

    return changed(
        request,
        form,
        _page(person_id, found.name, title="Change the line manager"),
        act,
        action="person.change",
        obj=found,
    )


@access("person.change", **CHANGE)
def leave(request: Any, person_id: str) -> HttpResponse:
    found: Any = queries.person_by_id(request.viewer, person_id)
    form = LeaveForm(request.POST or None, people=_offers(request.viewer, found)[1])

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        leaving.leave(by=by, person=found, **given)
        return reverse(
            "person", args=[person_id]
        ), f"It is recorded that {found.name} leaves. Posts, roles and access end that day."

    page = _page(
        person_id,
        found.name,
        title=f"Record that {found.name} leaves",
        submit="Record that they leave",
        warn=True,
    )
    return changed(request, form, page, act, action="person.change", obj=found)


@access("person.change", **CHANGE)
def come_back(request: Any, person_id: str) -> HttpResponse:
    found: Any = queries.person_by_id(request.viewer, person_id)
    units, colleagues = _offers(request.viewer, found)
    form = ComeBackForm(request.POST or None, units=units, people=colleagues)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        leaving.come_back(by=by, person=found, **given)
        return reverse("person", args=[person_id]), f"{found.name} is back. Roles have to be proposed anew."

    page = _page(person_id, found.name, title=f"Record that {found.name} has come back")
    return changed(request, form, page, act, action="person.change", obj=found)
