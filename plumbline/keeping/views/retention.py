"""Pages about how long records are kept and what a legal hold keeps back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.keeping.actions import retention as actions
from plumbline.keeping.forms.retention import FOR_A_TIME, FOR_GOOD, HoldForm, LiftForm, RuleForm
from plumbline.keeping.presenters import retention as presenters
from plumbline.keeping.queries import retention as queries
from plumbline.keeping.rules.retention import NotKept
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.presenters.person import crumbs
from plumbline.people.presenters.words import people_picks, unit_picks
from plumbline.people.queries.people import people_to_pick
from plumbline.people.queries.units import branches_on, unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import paging


def way(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumbs of a page under retention."""
    return crumbs(("Retention", reverse("retention")), *more)


@access("retention.view")
def retention(request: Any) -> HttpResponse:
    """Each kind of record: how long it is kept, how many are due, how many are held."""
    viewer = request.viewer
    rows = [presenters.rule_row(viewer, due) for due in queries.all_due(viewer)]
    return render(
        request,
        "keeping/retention.html",
        {
            "title": "Retention",
            "rows": rows,
            "summary": presenters.summary_sentence(rows),
            "sees_holds": viewer.has("legal_hold.view"),
            "sees_disposals": viewer.has("disposal.view"),
        },
    )


@access("retention.change", methods=("GET", "POST"))
def retention_rule(request: Any, kind: str) -> HttpResponse:
    """The period of one kind."""
    rule = queries.rule_of(kind)
    if rule is None:
        raise Http404
    initial = {
        "keep": FOR_GOOD if rule.months is None else FOR_A_TIME,
        "months": rule.months,
        "reason": rule.reason,
    }
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rule(
                by=person_behind(request.viewer),
                kind=kind,
                months=form.kept_months(),
                reason=form.cleaned_data["reason"],
            )
        except NotKept as refused:
            form.add_error(None, presenters.SENTENCES[refused.against])
        else:
            messages.success(request, "The period is changed. Nothing is removed until two people agree.")
            return redirect("retention")
    page = {
        "title": f"How long to keep: {rule.kind.label.lower()}",
        "lead": f"Counted from {rule.kind.counted_from}.",
        "back": reverse("retention"),
        "crumbs": way(),
    }
    return render(request, "form_page.html", {"form": form, **page})


@access("legal_hold.view", reads=Kind.LIST)
def legal_holds(request: Any) -> HttpResponse:
    """The holds in force, then those lifted."""
    viewer = request.viewer
    page = paging.page_of(queries.holds_for(viewer), request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    names = unit_names(viewer)
    return render(
        request,
        "keeping/holds.html",
        {
            "title": "Legal holds",
            "rows": [presenters.hold_row(viewer, hold, names) for hold in page],
            "counted": paging.counted(page, "hold", "holds"),
            "pagination": paging.pagination(page, request.GET),
            "place": reverse("legal_hold_place") if viewer.has("legal_hold.change") else "",
            "crumbs": way(),
        },
    )


@access("legal_hold.change", methods=("GET", "POST"))
def legal_hold_place(request: Any) -> HttpResponse:
    """A new hold."""
    viewer = request.viewer
    form = HoldForm(
        request.POST or None,
        kinds=[Pick(kind.key, kind.label, kind.key) for kind in queries.record_kinds().values()],
        units=unit_picks(branches_on(viewer, viewer.on)),
        people=people_picks(people_to_pick(viewer), unit_names(viewer), viewer.on),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.place_hold(by=person_behind(viewer), **{**given, "kind": given["kind"] or ""})
        messages.success(request, "The hold is in force. Nothing that it covers can be removed.")
        return redirect("legal_holds")
    page = {
        "title": "Place a legal hold",
        "lead": "While it is in force, nothing that it covers can be removed, however old.",
        "submit": "Place the hold",
        "back": reverse("legal_holds"),
        "crumbs": way(("Legal holds", reverse("legal_holds"))),
    }
    return render(request, "form_page.html", {"form": form, **page})


@access("legal_hold.change", reads=Kind.READ, methods=("GET", "POST"), of="keeping.LegalHold", by="hold_id")
def legal_hold_lift(request: Any, hold_id: str) -> HttpResponse:
    """The end of a hold."""
    viewer = request.viewer
    hold = queries.holds_for(viewer).get(public_id=hold_id)
    form = LiftForm(request.POST or None)
    shown(request, obj=hold, rows=1, under="legal_hold.view")
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_hold(by=person_behind(viewer), hold=hold, reason=form.cleaned_data["reason"])
        except NotKept as refused:
            form.add_error(None, presenters.SENTENCES[refused.against])
        else:
            messages.success(request, "The hold is lifted. What is due can be proposed for disposal again.")
            return redirect("legal_holds")
    page = {
        "title": "Lift a legal hold",
        "summary": presenters.hold_summary(hold, unit_names(viewer), viewer.on),
        "submit": "Lift the hold",
        "warn": True,
        "back": reverse("legal_holds"),
        "crumbs": way(("Legal holds", reverse("legal_holds"))),
    }
    return render(request, "people/summary_form.html", {"form": form, **page})
