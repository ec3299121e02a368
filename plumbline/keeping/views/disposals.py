"""Pages about the removal of what is due: proposed by one person, carried out when another agrees."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.keeping.actions import retention as actions
from plumbline.keeping.forms.retention import AGREE, DecideForm, NothingToFillIn
from plumbline.keeping.presenters import retention as presenters
from plumbline.keeping.queries import retention as queries
from plumbline.keeping.rules.retention import Against, NotKept
from plumbline.keeping.views.retention import way
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared import paging
from plumbline.shared.downloads import download
from plumbline.shared.tables import write_csv

ROW: dict[str, Any] = {"of": "keeping.Disposal", "by": "disposal_id"}
LIST = ("Disposals", "disposals")


def _way() -> list[dict[str, str]]:
    return way((LIST[0], reverse(LIST[1])))


@access("disposal.propose", reads=Kind.READ, methods=("GET", "POST"))
def disposal_propose(request: Any, kind: str) -> HttpResponse:
    """What would be removed, and the button that asks a second person."""
    rule = queries.rule_of(kind)
    if rule is None:
        raise Http404
    due = queries.due_rows(rule, request.viewer.on)
    count = due.count()
    if not count:
        messages.info(request, presenters.SENTENCES[Against.NOTHING_DUE])
        return redirect("retention")
    form = NothingToFillIn(request.POST if request.method == "POST" else None)
    shown(request, rows=count)
    if request.method == "POST" and form.is_valid():
        try:
            disposal = actions.propose_disposal(by=person_behind(request.viewer), kind=kind)
        except NotKept as refused:
            form.add_error(None, presenters.SENTENCES[refused.against])
        else:
            messages.success(
                request, "The disposal is proposed. Nothing is removed until a second person agrees."
            )
            return redirect("disposal", disposal.public_id)
    page = {
        "title": "Propose a disposal",
        "lead": "Nothing is removed yet: a second person has to agree.",
        "summary": presenters.proposal_summary(rule, count, *queries.span_of(due)),
        "submit": "Propose the disposal",
        "back": reverse("retention"),
        "crumbs": way(),
    }
    return render(request, "people/summary_form.html", {"form": form, **page})


@access("disposal.view", reads=Kind.LIST)
def disposals(request: Any) -> HttpResponse:
    """The disposals that wait, then those decided."""
    rows = queries.disposals_for(request.viewer).defer("references")
    page = paging.page_of(rows, request.GET.get("page"))
    shown(request, rows=len(page.object_list))
    return render(
        request,
        "keeping/disposals.html",
        {
            "title": "Disposals",
            "rows": [presenters.disposal_row(row) for row in page],
            "counted": paging.counted(page, "disposal", "disposals"),
            "pagination": paging.pagination(page, request.GET),
            "crumbs": way(),
        },
    )


@access("disposal.view", reads=Kind.READ, **ROW)
def disposal(request: Any, disposal_id: str) -> HttpResponse:
    """One disposal; once carried out, its certificate."""
    viewer = request.viewer
    row = queries.disposals_for(viewer).get(public_id=disposal_id)
    shown(request, obj=row, rows=1)
    may_decide = row.waits and row.proposed_by_id != viewer.person_id and viewer.has("disposal.decide")
    return render(
        request,
        "keeping/disposal.html",
        {
            "title": "Certificate of disposal" if row.is_done else "Disposal",
            "tag": presenters.state_tag(row),
            "summary": presenters.disposal_summary(row),
            "is_own": row.waits and row.proposed_by_id == viewer.person_id,
            "decide": reverse("disposal_decide", args=[row.public_id]) if may_decide else "",
            "export": reverse("disposal_export", args=[row.public_id])
            if viewer.has("disposal.export")
            else "",
            "crumbs": _way(),
        },
    )


@access("disposal.decide", reads=Kind.READ, methods=("GET", "POST"), step_up=True, **ROW)
def disposal_decide(request: Any, disposal_id: str) -> HttpResponse:
    """The second person's decision."""
    row = queries.disposals_for(request.viewer).get(public_id=disposal_id)
    form = DecideForm(request.POST or None)
    shown(request, obj=row, rows=1, under="disposal.view")
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["decision"] == AGREE
        try:
            actions.decide_disposal(by=person_behind(request.viewer), disposal=row, agree=agreed)
        except NotKept as refused:
            form.add_error(None, presenters.SENTENCES[refused.against])
        else:
            said = (
                "The records are removed. This page is the certificate."
                if agreed
                else "Refused. Nothing is removed."
            )
            messages.success(request, said)
            return redirect("disposal", disposal_id)
    page = {
        "title": "Agree to or refuse a disposal",
        "lead": "What is removed cannot be brought back, except from a backup.",
        "summary": presenters.disposal_summary(row),
        "submit": "Save the decision",
        "warn": True,
        "back": reverse("disposal", args=[disposal_id]),
        "crumbs": _way(),
    }
    return render(request, "people/summary_form.html", {"form": form, **page})


@access("disposal.export", reads=Kind.EXPORT, step_up=True, **ROW)
def disposal_export(request: Any, disposal_id: str) -> HttpResponse:
    """The identifiers of the records as CSV: what the seal on the certificate was worked out from."""
    row = queries.disposals_for(request.viewer).get(public_id=disposal_id)
    shown(request, obj=row, rows=row.count)
    references = row.references.split("\n")
    data = write_csv([("record id",), *((one,) for one in references)])
    return download(data, f"disposal-{row.public_id}.csv")
