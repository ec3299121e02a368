"""Voices, second ratings, findings, actions and what happened since last time, as tables and sentences of a report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.audits.presenters.report_blocks import Block, Heading, Paragraph, Table
from plumbline.audits.presenters.report_tables import months_in_words
from plumbline.audits.rules.report_counts import moved, said
from plumbline.audits.rules.report_lines import main_group
from plumbline.improvement.models import ActionLevel, ActionState
from plumbline.shared import dates

WHO = {"child": "Child or young person", "family": "Parent or carer"}
# What came of asking where nobody was heard.
VOICES = {
    "declined": "Declined",
    "attempted": "Not reached",
    "not_appropriate": "Not appropriate",
    "none": "Nobody recorded asking",
}


def voice(group: Mapping[str, Any]) -> list[Block]:
    """Who was heard, who declined, who could not be reached, and where nobody asked."""
    if not group["counted"]:
        return [Paragraph("No audit of these cases is submitted yet.")]
    found = group["voice"]
    rows = tuple(
        (
            WHO[who],
            said(found[who]["heard"]),
            *(str(found[who][key]) for key in VOICES),
        )
        for who in WHO
    )
    columns = ("Who", "Heard", *VOICES.values())
    talk = found["discussion"]
    return [
        Table("Whose views were heard", columns, rows),
        Paragraph(
            f"The auditor talked with the worker in {said(talk['held'])}; in {talk['not_held']} there is a reason "
            f"why not, and in {talk['none']} nothing is recorded."
        ),
        Paragraph(f"Talked through in supervision: {said(found['talked_through'])} of those shared."),
    ]


MOVES = {"up": "To a better grade", "down": "To a lower grade", "same": "Not moved"}
# Without an overall grade it is the grades of sections that can move.
GRADES_MOVED = {
    "": ("Overall grades", "Audits"),
    "overall": ("Overall grades", "Audits"),
    "section": ("Section grades", "Grades"),
    "both": ("Overall grades, or section grades where there is none,", "Grades"),
}
WHY = {"lowest": "lowest grade", "random": "drawn at random", "asked": "asked for"}


def moderation(figures: Mapping[str, Any]) -> Any:
    """A function that gives what second ratings say of a group."""
    target = figures["round"]["moderation_percent"]

    def part(group: Mapping[str, Any]) -> list[Block]:
        found, counted = group["moderation"], group["counted"]
        if not found["why"]:
            return [Paragraph(f"No audit has been chosen for a second rating; the aim is {target}%.")]
        why = ", ".join(f"{count} {WHY[key]}" for key, count in found["why"].items())
        chosen = sum(found["why"].values())
        blocks: list[Block] = [
            Paragraph(
                f"{chosen} of {counted} audits were chosen for a second rating ({why}); the aim is {target}% and every "
                f"lowest grade. {found['settled']} are settled, {found['waiting']} wait."
            )
        ]
        if found["settled"]:
            rows = tuple((MOVES[key], str(count)) for key, count in found["moves"].items())
            what, unit = GRADES_MOVED[found.get("of", "")]
            caption = f"{what} of the {found['settled']} settled audits after the second rating"
            blocks.append(Table(caption, ("Movement", unit), rows))
        if found.get("sections"):
            by_section = tuple(
                (one["title"], *(str(one["moves"][way]) for way in MOVES)) for one in found["sections"]
            )
            blocks.append(Table("Grades of sections after it", ("Section", *MOVES.values()), by_section))
        if found["exact"]:
            blocks.append(
                Paragraph(
                    f"The two ratings agreed exactly in {said(found['exact'])} and within one grade in "
                    f"{said(found['within_one'])}."
                )
            )
        else:
            blocks.append(
                Paragraph(
                    f"Agreement is said from ten pairs of ratings on; there are {found['pairs']}.", "note"
                )
            )
        return blocks

    return part


def findings(figures: Mapping[str, Any]) -> list[Block]:
    """Findings by kind and criterion, actions by state, concerns as a count."""
    found, actions = figures["findings"], figures["actions"]
    kinds = found["kinds"]
    concerns = figures["concerns"]
    blocks: list[Block] = [
        Paragraph(
            f"Strengths: {kinds['strength']}. Areas for development: {kinds['gap']}. Barriers: {kinds['barrier']}."
        ),
        Paragraph(
            f"Areas for development and barriers without an action: {found['without_action']}. "
            f"Findings that need a closer look: {found['needs_analysis']}."
        ),
        Paragraph(
            f"Immediate concerns raised while auditing: {concerns['raised']}, closed: {concerns['closed']}. "
            "Each is dealt with on its own, at once."
        ),
    ]
    if found["criteria"]:
        blocks.append(_by_criterion("Findings by criterion", found["criteria"]))
    return [*blocks, *_actions(actions, "Actions from this round")]


def _by_criterion(caption: str, criteria: list[dict[str, Any]]) -> Table:
    rows = tuple(
        (f"{one['number']} {one['text']}", str(one["strength"]), str(one["gap"]), str(one["barrier"]))
        for one in criteria
    )
    return Table(caption, ("Criterion", "Strengths", "Areas for development", "Barriers"), rows)


def _actions(actions: Mapping[str, Any], caption: str) -> list[Block]:
    if not actions["all"]:
        return [Paragraph("No action has been set.")]
    levels = " and ".join(
        f"{count} {ActionLevel(level).label.lower()}" for level, count in actions["levels"].items()
    )
    rows = tuple((ActionState(state).label, str(count)) for state, count in actions["states"].items())
    return [
        Paragraph(
            f"Actions: {actions['all']} ({levels}). Open: {actions['open']}. Overdue: {actions['overdue']}."
        ),
        *_impact(actions),
        Table(caption, ("State", "Actions"), rows),
    ]


def _impact(actions: Mapping[str, Any]) -> list[Block]:
    """Beside what was closed, what was seen to change; figures frozen before this was counted say nothing of it."""
    if "evidenced" not in actions:
        return []
    closed = actions["states"].get(ActionState.CLOSED, 0)
    return [Paragraph(f"Closed: {closed}. Closed with evidenced impact: {actions['evidenced']}.")]


def last_time(figures: Mapping[str, Any]) -> list[Block]:
    """What the round before found, what became of its actions, and whether practice moved since."""
    return [*_round_before(figures), *_earlier(figures.get("earlier_actions"))]


def _earlier(found: Mapping[str, Any] | None) -> list[Block]:
    """The actions of earlier rounds that are still open: how many of each round, and each one for the service."""
    # A report that was issued before these were counted says nothing of them.
    if found is None:
        return []
    blocks: list[Block] = [Heading("Open actions of earlier rounds", 3)]
    if not found["rounds"]:
        return [*blocks, Paragraph("No action of an earlier round is open.")]
    rounds = tuple(
        (
            f"{one['title']}, {months_in_words(one['first_month'], one['last_month'])}",
            str(one["open"]),
            str(one["overdue"]),
        )
        for one in found["rounds"]
    )
    blocks.append(Table("Open actions by round", ("Round", "Open", "Overdue"), rounds))
    if found["service"]:
        rows = tuple(
            (one["text"], one["round"], _due(one["due_on"], is_overdue=one["is_overdue"]))
            for one in found["service"]
        )
        columns = ("What is to be done", "Round", "Due")
        blocks.append(Table("Open for the service", columns, rows, (False, False, False)))
    return blocks


def _due(due_on: str, *, is_overdue: bool) -> str:
    day = dates.short(date.fromisoformat(due_on))
    return f"{day}, overdue" if is_overdue else day


def _round_before(figures: Mapping[str, Any]) -> list[Block]:
    then = figures["last_time"]
    if not then:
        return [Paragraph("There is no completed round before this one.")]
    kinds = then["findings"]["kinds"]
    months = months_in_words(then["first_month"], then["last_month"])
    blocks: list[Block] = [
        Paragraph(
            f"The round before was “{then['title']}” ({months}). Strengths: {kinds['strength']}. "
            f"Areas for development: {kinds['gap']}. Barriers: {kinds['barrier']}."
        )
    ]
    if then["findings"]["criteria"]:
        blocks.append(_by_criterion("What we found last time", then["findings"]["criteria"]))
    blocks += _actions(then["actions"], "Where the actions of last time stand now")
    rows = _compared(then, main_group(figures))
    if rows:
        blocks.append(Table("Last time and now", ("What", "Last time", "Now", "Change"), rows))
        note = "The two rounds looked at different children. A change is named only when it is clear."
        blocks.append(Paragraph(note, "note"))
    return blocks


def _compared(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    rows = []
    before = {one["title"]: one["better"] for one in then["grades"]}
    for one in now["grades"]:
        old = before.get(one["title"])
        if old and old["share"]["n"] and one["n"]:
            rows.append(
                (
                    f"{one['title']}: {one['better']['label'].lower()}",
                    said(old["share"]),
                    said(one["better"]["share"]),
                    moved(old["share"], one["better"]["share"]),
                )
            )
    met = {one["criterion"]: one["met"] for one in then["questions"]}
    for one in now["questions"]:
        share = met.get(one["criterion"])
        if share and share["n"] and one["met"]["n"]:
            rows.append((one["text"], said(share), said(one["met"]), moved(share, one["met"])))
    return tuple(rows)


def programme(figures: Mapping[str, Any]) -> list[Block]:
    """The rounds of the year: theme, months, kind, audits, action plan status."""
    rows = tuple(
        (
            one["title"] + (" (this report)" if one["this"] else ""),
            months_in_words(one["first_month"], one["last_month"]),
            one.get("audit_kind", ""),
            "–" if one["counted"] is None else str(one["counted"]),
            one["state"],
        )
        for one in figures["programme"]
    )
    columns = ("Theme", "Months", "Kind of audit", "Audits submitted", "Action plan status")
    return [Table("Rounds of the year", columns, rows, (False, False, False, True, False))]
