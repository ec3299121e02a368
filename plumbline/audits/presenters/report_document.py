"""The internal report as one document: summary, evidence with the officer's words beside it, themes, annex, glossary."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings

from plumbline.audits.models import Report, ReportState
from plumbline.audits.presenters import report_pictures as pictures
from plumbline.audits.presenters import report_progress as progress
from plumbline.audits.presenters import report_tables as tables
from plumbline.audits.presenters.local_questions import local_blocks
from plumbline.audits.presenters.oversight import oversight_blocks
from plumbline.audits.presenters.report_blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    Quote,
    Table,
    texts_of,
    words,
)
from plumbline.audits.presenters.report_self_audits import second_looks
from plumbline.audits.queries.reports import AuditOfAnnex, Content, texts_of_answer
from plumbline.audits.rules.local_questions import whole_tool
from plumbline.audits.rules.report_completeness import gaps, sentence
from plumbline.audits.rules.report_parts import BY_KEY
from plumbline.audits.rules.report_summary import proposed_summary
from plumbline.audits.rules.report_templates import FULL
from plumbline.shared import dates
from plumbline.shared.glossary import terms_in

JUDGEMENTS = {
    "met": "Met",
    "partly_met": "Partly met",
    "not_met": "Not met",
    "not_applicable": "Does not apply",
    "not_assessed": "Not assessed",
}


def summary_of(content: Content) -> str:
    """The officer's summary, or the one proposed while there is none."""
    return content.words("summary") or proposed_summary(content.figures)


def report_document(content: Content) -> Document:
    """The report without its annex, the same for every reader."""
    figures = content.figures
    evidence: dict[str, Callable[[], list[Block]]] = {
        "completeness": lambda: tables.completeness(figures),
        "people": lambda: tables.people(figures),
        "grades": lambda: [*pictures.grades(figures), *tables.by_route(figures, tables.grades)],
        "criteria": lambda: [
            *pictures.criteria(figures),
            *tables.by_route(figures, tables.criteria(figures)),
            *local_blocks(figures),
        ],
        "supervision": lambda: tables.by_route(figures, tables.supervision),
        "voice": lambda: _voice(figures),
        "moderation": lambda: tables.by_route(figures, second_looks(figures)),
        "oversight": lambda: oversight_blocks(figures),
        "themes": lambda: _themes(content),
        "findings": lambda: progress.findings(figures),
        "last_time": lambda: progress.last_time(figures),
        "programme": lambda: progress.programme(figures),
    }
    blocks: list[Block] = [*_part("summary"), *words(summary_of(content), "lead")]
    # Whoever reads the conclusion reads how complete the evidence is in the same breath.
    blocks += [*_part("conclusion"), Paragraph(f"{sentence(figures['completeness'])}")]
    blocks += not_independent(figures)
    blocks += words(content.words("conclusion")) or [Paragraph("No conclusion has been written yet.", "note")]
    if gaps(figures["completeness"]):
        blocks += [*_part("caveat", 3)]
        blocks += words(content.words("caveat")) or [
            Paragraph("Nobody has said yet what the missing audits could change.", "note")
        ]
    for key in content.template.chapters:
        blocks += [*_part(key), *words(content.words(key)), *evidence[key]()]
    blocks += _issue(content.report)
    blocks += _glossary(blocks)
    return Document(
        title=f"Audit report: {figures['round']['title']}",
        subtitle=subtitle_of(content),
        author=author(),
        footer=f"{author()} · internal · version {content.report.number}",
        blocks=tuple(blocks),
    )


def _voice(figures: Mapping[str, Any]) -> list[Block]:
    if not figures["round"].get("hears", True):
        return [Paragraph("These visits do not ask for the views of children and families.")]
    return [*pictures.voice(figures), *tables.by_route(figures, progress.voice)]


def not_independent(figures: Mapping[str, Any]) -> list[Block]:
    """Said where managers audited the work they answer for, so that nobody takes it for independent audits."""
    if figures["round"].get("is_independent", True):
        return []
    said = "Managers audited the work they answer for. These figures are not to be set beside those of independent audits."
    return [Paragraph(said, "note")]


def author() -> str:
    """The council, or the product where no council is set."""
    return settings.COUNCIL_NAME or "Plumbline"


def subtitle_of(content: Content) -> str:
    """The months, the kind, the tool and the version in a line."""
    about = content.figures["round"]
    tools = ", ".join(f"{one['title']} (version {one['version']})" for one in about["tools"])
    months = tables.months_in_words(about["first_month"], about["last_month"])
    template = "" if content.template.key == FULL else content.template.title.lower()
    return " · ".join(
        one
        for one in (
            months,
            about["kind"],
            about.get("audit_kind", ""),
            tools,
            template,
            f"report version {content.report.number}",
        )
        if one
    )


def _part(key: str, level: int = 2) -> list[Block]:
    return [Heading(BY_KEY[key].title, level, key)]


def _themes(content: Content) -> list[Block]:
    blocks: list[Block] = []
    for theme in content.themes:
        blocks += [Heading(theme.title, 3), *words(theme.text)]
        blocks += [Quote(one.text, source_of(one)) for one in theme.quotations.all()]
    return blocks or [Paragraph("No theme has been chosen yet.", "note")]


def source_of(quotation: Any) -> str:
    """Whose words they are, without saying which child's."""
    return str(quotation.whose) or "From an audit"


def _issue(report: Report) -> list[Block]:
    blocks: list[Block] = [Heading("About this version", 2)]
    if report.reason:
        blocks += words(report.reason)
    if report.state == ReportState.DRAFT:
        return [*blocks, Paragraph("This is a draft. Its figures are those of today and are not frozen yet.")]
    counted = dates.in_words(dates.day_of(report.checked_at)) if report.checked_at else ""
    put = report.checked_by.name if report.checked_by else ""
    blocks.append(Paragraph(f"Figures frozen and put forward by {put} on {counted}."))
    if report.issued_at and report.issued_by:
        issued = dates.in_words(dates.day_of(report.issued_at))
        blocks.append(Paragraph(f"Issued by {report.issued_by.name} on {issued}."))
    blocks.append(Paragraph(f"SHA-256 of words and figures: {report.digest}", "note"))
    return blocks


def _glossary(blocks: Iterable[Block]) -> list[Block]:
    terms = terms_in("\n".join(texts_of(list(blocks))))
    if not terms:
        return []
    rows = tuple((term.name, term.meaning.replace("*", "")) for term in terms)
    return [
        Heading("Words used", 2),
        Table("Words used in this report", ("Word", "What it means"), rows, (False, False)),
    ]


def annex_document(content: Content, audits: list[AuditOfAnnex], counted: int) -> Document:
    """Each audit's rationales by case reference, of those audits that the reader may see."""
    blocks: list[Block] = [Heading("Annex: what the auditors wrote", 2)]
    if len(audits) < counted:
        blocks.append(
            Paragraph(f"It shows {len(audits)} of the {counted} audits: those that you may read one by one.")
        )
    if not audits:
        blocks.append(Paragraph("There is no audit to show."))
    for one in audits:
        blocks += _audit(one)
    about = report_document(content)
    return Document(about.title, about.subtitle, about.author, about.footer, tuple(blocks))


def _audit(one: AuditOfAnnex) -> list[Block]:
    tool = whole_tool(one.audit.tool.content, {}, one.audit.local_questions)
    graded = [
        (
            "Overall" if not grade.section else getattr(tool.section(grade.section), "title", grade.section),
            grade,
        )
        for grade in one.grades
    ]
    blocks: list[Block] = [Heading(one.audit.reference, 3)]
    if graded:
        rows = tuple(
            (title, grade.get_stage_display(), tool.grade_label(grade.grade) or grade.grade, grade.reason)
            for title, grade in graded
        )
        columns = ("Of", "Given by", "Grade", "Reason")
        caption = f"Grades of {one.audit.reference}"
        blocks.append(Table(caption, columns, rows, (False, False, False, False)))
    for answer in one.answers:
        question = tool.questions.get(answer.question)
        written = [text for text in texts_of_answer(answer) if text.strip()]
        if not written and not answer.judgement:
            continue
        blocks.append(Heading(question.text if question else answer.question, 4))
        if answer.judgement:
            blocks.append(Paragraph(JUDGEMENTS[answer.judgement]))
        for text in written:
            blocks += words(text)
    return blocks


def whole_document(content: Content, audits: list[AuditOfAnnex], counted: int) -> Document:
    """The report as it goes into files, with its annex unless its template has none."""
    report = report_document(content)
    if not content.template.annex:
        return report
    annex = annex_document(content, audits, counted)
    return Document(
        report.title, report.subtitle, report.author, report.footer, (*report.blocks, *annex.blocks)
    )
