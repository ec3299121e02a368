"""The pages on which a report is written: a part, a theme, the picking of quotations."""

from typing import Any

from django.urls import reverse

from plumbline.audits.files.report_templates import report_templates
from plumbline.audits.presenters.report_document import source_of
from plumbline.audits.presenters.report_pages import CRUMB
from plumbline.audits.queries.reports import Content, texts_of_answer
from plumbline.audits.rules.report_completeness import sentence
from plumbline.audits.rules.report_parts import Part


def _crumbs(report: Any) -> list[dict[str, str]]:
    return [CRUMB, {"text": report.round.title, "href": reverse("report", args=[report.public_id])}]


def write_page(content: Content, part: Part, form: Any, other: Any) -> dict[str, Any]:
    """The page of one part; `other` is what somebody else saved in the meantime."""
    report = content.report
    beside = sentence(content.figures["completeness"]) if part.key in ("conclusion", "caveat") else ""
    return {
        "title": part.title,
        "form": form,
        "other": other,
        "beside": beside,
        "back": f"{reverse('report', args=[report.public_id])}#{part.key}",
        "crumbs": _crumbs(report),
    }


def theme_page(theme: Any) -> dict[str, Any]:
    """The theme with its quotations."""
    return {
        "title": theme.title,
        "theme": theme,
        "quotations": [
            {
                "text": one.text,
                "source": source_of(one),
                "is_shareable": one.is_shareable,
                "url": reverse("report_quotation", args=[one.public_id]),
                "remove_url": reverse("report_quotation_remove", args=[one.public_id]),
            }
            for one in theme.quotations.order_by("position", "pk")
        ],
        "pick_url": reverse("report_pick", args=[theme.public_id]),
        "remove_url": reverse("report_theme_remove", args=[theme.public_id]),
    }


def pick_page(theme: Any, rows: Any, asked: str, what: str) -> dict[str, Any]:
    """The words that may be quoted."""
    is_voices = what == "voices"
    return {
        "title": f"Choose quotations: {theme.title}",
        "theme": theme,
        "asked": asked,
        "what": "voices" if is_voices else "answers",
        "rows": [_voice(row) if is_voices else _answer(row) for row in rows],
        "back": reverse("report_theme", args=[theme.public_id]),
        "crumbs": [
            *_crumbs(theme.report),
            {"text": theme.title, "href": reverse("report_theme", args=[theme.public_id])},
        ],
    }


def _voice(row: Any) -> dict[str, str]:
    source = f"{row.get_of_display()}, {row.audit.reference}"
    return {"id": row.public_id, "text": row.words, "source": source}


def _answer(row: Any) -> dict[str, str]:
    said = row.get_judgement_display() if row.judgement else "Answer"
    text = "\n".join(one for one in texts_of_answer(row) if one)
    return {"id": row.public_id, "text": text, "source": f"{said}, {row.audit.reference}"}


def quotation_page(quotation: Any, source: str) -> dict[str, Any]:
    """One quotation beside the words it was taken from."""
    return {
        "title": "Quotation",
        "source_text": source,
        "whose": source_of(quotation),
    }


def template_choices() -> list[tuple[str, str, str]]:
    """The templates a report may have: the key, the title, and what each is for."""
    return [(one.key, one.title, one.purpose) for one in report_templates().values()]
