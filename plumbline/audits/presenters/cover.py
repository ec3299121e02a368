"""How the cover sheet reads."""

from typing import Any

from django.urls import reverse

from plumbline.audits.models import Audit, CoverSheet
from plumbline.shared import dates


def cover_page(viewer: Any, audit: Audit, sheet: CoverSheet) -> dict[str, Any]:
    """The page of a cover sheet."""
    may_change = viewer.has("cover_sheet.change") and audit.auditor_id == viewer.person_id
    return {
        "title": "Cover sheet",
        "reference": audit.reference,
        "names": sheet.names.splitlines(),
        "born_on": dates.in_words(sheet.born_on),
        "contact": sheet.contact,
        "updated": dates.time_in_words(sheet.updated_at),
        "change_url": reverse("audit_cover_change", args=[sheet.public_id]) if may_change else "",
    }
