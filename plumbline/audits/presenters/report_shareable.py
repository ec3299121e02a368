"""The shareable report as a document: no reference, no name of a worker, small numbers hidden."""

from collections.abc import Mapping
from typing import Any

from plumbline.audits.models import Report
from plumbline.audits.presenters.report_blocks import Block, Document, Heading, Paragraph, Quote, Table, words
from plumbline.audits.presenters.report_document import author, not_independent, source_of
from plumbline.audits.presenters.report_pictures import of_shareable
from plumbline.audits.presenters.report_tables import months_in_words
from plumbline.audits.queries.reports import Content
from plumbline.audits.rules.report_completeness import sentence
from plumbline.audits.rules.report_parts import BY_KEY, SHAREABLE
from plumbline.audits.rules.report_shareable import HIDDEN
from plumbline.shared import dates

COLUMNS = ("Answer", "Audits", "Probable range")
# Which parts carry the officer's words, and which tables stand in each.
PARTS = (
    ("grades", ("grades",)),
    ("criteria", ()),
    ("supervision", ("supervision",)),
    ("voice", ("voice",)),
    ("moderation", ("self-audit",)),
)
# Only some rounds have anything to show in these.
SOMETIMES = frozenset({"moderation"})
KEY = "c: hidden, so that no child can be identified."


def shareable_document(content: Content) -> Document:
    """The document made of protected figures and of words that were searched for names."""
    report, figures, shareable = content.report, content.figures, content.report.shareable
    about = figures["round"]
    # The internal words may hold counts that are hidden here, so this version has words of its own.
    blocks: list[Block] = [
        Heading(BY_KEY["summary"].title, 2, SHAREABLE),
        *words(content.words(SHAREABLE), "lead"),
    ]
    blocks += [Paragraph(sentence(figures["completeness"])), Paragraph(_counted(shareable), "note")]
    blocks += not_independent(figures)
    tables = shareable["tables"]
    for key, groups in PARTS:
        if key in SOMETIMES and not any(one["group"] in groups for one in tables):
            continue
        blocks.append(Heading(BY_KEY[key].title, 2, key))
        if key == "criteria":
            blocks += _by_standard(figures, tables)
        else:
            own = [one for one in tables if one["group"] in groups]
            for place, one in enumerate(own):
                # One chart of grades says enough; each of the voices has its own.
                if key == "voice" or (key == "grades" and not place):
                    blocks += of_shareable(one, shareable["counted"])
                blocks.append(_table(one))
    blocks += _themes(content)
    blocks += [Heading("About this version", 2), Paragraph(KEY, "note"), Paragraph(_issued(report))]
    return Document(
        title=f"What we learned: {about['title']}",
        subtitle=" · ".join(
            one
            for one in (
                months_in_words(about["first_month"], about["last_month"]),
                about.get("audit_kind", ""),
                f"version {report.number}",
            )
            if one
        ),
        author=author(),
        footer=f"{author()} · may be shared · version {report.number}",
        blocks=tuple(blocks),
    )


def _counted(shareable: Mapping[str, Any]) -> str:
    return (
        f"All figures are about the {shareable['counted']} audits of cases that were drawn at random. "
        "Each count is out of all of them, and the range says where the share probably lies."
    )


def _by_standard(figures: Mapping[str, Any], tables: list[dict[str, Any]]) -> list[Block]:
    blocks: list[Block] = []
    listed: set[str] = set()
    for standard in figures["standards"]:
        groups = {f"criterion/{one['key']}" for one in standard["criteria"]}
        own = [one for one in tables if one["group"] in groups and one["key"] not in listed]
        listed |= {one["key"] for one in own}
        if own:
            blocks.append(Heading(f"Standard {standard['number']}: {standard['title']}", 3))
            blocks += [_table(one) for one in own]
    rest = [one for one in tables if one["group"].startswith("criterion/") and one["key"] not in listed]
    if rest and blocks:
        blocks.append(Heading("Other questions", 3))
    return blocks + [_table(one) for one in rest]


def _table(one: Mapping[str, Any]) -> Block:
    if one["refused"]:
        return Paragraph(f"{one['title']}: not shown, so that no child can be identified.")
    rows = tuple((row["label"], row["count"], row["range"] or "–") for row in one["rows"])
    return Table(one["title"], COLUMNS, rows)


def _themes(content: Content) -> list[Block]:
    if not content.themes:
        return []
    blocks: list[Block] = [Heading(BY_KEY["themes"].title, 2, "themes")]
    for theme in content.themes:
        blocks.append(Heading(theme.title, 3))
        blocks += [Quote(one.text, source_of(one)) for one in theme.quotations.all() if one.is_shareable]
    return blocks


def _issued(report: Report) -> str:
    if not report.issued_at:
        return "This version is not issued yet."
    return f"Issued on {dates.in_words(dates.day_of(report.issued_at))}, version {report.number}."


def advice_of(shareable: Mapping[str, Any]) -> list[str]:
    """What the officer is told of tables that were left out."""
    return [f"{one['title']}: {one['refused']}" for one in shareable.get("tables", ()) if one["refused"]]


def hidden_count(shareable: Mapping[str, Any]) -> int:
    """How many counts are hidden."""
    return sum(row["count"] == HIDDEN for one in shareable.get("tables", ()) for row in one["rows"])
