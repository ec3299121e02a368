"""The audits of one's own work: the list, and what goes into the file for one's professional record."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from plumbline.audits.models import Audit, Judgement
from plumbline.audits.presenters.audit_words import state_tag
from plumbline.audits.presenters.report_blocks import Block, Document, Heading, Paragraph, Table, words
from plumbline.audits.presenters.report_document import author
from plumbline.audits.presenters.sharing import KINDS
from plumbline.audits.queries.own_audits import OwnAudit
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.rounds import months_in_words
from plumbline.audits.rules.second_rating import part_title
from plumbline.audits.rules.self_audits import compare
from plumbline.audits.rules.tool import LEVELS
from plumbline.shared import dates

FORMS = (("docx", "Word"), ("pdf", "PDF"), ("csv", "CSV"))
WITHOUT = "references=no"
THE_CASE = "this case"
NOTE = (
    "It holds what was judged and found and what you replied; no words of the child or the family, and nobody’s name but "
    "yours. It is about a child’s case all the same, so keep it as the council asks."
)


def list_page(rows: Sequence[Audit]) -> dict[str, Any]:
    """The rows of the list, and the files that may be taken away."""
    return {
        "title": "My practice",
        "rows": [
            {
                "url": reverse("audit_shared", args=[row.public_id]),
                "reference": row.reference,
                "round": row.round.title,
                "months": months_in_words(row.round.first_month, row.round.last_month),
                "shared": dates.short(dates.day_of(row.shared_at)) if row.shared_at else "",
                "tag": state_tag(row.state),
            }
            for row in rows
        ],
        "note": NOTE,
        "files": [
            {"title": title, "links": [{"text": text, "href": _address(form, query)} for form, text in FORMS]}
            for title, query in (("Without case references", f"?{WITHOUT}"), ("With case references", ""))
        ],
    }


def _address(form: str, query: str) -> str:
    return reverse("own_audits_export", args=[form]) + query


def record_of(name: str, audits: Sequence[OwnAudit], *, with_references: bool) -> Document:
    """The professional record: what the audits of the person's work found, strengths first."""
    judged = Counter(answer.judgement for one in audits for answer in one.answers)
    total = sum(judged[level] for level in LEVELS)
    blocks: list[Block] = [
        Paragraph(f"{len(audits)} {'audit' if len(audits) == 1 else 'audits'} of {name}’s work.", "lead"),
        Paragraph(
            f"Of {total} judgements {judged['met']} are met, {judged['partly_met']} partly met and {judged['not_met']} "
            "not met. Audits are for learning; cases are mostly drawn at random."
        ),
    ]
    for number, one in enumerate(audits, 1):
        blocks += _audit(one, number, with_references=with_references)
    return Document(
        title="Audits of my practice",
        subtitle=name,
        author=author(),
        footer=f"{author()} · professional record of {name}",
        blocks=tuple(blocks),
    )


def _audit(one: OwnAudit, number: int, *, with_references: bool) -> list[Block]:
    audit, tool = one.audit, whole_tool(one.audit.tool.content, {}, one.audit.local_questions)
    reference = audit.reference if with_references else THE_CASE

    def text(written: str) -> str:
        return written if with_references else written.replace(audit.reference, THE_CASE)

    months = months_in_words(audit.round.first_month, audit.round.last_month)
    shared = f" Shared on {dates.in_words(dates.day_of(audit.shared_at))}." if audit.shared_at else ""
    case = f" {'Visit' if audit.is_visit else 'Case'} {reference}." if with_references else ""
    blocks: list[Block] = [
        Heading(f"{number}. {audit.round.title}, {months}", 2),
        Paragraph(f"{tool.title}, version {tool.version}.{case}{shared}"),
    ]
    if one.grades:
        rows = tuple(
            (part_title(tool, part), tool.grade_label(one.grades[part]))
            for part in ("", *(section.key for section in tool.sections))
            if part in one.grades
        )
        blocks.append(Table("Grades", ("Part", "Grade"), rows, (False, False)))
    for kind, heading in KINDS:
        found = [finding for finding in one.findings if finding.kind == kind]
        if found:
            blocks.append(Heading(heading, 3))
            blocks += [block for finding in found for block in words(text(finding.text))]
    given = {answer.question: answer for answer in one.answers}
    for section in tool.sections:
        table = tuple(
            (question.text, _judged(given[question.key].judgement), text(given[question.key].rationale))
            for question in section.questions
            if question.key in given
        )
        if table:
            columns = ("Question", "Judgement", "Why")
            blocks.append(Table(section.title, columns, table, (False, False, False)))
    if one.own is not None:
        pairs = [(answer.judgement, one.own.get(key, "")) for key, answer in given.items()]
        blocks.append(Paragraph(f"Self-audit: {compare(pairs).sentence}"))
    for reply in one.replies:
        blocks.append(Heading("My reply", 3))
        blocks += words(text(reply.text))
        if reply.answer:
            blocks += [Paragraph("Answer of the quality assurance team:"), *words(text(reply.answer))]
    if one.talked:
        blocks.append(Paragraph(f"Talked through in supervision on {dates.in_words(one.talked.held_on)}."))
    return blocks


def _judged(value: str) -> str:
    return str(Judgement(value).label)


CSV_HEADINGS = ("Audit", "Case", "Round", "Months", "Tool", "Shared on", "Part", "What", "Result", "Why")


def record_rows(audits: Sequence[OwnAudit], *, with_references: bool) -> list[list[str | int | float | None]]:
    """The same as lines: a grade, a judgement, a finding or a reply each."""
    rows: list[list[str | int | float | None]] = [list(CSV_HEADINGS)]
    for number, one in enumerate(audits, 1):
        audit, tool = one.audit, whole_tool(one.audit.tool.content, {}, one.audit.local_questions)
        months = months_in_words(audit.round.first_month, audit.round.last_month)
        shared = dates.day_of(audit.shared_at).isoformat() if audit.shared_at else ""
        case = audit.reference if with_references else ""
        start: list[str | int | float | None] = [
            number,
            case,
            audit.round.title,
            months,
            str(audit.tool),
            shared,
        ]
        lines = [
            (part_title(tool, part), "Grade", tool.grade_label(grade), "")
            for part, grade in one.grades.items()
        ]
        lines += [("", str(finding.get_kind_display()), finding.text, "") for finding in one.findings]
        for answer in one.answers:
            question, section = tool.questions.get(answer.question), tool.section_of.get(answer.question)
            if question and section:
                lines.append((section.title, question.text, _judged(answer.judgement), answer.rationale))
        lines += [("", "My reply", reply.text, "") for reply in one.replies]
        if one.talked:
            lines.append(("", "Talked through in supervision", one.talked.held_on.isoformat(), ""))
        for line in lines:
            said = line if with_references else tuple(x.replace(audit.reference, THE_CASE) for x in line)
            rows.append([*start, *said])
    return rows
