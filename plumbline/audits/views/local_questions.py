"""The page on which a round gets a few questions of its own, before its sample is drawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from plumbline.audits.actions import local_questions as actions
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.forms.local_questions import LocalQuestionForm
from plumbline.audits.presenters.local_questions import local_page
from plumbline.audits.queries.rounds import round_for
from plumbline.audits.queries.tools import tool_of
from plumbline.audits.rules.rounds import BEFORE_THE_DRAW
from plumbline.audits.views.rounds import CRUMBS, ROW
from plumbline.framework.queries.occurrences import units_to_choose
from plumbline.people.access import access
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind

LOCKED = "The sample is drawn, so the questions of this round stay as they are."


@access("round.change", methods=("GET", "POST"), **ROW)
def local_questions(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)
    if row.state not in BEFORE_THE_DRAW:
        messages.info(request, LOCKED)
        return redirect("round", round_id=round_id)
    units = units_to_choose(request.viewer)
    names = {unit.public_id: name for unit, name in units}
    taken = [one["text"] for one in row.local_questions]
    if row.tool:
        taken += [one.text for one in tool_of(row.tool).questions.values()]
    removed = request.POST.get("remove", "")
    form = LocalQuestionForm(
        request.POST if request.method == "POST" and not removed else None,
        teams=[Pick(key, name, unit) for (unit, name), key in zip(units, names, strict=True)],
        taken=taken,
    )
    if removed or form.is_valid():
        by = person_behind(request.viewer)
        try:
            if removed:
                actions.remove_local_question(by=by, round=row, key=removed)
                messages.success(request, "The question is taken out.")
            else:
                actions.add_local_question(by=by, round=row, question=form.question())
                messages.success(request, "The question is added. It is asked after those of the tool.")
        except RoundNotInState:
            messages.info(request, LOCKED)
        except actions.TooMany:
            messages.info(request, "The round has as many questions of its own as it may have.")
        return redirect("round_local_questions", round_id=round_id)
    page = local_page(row, names)
    crumbs = [*CRUMBS, {"text": row.title, "href": page["back"]}]
    return render(request, "audits/rounds/local_questions.html", page | {"form": form, "crumbs": crumbs})
