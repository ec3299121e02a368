"""A report as tagged PDF, with its language and title; Typst refuses what breaks the rules of PDF/UA."""

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from plumbline.audits.presenters.report_blocks import Block, Document, Heading, Paragraph, Quote, Table
from plumbline.audits.presenters.report_charts import Chart
from plumbline.branding.queries import Brand
from plumbline.shared.plain_text import without_controls

TEMPLATE = Path(__file__).with_name("report.typ")
logger = logging.getLogger(__name__)


def pdf_of(document: Document, made_at: datetime, brand: Brand | None = None) -> bytes:
    """The document as a PDF/UA-1 file in the council's look; tagged without that claim where a font is missing."""
    look = brand or Brand()
    # Loaded here, because it is large and most requests need no PDF.
    import typst

    data = {
        "title": _clean(document.title),
        "subtitle": _clean(document.subtitle),
        "author": _clean(document.author),
        "footer": _clean(document.footer),
        "colour": look.colour,
        # Typst takes in no bytes but as numbers.
        "logo": list(look.logo),
        "logo_is_long": look.logo_width > 5 * look.logo_height,
        "logo_says": _clean(f"Logo of {document.author}"),
        "blocks": [_block(one) for one in document.blocks],
    }
    given: Any = {
        "root": str(TEMPLATE.parent),
        "sys_inputs": {"report": json.dumps(data, ensure_ascii=False)},
        "format": "pdf",
        "timestamp": made_at.replace(microsecond=0),
    }
    try:
        made: bytes = typst.compile(str(TEMPLATE), pdf_standards="ua-1", **given)
    except typst.TypstError:
        # A character that no font of this machine can draw breaks PDF/UA. The file is then still tagged, and the
        # character is still in its text, but it is drawn as a box.
        logger.warning("A report was written as tagged PDF that is not PDF/UA: a font is missing.")
        tagged: bytes = typst.compile(str(TEMPLATE), **given)
        return tagged
    return made


def _clean(text: str) -> str:
    return without_controls(text)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": _clean(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "tone": block.tone, "text": _clean(block.text)}
        case Quote():
            return {"kind": "quote", "text": _clean(block.text), "source": _clean(block.source)}
        case Chart():
            return {
                "kind": "chart",
                "title": _clean(block.title),
                "svg": _clean(block.svg),
                "alternative": _clean(block.alternative),
            }
        case Table():
            return {
                "kind": "table",
                "caption": _clean(block.caption),
                "columns": [_clean(one) for one in block.columns],
                "rows": [[_clean(cell) for cell in row] for row in block.rows],
                "numeric": [numeric for _, numeric in block.heads],
                "widths": _widths(block),
            }


def _widths(table: Table) -> list[int]:
    """How wide each column is against the others: words need more room than figures."""
    longest = [max(len(cell) for cell in column) for column in zip(table.columns, *table.rows, strict=True)]
    return [min(max(one, 10), 40) for one in longest]
