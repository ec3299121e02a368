"""Pages that build the next version of the standards: begin it, add a criterion, remove one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from plumbline.framework.actions import building as actions
from plumbline.framework.actions.standards import NotADraft, NotInForce, Wording
from plumbline.framework.forms.standards import ConfirmForm, NewCriterionForm
from plumbline.framework.presenters import building as presenters
from plumbline.framework.presenters.crosswalk import area_choices
from plumbline.framework.queries import standards as queries
from plumbline.people.access import access
from plumbline.people.scope import person_behind

SET: dict[str, Any] = {"methods": ("GET", "POST"), "of": "framework.StandardSet"}
IN_FORCE = "This version is in force now and cannot be changed. Begin a new version instead."


@access("standard_set.begin", by="set_id", **SET)
def begin(request: Any, set_id: str) -> HttpResponse:
    row: Any = queries.set_for(request.viewer, set_id)
    if request.method != "POST":
        return render(request, "form_page.html", presenters.begin_page(row, ConfirmForm()))
    try:
        draft = actions.begin_version(by=person_behind(request.viewer), row=row)
    except NotInForce:
        messages.info(request, "This version was replaced in the meantime. Nothing was changed.")
    except actions.DraftWaits:
        messages.info(request, "There is a draft already. Change that one, or remove it first.")
    else:
        messages.success(request, "The draft is begun. Change it, then put it in force.")
        return redirect("standard_set", set_id=draft.public_id)
    return redirect("standard_versions")


@access("standard_set.change", by="set_id", **SET)
def add(request: Any, set_id: str, position: int) -> HttpResponse:
    row: Any = queries.set_for(request.viewer, set_id)
    standard = next((one for one in queries.standards_of(row) if one.position == position), None)
    if standard is None:
        raise Http404
    form = NewCriterionForm(request.POST if request.method == "POST" else None, areas=area_choices())
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        applies_to = tuple(given.pop("applies_to"))
        new = actions.NewCriterion(given.pop("number"), given.pop("kind"), applies_to)
        try:
            made = actions.add_criterion(
                by=person_behind(request.viewer), standard=standard, new=new, wording=Wording(**given)
            )
        except NotADraft:
            form.add_error(None, IN_FORCE)
        else:
            messages.success(request, f"Criterion {made.number} is added to the draft.")
            return redirect("criterion", criterion_id=made.public_id)
    return render(request, "form_page.html", presenters.add_page(row, standard, form))


@access("standard_set.change", by="criterion_id", where="criteria__public_id", **SET)
def remove(request: Any, criterion_id: str) -> HttpResponse:
    found: Any = queries.criterion_for(request.viewer, criterion_id)
    if request.method != "POST":
        return render(request, "form_page.html", presenters.remove_page(found, ConfirmForm()))
    row, position = found.set, found.standard.position
    try:
        actions.remove_criterion(by=person_behind(request.viewer), criterion=found)
    except NotADraft:
        messages.info(request, IN_FORCE)
        return redirect("criterion", criterion_id=criterion_id)
    messages.success(request, f"Criterion {found.number} is removed from the draft.")
    return redirect("standard", set_id=row.public_id, position=position)
