"""Services and teams as a tree, one team with its history, and the changes to teams."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.actions import merging
from plumbline.people.actions import units as actions
from plumbline.people.forms.day import DayForm
from plumbline.people.forms.units import (
    CloseUnitForm,
    MergeUnitsForm,
    MoveUnitForm,
    OpenUnitForm,
    RenameUnitForm,
)
from plumbline.people.presenters import teams as presenters
from plumbline.people.presenters.person import crumbs
from plumbline.people.presenters.words import unit_picks
from plumbline.people.queries import units as queries
from plumbline.people.queries.people import people_of_unit
from plumbline.people.views.changing import changed

BOTH = ("GET", "POST")


def _unit(request: Any, unit_id: str) -> Any:
    unit = queries.unit_by_id(request.viewer, unit_id)
    if unit is None:
        raise Http404
    return unit


def _day(request: Any) -> tuple[date, DayForm]:
    form = DayForm(request.GET if "on_day" in request.GET else None, initial={"on": request.viewer.on})
    return (form.cleaned_data["on"] if form.is_bound and form.is_valid() else request.viewer.on), form


@access("unit.view")
def teams(request: Any) -> HttpResponse:
    day, form = _day(request)
    branches = queries.tree_as_it_stood(request.viewer, day)
    page = {
        "title": "Teams",
        "nodes": presenters.tree_nodes(branches, day, request.viewer.on),
        "counts": presenters.counts_of(branches),
        "as_it_stood": presenters.as_it_stood(day, request.viewer.on),
        "form": form,
        "may_change": request.viewer.has("unit.change"),
    }
    return render(request, "people/teams.html", page)


@access("unit.view", reads=Kind.LIST)
def team(request: Any, unit_id: str) -> HttpResponse:
    unit = _unit(request, unit_id)
    day, form = _day(request)
    people = people_of_unit(request.viewer, unit, day) if request.viewer.has("person.view") else []
    shown(request, obj=unit, rows=len(people), under="person.view" if people else "")
    page = presenters.team_page(request.viewer, queries.unit_story(request.viewer, unit, day), people, day)
    more = {
        "form": form,
        "as_it_stood": presenters.as_it_stood(day, request.viewer.on),
        "crumbs": crumbs(("Teams", reverse("teams"))),
    }
    return render(request, "people/team.html", page | more)


def _page(unit_id: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "back": reverse("team", args=[unit_id]),
        "crumbs": crumbs(("Teams", reverse("teams"))),
        **more,
    }


def _picks(request: Any) -> list[Any]:
    return unit_picks(queries.branches_on(request.viewer, request.viewer.on))


@access("unit.change", methods=BOTH)
def open_team(request: Any) -> HttpResponse:
    form = OpenUnitForm(request.POST or None, units=_picks(request))

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        made = actions.open_unit(by=by, **given)
        return reverse("team", args=[made.public_id]), "The team is opened."

    page = {
        "title": "Open a team or service",
        "submit": "Open",
        "back": reverse("teams"),
        "crumbs": crumbs(("Teams", reverse("teams"))),
    }
    return changed(request, form, page, act, action="unit.change")


@access("unit.change", methods=BOTH)
def rename(request: Any, unit_id: str) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = RenameUnitForm(request.POST or None)

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.rename_unit(by=by, unit=unit, **given)
        return reverse(
            "team", args=[unit_id]
        ), "The new name is recorded. Earlier days keep the earlier name."

    return changed(request, form, _page(unit_id, "Rename"), act, action="unit.change", obj=unit)


@access("unit.change", methods=BOTH)
def move(request: Any, unit_id: str) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = MoveUnitForm(request.POST or None, units=_picks(request))

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.move_unit(by=by, unit=unit, **given)
        return reverse("team", args=[unit_id]), "The move is recorded. Earlier days keep the earlier place."

    return changed(
        request, form, _page(unit_id, "Move to another service"), act, action="unit.change", obj=unit
    )


def _confirm(request: Any, form: Any, confirmation: dict[str, Any], back: str) -> HttpResponse:
    """The page that says in numbers what will happen, with what was sent kept in hidden fields."""
    page = {**confirmation, "sent": form.sent(), "back": back, "crumbs": crumbs(("Teams", reverse("teams")))}
    return render(request, "people/confirm.html", page)


@access("unit.change", methods=BOTH)
def merge(request: Any) -> HttpResponse:
    form = MergeUnitsForm(request.POST or None, units=_picks(request))
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["confirmed"]:
        given = form.cleaned_data
        names, day = queries.unit_names(request.viewer), given["on"]
        target = names.on(given["into"].pk, day) if given["into"] else given["name"]
        weight = queries.weight_of(request.viewer, given["units"], day)
        closing = [names.on(unit.pk, day) for unit in given["units"]]
        return _confirm(
            request, form, presenters.merge_confirmation(closing, target, weight, day), reverse("team_merge")
        )

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        made = merging.merge_units(
            by=by, units=given["units"], on=given["on"], into=given["into"], name=given["name"]
        )
        return reverse(
            "team", args=[made.public_id]
        ), "The teams are merged. Earlier days keep the earlier teams."

    page = {
        "title": "Merge teams",
        "submit": "Check what will happen",
        "back": reverse("teams"),
        "crumbs": crumbs(("Teams", reverse("teams"))),
    }
    return changed(request, form, page, act, action="unit.change")


@access("unit.change", methods=BOTH)
def close(request: Any, unit_id: str) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = CloseUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["confirmed"]:
        day = form.cleaned_data["on"]
        name = queries.unit_names(request.viewer, [unit.pk]).on(unit.pk, day)
        weight = queries.weight_of(request.viewer, [unit], day)
        return _confirm(
            request,
            form,
            presenters.close_confirmation(name, weight, day),
            reverse("team_close", args=[unit_id]),
        )

    def act(by: Any, given: dict[str, Any]) -> tuple[str, str]:
        actions.close_unit(by=by, unit=unit, on=given["on"])
        return reverse("team", args=[unit_id]), "The closing is recorded. Its name and history stay."

    return changed(
        request,
        form,
        _page(unit_id, "Close", submit="Check what will happen"),
        act,
        action="unit.change",
        obj=unit,
    )
