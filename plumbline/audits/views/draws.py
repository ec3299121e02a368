"""The draw of a round: seed, sample, places, picks, what is left out, and the certificate."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from plumbline.audits.actions import draws as actions
from plumbline.audits.actions import exclusions
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.forms.draws import DecideForm, LeaveOutForm, PickForm, SeedForm
from plumbline.audits.presenters import draws as presenters
from plumbline.audits.presenters.case_lists import crumbs
from plumbline.audits.queries import draws as queries
from plumbline.audits.queries.rounds import round_for
from plumbline.audits.rules.draw import TooSmall
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging
from plumbline.shared.downloads import download

ROW: dict[str, Any] = {"of": "audits.Round", "by": "round_id"}
SLOT: dict[str, Any] = {"of": "audits.Slot", "by": "slot_id"}
MOVED = "Nothing was changed: somebody else was quicker. This is how it stands now."


@access("draw.view", reads=Kind.LIST, **ROW)
def draw(request: Any, round_id: str) -> HttpResponse:
    viewer = request.viewer
    row = round_for(viewer, round_id)
    made = queries.draw_for(viewer, row)
    seed = queries.seed_for(viewer, row)
    names = queries.names_of([seed.recorded_by] if seed else [], viewer)
    page: dict[str, Any] = {
        "title": "Draw",
        "round": row,
        "draw": made,
        "seed": presenters.seed_facts(seed, names.get(seed.recorded_by_id or 0, "")) if seed else [],
        "crumbs": crumbs(row),
        "size": queries.size_of_case_list(viewer, row),
    }
    if made is None:
        may = viewer.has("draw.make") and row.state == "cohort"
        page |= {
            "may_seed": may and seed is None,
            "may_draw": may and seed is not None,
            "has_tool": row.tool_id is not None,
            "sentence": presenters.to_be_drawn(row, page["size"]) if page["size"] else "",
        }
        shown(request, obj=row, rows=0)
        return render(request, "audits/rounds/draw.html", page)
    show = request.GET.get("show", "")
    rows = presenters.shown_slots(queries.slots_of(viewer, made), show, queries.ASKED)
    listed = paging.page_of(rows.order_by("stratum", "position", "pk"), request.GET.get("page"))
    people = queries.names_of(
        [one for slot in listed for one in (slot.proposed_by, slot.approved_by)], viewer
    )
    labels = {one["key"]: one["label"] for one in made.strata}
    unit = unit_names(viewer)
    shown(request, obj=made, rows=len(listed.object_list))
    page |= {
        "strata": presenters.strata_rows(made),
        "rows": [presenters.slot_row(slot, labels, unit, viewer, people) for slot in listed],
        "has_strata": len(made.strata) > 1,
        "counted": paging.counted(listed, "place", "places"),
        "pagination": paging.pagination(listed, request.GET),
        "show": [
            {"value": value, "text": text, "selected": value == show} for value, text in presenters.SHOW
        ],
        "may_pick": viewer.has("draw.make") and row.state in actions.PICKING,
    }
    return render(request, "audits/rounds/draw.html", page)


@access("draw.make", methods=("POST",), **ROW)
def make(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)
    try:
        actions.draw_sample(by=person_behind(request.viewer), round=row)
        messages.success(
            request,
            "The sample is drawn. Its certificate can be checked by anybody. Next, allocate the audits.",
        )
    except RoundNotInState:
        messages.info(request, MOVED)
    except actions.ToolMissing:
        messages.info(request, "Nothing was drawn: choose the audit tool first, because the draw settles it.")
    except TooSmall:
        messages.info(
            request,
            "Nothing was drawn: the sample is too small to take the minimum from every group. "
            "Change the round: more cases, fewer groups or no minimum.",
        )
    return redirect("draw", round_id=round_id)


def _step(
    request: Any, form: Any, back: str, act: Callable[[Any, dict[str, Any]], str], **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(person_behind(request.viewer), form.cleaned_data))
            return redirect(back)
        except (RoundNotInState, exclusions.SlotNotInState, actions.SeedGiven):
            messages.info(request, MOVED)
            return redirect(back)
        except actions.NotThere:
            form.add_error(
                "reference", "This reference is not in the case list. Write it as it stands there."
            )
        except actions.InSample:
            form.add_error("reference", "This case is in the sample already, or was left out of it.")
        except exclusions.SamePerson:
            form.add_error(None, "You asked for this yourself. Somebody else has to agree.")
    return render(request, "form_page.html", {"form": form, "back": back, **more})


@access("draw.make", methods=("GET", "POST"), **ROW)
def seed(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)

    def act(by: Any, given: dict[str, Any]) -> str:
        actions.record_seed(by=by, round=row, **given)
        return "The seed is recorded. Now the sample can be drawn."

    return _step(
        request,
        SeedForm(request.POST or None),
        reverse("draw", args=[round_id]),
        act,
        title="Record the seed",
        lead="The seed decides the sample, so nobody may choose it alone. Take it from people in the room or a public source.",
        submit="Record the seed",
        crumbs=crumbs(row),
    )


@access("draw.make", methods=("GET", "POST"), **ROW)
def pick(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)

    def act(by: Any, given: dict[str, Any]) -> str:
        actions.pick_case(by=by, round=row, **given)
        return "The case is in the round, apart from the random ones."

    return _step(
        request,
        PickForm(request.POST or None),
        reverse("draw", args=[round_id]),
        act,
        title="Add a case that was picked",
        submit="Add the case",
        crumbs=crumbs(row),
    )


@access("draw.make", methods=("GET", "POST"), **SLOT)
def leave_out(request: Any, slot_id: str) -> HttpResponse:
    slot = queries.slot_for(request.viewer, slot_id)
    row = slot.draw.round

    def act(by: Any, given: dict[str, Any]) -> str:
        exclusions.ask_to_leave_out(by=by, slot=slot, **given)
        return "It is asked. The case stays in the sample until a second person agrees."

    return _step(
        request,
        LeaveOutForm(request.POST or None),
        reverse("draw", args=[row.public_id]),
        act,
        title="Ask to leave a case out",
        lead=f"Case {slot.case.reference}. The next case in the order takes its place; nothing is reordered.",
        submit="Ask",
        crumbs=crumbs(row),
    )


@access("draw.approve", methods=("GET", "POST"), **SLOT)
def decide(request: Any, slot_id: str) -> HttpResponse:
    slot = queries.slot_for(request.viewer, slot_id)
    row = slot.draw.round
    back = reverse("draw", args=[row.public_id])
    if not exclusions.is_asked(slot):
        messages.info(request, MOVED)
        return redirect(back)

    def act(by: Any, given: dict[str, Any]) -> str:
        if given["answer"] == "keep":
            exclusions.keep_in(by=by, slot=slot)
            return "The case stays in the sample."
        if exclusions.agree_to_leave_out(by=by, slot=slot) is None:
            return "The case is left out. There is no other to take its place, so the sample is smaller."
        return "The case is left out, and the next in the order takes its place."

    note = f" {slot.note}" if slot.note else ""
    return _step(
        request,
        DecideForm(request.POST or None),
        back,
        act,
        title="Decide whether a case is left out",
        lead=f"Case {slot.case.reference}. {slot.get_reason_display()}.{note}",
        submit="Save",
        crumbs=crumbs(row),
    )


def _certificate(request: Any, round_id: str) -> tuple[Any, dict[str, Any] | None]:
    row = round_for(request.viewer, round_id)
    made = queries.draw_for(request.viewer, row)
    shown(request, obj=made or row, rows=1 if made else 0)
    return row, queries.certificate_of(request.viewer, made) if made else None


@access("draw.view", reads=Kind.READ, **ROW)
def certificate(request: Any, round_id: str) -> HttpResponse:
    row, told = _certificate(request, round_id)
    if told is None:
        messages.info(request, "There is no certificate yet: the sample is not drawn.")
        return redirect("draw", round_id=round_id)
    page = {
        "title": "Certificate of the draw",
        "round": row,
        "crumbs": crumbs(row),
        "imported_at": parse_datetime(told["frame"]["imported_at"]),
        "recorded_at": parse_datetime(told["seed"]["recorded_at"]),
        "drawn_at": parse_datetime(told["drawn_at"]),
        **presenters.certificate_page(told),
    }
    return render(request, "audits/rounds/certificate.html", page)


@access("draw.view", reads=Kind.EXPORT, step_up=True, **ROW)
def certificate_file(request: Any, round_id: str) -> HttpResponse:
    _, told = _certificate(request, round_id)
    if told is None:
        return redirect("draw", round_id=round_id)
    data = json.dumps(told, ensure_ascii=False, indent=1)
    name = f"draw-{dates.today():%Y-%m-%d}-{round_id}.json"
    return download(data, name, "application/json; charset=utf-8")
