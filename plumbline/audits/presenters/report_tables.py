"""Completeness, people, grades and practice as tables and sentences of a report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.audits.models import AuditState
from plumbline.audits.presenters.report_blocks import Block, Heading, Paragraph, Table
from plumbline.audits.rules.report_completeness import sentence, target_sentence
from plumbline.audits.rules.report_counts import FEW, said
from plumbline.audits.rules.report_lines import ROUTES, VISITS
from plumbline.shared import dates

LEFT = {"exempted", "replaced"}


def months_in_words(first: str, last: str) -> str:
    """The months of a round: May 2026, or July to August 2026."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start == end:
        return dates.month_in_words(start)
    if start.year == end.year:
        return f"{start:%B} to {dates.month_in_words(end)}"
    return f"{dates.month_in_words(start)} to {dates.month_in_words(end)}"


def completeness(figures: Mapping[str, Any]) -> list[Block]:
    """How many of how many, by state, and what was left out and why."""
    whole = figures["completeness"]
    states = [
        (AuditState(key).label, str(count)) for key, count in whole["states"].items() if key not in LEFT
    ]
    blocks: list[Block] = [
        Paragraph(f"{sentence(whole)} {target_sentence(whole)}"),
    ]
    if VISITS not in figures["groups"]:
        drawn = f"{whole['drawn']} were to be drawn from it."
        blocks.append(Paragraph(f"The case list holds {whole['frame']} children’s cases; {drawn}"))
    if states:
        caption = f"The {whole['wanted']} audits of the round by where they stand"
        blocks.append(Table(caption, ("State", "Audits"), tuple(states)))
    routes = {key: one for key, one in whole["routes"].items() if one["wanted"]}
    if len(routes) > 1:
        rows = tuple((ROUTES[key], f"{one['counted']} of {one['wanted']}") for key, one in routes.items())
        blocks.append(Table("How the cases came into the round", ("Cases", "Submitted"), rows))
    if whole["left_out"]:
        rows = tuple((reason, str(count)) for reason, count in whole["left_out"].items())
        blocks.append(Table("Cases left out, by reason", ("Reason", "Cases"), rows))
    else:
        blocks.append(Paragraph("No case was left out or replaced."))
    blocks += [Paragraph(excusal_words(one)) for one in whole.get("excusals", ())]
    return blocks


def excusal_words(one: Mapping[str, Any]) -> str:
    """How many late audits were left out, why, when, and where it was decided."""
    count, where = one["count"], one["forum"] or "The head of quality assurance"
    late = "1 late audit was" if count == 1 else f"{count} late audits were"
    on = dates.in_words(date.fromisoformat(one["on"]))
    return f"{late} left out: {one['reason'].rstrip('. ')}. Decided on {on}: {where}."


def people(figures: Mapping[str, Any]) -> list[Block]:
    """The random cases that count against the case list."""
    columns = figures["people"]
    if VISITS in figures["groups"]:
        return [Paragraph("Visits look at no child’s case, so there is no list to compare them with.")]
    if not columns:
        return [Paragraph("There is no case list to compare the audited children with.")]
    counted = figures["groups"]["random"]["counted"]
    blocks: list[Block] = [
        Paragraph(
            f"{counted} of the {figures['completeness']['frame']} cases on the list were drawn at random and audited."
        )
    ]
    for one in columns:
        rows = tuple((row["label"], row["frame"], row["audited"]) for row in one["rows"])
        caption = f"{one['label']}: on the case list and audited"
        blocks += [Paragraph(one["sentence"]), Table(caption, (one["label"], "Case list", "Audited"), rows)]
    if any(one["has_hidden"] for one in columns):
        blocks.append(Paragraph("c: hidden, so that no child can be identified.", "note"))
    return blocks


def by_route(figures: Mapping[str, Any], part: Any) -> list[Block]:
    """The part for each way into the round, the random cases first, the others under their own heading."""
    blocks: list[Block] = []
    groups = figures["groups"]
    if VISITS in groups:
        note = "Who is visited is not left to chance, so these figures say nothing of others."
        return [*part(groups[VISITS]), Paragraph(note, "note")]
    for route, group in groups.items():
        if len(groups) > 1:
            blocks.append(Heading(f"{ROUTES[route]} cases", 3))
        blocks += part(group)
        if route != "random":
            blocks.append(
                Paragraph("Picked cases say nothing of other children, so they have no range.", "note")
            )
    return blocks


def grades(group: Mapping[str, Any]) -> list[Block]:
    """Counts of each grade, overall and by section."""
    if not group["counted"]:
        return [Paragraph("No audit of these cases is submitted yet.")]
    blocks: list[Block] = []
    for one in group["grades"]:
        if not one["n"]:
            continue
        rows = tuple((grade["label"], said(grade["share"])) for grade in one["grades"])
        blocks.append(Table(f"{one['title']}: {one['n']} graded", ("Grade", "Audits"), rows))
        better = f"{one['title']}: {one['better']['label'].lower()} in {said(one['better']['share'])}."
        blocks.append(Paragraph(better))
    if not blocks:
        return [Paragraph("None of these audits has a grade.")]
    return [*blocks, *_reading(group)]


def _reading(group: Mapping[str, Any]) -> list[Block]:
    if not group["is_random"]:
        return []
    if group["counted"] < 10:
        return [Paragraph(FEW, "note")]
    return [
        Paragraph(
            "The range in brackets is where the true share probably lies: it would hold it in 95 of 100 such rounds. "
            "Two shares whose ranges overlap widely cannot be told apart.",
            "note",
        )
    ]


QUESTION = ("Question", "Met", "Partly met", "Not met", "Did not apply", "Not assessed")


def _question_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        one["text"],
        said(one["met"]),
        str(one["partly_met"]),
        str(one["not_met"]),
        str(one["not_applicable"]),
        str(one["not_assessed"]),
    )


def criteria(figures: Mapping[str, Any]) -> Any:
    """A function that gives the questions of a group by standard; supervision has a part of its own."""

    def part(group: Mapping[str, Any]) -> list[Block]:
        questions = [one for one in group["questions"] if not one["supervision"]]
        blocks: list[Block] = []
        listed: set[str] = set()
        for standard in figures["standards"]:
            keys = {one["key"] for one in standard["criteria"]}
            own = [one for one in questions if one["criterion"] in keys and one["key"] not in listed]
            listed |= {one["key"] for one in own}
            if own:
                caption = f"Standard {standard['number']}: {standard['title']}"
                blocks.append(Table(caption, QUESTION, tuple(_question_row(one) for one in own)))
        for section in dict.fromkeys(one["section"] for one in questions):
            own = [one for one in questions if one["section"] == section and one["key"] not in listed]
            if own:
                blocks.append(Table(section, QUESTION, tuple(_question_row(one) for one in own)))
        if not blocks:
            return [Paragraph("The tool has no question that is judged.")]
        note = "Met is out of those judged. What did not apply or was not assessed is counted apart."
        return [*blocks, Paragraph(note, "note")]

    return part


def supervision(group: Mapping[str, Any]) -> list[Block]:
    """What the audits say of supervision; said even when it is nothing."""
    own = [one for one in group["questions"] if one["supervision"]]
    if not own:
        return [Paragraph("The tool asks nothing about supervision. Every tool should.")]
    if not any(one["met"]["n"] for one in own):
        return [Paragraph("No audit has judged supervision yet.")]
    return [Table("Supervision", QUESTION, tuple(_question_row(one) for one in own))]
