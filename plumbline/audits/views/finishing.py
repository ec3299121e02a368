"""Finishing a round whose report was issued while audits were missing: late ones left out, or a new version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions.excusing import NotExcusable, excuse_late
from plumbline.audits.actions.reports import ReportBegun, begin_report
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.forms.rounds import ExcuseForm
from plumbline.audits.presenters import finishing as presenters
from plumbline.audits.queries import excusals as queries
from plumbline.audits.queries.rounds import round_for, rounds_for
from plumbline.framework.queries.occurrences import forums_for
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind

CHANGED = "Nothing was changed: an audit came in or moved on in the meantime. This is how it stands now."


@access("round.excuse", methods=("GET", "POST"), of="audits.Round", by="round_id")
def excuse(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)
    late = queries.late_to_excuse(request.viewer, row)
    shown(request, obj=row, rows=len(late), under="audit.view")
    form = ExcuseForm(
        request.POST or None,
        late=presenters.late_picks(request.viewer, late),
        forums=[Pick(one.public_id, one.name, one) for one in forums_for(request.viewer)],
    )
    back = reverse("round", args=[round_id])
    if request.method == "POST" and form.is_valid():
        try:
            number = excuse_late(by=person_behind(request.viewer), round=row, **form.cleaned_data)
            left = "1 late audit is" if number == 1 else f"{number} late audits are"
            messages.success(request, f"{left} left out. The report and this page say so, and why.")
        except (NotExcusable, RoundNotInState):
            messages.info(request, CHANGED)
        return redirect(back)
    lead = (
        "They count as not done, wherever the round is told of. What was written in them is kept, and their "
        "auditors are told."
        if late
        else "No audit of this round is late that you may leave out. Somebody else decides about your own."
    )
    page = {
        "title": "Leave late audits out of the round",
        "form": form,
        "lead": lead,
        "submit": "Leave them out",
        "back": back,
        "crumbs": [{"text": "Rounds", "href": "/rounds"}, {"text": row.title, "href": back}],
    }
    return render(request, "form_page.html", page)


@access("report.write", methods=("POST",))
def begin_again(request: Any) -> HttpResponse:
    """The next version of the report of the round that the form names, begun with one press."""
    row = rounds_for(request.viewer).filter(public_id=request.POST.get("round", "")[:40]).first()
    facts = queries.after_issue(row, request.viewer.on) if row else None
    if row is None or facts is None or facts.next_version:
        messages.info(request, "Nothing was begun: the report or its round has moved on in the meantime.")
        return redirect("reports")
    reason = presenters.reason_for_next(facts)
    try:
        made = begin_report(by=person_behind(request.viewer), round=row, reason=reason)
    except ReportBegun:
        messages.info(request, "A report of this round is being written already.")
        return redirect("reports")
    messages.success(
        request, "The next version is begun with the words of the one before. Check them against the figures."
    )
    return redirect("report", report_id=made.public_id)
