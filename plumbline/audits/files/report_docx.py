"""A report as a Word file: real headings, language, header rows that repeat, the council as author."""

import io
from datetime import UTC, datetime
from typing import Any

from plumbline.audits.presenters.report_blocks import Block, Document, Heading, Paragraph, Quote, Table
from plumbline.audits.presenters.report_charts import Chart
from plumbline.branding.queries import Brand
from plumbline.shared.plain_text import without_controls

LANGUAGE = "en-GB"
FONT = "Arial"
PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#set text(font: ("Liberation Sans", "Arial", "DejaVu Sans"))
#image(bytes(sys.inputs.svg), format: "svg", width: 480pt)"""
PIXELS_PER_INCH, PICTURE_CM = 144, 15
LOGO_CM, LOGO_WIDEST_CM = 1.5, 7.5
STYLES = {"lead": "Intro", "note": "Note", "words": "Words", "body": "Normal"}


def docx_of(document: Document, made_at: datetime, brand: Brand | None = None) -> bytes:
    """The document as a Word file, in the council's look."""
    look = brand or Brand()
    # Loaded here, because most requests need no Word file.
    import docx

    file = docx.Document()
    _styles(file, look.colour)
    _properties(file, document, made_at)
    if look.logo:
        _logo(file, look, document.author)
    file.add_heading(_clean(document.title), level=0)
    file.add_paragraph(_clean(document.subtitle), style="Subtitle")
    for block in document.blocks:
        _add(file, block)
    file.sections[0].footer.paragraphs[0].text = _clean(document.footer)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _clean(text: str) -> str:
    # Characters that XML forbids would break the file: U+FFFE, U+FFFF and controls are taken out.
    return without_controls(text)


def _properties(file: Any, document: Document, made_at: datetime) -> None:
    about, moment = file.core_properties, made_at.astimezone(UTC)
    about.title, about.author, about.last_modified_by = (
        _clean(document.title)[:255],
        _clean(document.author)[:255],
        _clean(document.author)[:255],
    )
    about.language, about.comments, about.keywords = LANGUAGE, "", ""
    about.created = about.modified = moment
    about.revision = 1


def _logo(file: Any, look: Brand, author: str) -> None:
    from docx.shared import Cm

    # As high as two lines, unless that would be wider than half the page.
    wide = (
        {"width": Cm(LOGO_WIDEST_CM)} if look.logo_width > 5 * look.logo_height else {"height": Cm(LOGO_CM)}
    )
    about = file.add_picture(io.BytesIO(look.logo), **wide)._inline.docPr
    about.set("descr", _clean(f"Logo of {author}"))


def _styles(file: Any, colour: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    teal = RGBColor.from_string(colour.removeprefix("#").upper())
    for style in file.styles:
        if style.type != WD_STYLE_TYPE.PARAGRAPH:
            continue
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(name), FONT)
        if style.name.startswith(("Heading", "Title", "Subtitle")):
            style.font.color.rgb = teal
    file.styles["Normal"].font.size = Pt(11)
    for name, size, indent in (("Intro", 13, 0), ("Note", 9, 0), ("Words", 11, 12)):
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = file.styles["Normal"], Pt(size)
        style.paragraph_format.left_indent = Pt(indent)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)


def _paragraph(file: Any, text: str, style: str) -> Any:
    # python-docx looks through every style at each paragraph, which takes seconds for a long annex; the ids are plain.
    added = file.add_paragraph(_clean(text))
    added._p.style = style
    return added


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading():
            _paragraph(file, block.text, f"Heading{block.level - 1}")
        case Paragraph():
            _paragraph(file, block.text, STYLES[block.tone])
        case Quote():
            _paragraph(file, f"“{block.text}”", "Quote")
            if block.source:
                _paragraph(file, block.source, "Note")
        case Chart():
            _chart(file, block)
        case Table():
            _table(file, block)


def _chart(file: Any, block: Chart) -> None:
    """The picture, drawn as points because not every Word shows SVG, with its words for whoever does not see it."""
    import typst
    from docx.shared import Cm

    title = _paragraph(file, block.title, "Caption")
    title.paragraph_format.keep_with_next = True
    drawn = typst.compile(PICTURE, sys_inputs={"svg": _clean(block.svg)}, format="png", ppi=PIXELS_PER_INCH)
    about = file.add_picture(io.BytesIO(drawn), width=Cm(PICTURE_CM))._inline.docPr
    about.set("descr", _clean(block.alternative))
    about.set("title", _clean(block.title))


def _table(file: Any, block: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    caption = _paragraph(file, block.caption, "Caption")
    caption.paragraph_format.keep_with_next = True
    table = file.add_table(rows=1, cols=len(block.columns), style="Light List")
    for cell, (text, numeric) in zip(table.rows[0].cells, block.heads, strict=True):
        cell.text = _clean(text)
        if numeric:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block.cells:
        added = table.add_row()
        # A row that breaks over two pages is hard to read.
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, (text, _, numeric) in zip(added.cells, row, strict=True):
            cell.text = _clean(text)
            if numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph()
