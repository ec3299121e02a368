"""Second ratings: the list, the draw of a round, the blind page and the comparison, the steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions import moderating, rating
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.forms.moderation import JudgementsForm, RateForm, SettleForm
from plumbline.audits.presenters import moderation as presenters
from plumbline.audits.queries import moderation as queries
from plumbline.audits.queries.moderating import answers_of, round_to_moderate
from plumbline.audits.rules.second_rating import missing_of, proposed_for
from plumbline.audits.rules.tool_data import tool_in_case
from plumbline.audits.views.drafting import keeps_draft
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind
from plumbline.shared import paging

ROW: dict[str, Any] = {"of": "audits.Moderation", "by": "moderation_id"}
STEP: dict[str, Any] = {"methods": ("GET", "POST"), **ROW}
MEANWHILE = "Nothing was changed: somebody else was quicker. This is how it stands now."
NOT_YOURS = "Only the person it was given to can rate it, and only until it is rated."
STATES = (("", "All"), ("rate", "To be rated"), ("settle", "To be settled"), ("settled", "Settled"))


@access("moderation.view", reads=Kind.LIST)
def moderations(request: Any) -> HttpResponse:
    viewer, asked = request.viewer, request.GET
    state, mine = asked.get("state", ""), bool(asked.get("mine"))
    page = paging.page_of(queries.moderations_list(viewer, state, is_mine=mine), asked.get("page"))
    rows = list(page.object_list)
    shown(request, rows=len(rows))
    context = {
        "title": "Moderation",
        "rows": [presenters.moderation_row(row, viewer.on) for row in rows],
        "counted": paging.counted(page, "second rating", "second ratings"),
        "pagination": paging.pagination(page, asked),
        "states": [{"value": key, "text": text, "selected": key == state} for key, text in STATES],
        "mine": mine,
        "is_narrowed": bool(state or mine),
    }
    return render(request, "audits/moderation/moderations.html", context)


@access(
    "moderation.assign",
    reads=Kind.READ,
    methods=("GET", "POST"),
    of="audits.Round",
    by="round_id",
)
def of_round(request: Any, round_id: str) -> HttpResponse:
    """The draw of the share to moderate in a round, who rates what, and how grades moved."""
    viewer = request.viewer
    row = round_to_moderate(viewer, round_id)
    if request.method == "POST":
        drawn = moderating.draw_share(by=person_behind(viewer), round=row)
        messages.success(request, _said(len(drawn.moderations), len(drawn.left)))
        return redirect("moderation_round", round_id=round_id)
    shown(request, obj=row, rows=1)
    page = presenters.round_page(
        viewer, row, queries.moderations_of(viewer, row), queries.waiting_to_be_drawn(row)
    )
    # The order of a draw shows which audits were not in it, and so which had the lowest grade.
    is_blind = queries.has_to_rate_in(viewer, row)
    draws = queries.draws_of(row)
    page |= {
        "is_blind": is_blind,
        "has_draws": bool(draws),
        "draws": [] if is_blind else presenters.draw_lines(draws),
        "left": [] if is_blind else queries.without_rater(viewer, row),
        "moved": presenters.movement_sentences(queries.movement(row)),
    }
    return render(request, "audits/moderation/round.html", page)


def _said(given: int, left: int) -> str:
    if not given and not left:
        return "There is nothing to moderate among the audits submitted since the last draw."
    words = "1 audit gets" if given == 1 else f"{given} audits get"
    sentence = f"{words} a second rating. Whoever rates is told."
    return f"{sentence} For {left} nobody independent was found." if left else sentence


@access("moderation.view", reads=Kind.READ, **ROW)
def moderation(request: Any, moderation_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.moderation_by_id(viewer, moderation_id)
    shown(request, obj=row, rows=1)
    page = presenters.moderation_page(viewer, row, viewer.on)
    if row.rated_at and viewer.may("audit.view", row.audit):
        tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
        sections = presenters.comparison(tool, answers_of(row.audit), row.judgements)
        stages = {stage: queries.current_grades(row.audit, stage) for stage in ("first", "second", "final")}
        page |= {
            "sections": sections,
            "differences": presenters.counted_differences(sections),
            "grades": presenters.grade_table(tool, stages),
            "second_reason": next((one.reason for one in stages["second"].values() if one.reason), ""),
            "audit_url": f"/audits/{row.audit.public_id}",
        }
    return render(request, "audits/moderation/moderation.html", page)


def _refused(request: Any, moderation_id: str) -> HttpResponse:
    messages.info(request, NOT_YOURS)
    return redirect("moderation", moderation_id=moderation_id)


def _is_theirs(viewer: Any, row: Any) -> bool:
    return row.moderator_id == viewer.person_id and row.rated_at is None and not row.is_cancelled


@access("moderation.rate", **STEP)
@keeps_draft
def judge(request: Any, moderation_id: str) -> HttpResponse:
    """The blind page: the tool's questions and the evidence cited, and nothing else of the first rating."""
    viewer = request.viewer
    row = queries.moderation_by_id(viewer, moderation_id)
    if not _is_theirs(viewer, row):
        return _refused(request, moderation_id)
    is_draft = "later" in request.POST
    tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
    form = JudgementsForm(
        request.POST if request.method == "POST" else None,
        tool=tool,
        evidence=queries.evidence_cited(row.audit),
        is_draft=is_draft,
        initial=row.judgements,
    )
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            rating.save_judgements(by=person_behind(viewer), moderation=row, judgements=form.cleaned_data)
        except (NotInState, rating.NotTheirs):
            return _refused(request, moderation_id)
        request.draft.taken()
        if is_draft:
            messages.success(request, "Your judgements are kept. Come back to them when you can.")
            return redirect("moderation", moderation_id=moderation_id)
        return redirect("moderation_rate", moderation_id=moderation_id)
    page = presenters.moderation_page(viewer, row, viewer.on)
    page |= {"form": form, "tool": tool, "title": f"Your judgements on {row.audit.reference}"}
    return render(request, "audits/moderation/judge.html", page)


@access("moderation.rate", **STEP)
@keeps_draft
def rate(request: Any, moderation_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.moderation_by_id(viewer, moderation_id)
    if not _is_theirs(viewer, row):
        return _refused(request, moderation_id)
    tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
    if missing_of(tool, row.judgements):
        messages.info(request, "Give your judgements first.")
        return redirect("moderation_judge", moderation_id=moderation_id)
    proposed = proposed_for(tool, row.judgements)
    form = RateForm(
        request.POST if request.method == "POST" else None,
        tool=tool,
        given={part: one.grade for part, one in proposed.items()},
        hints={
            part: f"Proposed: {tool.grade_label(one.grade)}. {one.why}" if one.grade else one.why
            for part, one in proposed.items()
        },
    )
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("reason", "comment", "about_the_audit")}
        try:
            rating.give_second_rating(by=person_behind(viewer), moderation=row, grades=form.grades(), **given)
            request.draft.taken()
            messages.success(request, "Your rating is given. You can now read the first one beside it.")
            return redirect("moderation", moderation_id=moderation_id)
        except (NotInState, rating.NotTheirs):
            return _refused(request, moderation_id)
        except rating.Incomplete:
            form.add_error("reason", "Enter why a grade differs from the one proposed")
    page = presenters.moderation_page(viewer, row, viewer.on)
    back = reverse("moderation_judge", args=[moderation_id])
    page |= {
        "form": form,
        "title": f"Your grades for {row.audit.reference}",
        "lead": "The first rating is shown to you once yours is given.",
        "submit": "Give your rating",
        "back": back,
    }
    return render(request, "form_page.html", page)


@access("moderation.settle", **STEP)
@keeps_draft
def settle(request: Any, moderation_id: str) -> HttpResponse:
    viewer = request.viewer
    row = queries.moderation_by_id(viewer, moderation_id)
    back = reverse("moderation", args=[moderation_id])
    if row.rated_at is None or row.settled_at or row.is_cancelled:
        messages.info(request, "There is no final grade to settle now.")
        return redirect(back)
    if row.audit.auditor_id == viewer.person_id:
        messages.info(request, "You gave the first rating, so somebody else settles the final grade.")
        return redirect(back)
    tool = tool_in_case(row.audit.tool.content, row.audit.not_asked)
    first = queries.current_grades(row.audit, "first")
    second = queries.current_grades(row.audit, "second")
    same = {
        part: one.grade for part, one in first.items() if part in second and second[part].grade == one.grade
    }
    form = SettleForm(
        request.POST if request.method == "POST" else None,
        tool=tool,
        given=same,
        hints={
            part: f"Auditor: {tool.grade_label(one.grade)}. Moderator: {tool.grade_label(second[part].grade)}."
            for part, one in first.items()
            if part in second
        },
    )
    request.draft.fill(form)
    if request.method == "POST" and form.is_valid():
        try:
            rating.settle(
                by=person_behind(viewer),
                moderation=row,
                grades=form.grades(),
                reason=form.cleaned_data["reason"],
            )
            request.draft.taken()
            messages.success(request, "The final grade is settled. The auditor is told.")
        except NotInState:
            messages.info(request, MEANWHILE)
        return redirect(back)
    page = presenters.moderation_page(viewer, row, viewer.on)
    page |= {
        "form": form,
        "title": f"Settle the final grade of {row.audit.reference}",
        "lead": "First, second and final grade are all kept.",
        "submit": "Settle it",
        "back": back,
    }
    return render(request, "form_page.html", page)
