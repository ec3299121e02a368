"""Planning the visits and observations of a round, one by one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions.allocating import NotAllocated
from plumbline.audits.actions.visits import OPEN_STAGES, plan_visit
from plumbline.audits.forms.visits import VisitForm
from plumbline.audits.presenters.visits import not_planned
from plumbline.audits.queries import visits as queries
from plumbline.audits.queries.allocation import round_for
from plumbline.audits.rules.tool_data import tool_from
from plumbline.audits.views.allocation import BOTH, ROUND, usual_due_day
from plumbline.audits.views.rounds import CRUMBS
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.work.once import once


@access("allocation.change", reads=Kind.READ, methods=BOTH, **ROUND)
def visit_plan(request: Any, round_id: str) -> HttpResponse:
    """One visit more: what is visited, by whom and by when."""
    viewer = request.viewer
    row = round_for(viewer, round_id)
    shown(request, obj=row, rows=1, under="allocation.view")
    back = reverse("round", args=[round_id])
    if not row.is_of_visits or row.tool is None or row.state not in OPEN_STAGES:
        messages.info(
            request, "No visit can be planned here: it needs a round of visits with a tool, under way."
        )
        return redirect(back)
    tool = tool_from(row.tool.content)
    form = VisitForm(
        request.POST or None,
        subject=tool.subject,
        about=[Pick(one.key, one.name, one) for one in queries.to_visit(viewer, tool.subject)],
        people=[Pick(one.public_id, one.name, one) for one in queries.visitors(viewer, row)],
        initial={"due_on": usual_due_day(row, viewer.on)},
    )
    if request.method == "POST" and form.is_valid():
        by = person_behind(viewer)

        def plan(given: dict[str, Any]) -> Any:
            about = given.pop("about")
            return plan_visit(by=by, round=row, unit=about.unit, worker=about.worker, **given)

        try:
            once(by, form, plan)
        except NotAllocated as fault:
            form.add_error(None, not_planned(fault))
        else:
            messages.success(request, "The visit is planned. Whoever makes it is told.")
            return redirect(back)
    page = {
        "title": f"Plan a visit: {tool.title}",
        "lead": tool.purpose,
        "form": form,
        "back": back,
        "submit": "Plan the visit",
        "crumbs": [*CRUMBS, {"text": row.title, "href": back}],
    }
    return render(request, "form_page.html", page)
