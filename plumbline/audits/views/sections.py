"""One group of questions a page: saved, kept as a draft, merged when two people wrote."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from plumbline.audits.actions import answers as actions
from plumbline.audits.actions.moving import NotInState
from plumbline.audits.forms.section import SectionForm
from plumbline.audits.presenters import section as presenters
from plumbline.audits.presenters.audit import crumbs, heading
from plumbline.audits.presenters.audit_words import clock
from plumbline.audits.queries import audits as queries
from plumbline.audits.queries.drafts import draft_of, given_of
from plumbline.audits.queries.so_far import open_clashes
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.progress import questions_of
from plumbline.audits.views.audit import ROW, unit_of
from plumbline.event_log.models import Kind
from plumbline.people.access import access, shown
from plumbline.people.scope import person_behind

WRITE: dict[str, Any] = {"methods": ("GET", "POST"), "reads": Kind.READ, **ROW}
MOVED_ON = "Nothing was saved: the audit is not with its auditor any more. This is how it stands now."


def section_of(row: Any, key: str) -> Any:
    """The section of the audit's tool, or 404."""
    found = whole_tool(row.tool.content, row.not_asked, row.local_questions).section(key)
    if found is None:
        raise Http404
    return found


@access("audit.write", **WRITE)
def section(request: Any, audit_id: str, section: str) -> HttpResponse:
    row = queries.audit_for(request.viewer, audit_id)
    part = section_of(row, section)
    contents = queries.contents_of(row)
    now = contents.so_far
    if request.method == "POST":
        # A question that was on the page is taken even if another answer hides it by now.
        questions = [one for one in part.questions if one.is_asked and f"{one.key}-version" in request.POST]
        form = SectionForm(request.POST, questions=questions or questions_of(now.tool, part, now.given))
        response = _save(request, row, part, form)
        if response is not None:
            return response
        drafted_at = None
    else:
        unsaved, drafted_at = draft_of(request.viewer.person_id, row, section)
        versions = {key: one.number for key, one in contents.answers.items()}
        form = SectionForm(
            questions=questions_of(now.tool, part, now.given),
            given=dict(now.given) | {key: one.given for key, one in unsaved.items()},
            versions=versions | {key: one.based_on for key, one in unsaved.items()},
        )
    shown(request, obj=row, rows=1)
    page = presenters.section_page(
        row,
        now,
        part,
        form,
        drafted_at=drafted_at,
        others=queries.others_at_work(request.viewer, row),
    )
    return render(
        request,
        "audits/form/section.html",
        page
        | {
            "title": part.title,
            "form": form,
            "audit": heading(request.viewer, row, unit_of(request, row)),
            "crumbs": crumbs(row, part.title),
        },
    )


def _save(request: Any, row: Any, part: Any, form: SectionForm) -> HttpResponse | None:
    """Where to go after saving; nothing when the page has to be shown again."""
    by, back = person_behind(request.viewer), reverse("audit", args=[row.public_id])
    pressed = request.POST.get("action", "continue")
    is_valid = form.is_valid()
    if is_valid and pressed == "continue":
        form.refuse_incomplete()
        is_valid = not form.errors
    try:
        if not is_valid or pressed.startswith("concern"):
            actions.save_draft(by=by, audit=row, page=part.key, data=form.typed())
            if not pressed.startswith("concern"):
                return None
            question = pressed.partition(":")[2]
            return redirect(
                f"{reverse('audit_concern', args=[row.public_id])}"
                + (f"?question={question}" if question in {one.key for one in part.questions} else "")
            )
        saved = actions.save_answers(
            by=by, audit=row, written=form.written(), page=part.key, key=form.cleaned_data.get("key", "")
        )
    except NotInState:
        messages.info(request, MOVED_ON)
        return redirect(back)
    if saved.clashes:
        return redirect("audit_conflict", row.public_id, part.key)
    if pressed == "later":
        messages.success(request, "Your answers are saved. You can go on at any time.")
        return redirect(back)
    tool = whole_tool(row.tool.content, row.not_asked, row.local_questions)
    given = queries.contents_of(row).so_far.given
    asked = {one.key for one in form.questions}
    more = [one for one in questions_of(tool, part, given) if one.key not in asked]
    if more:
        messages.info(request, "Your answers are saved. They lead to another question below.")
        address = reverse("audit_section", args=[row.public_id, part.key])
        return redirect(f"{address}#question-{more[0].key}")
    messages.success(request, f"“{part.title}” is saved.")
    after = tool.sections[[one.key for one in tool.sections].index(part.key) + 1 :]
    return redirect("audit_section", row.public_id, after[0].key) if after else redirect(back)


@access("audit.write", methods=("GET", "POST"), **ROW)
def draft(request: Any, audit_id: str, section: str) -> HttpResponse:
    """Keeps what is typed; a GET gives a page that was left open over a new sign-in its new token."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    row = queries.audit_for(request.viewer, audit_id)
    part = section_of(row, section)
    questions = [one for one in part.questions if one.is_asked and f"{one.key}-version" in request.POST]
    form = SectionForm(request.POST, questions=questions)
    by = person_behind(request.viewer)
    try:
        actions.save_draft(by=by, audit=row, page=section, data=form.typed())
    except NotInState:
        return JsonResponse({"problem": MOVED_ON}, status=409)
    return JsonResponse({"saved": clock(timezone.now())})


@access("audit.write", methods=("POST",), **ROW)
def discard(request: Any, audit_id: str, section: str) -> HttpResponse:
    """Removes what the viewer typed on the page and did not save."""
    row = queries.audit_for(request.viewer, audit_id)
    part = section_of(row, section)
    try:
        actions.discard_draft(by=person_behind(request.viewer), audit=row, page=part.key)
    except NotInState:
        messages.info(request, MOVED_ON)
        return redirect("audit", audit_id)
    messages.success(request, "What you had typed and not saved is gone. This is the audit as it is saved.")
    return redirect("audit_section", audit_id, section)


@access("audit.write", **WRITE)
def conflict(request: Any, audit_id: str, section: str) -> HttpResponse:
    """Shows both texts of each question that two people answered differently, and takes the choice."""
    row = queries.audit_for(request.viewer, audit_id)
    part = section_of(row, section)
    tool = whole_tool(row.tool.content, row.not_asked, row.local_questions)
    questions = [one for one in part.questions if one.key in open_clashes(row)]
    if not questions:
        return redirect("audit_section", audit_id, section)
    rows = {one.key: _texts(row, one.key) for one in questions}
    form = SectionForm(
        request.POST or None,
        questions=questions,
        given={key: presenters.joined([given_of(one) for one in found]) for key, found in rows.items()},
        versions={
            key: next((one.number for one in found if one.is_current), 0) for key, found in rows.items()
        },
    )
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        errors = _settle(request, row, form, rows)
        if not errors:
            return redirect("audit_conflict", audit_id, section)
    shown(request, obj=row, rows=1)
    page = presenters.conflict_page(
        tool,
        [
            {
                "key": group["question"].key,
                "rows": rows[group["question"].key],
                "fields": group["fields"],
                "version": group["version"],
                "choice": request.POST.get(f"choice-{group['question'].key}", ""),
            }
            for group in form.groups()
        ],
    )
    return render(
        request,
        "audits/form/conflict.html",
        page
        | {
            "form": form,
            "errors": errors,
            "audit": heading(request.viewer, row, unit_of(request, row)),
            "crumbs": crumbs(row, part.title),
        },
    )


def _texts(row: Any, question: str) -> list[Any]:
    """The current answer and those that stand beside it."""
    versions = queries.versions_of(row, question)
    current = [one for one in versions if one.is_current]
    number = current[0].number if current else 0
    return current + [one for one in versions if one.number > number]


def _settle(request: Any, row: Any, form: SectionForm, rows: dict[str, list[Any]]) -> list[dict[str, str]]:
    by, errors = person_behind(request.viewer), []
    written = form.written()
    for key, found in rows.items():
        chosen = request.POST.get(f"choice-{key}", "")
        given = next((given_of(one) for one in found if str(one.number) == chosen), None)
        if chosen == "joined":
            given = written[key].given
        if given is None:
            errors.append({"text": "Select which answer stands", "href": f"#choice-{key}"})
            continue
        try:
            actions.settle_clash(
                by=by,
                audit=row,
                question=key,
                given=given,
                based_on=written[key].based_on,
                key=form.cleaned_data.get("key", ""),
            )
        except NotInState:
            messages.info(request, MOVED_ON)
            return []
    return errors
