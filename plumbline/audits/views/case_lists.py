"""Importing a case list: give the file, say what its columns are, explain spellings, check, confirm; and the frame."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import case_lists as actions
from plumbline.audits.actions.round_stages import RoundNotInState
from plumbline.audits.forms.case_lists import AgreeForm, CaseListForm, ColumnsForm, SpellingsForm
from plumbline.audits.presenters import case_lists as presenters
from plumbline.audits.queries import case_lists as queries
from plumbline.audits.queries.case_plan import CasePlan, plan_of, staff_on, units_on, upload_for
from plumbline.audits.queries.rounds import round_for, visible_names
from plumbline.audits.rules.case_values import PLAN_TYPES, Column
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.queries.units import unit_names
from plumbline.people.scope import person_behind
from plumbline.shared import dates, paging
from plumbline.shared.given import FileError

ROW: dict[str, Any] = {"of": "audits.Round", "by": "round_id"}
TOO_LATE = "Nothing was imported: the sample of this round is drawn already, or the round is not planned."


@access("case_list.view", reads=Kind.LIST, **ROW)
def case_list(request: Any, round_id: str) -> HttpResponse:
    viewer = request.viewer
    row = round_for(viewer, round_id)
    kept = queries.case_list_of(viewer, row)
    page: dict[str, Any] = {
        "title": "Case list",
        "round": row,
        "crumbs": presenters.crumbs(row),
        "may_import": viewer.has("case_list.import") and row.state in actions.OPEN,
    }
    if kept is None:
        shown(request, obj=row, rows=0)
        return render(request, "audits/rounds/case_list.html", page)
    on = dates.day_of(kept.imported_at)
    rows = queries.cases_of(viewer, kept)
    asked = request.GET.get("plan", "")
    if asked in PLAN_TYPES:
        rows = rows.filter(plan_type=asked)
    listed = paging.page_of(rows, request.GET.get("page"))
    people = visible_names(viewer, (one.worker_id for one in listed if one.worker_id))
    names = unit_names(viewer)
    counts = queries.plan_types_in(viewer, kept)
    shown(request, obj=kept, rows=len(listed.object_list))
    page |= {
        "case_list": kept,
        "facts": presenters.case_list_facts(
            kept, visible_names(viewer, [kept.imported_by_id or 0]).get(kept.imported_by_id or 0, "")
        ),
        "plans": [
            {"value": key, "text": f"{label} ({counts[key]:,})", "selected": key == asked}
            for key, label in PLAN_TYPES.items()
            if counts.get(key)
        ],
        "rows": [presenters.case_row(one, names, people, on) for one in listed],
        "counted": paging.counted(listed, "case", "cases"),
        "pagination": paging.pagination(listed, request.GET),
        "withheld": kept.size - sum(counts.values()),
    }
    return render(request, "audits/rounds/case_list.html", page)


@access("case_list.import", methods=("GET", "POST"), **ROW)
def upload(request: Any, round_id: str) -> HttpResponse:
    row = round_for(request.viewer, round_id)
    if row.state not in actions.OPEN:
        messages.info(
            request, "A case list can be imported once the round is planned and until its sample is drawn."
        )
        return redirect("round", round_id=round_id)
    form = CaseListForm()
    if request.method == "POST":
        form = CaseListForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept = actions.keep_upload(
                    by=person_behind(request.viewer), round=row, name=file.name, data=file.read()
                )
                return redirect("case_list_check", case_upload_id=kept.public_id)
            except FileError as fault:
                form.add_error("file", f"{fault}")
            except RoundNotInState:
                messages.info(request, TOO_LATE)
                return redirect("round", round_id=round_id)
    page = {
        "title": "Import a case list",
        "form": form,
        "submit": "Check the file",
        "back": reverse("round", args=[round_id]),
        "crumbs": presenters.crumbs(row),
        "round": row,
    }
    return render(request, "audits/rounds/case_list_upload.html", page)


def _own(request: Any, case_upload_id: str) -> tuple[Any, CasePlan | None]:
    kept = upload_for(request.viewer, case_upload_id)
    if kept is None:
        raise Http404
    return kept, None if kept.used_at else plan_of(kept, request.viewer.on)


@access("case_list.import", reads=Kind.READ, methods=("GET", "POST"))
def columns(request: Any, case_upload_id: str) -> HttpResponse:
    kept, plan = _own(request, case_upload_id)
    if plan is None:
        return redirect("case_list", round_id=kept.round.public_id)
    form = ColumnsForm(
        request.POST or None, headings=plan.table.headings, guessed=plan.columns, names=plan.names
    )
    if request.method == "POST" and form.is_valid():
        actions.say_columns(by=person_behind(request.viewer), upload=kept, columns=form.columns())
        return redirect("case_list_check", case_upload_id=case_upload_id)
    shown(request, obj=kept, rows=1)
    page = {
        "title": "Say what the columns are",
        "lead": "Only these columns are kept. Your answers are remembered for the next list.",
        "form": form,
        "submit": "Continue",
        "back": reverse("round", args=[kept.round.public_id]),
        "crumbs": presenters.crumbs(kept.round),
    }
    return render(request, "form_page.html", page)


@access("case_list.import", reads=Kind.READ, methods=("GET", "POST"))
def spellings(request: Any, case_upload_id: str) -> HttpResponse:
    kept, plan = _own(request, case_upload_id)
    if plan is None:
        return redirect("case_list", round_id=kept.round.public_id)
    if not plan.asked:
        return redirect("case_list_check", case_upload_id=case_upload_id)
    on = request.viewer.on
    asked = presenters.questions(plan.asked, units_on(on), unit_names(request.viewer), staff_on(on), on)
    has_workers = any(kind == Column.WORKER for kind, *_ in asked)
    form = SpellingsForm(request.POST or None, questions=asked, has_workers=has_workers)
    if request.method == "POST" and form.is_valid():
        actions.say_spellings(
            by=person_behind(request.viewer),
            upload=kept,
            spellings=form.spellings(),
            blank_workers=bool(form.cleaned_data.get("blank_workers")),
        )
        return redirect("case_list_check", case_upload_id=case_upload_id)
    shown(request, obj=kept, rows=1)
    page = {
        "title": "Say what these spellings mean",
        "lead": "Each is asked once and remembered. A team or plan type left open stops the import.",
        "form": form,
        "submit": "Continue",
        "back": reverse("case_list_check", args=[case_upload_id]),
        "crumbs": presenters.crumbs(kept.round),
    }
    return render(request, "form_page.html", page)


@access("case_list.import", reads=Kind.READ, methods=("GET", "POST"))
def check(request: Any, case_upload_id: str) -> HttpResponse:
    kept, plan = _own(request, case_upload_id)
    if plan is None:
        return redirect("case_list", round_id=kept.round.public_id)
    if plan.needs_columns:
        return redirect("case_list_columns", case_upload_id=case_upload_id)
    form = AgreeForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            actions.import_case_list(
                by=person_behind(request.viewer),
                upload=kept,
                on=request.viewer.on,
                seen=form.cleaned_data["seen"],
            )
            messages.success(
                request,
                "Nothing was changed: the round had this case list already."
                if plan.is_same
                else "The case list is imported. Next, record the seed and draw.",
            )
            return redirect("round", round_id=kept.round.public_id)
        except actions.PlanChanged:
            messages.info(request, "Nothing was imported: something changed since you looked. Check again.")
        except RoundNotInState:
            messages.info(request, TOO_LATE)
            return redirect("round", round_id=kept.round.public_id)
        return redirect("case_list_check", case_upload_id=case_upload_id)
    shown(request, obj=kept, rows=1)
    page = presenters.check_page(kept, plan, queries.has_case_list(request.viewer, kept.round))
    told = paging.page_of(page["errors"], request.GET.get("page"), 50)
    page |= {
        "errors": list(told),
        "counted": paging.counted(told, "thing to put right", "things to put right"),
        "pagination": paging.pagination(told, request.GET),
    }
    return render(request, "audits/rounds/case_list_check.html", page)
