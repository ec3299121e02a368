"""How versions of audit tools are shown: the list, importing, what differs, putting one in use, removing a draft."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from plumbline.audits.models import ToolState, ToolVersion
from plumbline.audits.presenters.tools import (
    STATE_TAGS,
    balance_sentence,
    crumbs,
    name_of,
    remark_lines,
)
from plumbline.audits.queries.tool_import import ToolPlan, ToolStep
from plumbline.audits.queries.tools import tool_of, tools_in_use
from plumbline.audits.rules.tool import Tool
from plumbline.audits.rules.tool_difference import difference
from plumbline.framework.presenters.words import counted, version_title, version_words
from plumbline.people.scope import Viewer
from plumbline.shared.area import Found
from plumbline.shared.given import Problem


def tools_page(viewer: Viewer, rows: list[ToolVersion]) -> dict[str, Any]:
    """What the list of tools needs: in use, drafts, and earlier versions."""
    by_state = {state: [row for row in rows if row.state == state] for state in ToolState}
    return {
        "title": "Audit tools",
        "in_use": [_card(row) for row in by_state[ToolState.PUBLISHED]],
        "drafts": [_line(row) for row in by_state[ToolState.DRAFT]],
        "earlier": [_line(row) for row in by_state[ToolState.RETIRED]],
        "may_import": viewer.has("audit_tool.change"),
        "may_practise": viewer.has("practice.do"),
    }


def _card(row: ToolVersion) -> dict[str, Any]:
    tool = tool_of(row)
    return {
        **_line(row),
        "purpose": tool.purpose,
        "size": f"{counted(len(tool.questions), 'question', 'questions')}. {balance_sentence(tool)}",
    }


def _line(row: ToolVersion) -> dict[str, Any]:
    return {
        "title": row.title,
        "version": version_title(row.version),
        "url": reverse("audit_tool", args=[row.public_id]),
        "tag": STATE_TAGS[ToolState(row.state)],
        "made_at": row.created_at,
        "made_by": name_of(row.created_by),
        "published_at": row.published_at,
        "published_by": name_of(row.published_by),
    }


def import_page(form: Any) -> dict[str, Any]:
    """What the page that asks for a file needs."""
    return {"title": "Import an audit tool", "form": form, "submit": "Check the file", "crumbs": crumbs()}


def check_page(file_name: str, plan: ToolPlan, kept: str) -> dict[str, Any]:
    """What the dry run needs: what would happen, what to put right, what to know."""
    return {
        "title": "Put the file right"
        if plan.step is ToolStep.REFUSE
        else "Check the tool before it is taken in",
        "file_name": file_name,
        "sentence": _plan_sentence(plan),
        "errors": [_problem(problem) for problem in plan.errors],
        "notes": [_problem(problem) for problem in plan.notes],
        "changes": plan.changes,
        "kept": kept,
        "submit": "Change the draft" if plan.step is ToolStep.CHANGE else "Take in as a draft",
        "known_url": reverse("audit_tool", args=[plan.same.public_id]) if plan.same else "",
        "crumbs": [*crumbs(), {"text": "Import", "href": reverse("audit_tool_import")}],
    }


def _plan_sentence(plan: ToolPlan) -> str:
    if plan.content is None:
        errors = counted(len(plan.errors), "error", "errors")
        return f"The file has {errors}. Nothing can be taken in until they are put right."
    named = f"“{plan.content['title']}”, {version_words(plan.content['version'])}"
    if plan.same is not None:
        return f"Nothing would change: {named}, is here already and says the same."
    if plan.step is ToolStep.CHANGE:
        return f"The draft of {named} would be changed."
    sentence = f"{named}, would become a draft. Auditors see it once it is put in use."
    if plan.content["version"] != plan.given_version:
        sentence += (
            f" There is a {version_words(plan.given_version)} already, which stays as it is, so this one gets a "
            "number of its own."
        )
    return sentence


def _problem(problem: Problem) -> dict[str, str]:
    where = str(problem.place)
    return {"where": where[0].upper() + where[1:], "message": problem.message}


def difference_page(row: ToolVersion, other: ToolVersion | None) -> dict[str, Any]:
    """What the comparison with another version needs: sentences, and both wordings of each changed question."""
    # A version in use is compared with the one it replaced; any other with the version in use.
    old, new = (row, other) if row.state == ToolState.RETIRED and other else (other, row)
    changes = difference(old.content, new.content) if old and new else None
    questions = len(changes.questions) if changes else 0
    return {
        "title": "What differs between two versions",
        "old": _named(old) if old else None,
        "new": _named(new) if new else None,
        "sentence": "The two versions say the same."
        if changes is not None and changes.is_empty
        else f"{counted(questions, 'change', 'changes')} to questions.",
        "about": changes.about if changes else (),
        "questions": changes.questions if changes else (),
        "crumbs": crumbs(row),
    }


def _named(row: ToolVersion) -> dict[str, Any]:
    return {
        "title": f"{row.title}, {version_words(row.version)}",
        "heading": version_title(row.version),
        "url": reverse("audit_tool", args=[row.public_id]),
        "tag": STATE_TAGS[ToolState(row.state)],
    }


def publish_page(row: ToolVersion, tool: Tool, in_use: ToolVersion | None, form: Any) -> dict[str, Any]:
    """What the page that puts a draft in use needs."""
    lead = "New rounds can choose it from now on."
    if in_use:
        lead = (
            f"It takes the place of {version_words(in_use.version)} for new rounds. Rounds and audits that began with "
            "that version keep it."
        )
    return {
        "title": f"Put {row.title}, {version_words(row.version)}, in use",
        "lead": f"{lead} It can never be edited afterwards, only replaced.",
        "balance": balance_sentence(tool),
        "remarks": remark_lines(tool),
        "difference_url": reverse("audit_tool_difference", args=[row.public_id]) if in_use else "",
        "form": form,
        "submit": "Put in use",
        "back": reverse("audit_tool", args=[row.public_id]),
        "crumbs": crumbs(row),
    }


def discard_page(row: ToolVersion, form: Any) -> dict[str, Any]:
    """What the page that removes a draft needs."""
    return {
        "title": f"Remove the draft of {row.title}, {version_words(row.version)}",
        "lead": "It goes with everything in it. Versions in use and replaced stay as they are.",
        "form": form,
        "submit": "Remove the draft",
        "warn": True,
        "back": reverse("audit_tool", args=[row.public_id]),
        "crumbs": crumbs(row),
    }


def found_tools(viewer: Viewer, asked: str) -> Iterator[Found]:
    """The tools in use whose title or purpose holds every word of a search."""
    words = asked.casefold().split()[:8]
    for row in tools_in_use(viewer) if words and viewer.has("audit_tool.view") else ():
        tool = tool_of(row)
        text = f"{tool.title} {tool.purpose}".casefold()
        if all(word in text for word in words):
            address = reverse("audit_tool", args=[row.public_id])
            yield Found(tool.title, address, "Audit tool", tool.purpose)
