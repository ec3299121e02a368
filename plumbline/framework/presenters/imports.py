"""How an import is told: what would change before it, what was done after it; on the page and in the command."""

from typing import Any

from django.urls import reverse

from plumbline.framework.files.content import Schedule as ScheduleContent
from plumbline.framework.models import FrameworkUpload, Schedule, SetState, StandardSet
from plumbline.framework.presenters.words import counted, version_words
from plumbline.framework.queries.import_plan import Plan, Step
from plumbline.shared.given import Problem
from plumbline.shared.importing import FilePlan

_STATE_WORDS = {
    SetState.DRAFT: "It is a draft.",
    SetState.PUBLISHED: "It is in force.",
    SetState.RETIRED: "It was replaced. To bring it back, give the file a new version.",
}


def plan_sentence(plan: Plan, *, is_published: bool) -> str:
    """What the import would do, in a sentence or two."""
    match plan.step:
        case Step.REFUSE:
            errors = counted(len(plan.errors), "error", "errors")
            return f"The file has {errors}. Nothing can be imported until they are put right."
        case Step.NOTHING:
            return f"Nothing would change. {_known(plan)}"
        case Step.PUBLISH:
            return f"{_named(plan.same)} is a draft and would be put in force."
        case Step.NOTES:
            notes = sum(map(len, plan.added_notes.values()))
            added = counted(notes, "dated note", "dated notes")
            return f"{added} would be added to {_named(plan.same)}. Its wording stays as it is."
        case Step.VERSION:
            return _version_sentence(plan, is_published=is_published)
    return _schedule_sentence(plan)


def _version_sentence(plan: Plan, *, is_published: bool) -> str:
    assert plan.content is not None
    named = f"“{plan.content.title}”, {version_words(plan.content.version)}"
    if plan.base is None:
        return f"{named} is new. It would {'be put in force' if is_published else 'become a draft'}."
    kept = f"{_named(plan.base)} stays as it is"
    if not is_published:
        return f"{named} would become a draft. {kept}."
    in_place = " in its place" if plan.base.state == SetState.PUBLISHED else ""
    return f"{named} would be put in force{in_place}. {kept}, kept among the versions."


def _schedule_sentence(plan: Plan) -> str:
    assert isinstance(plan.content, ScheduleContent)
    activities = counted(len(plan.content.activities), "activity", "activities")
    if plan.schedule is None:
        return f"“{plan.content.title}” is a new schedule with {activities}."
    return f"The schedule “{plan.schedule.title}” would be changed. It would then have {activities}."


def _named(row: StandardSet | None) -> str:
    return f"“{row.title}”, {version_words(row.version)}," if row else ""


def _known(plan: Plan) -> str:
    if plan.same is not None:
        said = f"“{plan.same.title}”, {version_words(plan.same.version)}, already says this."
        return f"{said} {_STATE_WORDS[SetState(plan.same.state)]}"
    title = plan.schedule.title if plan.schedule else ""
    return f"The schedule “{title}” already says this."


def done_sentence(plan: Plan, row: StandardSet | Schedule, *, is_published: bool) -> str:
    """What the import did."""
    named = f"“{row.title}”, {version_words(row.version)},"
    match plan.step:
        case Step.NOTHING:
            return f"Nothing was changed. {_known(plan)}"
        case Step.NOTES:
            return f"Notes were added to {named} and nothing else was changed."
        case Step.SCHEDULE:
            return f"The schedule {named} was taken in."
    return f"{named} is now {'in force' if is_published else 'a draft'}."


def plan_lines(plan: Plan, *, is_published: bool) -> list[str]:
    """The dry run as lines of text."""
    notes = [*plan.remarks, *map(str, plan.notes)]
    return _as_lines(plan_sentence(plan, is_published=is_published), plan.errors, notes, plan.change_words())


def file_plan_lines(plan: FilePlan) -> list[str]:
    """The dry run of another area's kind of file as lines of text."""
    return _as_lines(plan.sentence, plan.errors, list(map(str, plan.notes)), list(plan.changes))


def _as_lines(sentence: str, errors: Any, notes: list[str], changes: list[str]) -> list[str]:
    lines = [sentence, ""]
    for title, said in (
        ("To put right:", list(map(str, errors))),
        ("To know:", notes),
        ("What would change:", changes),
    ):
        if said:
            lines += [title, *(f"  - {one}" for one in said), ""]
    return lines


def upload_page(form: Any) -> dict[str, Any]:
    """What the first page needs."""
    return {
        "title": "Import standards or a schedule",
        "form": form,
        "submit": "Check the file",
        "crumbs": _crumbs(),
    }


def check_page(upload: FrameworkUpload, plan: Plan) -> dict[str, Any]:
    """What the dry run page needs."""
    return {
        "title": "Check the file before it is imported"
        if plan.step is not Step.REFUSE
        else "Put the file right",
        "file_name": upload.name,
        "sentence": plan_sentence(plan, is_published=False),
        "can_confirm": plan.would_change,
        "errors": [_problem(problem) for problem in plan.errors],
        "remarks": plan.remarks,
        "notes": [_problem(problem) for problem in plan.notes],
        "changes": plan.change_words(),
        "seen": plan.fingerprint,
        "submit": "Import as a draft" if _makes_draft(plan) else "Import",
        "known_url": reverse("standard_set", args=[plan.same.public_id]) if plan.same else "",
        "crumbs": _crumbs(("Import", reverse("framework_import"))),
    }


def file_check_page(upload: FrameworkUpload, plan: FilePlan) -> dict[str, Any]:
    """What the dry run page needs for another area's kind of file."""
    return {
        "title": "Put the file right" if plan.errors else "Check the file before it is imported",
        "file_name": upload.name,
        "sentence": plan.sentence,
        "can_confirm": plan.would_change,
        "errors": [_problem(problem) for problem in plan.errors],
        "notes": [_problem(problem) for problem in plan.notes],
        "changes": plan.changes,
        "seen": plan.fingerprint,
        "submit": "Import",
        "crumbs": _crumbs(("Import", reverse("framework_import"))),
    }


def _makes_draft(plan: Plan) -> bool:
    return plan.step is Step.VERSION


def _problem(problem: Problem) -> dict[str, str]:
    where = str(problem.place)
    return {"where": where[0].upper() + where[1:], "message": problem.message}


def done_page(upload: FrameworkUpload) -> dict[str, Any]:
    """What the result page needs; all of it stands in the upload's result."""
    result = upload.result
    if "sentence" in result:
        return {
            "title": "Imported",
            "sentence": result["sentence"],
            "changes": result["changes"],
            "crumbs": _crumbs(("Import", reverse("framework_import"))),
        }
    step = Step(result["step"])
    named = f"“{result['title']}”, {version_words(result['version'])}"
    sentences = {
        Step.VERSION: f"{named}, is now a draft. It counts once somebody publishes it.",
        Step.NOTES: f"Notes were added to {named}.",
        Step.SCHEDULE: f"{named}, is taken in.",
    }
    return {
        "title": "Imported",
        "sentence": sentences.get(step, f"Nothing was changed: {named} already says this."),
        "set_url": reverse("standard_set", args=[result["id"]]) if result["is_standards"] else "",
        "is_draft": step is Step.VERSION,
        "changes": result["changes"],
        "crumbs": _crumbs(("Import", reverse("framework_import"))),
    }


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    listed = (("Standards", reverse("standards")), *more)
    return [{"text": text, "href": href} for text, href in listed]
