"""Pages of practice standards: a version, a standard, a criterion, versions, notes, publishing, export."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from plumbline.event_log.models import Kind
from plumbline.framework.actions import standards as actions
from plumbline.framework.forms.standards import ConfirmForm, FilterForm, NoteForm, PublishForm, WordingForm
from plumbline.framework.presenters import building as building_presenters
from plumbline.framework.presenters import crosswalk as crosswalk_presenters
from plumbline.framework.presenters import standards as presenters
from plumbline.framework.presenters import versions as version_presenters
from plumbline.framework.queries import standards as queries
from plumbline.people.access import access, require, shown
from plumbline.people.scope import person_behind
from plumbline.shared.area import evidence_on
from plumbline.shared.downloads import download


def _given(request: Any) -> Any:
    # A post with nothing in it is still a post, and its form says what is missing.
    return request.POST if request.method == "POST" else None


def _set_or_404(request: Any, set_id: str) -> Any:
    row = queries.set_for(request.viewer, set_id)
    if row is None:
        raise Http404
    return row


def _criterion_or_404(request: Any, criterion_id: str) -> Any:
    criterion = queries.criterion_for(request.viewer, criterion_id)
    if criterion is None:
        raise Http404
    return criterion


def _show_set(request: Any, row: Any, in_force: list[Any]) -> HttpResponse:
    form = FilterForm(request.GET)
    standards = queries.standards_of(row)
    shown(request, obj=row, rows=len(standards))
    page = presenters.set_page(request.viewer, row, standards, in_force, form, form.chosen())
    return render(request, "framework/standards/set.html", page)


@access("standard_set.view", reads=Kind.LIST)
def in_force(request: Any) -> HttpResponse:
    """The standards in force; where there are several sets, the one published last."""
    rows = queries.sets_in_force(request.viewer)
    if not rows:
        shown(request, rows=0)
        page = {"title": "Practice standards", "may_import": request.viewer.has("framework.import")}
        return render(request, "framework/standards/none.html", page)
    return _show_set(request, rows[0], rows)


@access("standard_set.view", reads=Kind.READ, of="framework.StandardSet", by="set_id")
def one_set(request: Any, set_id: str) -> HttpResponse:
    return _show_set(request, _set_or_404(request, set_id), queries.sets_in_force(request.viewer))


@access("standard_set.view", reads=Kind.READ, of="framework.StandardSet", by="set_id")
def standard(request: Any, set_id: str, position: int) -> HttpResponse:
    row = _set_or_404(request, set_id)
    standards = queries.standards_of(row)
    asked = next((one for one in standards if one.position == position), None)
    if asked is None:
        raise Http404
    shown(request, obj=row, rows=1)
    known = evidence_on(request.viewer, list(asked.criteria.all()))
    page = presenters.standard_page(request.viewer, row, standards, position, known)
    return render(request, "framework/standards/standard.html", page)


@access(
    "standard_set.view",
    reads=Kind.READ,
    of="framework.StandardSet",
    by="criterion_id",
    where="criteria__public_id",
)
def criterion(request: Any, criterion_id: str) -> HttpResponse:
    found = _criterion_or_404(request, criterion_id)
    elsewhere = queries.criterion_in_other_versions(request.viewer, found)
    shown(request, obj=found, rows=1)
    known = evidence_on(request.viewer, [found])[found.pk]
    page = presenters.criterion_page(request.viewer, found, queries.notes_of(found), elsewhere, known)
    return render(request, "framework/standards/criterion.html", page)


@access(
    "standard_set.note",
    methods=("GET", "POST"),
    of="framework.StandardSet",
    by="criterion_id",
    where="criteria__public_id",
)
def note(request: Any, criterion_id: str) -> HttpResponse:
    found = _criterion_or_404(request, criterion_id)
    require(request.viewer, "standard_set.note", found.set)
    form = NoteForm(_given(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_note(by=person_behind(request.viewer), criterion=found, **form.cleaned_data)
        except actions.NotInForce:
            form.add_error(None, "This version was replaced. Add the note to the version in force.")
        else:
            messages.success(request, f"The note on criterion {found.number} is added.")
            return redirect("criterion", criterion_id=criterion_id)
    page = presenters.note_page(found, form)
    return render(request, "form_page.html", page)


@access(
    "standard_set.change",
    methods=("GET", "POST"),
    of="framework.StandardSet",
    by="criterion_id",
    where="criteria__public_id",
)
def wording(request: Any, criterion_id: str) -> HttpResponse:
    found = _criterion_or_404(request, criterion_id)
    require(request.viewer, "standard_set.change", found.set)
    areas = crosswalk_presenters.area_choices()
    form = WordingForm(_given(request), initial=building_presenters.wording_of(found), areas=areas)
    if request.method == "POST" and form.is_valid():
        words = actions.Wording(**form.cleaned_data)
        try:
            actions.reword_criterion(by=person_behind(request.viewer), criterion=found, wording=words)
        except actions.NotADraft:
            form.add_error(None, "This version is in force now and cannot be changed. Import a new draft.")
        else:
            messages.success(request, f"Criterion {found.number} is saved in the draft.")
            return redirect("criterion", criterion_id=criterion_id)
    return render(request, "form_page.html", building_presenters.wording_page(found, form))


@access("standard_set.view", reads=Kind.LIST)
def versions(request: Any) -> HttpResponse:
    rows = list(queries.versions_for(request.viewer))
    shown(request, rows=len(rows))
    return render(request, "framework/standards/versions.html", version_presenters.versions_page(rows))


@access("standard_set.view", reads=Kind.READ, of="framework.StandardSet", by="old_id")
def difference(request: Any, old_id: str, new_id: str) -> HttpResponse:
    old, new = _set_or_404(request, old_id), _set_or_404(request, new_id)
    shown(request, obj=new, rows=2)
    page = version_presenters.difference_page(queries.compared(old, new))
    return render(request, "framework/standards/difference.html", page)


@access("standard_set.publish", methods=("GET", "POST"), of="framework.StandardSet", by="set_id")
def publish(request: Any, set_id: str) -> HttpResponse:
    row = _set_or_404(request, set_id)
    require(request.viewer, "standard_set.publish", row)
    in_force = queries.sets_in_force(request.viewer)
    form = PublishForm(_given(request), others=version_presenters.other_sets(row, in_force))
    if request.method == "POST" and form.is_valid():
        also = form.cleaned_data.get("also", [])
        try:
            actions.publish_set(by=person_behind(request.viewer), row=row, also_replaces=also)
        except actions.NotADraft:
            messages.info(request, "This version is no longer a draft. Nothing was changed.")
        else:
            messages.success(request, f"{row.title} is in force.")
        return redirect("standard_versions")
    page = version_presenters.publish_page(row, in_force, form)
    return render(request, "framework/standards/publish.html", page)


@access("standard_set.change", methods=("GET", "POST"), of="framework.StandardSet", by="set_id")
def discard(request: Any, set_id: str) -> HttpResponse:
    row = _set_or_404(request, set_id)
    require(request.viewer, "standard_set.change", row)
    if request.method == "POST":
        try:
            actions.discard_draft(by=person_behind(request.viewer), row=row)
        except actions.NotADraft:
            messages.info(request, "This version is no longer a draft. Nothing was changed.")
        else:
            messages.success(request, f"The draft of {row.title} is removed.")
        return redirect("standard_versions")
    return render(request, "form_page.html", version_presenters.discard_page(row, ConfirmForm()))


@access("standard_set.export", reads=Kind.EXPORT, step_up=True, of="framework.StandardSet", by="set_id")
def export(request: Any, set_id: str, form: str) -> HttpResponse:
    row = _set_or_404(request, set_id)
    require(request.viewer, "standard_set.export", row)
    file = queries.export_of(row, form)
    if file is None:
        raise Http404
    shown(request, obj=row, rows=file.rows)
    return download(file.data, file.name, file.content_type)
