"""Setting what an indicator is to come to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.event_log.models import Kind
from plumbline.improvement.queries.actions import people_to_own
from plumbline.indicators.actions import targets as actions
from plumbline.indicators.actions.exceptions import look_again
from plumbline.indicators.forms.targets import TargetForm
from plumbline.indicators.queries.definitions import indicators
from plumbline.indicators.queries.targets import target_of
from plumbline.people.access import access, shown
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.shared import dates
from plumbline.work.once import once


@access("indicator.target", reads=Kind.READ, methods=("GET", "POST"))
def target(request: Any, indicator_key: str) -> HttpResponse:
    one = indicators().get(indicator_key)
    if one is None or one.unit == "mix":
        raise Http404
    back, by = reverse("indicator", args=[one.key]), person_behind(request.viewer)
    if request.POST.get("do") == "end":
        actions.end_target(by=by, indicator=one)
        messages.success(request, "No target is in force any more.")
        return redirect(back)
    kept = target_of(one)
    owners = people_to_own(request.viewer, (kept.owner if kept else None,))
    initial: dict[str, Any] = {"starts_on": dates.first_of_month(dates.today()), "kind": "month"}
    if kept:
        initial = {
            "starts_on": kept.starts_on,
            "kind": kept.kind,
            "tolerance": kept.tolerance,
            "owner": kept.owner.public_id,
            "agreed_where": kept.agreed_where,
            **{f"after_{months}": f"{value:g}" for months, value in kept.steps},
        }
    form = TargetForm(
        request.POST or None,
        people=[Pick(person.public_id, person.name, person) for person in owners],
        unit=one.unit,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        once(by, form, lambda given: actions.set_target(by=by, indicator=one, **given))
        look_again()
        messages.success(request, "The target is in force. What held before is kept.")
        return redirect(back)
    shown(request, rows=1 if kept else 0)
    context = {
        "title": "Set a target",
        "lead": one.title,
        "form": form,
        "submit": "Put it in force",
        "back": back,
        "kept": kept,
        "crumbs": [
            {"text": "Indicators", "href": reverse("indicators")},
            {"text": one.title, "href": back},
        ],
    }
    return render(request, "indicators/target.html", context)
