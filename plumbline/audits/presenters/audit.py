"""How an audit in hand reads: why this child, what is asked, the task list, what is left."""

from typing import Any

from django.urls import reverse

from plumbline.audits.models import Audit
from plumbline.audits.presenters.audit_words import (
    clock,
    due_line,
    is_practice,
    page_of,
    progress_status,
    state_tag,
)
from plumbline.audits.presenters.visits import WHY as WHY_VISIT
from plumbline.audits.presenters.visits import name_of, talk_of
from plumbline.audits.queries.audits import Contents
from plumbline.audits.rules.case_values import Column, words_of
from plumbline.audits.rules.progress import Progress, minutes_in_words, minutes_left, parts_of
from plumbline.audits.rules.submission import CHILD, FAMILY, AuditSoFar, Place, may_grade, missing
from plumbline.shared import dates

WHY = {
    "random": "This child’s case was drawn at random. Nobody picked it.",
    "purposive": "The quality assurance team picked this child’s case.",
    "inspector": "An inspector picked this child’s case.",
}


def crumbs(audit: Audit, *more: str) -> list[dict[str, str]]:
    """The way back to the audit."""
    here = page_of(audit)
    return [
        {"text": "My work", "href": "/"},
        {"text": name_of(audit), "href": here},
        *({"text": one} for one in more),
    ]


def heading(viewer: Any, audit: Audit, unit: str) -> dict[str, Any]:
    """What stands on top of every page of an audit."""
    return {
        "id": audit.public_id,
        "reference": audit.reference,
        "round": audit.round.title,
        "tool": f"{audit.tool.title}, version {audit.tool.version}",
        "unit": unit,
        "auditor": audit.auditor.name,
        "worker": audit.worker.name if audit.worker else "",
        "manager": audit.manager.name if audit.manager else "",
        "is_visit": audit.is_visit,
        "tag": state_tag(audit.state),
        "due": "" if is_practice(audit) else due_line(audit, viewer.on),
        # No concern is raised about an invented child, and nothing leads to those who handle real ones.
        "may_raise_concern": viewer.has("audit.concern") and not is_practice(audit),
        "concern_url": "" if is_practice(audit) else page_of(audit, "concern"),
        "record_url": page_of(audit, "record") if is_practice(audit) else "",
        "url": page_of(audit),
    }


def why_this_child(audit: Audit) -> list[str]:
    """Why this case is audited and what happens with what is written: for the auditor as for the worker."""
    if is_practice(audit):
        return [audit.round.rationale, "Read the invented record, then do what an audit asks, page by page."]
    months = audit.tool.content.get("look_back_months", 12)
    lines = [WHY.get(audit.slot.route, "") if audit.slot else WHY_VISIT, audit.round.rationale]
    lines.append(f"Look back over the last {'month' if months == 1 else f'{months} months'}.")
    told = "the worker and their manager" if audit.worker_id else "whoever manages what it is about"
    lines.append(
        "Once it is complete the quality assurance team shares it with "
        f"{told}, who reply in their own words. Nobody’s name stands in it."
    )
    return [line for line in lines if line]


def child_of(audit: Audit) -> dict[str, str]:
    """What is said of the child whose case it is; nothing for a visit."""
    if audit.case is None:
        return {}
    return {
        "plan": words_of(Column.PLAN_TYPE, audit.case.plan_type),
        "age": words_of(Column.AGE_BAND, audit.case.age_band),
    }


def task_list(audit: Audit, now: AuditSoFar, *, sheet_id: str, may_cover: bool) -> dict[str, Any]:
    """The tasks with the state of each, how far the audit is and about how long the rest takes."""
    parts = parts_of(now.tool, now.given)
    left = missing(now)
    places = {one.place for one in left}
    is_open_for_grades = may_grade(now)
    child, family = (any(one.of in who for one in now.heard) for who in (CHILD, FAMILY))
    grades = Progress.NOT_YET
    if is_open_for_grades:
        open_grades = places & {Place.GRADES, Place.OVERALL}
        grades = (
            Progress.DONE
            if not open_grades
            else (Progress.IN_PROGRESS if now.grades else Progress.NOT_STARTED)
        )
    views = Progress.DONE
    if Place.VOICES in places:
        views = Progress.IN_PROGRESS if child or family else Progress.NOT_STARTED
    done, required = sum(part.done for part in parts), sum(part.required for part in parts)
    minutes = minutes_left(
        now.tool,
        now.given,
        is_talk_open=Place.DISCUSSION in places,
        are_views_open=Place.VOICES in places,
        are_grades_open=grades is not Progress.DONE,
    )
    people = [
        _task(
            talk_of(audit),
            page_of(audit, "discussion"),
            Progress.NOT_STARTED if Place.DISCUSSION in places else Progress.DONE,
            "Before you judge: what do they know that you cannot see?",
        ),
    ]
    if now.tool.hears:
        people.append(
            _task(
                "Views of the child and the family",
                page_of(audit, "voices"),
                views,
                "Log every attempt, also those that came to nothing",
            )
        )
    if may_cover:
        people.insert(
            0,
            _task(
                "Cover sheet",
                reverse("audit_cover", args=[sheet_id]) if sheet_id else page_of(audit, "cover_begin"),
                Progress.DONE if sheet_id else Progress.NOT_STARTED,
                "The only place for names",
            ),
        )
    sections = [
        _task(
            part.section.title,
            page_of(audit, "section", part.section.key),
            part.state,
            f"{part.done} of {part.required} required answers"
            if part.required
            else "Nothing here is required",
        )
        for part in parts
    ]
    ending = [
        _task(
            "Grades",
            page_of(audit, "grades") if is_open_for_grades else "",
            grades,
            "",
        ),
        _task(
            "Check and submit",
            page_of(audit, "check"),
            Progress.NOT_STARTED,
            f"{len(left)} {'thing is' if len(left) == 1 else 'things are'} still to do"
            if left
            else "Ready to submit",
        ),
    ]
    return {
        "groups": [
            {"title": "People first", "items": people},
            {"title": "What you find", "items": sections},
            {"title": "Last", "items": ending},
        ],
        "done": done,
        "required": required,
        "progress": f"{done} of {required} required answers are complete.",
        "left": f"{minutes_in_words(minutes).capitalize()} of work is left." if minutes else "",
    }


def _task(title: str, href: str, progress: Progress, hint: str) -> dict[str, Any]:
    item: dict[str, Any] = {"title": {"text": title}, "status": progress_status(progress)}
    if href:
        item["href"] = href
    if hint:
        item["hint"] = {"text": hint}
    return item


def in_hand(
    viewer: Any, contents: Contents, unit: str, *, sheet_id: str, others: list[tuple[str, str, Any]]
) -> dict[str, Any]:
    """The page of an audit that its auditor still writes."""
    audit, now = contents.audit, contents.so_far
    # A visit looks at no child's case and practice at no real one, so there is nobody whose name it needs.
    may_cover = viewer.has("cover_sheet.change") and audit.auditor_id == viewer.person_id
    may_cover = may_cover and not audit.is_visit and not is_practice(audit)
    returned = audit.state == "returned"
    return {
        "title": name_of(audit),
        "audit": heading(viewer, audit, unit),
        "why": why_this_child(audit),
        "purpose": now.tool.purpose,
        "tasks": task_list(audit, now, sheet_id=sheet_id, may_cover=may_cover),
        "cover_url": reverse("audit_cover", args=[sheet_id]) if sheet_id else "",
        "others": [f"{name} was writing at {clock(at)}" for name, _, at in others],
        "returned": returned,
        **child_of(audit),
        "drawn": dates.in_words(dates.day_of(audit.allocated_at)),
    }
