"""Practice audits: the pages of an audit over an invented case, for their owner alone."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone

from plumbline.audits.actions import practice as actions
from plumbline.audits.files.practice_cases import practice_cases
from plumbline.audits.forms.grades import GradesForm
from plumbline.audits.forms.involving import DiscussionForm, VoiceForm
from plumbline.audits.forms.practice import PracticeForm
from plumbline.audits.forms.section import SectionForm
from plumbline.audits.presenters import audit as presenters
from plumbline.audits.presenters import audit_read, checking
from plumbline.audits.presenters import practice as presenting
from plumbline.audits.presenters import section as sections
from plumbline.audits.presenters.audit import crumbs, heading
from plumbline.audits.presenters.audit_words import clock, page_of, voice_line
from plumbline.audits.queries import practice as queries
from plumbline.audits.rules.progress import questions_of
from plumbline.audits.rules.submission import may_grade, missing
from plumbline.audits.views.grades import groups_to_grade, parts_to_grade
from plumbline.people.access import access
from plumbline.people.forms.fields import Pick
from plumbline.people.scope import person_behind
from plumbline.work.forms import KeyedForm

ROW: dict[str, Any] = {"of": "audits.PracticeAudit", "by": "practice_id"}
WRITE: dict[str, Any] = {"methods": ("GET", "POST"), **ROW}
NO_TEAM = "An invented team"
FINISHED = "This practice is finished, so it is read and not written. Begin another one to go on."


def with_contents(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of one practice audit: the row and what it holds are read first, and a finished one goes to its page."""

    @wraps(view)
    def wrapped(request: Any, practice_id: str, **more: str) -> HttpResponse:
        row = queries.practice_for(request.viewer, practice_id)
        if row.finished_at is not None:
            messages.info(request, FINISHED)
            return redirect("practice", practice_id)
        return view(request, row, queries.contents_of_practice(row), **more)

    return wrapped


def _keep(request: Any, row: Any, said: str, **parts: Any) -> None:
    try:
        actions.save_practice(by=person_behind(request.viewer), practice=row, **parts)
        messages.success(request, said)
    except actions.Finished:
        messages.info(request, FINISHED)


def _page(request: Any, contents: Any, title: str, template: str, **more: Any) -> HttpResponse:
    page = {
        "title": title,
        "audit": heading(request.viewer, contents.audit, NO_TEAM),
        "crumbs": crumbs(contents.audit, title),
        "back": page_of(contents.audit),
    }
    return render(request, template, page | more)


@access("practice.do", methods=("GET", "POST"))
def practices(request: Any) -> HttpResponse:
    viewer = request.viewer
    form = PracticeForm(
        request.POST or None,
        cases=[(one.key, one.title) for one in practice_cases().values()],
        tools=[Pick(one.public_id, str(one), one) for one in queries.tools_to_practise(viewer)],
    )
    if request.method == "POST" and form.is_valid():
        made = actions.begin_practice(by=person_behind(viewer), **form.cleaned_data)
        return redirect("practice", made.public_id)
    page = presenting.list_page(list(queries.practices_of(viewer)), actions.KEPT_FOR.days)
    return render(request, "audits/practice/practices.html", page | {"form": form})


@access("practice.do", **ROW)
def practice(request: Any, practice_id: str) -> HttpResponse:
    """The task list while it is in hand; the whole of it, and what a careful auditor noticed, once it is finished."""
    viewer = request.viewer
    row = queries.practice_for(viewer, practice_id)
    contents = queries.contents_of_practice(row)
    more = presenting.around(row, queries.case_of(row))
    if row.finished_at is None:
        page = presenters.in_hand(viewer, contents, NO_TEAM, sheet_id="", others=[])
        return render(request, "audits/practice/in_hand.html", page | more)
    page = audit_read.read_only(
        viewer,
        contents,
        NO_TEAM,
        grades=queries.grades_of_practice(row, contents.audit),
        steps=[],
        concerns=[],
        blocks=[],
        links=[],
        sheet_id="",
    )
    return render(request, "audits/practice/finished.html", page | more)


@access("practice.do", **ROW)
def case_record(request: Any, practice_id: str) -> HttpResponse:
    """What stands in the invented child's record, and what people say when asked."""
    row = queries.practice_for(request.viewer, practice_id)
    contents = queries.contents_of_practice(row)
    case = queries.case_of(row)
    return _page(request, contents, case.title, "audits/practice/record.html", case=case)


@access("practice.do", **WRITE)
@with_contents
def section(request: Any, row: Any, contents: Any, section: str) -> HttpResponse:
    now = contents.so_far
    part = _part_of(now.tool, section)
    form = SectionForm(
        request.POST or None, questions=_asked(request, now, part), given=now.given, versions={}
    )
    if request.method == "POST" and form.is_valid():
        # What is not complete yet is kept all the same: in practice there is no draft apart from what is kept.
        written = {key: asdict(one.given) for key, one in form.written().items()}
        _keep(request, row, f"“{part.title}” is saved.", answers=written)
        if request.POST.get("action") == "later":
            return redirect("practice", row.public_id)
        form.refuse_incomplete()
        if not form.errors:
            keys = [one.key for one in now.tool.sections]
            after = keys[keys.index(part.key) + 1 :]
            return (
                redirect("practice_section", row.public_id, after[0])
                if after
                else redirect("practice", row.public_id)
            )
    page = sections.section_page(contents.audit, now, part, form, drafted_at=None, others=[])
    return _page(request, contents, part.title, "audits/form/section.html", form=form, **page)


def _part_of(tool: Any, key: str) -> Any:
    part = tool.section(key)
    if part is None:
        raise Http404
    return part


def _asked(request: Any, now: Any, part: Any) -> list[Any]:
    sent = [one for one in part.questions if f"{one.key}-version" in request.POST]
    return sent or questions_of(now.tool, part, now.given)


@access("practice.do", **WRITE)
@with_contents
def draft(request: Any, row: Any, contents: Any, section: str) -> HttpResponse:
    """Keeps what is typed; in practice what is typed is what is kept."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    now = contents.so_far
    form = SectionForm(request.POST, questions=_asked(request, now, _part_of(now.tool, section)))
    typed = {
        key: {name: value for name, value in one.items() if name != "version"}
        for key, one in form.typed().items()
    }
    actions.save_practice(by=person_behind(request.viewer), practice=row, answers=typed)
    return JsonResponse({"saved": clock(timezone.now())})


@access("practice.do", **WRITE)
@with_contents
def discussion(request: Any, row: Any, contents: Any) -> HttpResponse:
    said = contents.discussion
    initial: dict[str, Any] = {"mode": contents.audit.mode, "mode_reason": contents.audit.mode_reason}
    if said is not None:
        initial |= {name: getattr(said, name) for name in ("held_on", "who", "notes", "reason_not_held")}
        initial["held"] = "yes" if said.held_on else "no"
    form = DiscussionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        _keep(request, row, "The talk with the worker is recorded.", **presenting.talk_of(form.cleaned_data))
        return redirect("practice", row.public_id)
    lead = f"In practice the worker says: {queries.case_of(row).talk}"
    return _page(request, contents, "Talk with the worker", "audits/form/step.html", form=form, lead=lead)


@access("practice.do", **ROW)
@with_contents
def voices(request: Any, row: Any, contents: Any) -> HttpResponse:
    lines = [voice_line(one) for one in contents.voices]
    title = "Views of the child and the family"
    return _page(request, contents, title, "audits/form/voices.html", voices=lines, may_change=False)


@access("practice.do", **WRITE)
@with_contents
def voice_add(request: Any, row: Any, contents: Any) -> HttpResponse:
    form = VoiceForm(request.POST or None, initial={"on": request.viewer.on})
    if request.method == "POST" and form.is_valid():
        given = presenting.voice_of(form.words_given())
        before = row.work.get("voices", [])
        # A second press logs nothing twice.
        _keep(
            request, row, "The attempt is logged.", voices=[*(one for one in before if one != given), given]
        )
        return redirect("practice_voices", row.public_id)
    lead = "What the child and family say stands in the invented record."
    return _page(request, contents, "Log an attempt", "audits/form/step.html", form=form, lead=lead)


@access("practice.do", **WRITE)
@with_contents
def grades(request: Any, row: Any, contents: Any) -> HttpResponse:
    return _grades(request, row, contents, is_overall=False)


@access("practice.do", **WRITE)
@with_contents
def overall(request: Any, row: Any, contents: Any) -> HttpResponse:
    return _grades(request, row, contents, is_overall=True)


def _grades(request: Any, row: Any, contents: Any, *, is_overall: bool) -> HttpResponse:
    now = contents.so_far
    is_open = may_grade(now)
    if is_overall and (not now.tool.has_overall or not is_open):
        return redirect("practice_grades", row.public_id)
    parts = parts_to_grade(now, is_overall=is_overall)
    form = GradesForm(request.POST or None, parts=parts, grades=now.tool.grades)
    if request.method == "POST" and is_open and form.is_valid():
        _keep(request, row, "The grades are saved.", grades=presenting.grades_given(parts, form.choices()))
        goes_on = not is_overall and now.tool.has_overall
        return redirect("practice_grade_overall" if goes_on else "practice_check", row.public_id)
    title = "Overall grade" if is_overall else "Grades of the sections"
    groups = groups_to_grade(now, form)
    return _page(
        request, contents, title, "audits/form/grades.html", form=form, is_open=is_open, groups=groups
    )


@access("practice.do", **WRITE)
@with_contents
def check(request: Any, row: Any, contents: Any) -> HttpResponse:
    now = contents.so_far
    if request.method == "POST" and not missing(now):
        actions.finish_practice(by=person_behind(request.viewer), practice=row)
        messages.success(request, "You have finished. Below is what you wrote, and what there was to notice.")
        return redirect("practice", row.public_id)
    page = checking.check_page(contents.audit, now, [], 0)
    return _page(request, contents, page.pop("title"), "audits/form/check.html", form=KeyedForm(), **page)


@access("practice.do", methods=("POST",), **ROW)
def delete(request: Any, practice_id: str) -> HttpResponse:
    row = queries.practice_for(request.viewer, practice_id)
    actions.delete_practice(by=person_behind(request.viewer), practice=row)
    messages.success(request, "The practice is gone.")
    return redirect("practices")
