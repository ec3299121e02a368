"""How second ratings are shown: the list, the blind page, and first and second side by side once rated."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from plumbline.audits.models import (
    Answer,
    Grade,
    Judgement,
    Moderation,
    ModerationDraw,
    ModerationReason,
    Round,
)
from plumbline.audits.queries.moderation import Movement, is_late
from plumbline.audits.rules.second_rating import graded_parts, part_title, questions_to_judge
from plumbline.audits.rules.tool import Tool
from plumbline.people.scope import Viewer
from plumbline.shared import dates

NOT_GIVEN = "Not answered"


def state_of(row: Moderation, on: date) -> dict[str, str]:
    """Where a second rating stands, as a tag."""
    if row.is_cancelled:
        return {"text": "Taken back", "classes": "govuk-tag--grey"}
    if row.settled_at:
        return {"text": "Settled", "classes": "govuk-tag--green"}
    if row.rated_at:
        return {"text": "To be settled", "classes": "govuk-tag--yellow"}
    if is_late(row, on):
        return {"text": "Late", "classes": "govuk-tag--red"}
    return {"text": "To be rated", "classes": "govuk-tag--blue"}


def moderation_row(row: Moderation, on: date) -> dict[str, Any]:
    """One line of a list. Why it is moderated is said only once it is rated: the lowest grade would tell itself."""
    return {
        "url": reverse("moderation", args=[row.public_id]),
        "reference": row.audit.reference,
        "round": row.audit.round.title,
        "moderator": row.moderator.name,
        "due": dates.short(row.due_on),
        "tag": state_of(row, on),
        "why": ModerationReason(row.why).label if row.rated_at else "",
    }


def judged_words(value: str) -> str:
    """The judgement in words, or that there is none."""
    return Judgement(value).label if value in Judgement.values else NOT_GIVEN


def comparison(tool: Tool, answers: Mapping[str, Answer], second: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each section with first and second judgement of each question side by side."""
    judged = {one.key for one in questions_to_judge(tool)}
    sections = []
    for section in tool.sections:
        rows = []
        for question in section.questions:
            if question.key not in judged:
                continue
            answer = answers.get(question.key)
            first = answer.judgement if answer else ""
            if not first and not second.get(question.key):
                continue
            rows.append(
                {
                    "text": question.text,
                    "first": judged_words(first),
                    "second": judged_words(second.get(question.key, "")),
                    # A question that only one of them was to answer is no difference of judgement.
                    "is_twice": bool(first and second.get(question.key)),
                    "differs": bool(first and second.get(question.key)) and first != second[question.key],
                    "rationale": answer.rationale if answer else "",
                }
            )
        if rows:
            sections.append({"title": section.title, "rows": rows})
    return sections


def grade_table(tool: Tool, stages: Mapping[str, Mapping[str, Grade]]) -> list[dict[str, Any]]:
    """First, second and final grade of each part."""
    return [
        {
            "title": part_title(tool, part),
            **{
                stage: tool.grade_label(given[part].grade) if part in given else ""
                for stage, given in stages.items()
            },
        }
        for part in graded_parts(tool)
    ]


def counted_differences(sections: list[dict[str, Any]]) -> str:
    """How many judgements differ, in a sentence."""
    rows = [row for section in sections for row in section["rows"] if row["is_twice"]]
    differ = sum(row["differs"] for row in rows)
    verb = "differs" if differ == 1 else "differ"
    return f"Both answered {len(rows)} of the questions; {differ} {verb}."


def moderation_page(viewer: Viewer, row: Moderation, on: date) -> dict[str, Any]:
    """What every state of the page has: which case, who, by when, and what may be done."""
    mine = row.moderator_id == viewer.person_id
    links: list[tuple[str, str]] = []
    if not row.is_cancelled and row.rated_at is None:
        if mine and viewer.may("moderation.rate", row):
            links.append(("Give your judgements", "moderation_judge"))
        if viewer.may("moderation.assign", row):
            links.append(("Give it to somebody else", "moderation_assign"))
    is_to_settle = row.rated_at and not row.settled_at and not row.is_cancelled
    if is_to_settle and row.audit.auditor_id != viewer.person_id and viewer.may("moderation.settle", row):
        links.append(("Settle the final grade", "moderation_settle"))
    return {
        "title": f"Second rating of {row.audit.reference}",
        "moderation": row,
        "tag": state_of(row, on),
        "round": row.audit.round.title,
        "moderator": row.moderator.name,
        "mine": mine,
        "due": dates.in_words(row.due_on),
        "why": ModerationReason(row.why).label if row.rated_at else "",
        "links": [{"text": text, "href": reverse(name, args=[row.public_id])} for text, name in links],
        "crumbs": [{"text": "Moderation", "href": reverse("moderations")}],
    }


def draw_lines(draws: list[ModerationDraw]) -> list[dict[str, Any]]:
    """Each draw with what is needed to repeat it."""
    return [
        {
            "at": draw.drawn_at,
            "by": draw.drawn_by.name if draw.drawn_by else "",
            "seed": draw.seed_value,
            "digest": draw.frame_digest,
            "how": draw.how,
            "taken": draw.references[: draw.wanted],
            "others": draw.references[draw.wanted :],
        }
        for draw in draws
    ]


# Where a tool gives no overall grade, the grades of its sections are what can move.
OF_GRADES = {
    "": "Of {settled} settled",
    "overall": "Of {settled} settled",
    "section": "Of {grades} section grades in {settled} settled audits",
    "both": "Of {grades} overall and section grades in {settled} settled audits",
}


def movement_sentences(moved: Movement) -> list[str]:
    """How moderation moved the grades, in sentences; percentages only from ten pairs on."""
    if not moved.asked:
        return ["No audit of this round has been moderated yet."]
    noun = "audit" if moved.asked == 1 else "audits"
    lines = [f"{moved.asked} {noun} to moderate: {moved.rated} rated a second time, {moved.settled} settled."]
    if moved.settled:
        which = OF_GRADES[moved.of].format(settled=moved.settled, grades=moved.up + moved.down + moved.same)
        lines.append(f"{which}, {moved.up} moved up, {moved.down} moved down and {moved.same} stayed.")
    lines += [
        f"“{title}”: {ways['up']} up, {ways['down']} down, {ways['same']} stayed."
        for title, ways in moved.sections.items()
    ]
    if moved.exact and moved.near:
        lines.append(f"First and second grade are the same: {moved.exact.words}.")
        lines.append(f"First and second grade are at most one apart: {moved.near.words}.")
    elif moved.pairs:
        lines.append(
            f"Of {moved.pairs} grades given twice, {moved.alike} are the same and {moved.close} at most one apart."
        )
    return lines


def round_page(viewer: Viewer, round: Round, rows: list[Moderation], waiting: int) -> dict[str, Any]:
    """What the page of a round's moderation has in every state."""
    return {
        "title": "Moderation",
        "round": round,
        "rows": [moderation_row(row, viewer.on) for row in rows],
        "waiting": waiting,
        "percent": round.moderation_percent,
        "crumbs": [{"text": "Moderation", "href": reverse("moderations")}],
    }
