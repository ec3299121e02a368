"""Grades, last: of the sections first, of the whole audit then."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from plumbline.audits.actions.grades import NeedsReason, TooEarly, give_grades
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.forms.grades import GradesForm, ToGrade
from plumbline.audits.presenters.audit import crumbs, heading
from plumbline.audits.presenters.audit_words import judgements_in_words
from plumbline.audits.queries import audits as queries
from plumbline.audits.rules.grading import propose_overall, propose_section
from plumbline.audits.rules.progress import values
from plumbline.audits.rules.submission import AuditSoFar, grades_of, may_grade
from plumbline.audits.views.audit import unit_of
from plumbline.audits.views.drafting import keeps_draft
from plumbline.audits.views.sections import MOVED_ON, WRITE
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind


def parts_to_grade(now: AuditSoFar, *, is_overall: bool) -> list[ToGrade]:
    """The sections that get a grade, or the whole audit, each with what the rule proposes and what was given."""
    if is_overall:
        return [_part(now, "", "the whole audit", propose_overall(now.tool, grades_of(now.grades)))]
    return [
        _part(now, one.key, one.title, propose_section(now.tool, one, values(now.given)))
        for one in now.tool.sections
        if one.is_graded
    ]


def _part(now: AuditSoFar, key: str, title: str, proposed: Any) -> ToGrade:
    given = now.grades.get(key)
    return ToGrade(key, title, proposed, given.grade if given else "", given.reason if given else "")


def groups_to_grade(now: AuditSoFar, form: GradesForm) -> list[dict[str, Any]]:
    """Each part with its fields, the grade proposed, why, and the counts behind it."""
    return [
        group
        | {
            "proposed": now.tool.grade_label(group["part"].proposed.grade),
            "why": group["part"].proposed.why,
            "counts": judgements_in_words(now, group["part"].key),
        }
        for group in form.groups()
    ]


@access("audit.write", **WRITE)
@keeps_draft
def grades(request: Any, audit_id: str) -> HttpResponse:
    return _page(request, audit_id, is_overall=False)


@access("audit.write", **WRITE)
@keeps_draft
def overall(request: Any, audit_id: str) -> HttpResponse:
    return _page(request, audit_id, is_overall=True)


def _page(request: Any, audit_id: str, *, is_overall: bool) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    now = queries.contents_of(row).so_far
    back = reverse("audit", args=[audit_id])
    is_open = may_grade(now)
    if is_overall and (not now.tool.has_overall or not is_open):
        return redirect("audit_grades", audit_id)
    parts = parts_to_grade(now, is_overall=is_overall)
    form = GradesForm(request.POST or None, parts=parts, grades=now.tool.grades)
    request.draft.fill(form)
    if request.method == "POST" and is_open and form.is_valid():
        try:
            give_grades(
                by=person_behind(request.viewer),
                audit=row,
                choices=form.choices(),
                key=form.cleaned_data.get("key", ""),
            )
        except NotInState:
            messages.info(request, MOVED_ON)
            return redirect(back)
        except (TooEarly, NeedsReason):
            messages.info(
                request, "Nothing was saved: answers changed in the meantime. Look at the grades again."
            )
            return redirect("audit_grades", audit_id)
        request.draft.taken()
        messages.success(request, "The grade is saved." if is_overall else "The grades are saved.")
        if not is_overall and now.tool.has_overall:
            return redirect("audit_grade_overall", audit_id)
        return redirect("audit_check", audit_id)
    shown(request, obj=row, rows=1)
    title = "Overall grade" if is_overall else "Grades of the sections"
    page = {
        "title": title,
        "form": form,
        "is_open": is_open,
        "groups": groups_to_grade(now, form),
        "back": back,
        "audit": heading(request.viewer, row, unit_of(request, row)),
        "crumbs": crumbs(row, title),
    }
    return render(request, "audits/form/grades.html", page)
