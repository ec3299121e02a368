"""How self-audits and audits agree, as sentences and a table of a report, beside what second ratings say."""

from collections.abc import Mapping
from typing import Any

from plumbline.audits.presenters.report_blocks import Block, Paragraph, Table
from plumbline.audits.presenters.report_progress import moderation
from plumbline.audits.rules.report_counts import said


def second_looks(figures: Mapping[str, Any]) -> Any:
    """A function that gives what second ratings and self-audits say of a group."""
    moderated, own = moderation(figures), self_audits(figures)
    return lambda group: [*moderated(group), *own(group)]


def self_audits(figures: Mapping[str, Any]) -> Any:
    """A function that gives how self-audits and audits of a group agree; nothing where nobody was asked for one."""
    numbers = {one["key"]: one["number"] for standard in figures["standards"] for one in standard["criteria"]}

    def part(group: Mapping[str, Any]) -> list[Block]:
        found = group.get("self_audit")
        if not found:
            return []
        lead = (
            f"Rated on their own by who did or managed the work: {found['given']} of {found['asked']} audits."
        )
        if not found["compared"]:
            return [Paragraph(lead)]
        rows = tuple(
            (
                one["text"],
                numbers.get(one["criterion"], "–"),
                said(one["same"]),
                str(one["kinder"]),
                str(one["harsher"]),
            )
            for one in found["questions"]
        )
        every = found["all"]
        return [
            Paragraph(
                f"{lead} Both gave the same judgement in {said(every['same'])}; where they differ, their own is kinder "
                f"in {every['kinder']} and harsher in {every['harsher']}. At least four of five judgements are the "
                f"same in {found['alike']} of {found['compared']} audits."
            ),
            Table(
                "Self-audit and audit, question by question",
                ("Question", "Criterion", "Same", "Their own is kinder", "Their own is harsher"),
                rows,
            ),
            Paragraph(
                "Neither saw the other’s judgement first. Questions that one of them did not judge are left out.",
                "note",
            ),
        ]

    return part
