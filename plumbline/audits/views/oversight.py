"""Independent oversight of a round: recording a look at it, and answering its challenge."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import oversight as actions
from plumbline.audits.forms.oversight import AnswerForm, OversightForm
from plumbline.audits.queries import oversight as queries
from plumbline.audits.queries.rounds import round_for
from plumbline.audits.rules.oversight import parts_played
from plumbline.audits.views.drafting import keeps_draft
from plumbline.people.access import access
from plumbline.people.scope import person_behind
from plumbline.work.once import once


def _page(request: Any, round: Any, form: Any, **page: Any) -> HttpResponse:
    back = reverse("round", args=[round.public_id])
    crumbs = [{"text": "Rounds", "href": "/rounds"}, {"text": round.title, "href": back}]
    context = {"form": form, "back": f"{back}#oversight", "crumbs": crumbs, **page}
    return render(request, "form_page.html", context)


@access("oversight.record", methods=("GET", "POST"), of="audits.Round", by="round_id")
@keeps_draft
def record(request: Any, round_id: str) -> HttpResponse:
    viewer = request.viewer
    row = round_for(viewer, round_id)
    roles = ", ".join(viewer.role_names)
    form = OversightForm(
        request.POST or None,
        began_on=row.first_month,
        initial={"capacity": roles[:100], "looked_on": viewer.on},
    )
    request.draft.fill(form)
    why = parts_played(viewer.person_id or 0, queries.parts_in(row))
    if request.method == "POST" and form.is_valid():
        by = person_behind(viewer)
        try:
            once(by, form, lambda given: actions.record_oversight(by=by, round=row, **given))
            request.draft.taken()
            messages.success(request, "It is recorded. It stands on the page of the round and in its report.")
            return redirect(f"{reverse('round', args=[round_id])}#oversight")
        except actions.NotIndependent as refusal:
            form.add_error(None, f"You are not independent of this round: {', '.join(refusal.why)}.")
    lead = "You say what you checked as somebody with no part in the round. It cannot be changed afterwards."
    if why:
        lead = f"You are not independent of this round: {', '.join(why)}. Somebody else has to look at it."
    return _page(request, row, form, title="Record independent oversight", lead=lead, submit="Record it")


@access("oversight.answer", methods=("GET", "POST"), of="audits.Oversight", by="oversight_id")
@keeps_draft
def answer(request: Any, oversight_id: str) -> HttpResponse:
    row = queries.oversight_for(request.viewer, oversight_id)
    form = AnswerForm(request.POST or None)
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_oversight(by=person_behind(request.viewer), oversight=row, **form.cleaned_data)
            request.draft.taken()
            messages.success(request, "What was changed stands beside the challenge now.")
        except actions.AnsweredAlready:
            messages.info(request, "Nothing was changed: somebody has answered it already.")
        except actions.NotIndependent:
            messages.info(request, "The challenge is yours, so somebody else answers it.")
        return redirect(f"{reverse('round', args=[row.round.public_id])}#oversight")
    lead = row.challenge or "No challenge was made. You may still say what was changed."
    return _page(request, row.round, form, title="Say what was changed", lead=lead)
